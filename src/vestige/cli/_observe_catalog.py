"""``vestige observe --catalog``: from a catalogue of scenes to tested sites, planned first and shown as it goes."""

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import msgspec
from cyclopts import Parameter
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from vestige.cli._console import err, out, print_json
from vestige.errors import InputError

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np

    from vestige.observing import Ranked, Series
    from vestige.observing.scenes import (
        Chip,
        FileRead,
        FileResult,
        Finding,
        Found,
        Interval,
        Plan,
        ReaderSettings,
        Scenes,
        Site,
    )

HISTORY_YEARS = 3


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class CatalogOptions:
    """Scenes from a catalogue."""

    catalog: str | None = None
    """A STAC API, a static STAC catalogue, or a file of items (.json, .ndjson, .parquet)."""

    collection: str | None = None
    """The collection to take from it, such as sentinel-1-rtc."""

    sites: Path | None = None
    """GeoJSON with a point, or an area, a site."""

    bands: str = "vv,vh"
    """Bands by the names of their assets, joined by commas."""

    pixels: int = 3
    """Side of the window that is tested, in pixels."""

    chip: int = 33
    """Side of the window that is read and shown, in pixels."""

    around: Annotated[bool, Parameter(negative="")] = False
    """Take weather from the rest of each chip: smaller changes are found, but not one that the whole chip shares."""

    sign_in: str | None = None
    """none, planetary, earth-search, cdse or earthdata; by default what the catalogue's host calls for."""

    executor: str = "threads"
    """threads, processes:N, or the address of a Dask scheduler (tcp://host:8786)."""

    connections: int = 64
    """Requests under way at once."""

    cache: Path | None = None
    """Folder for headers, tiles and finished chips; by default in the user's cache folder."""

    figures: Path | None = None
    """A folder for pictures: before and after, and the time line, of each site."""

    record: Path | None = None
    """Enter each result into this record with its evidence; without --sites, its sites are observed."""

    key: Path | None = None
    """The private key to sign with."""

    recheck: str | None = None
    """An observation of the record (hash or id): read its evidence again, test again, and say whether it is equal."""

    plan: bool = False
    """Say what would be read, and read no pixel."""

    allow_private: Annotated[bool, Parameter(negative="")] = False
    """Let addresses lead to this machine or its network: for servers of your own."""


class Question(NamedTuple):
    """The two windows: from, up to but not including."""

    after: "tuple[np.datetime64, np.datetime64]"
    before: "tuple[np.datetime64, np.datetime64] | None"


class Planned(NamedTuple):
    """A plan, and nothing read."""

    plan: "Plan"


class Answer(NamedTuple):
    """All that came of a run."""

    plan: "Plan"
    scenes: "Scenes"
    ranked: "list[Ranked]"


def observe_catalog(
    options: CatalogOptions, question: Question, sites: "Sequence[Site]", *, any_dependence: bool
) -> Answer | Planned:
    """Search, plan, and, unless only the plan was asked for, read and test."""
    settings = reader_settings(options)
    found = _search(options, sites, question)
    made = _plan(options, sites, found, settings)
    if options.plan:
        return Planned(made)
    scenes = _read(made, settings, options.executor)
    return Answer(made, scenes, _test(made, scenes, options, question, any_dependence=any_dependence))


def check_options(options: CatalogOptions) -> None:
    """Refuse options that cannot be meant, before anything is asked of anyone. Raises `InputError`."""
    from vestige.observing.scenes import make_executor

    make_executor(options.executor)
    bands_of(options)
    if not 1 <= options.pixels <= options.chip <= 512:
        raise InputError(
            f"expected 1 <= pixels <= chip <= 512, got --pixels {options.pixels} --chip {options.chip}",
            hint="the tested window lies in the middle of the chip",
        )
    if options.around and options.chip < 5 * options.pixels:
        raise InputError(
            f"--around needs a chip of at least {5 * options.pixels} pixels, got {options.chip}",
            hint="a margin as wide as the tested window is left out on each side",
        )
    if not 1 <= options.connections <= 1024:
        raise InputError(f"expected 1 to 1024 connections, got {options.connections}", where="--connections")


def bands_of(options: CatalogOptions) -> tuple[str, ...]:
    """Give the band names. Raises `InputError` where there is none or one stands twice."""
    bands = tuple(band.strip() for band in options.bands.split(",") if band.strip())
    if not bands or len({band.lower() for band in bands}) != len(bands):
        raise InputError(f"expected band names, each once, got {options.bands!r}", where="--bands")
    return bands


def reader_settings(options: CatalogOptions) -> "ReaderSettings":
    """Give the settings of every reader of this run."""
    from vestige.observing.scenes import ReaderSettings, default_cache, is_local, make_signer, signer_name

    catalog = options.catalog or ""
    signer = options.sign_in or signer_name(catalog)
    make_signer(signer)
    return ReaderSettings(
        cache=str(options.cache or default_cache()),
        connections=options.connections,
        signer=signer,
        allow_private=options.allow_private,
        allow_local=is_local(catalog),
    )


def intervals_of(question: Question) -> "list[Interval]":
    """Give the times to search: the quiet past (three years where none is named) and the window."""
    from vestige.observing.scenes import Interval

    start, end = (_utc(edge) for edge in question.after)
    if question.before is None:
        return [Interval(start.replace(year=start.year - HISTORY_YEARS, day=min(start.day, 28)), end)]
    return [Interval(*(_utc(edge) for edge in question.before)), Interval(start, end)]


def _utc(time: "np.datetime64") -> datetime:
    moment: datetime = time.astype("datetime64[s]").item()
    return moment.replace(tzinfo=UTC)


