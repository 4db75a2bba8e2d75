"""``vestige observe``: which sites changed in a window, since when, how sure, and which scenes say so."""

from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vestige.cli._console import err, out, print_json
from vestige.cli.observing._catalog import Planned, finding_lines, observe_catalog, print_plan, traffic
from vestige.cli.observing._options import CatalogOptions, asked, check_options
from vestige.errors import InputError
from vestige.keeping.finding import record_folder
from vestige.keeping.observations import (
    Question,
    enter_observations,
    enter_series,
    matched,
    recheck_observation,
    sites_of,
)
from vestige.record import Receipt, Record

if TYPE_CHECKING:
    from vestige.observing import Dependence, Ranked


def observe(
    *,
    after: str | None = None,
    series: Path | None = None,
    before: str | None = None,
    any_dependence: bool = False,
    json: bool = False,
    scenes: CatalogOptions | None = None,
) -> int:
    """Say which sites changed in a window, since when, and how sure that is.

    Change means: unlike what the place's own quiet past led to expect. Only an assessor can call it damage.

    Example: vestige observe --series folder/ --after 2021-10/2021-12

    Example: vestige observe --sites sites.geojson --catalog https://planetarycomputer.microsoft.com/api/stac/v1
    --collection sentinel-1-rtc --before 2019-09/2020-09 --after 2020-10/2020-12

    Parameters
    ----------
    after
        The window that is asked about, ends included: 2021-10/2021-12.
    series
        A folder of series that are at hand (docs/observing.md describes the form).
    before
        The quiet past, ends included; without it all that is earlier.
    any_dependence
        Make q-values hold under any dependence between sites (Benjamini-Yekutieli), at a price in power.
    json
        Print the results as JSON.
    scenes
        Where scenes come from, and how.
    """
    from vestige.observing import parse_window

    if scenes is not None and scenes.recheck is not None:
        return _recheck(scenes, json=json)
    if series is None and (scenes is None or scenes.catalog is None):
        raise InputError(
            "nothing to observe", hint="give --series FOLDER, or --sites and --catalog; see: vestige observe --help"
        )
    if after is None:
        raise InputError("the window is missing", hint="give --after, such as --after 2021-10/2021-12")
    window, past = parse_window(after, "--after"), parse_window(before, "--before") if before else None
    if series is None:
        return _from_catalog(
            scenes or CatalogOptions(), Question(window, past), any_dependence=any_dependence, json=json
        )
    if scenes is not None and scenes.figures is not None:
        raise InputError("--figures draws scenes of a catalogue, and --series has none", hint="leave it out")
    question = Question(window, past)
    return _from_series(series, scenes or CatalogOptions(), question, any_dependence=any_dependence, json=json)


def _from_series(series: Path, options: CatalogOptions, question: Question, *, any_dependence: bool, json: bool) -> int:
    from vestige.observing import read_folder, survey, survey_region

    folder = read_folder(series)
    for note in folder.notes:
        err.print(note)
    dependence: Dependence = "any" if any_dependence else "positive"
    ranked, together = survey_region(folder.series, question.after, question.before, dependence=dependence)
    for one in together:
        err.print(str(one))
    receipts: tuple[Receipt, ...] = ()
    if options.record is not None:
        with _open(options.record, options.key) as record:
            alone = survey(folder.series, *question, dependence=dependence) if together else ranked
            receipts = enter_series(record, folder, alone, question, together)
    if json:
        results = [as_json(one) for one in ranked]
        print_json({"results": results, "entries": receipts} if receipts else results)
        return 0
    print_table(ranked)
    if receipts:
        out.print(f"{len(receipts)} observations entered, from {receipts[0].entry} on")
        if together:
            out.print("entered as each is when judged alone, which its own files can repeat, with what was said above")
    return 0


