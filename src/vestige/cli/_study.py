"""``vestige study``: what war does to cultural heritage, and what peace gives back."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Annotated, Any

from cyclopts import App, Parameter

from vestige.cli._console import err, print_json, progress
from vestige.cli._console import out as console
from vestige.errors import InputError, MissingExtraError

app = App(
    name="study",
    help="Study peace and culture with open data: danger, exposure, recovery, fires; fetch gets the data.",
    help_format="plaintext",
)

Files = Annotated[list[Path], Parameter(consume_multiple=True, negative=())]
Out = Annotated[Path, Parameter(name="--out")]
RecordPath = Annotated[Path | None, Parameter(name="--record")]
Key = Annotated[Path | None, Parameter(name="--key")]
Json = Annotated[bool, Parameter(name="--json", negative=())]


def _rooms() -> Any:
    try:
        from vestige import studying
    except ModuleNotFoundError as error:
        raise MissingExtraError("studying", error.name or "pandas") from error
    return studying


@app.command
def danger(
    *,
    sites: Files,
    violence: Path,
    years: str = "1989-2022",
    out: Out = Path("study-danger"),
    record: RecordPath = None,
    key: Key = None,
    json: Json = False,
) -> int:
    """Count listings in danger and removals by deaths in organized violence.

    Example: vestige study danger --sites whc-2019.csv whc-2021.csv whc-2023.csv --violence ucdp-country-year.csv --out DIR

    Parameters
    ----------
    sites
        World Heritage List exports of UNESCO, one or more years; they are joined.
    violence
        The UCDP country-year file.
    years
        First and last year of the panel.
    out
        Folder for tables, figures, report and manifest.
    record
        Enter the study in this record, so that the public record shows it.
    key
        Private key to sign the entry with; default: the record's own.
    json
        Print the manifest as JSON.
    """
    first, last = _years(years)
    return _done(lambda room: room.danger_study(sites, violence, first=first, last=last), out, record, key, json=json)


@app.command
def exposure(
    *,
    sites: Files,
    events: Files,
    radius: str = "2,5,10,25,50",
    precision: int = 2,
    components: Path | None = None,
    out: Out = Path("study-exposure"),
    record: RecordPath = None,
    key: Key = None,
    json: Json = False,
) -> int:
    """Count events of organized violence near each site, by distance and year.

    Example: vestige study exposure --sites whc-2023.csv --events ged.csv --radius 2,5,10,25,50 --out DIR

    Parameters
    ----------
    sites
        World Heritage List exports, or a register with columns name, latitude, longitude (and id).
    events
        UCDP GED as CSV, as HDX publishes it, or as an R data file; several are joined.
    radius
        Radii in kilometres, with commas.
    precision
        Largest where_prec that is used: 1 the place itself, 2 within about 25 km.
    components
        CSV of serial properties' components: id_no, component, latitude, longitude.
    out
        Folder for tables, figures, report and manifest.
    record
        Enter the study in this record, so that the public record shows it.
    key
        Private key to sign the entry with; default: the record's own.
    json
        Print the manifest as JSON.
    """
    radii = _radii(radius)
    if not 1 <= precision <= 7:
        raise InputError(f"where_prec runs from 1 to 7, got {precision}", where="--precision")
    return _done(
        lambda room: room.exposure_study(sites, events, radii=radii, precision=precision, components=components),
        out,
        record,
        key,
        json=json,
    )


@app.command
def recovery(
    *,
    sites: Files | None = None,
    terminations: Path | None = None,
    violence: Path | None = None,
    out: Out = Path("study-recovery"),
    record: RecordPath = None,
    key: Key = None,
    json: Json = False,
) -> int:
    """Follow places from the end of fighting to removal from the List in Danger, and from harm to restoration.

    Example: vestige study recovery --sites whc-2021.csv whc-2023.csv --terminations ucdp-term.csv --violence ucdp-cy.csv --out DIR

    Example: vestige study recovery --record heritage

    Parameters
    ----------
    sites
        World Heritage List exports of UNESCO, one or more years.
    terminations
        The UCDP conflict terminations file, dyads.
    violence
        The UCDP country-year file.
    out
        Folder for tables, figures, report and manifest.
    record
        Read the assessments of this record, and enter the study in it.
    key
        Private key to sign the entry with; default: the record's own.
    json
        Print the manifest as JSON.
    """
    return _done(
        lambda room: room.recovery_study(
            sites=sites or [], terminations=terminations, violence=violence, record=record
        ),
        out,
        record,
        key,
        json=json,
    )


@app.command
def fires(
    *,
    sites: Files,
    fires: Files,
    start: Annotated[dt.date | None, Parameter(name="--from")] = None,
    end: Annotated[dt.date | None, Parameter(name="--to")] = None,
    radius: str = "1,2,5,10",
    out: Out = Path("study-fires"),
    record: RecordPath = None,
    key: Key = None,
    json: Json = False,
) -> int:
    """Find thermal anomalies near sites: leads, compared with the same days a year earlier.

    Example: vestige study fires --sites sites.csv --fires modis-2021.csv modis-2022.csv --from 2022-02-24 --to 2022-05-31

    Parameters
    ----------
    sites
        World Heritage List exports, or a register with columns name, latitude, longitude (and id).
    fires
        NASA FIRMS active fires, standard product, of the year studied and of the year before.
    start
        First day; default: the first that both years have.
    end
        Last day; default: the last that both years have.
    radius
        Radii in kilometres, with commas; the half-pixel footprint comes first in any case.
    out
        Folder for tables, figures, report and manifest.
    record
        Enter the study in this record, so that the public record shows it.
    key
        Private key to sign the entry with; default: the record's own.
    json
        Print the manifest as JSON.
    """
    radii = _radii(radius)
    if (start is None) != (end is None):
        raise InputError("--from and --to go together", where="--from" if end is None else "--to")
    window = (start, end) if start is not None and end is not None else None
    if window and window[0] > window[1]:
        raise InputError(f"the first day {start} is after the last {end}", where="--from")
    return _done(lambda room: room.fires_study(sites, fires, window=window, radii=radii), out, record, key, json=json)


@app.command
def fetch(
    *names: str,
    out: Out = Path("data"),
    sha256: str | None = None,
    address: str | None = None,
    allow_private: Annotated[bool, Parameter(negative=())] = False,
    json: Json = False,
) -> int:
    """Fetch data sets by name, pinned by SHA-256; without a name, list them.

    Example: vestige study fetch ucdp-country-year ucdp-ged --out data

    Parameters
    ----------
    names
        Names of data sets.
    out
        Folder for the files and their manifest, datasets.json.
    sha256
        Accept this version only (for one name).
    address
        Take it from this address (a mirror; for one name).
    allow_private
        Allow an address of a private network.
    json
        Print the manifest's lines as JSON.
    """
    room = _rooms()
    if not names:
        return _list_datasets(room, json=json)
    if len(names) > 1 and (sha256 or address):
        raise InputError("--sha256 and --address are for one data set", where="fetch")
    wanted = [room.dataset(name) for name in names]
    lines = []
    with progress() as bar:
        for each in wanted:
            task = bar.add_task(each.name, total=None)
            lines.append(
                room.fetch(
                    each,
                    out,
                    sha256=sha256,
                    address=address,
                    allow_private=allow_private,
                    progress=lambda done, total, task=task: bar.update(task, completed=done, total=total),
                )
            )
    if json:
        print_json(lines)
        return 0
    for line in lines:
        out_line = f"{line['state']}: {out / line['file']}, {line['bytes']:,} bytes, SHA-256 {line['sha256']}"
        console.print(out_line)
        console.print(f"  {line['title']}, version {line['version']}; {line['licence']}")
        console.print(f"  cite: {line['citation']}")
    return 0


def _list_datasets(room: Any, *, json: bool) -> int:
    if json:
        print_json([vars(each) for each in room.datasets()])
        return 0
    for each in room.datasets():
        console.print(f"{each.name}: {each.title}, version {each.version}; {each.licence}; {each.note}")
    for pattern in room.PATTERNS:
        console.print(f"{pattern}: NASA FIRMS active fires by year and country; for: study fires")
    return 0


def _done(make: Callable[[Any], Any], folder: Path, record: Path | None, key: Path | None, *, json: bool) -> int:
    room = _rooms()
    with err.status("studying") if err.is_terminal else _Quiet():
        study = make(room)
        manifest = room.write_study(study, folder)
        entered = room.enter_study(study, folder, record, key=key) if record else None
    if json:
        print_json(manifest | ({"entered": vars(entered)} if entered else {}))
        return 0
    console.print(study.title)
    for finding in study.findings:
        console.print(f"- {finding}")
    for dropped in study.dropped:
        console.print(f"left out: {dropped.count:,} {dropped.what}: {dropped.why}")
    console.print(
        f"written: {folder / 'report.html'}, report.pdf and {len(manifest['outputs']) - 2} more, manifest.json"
    )
    if entered:
        console.print(f"entry in {record}: {entered.entry} ({entered.state})")
    return 0


class _Quiet:
    def __enter__(self) -> None:
        return None

    def __exit__(self, *_: object) -> None:
        return None


def _years(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    if not (first.isdigit() and last.isdigit() and len(first) == len(last) == 4):
        raise InputError(f"expected years as 1989-2022, got {text!r}", where="--years")
    return int(first), int(last)


def _radii(text: str) -> tuple[float, ...]:
    try:
        return tuple(float(part) for part in text.split(","))
    except ValueError as error:
        raise InputError(f"expected kilometres as 2,5,10, got {text!r}", where="--radius") from error