def _search(options: CatalogOptions, sites: "Sequence[Site]", question: Question) -> "Found":
    from vestige.observing.scenes import find_scenes

    with err.status("searching the catalogue"):
        found = find_scenes(
            options.catalog or "", sites=sites, intervals=intervals_of(question), collection=options.collection,
            allow_private=options.allow_private,
        )  # fmt: skip
    if not found.scenes:
        raise InputError(
            "the catalogue has no scene over these sites in this time", where=options.catalog,
            hint="check --collection, --before and --after, and that the sites are longitude first",
        )  # fmt: skip
    return found


def _plan(options: CatalogOptions, sites: "Sequence[Site]", found: "Found", settings: "ReaderSettings") -> "Plan":
    from vestige.observing.scenes import plan_reads, reader_for

    bands = with_classification(bands_of(options), found)
    with _bar(TextColumn("{task.completed}/{task.total} headers"), TimeRemainingColumn()) as bar:
        task = bar.add_task("planning", total=len(found.scenes) * len(bands))
        made = plan_reads(
            found.scenes, sites, bands=bands, pixels=options.chip, headers=reader_for(settings).headers,
            workers=settings.connections, on_header=lambda: bar.advance(task),
        )  # fmt: skip
    return msgspec.structs.replace(made, findings=(*found.findings, *made.findings))


def with_classification(bands: tuple[str, ...], found: "Found") -> tuple[str, ...]:
    """Add Sentinel-2's scene classification, without which clouds would be taken for change."""
    optical = any(scene.platform.startswith("S2") for scene in found.scenes)
    return (*bands, "scl") if optical and "scl" not in {band.lower() for band in bands} else bands


def _bar(*columns: Any) -> Progress:
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        *columns,
        console=err,
        disable=not err.is_terminal,
        transient=True,
    )


def _read(made: "Plan", settings: "ReaderSettings", executor: str) -> "Scenes":
    """Read with a bar of sites, bytes and time left."""
    from vestige.observing.scenes import make_executor, read_scenes

    left = Counter(cut.site for file in made.files for cut in file.cuts)
    total = len(left)
    with _bar(TextColumn("{task.fields[sites]} sites"), DownloadColumn(), TimeRemainingColumn()) as bar:
        task = bar.add_task("reading", total=made.bytes, sites=f"0/{total}")

        def told(file: "FileRead", _: "FileResult") -> None:
            left.subtract(cut.site for cut in file.cuts)
            done = sum(1 for count in left.values() if count == 0)
            bar.update(task, advance=sum(part.length for part in file.ranges), sites=f"{done}/{total}")

        return read_scenes(made, settings, executor=make_executor(executor), on_result=told)


def _test(
    made: "Plan", scenes: "Scenes", options: CatalogOptions, question: Question, *, any_dependence: bool
) -> "list[Ranked]":
    from vestige.observing import Abstention, Change, Ranked, survey
    from vestige.observing.scenes import stack

    series = stack(scenes.chips, bands=made.bands, pixels=options.pixels)
    controls = controls_of(scenes.chips, made.bands, options) if options.around else None
    ranked = survey(
        series, *question, controls=controls, dependence="any" if any_dependence else "positive"
    )  # fmt: skip
    seen = {one.site for one in series}
    unseen = [
        Change(
            p_value=None, abstained=Abstention.NO_COVERAGE, n_before=0, n_after=0, window=question.after, orbit="",
            method=ranked[0].change.method if ranked else "", site=site.id,
        )
        for site in made.sites
        if site.id not in seen
    ]  # fmt: skip
    return [*ranked, *(Ranked(change, None) for change in unseen)]


def controls_of(chips: "Sequence[Chip]", bands: "Sequence[str]", options: CatalogOptions) -> "list[list[Series]]":
    """Give each series, in the order of `stack`, the surroundings of its site as its control."""
    from vestige.observing.scenes import stack, surroundings

    return [[surroundings(wide, options.pixels)] for wide in stack(chips, bands=bands, pixels=options.chip)]


def print_plan(made: "Plan", *, json: bool) -> None:
    """Print a plan: as a summary, or whole as JSON."""
    if json:
        print_json(made)
        return
    scenes = {file.scene.id for file in made.files}
    served = {cut.site for file in made.files for cut in file.cuts}
    tracks = sorted({file.scene.track or file.scene.collection for file in made.files})
    times = sorted(file.scene.time for file in made.files)
    span = f", {times[0]:%Y-%m-%d} to {times[-1]:%Y-%m-%d}" if times else ""
    out.print(
        f"{len(served)} of {len(made.sites)} sites in {len(scenes)} scenes{span}, seen from {', '.join(tracks) or 'nowhere'}"
    )
    out.print(f"{len(made.files)} files, {made.chips} windows of {made.pixels} by {made.pixels} pixels")
    out.print(f"{made.requests} requests, {made.bytes / 1e6:,.1f} MB (less what the cache has)")
    for line in finding_lines(made.findings):
        out.print(line)


def traffic(answer: Answer) -> dict[str, Any]:
    """Give what was read and what is not there, as plain data."""
    scenes = answer.scenes
    return {"requests": scenes.requests, "bytes": scenes.bytes, "chips": len(scenes.chips), "findings": scenes.findings}


def finding_lines(findings: "Sequence[Finding]") -> list[str]:
    """Count the observations that are not there, by kind, with an example of each."""
    kinds: dict[str, list[Finding]] = {}
    for finding in findings:
        kinds.setdefault(finding.kind, []).append(finding)
    return [
        f"{len(group)} not there, {kind}: {group[0].message} ({group[0].scene}{' ' + group[0].band if group[0].band else ''})"
        for kind, group in sorted(kinds.items(), key=lambda pair: -len(pair[1]))
    ]