def _from_catalog(options: CatalogOptions, question: Question, *, any_dependence: bool, json: bool) -> int:
    from vestige.cli.observing._figures import draw, write_pictures
    from vestige.observing.scenes import read_sites

    if options.sites is None and options.record is None:
        raise InputError(
            "observing from a catalogue needs --sites, or --record with sites", hint="see: vestige observe --help"
        )
    check_options(options)
    with _open(options.record, options.key) if options.record else nullcontext() as record:
        sites = read_sites(options.sites) if options.sites else sites_of(record)  # type: ignore[arg-type]
        places = matched(record, sites) if record else {}
        answer = observe_catalog(options, question, sites, any_dependence=any_dependence)
        if isinstance(answer, Planned):
            print_plan(answer.plan, json=json)
            return 0
        pictures = draw(answer, options, question) if options.figures or record else []
        if options.figures:
            write_pictures(options.figures, pictures)
        receipts = enter_observations(record, places, answer, asked(options), question, pictures) if record else ()
    if json:
        entered = {"entries": receipts} if receipts else {}
        print_json({"results": [as_json(one) for one in answer.ranked], **traffic(answer), **entered})
        return 0
    print_table(answer.ranked)
    for line in finding_lines(answer.scenes.findings):
        err.print(line)
    if receipts:
        out.print(f"{len(receipts)} observations entered, from {receipts[0].entry} on")
    return 0


def _recheck(options: CatalogOptions, *, json: bool) -> int:
    with _open(options.record, options.key) as record:
        again = recheck_observation(
            record, options.recheck or "", allow_private=options.allow_private, connections=options.connections
        )
    if json:
        print_json({"equal": not again.differences, **again._asdict()})
        return 1 if again.differences else 0
    for line in again.differences:
        out.print(line)
    verdict = f"not equal: {len(again.differences)} differences" if again.differences else "equal"
    out.print(f"{verdict}; {again.files} windows read again, p = {_probability(again.p_value)}")
    return 1 if again.differences else 0


def _open(folder: Path | None, key: Path | None) -> Record:
    return Record.open(record_folder(folder), key=key, withheld=True)


def as_json(ranked: "Ranked") -> dict[str, Any]:
    """Give one result as plain data; times as ISO 8601 in UTC."""
    change = ranked.change
    return {
        "site": change.site,
        "p_value": change.p_value,
        "q_value": ranked.q_value,
        "abstained": change.abstained,
        "change_db": change.change_db,
        "interval_db": change.interval_db,
        "first_seen": [f"{time}Z" for time in change.first_seen] if change.first_seen else None,
        "n_before": change.n_before,
        "n_after": change.n_after,
        "window": [f"{time}Z" for time in change.window],
        "orbit": change.orbit,
        "method": change.method,
        "scenes": change.scenes,
        "controlled": change.controlled,
    }


def print_table(ranked: "list[Ranked]") -> None:
    """Print results ranked by evidence: strongest first, abstentions last with their reason."""
    from vestige.observing import LEVEL, NO_CONTROLS

    rows = [
        ("site", "p", "q", "change, dB", "last unchanged to first changed", "dates", "seen from"),
        *map(_row, ranked),
    ]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        out.print("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())
    if any(one.q_value is not None and one.q_value <= LEVEL and not one.change.controlled for one in ranked):
        out.print(NO_CONTROLS)


def _row(ranked: "Ranked") -> tuple[str, ...]:
    change = ranked.change
    size = "  ".join(f"{band} {value:+.1f}" for band, value in change.change_db.items())
    seen = " to ".join(str(time)[:16] for time in change.first_seen) if change.first_seen else ""
    dates = f"{change.n_before} + {change.n_after}"
    note = f"abstains: {change.abstained}" if change.abstained else seen
    return (
        change.site or "",
        _probability(change.p_value),
        _probability(ranked.q_value),
        size,
        note,
        dates,
        change.orbit,
    )


def _probability(value: float | None) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if value >= 0.0005 else f"{value:.0e}"
