"""``vestige observe --catalog``: from a catalogue of scenes to tested sites, planned first and shown as it goes."""

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from vestige.cli._console import err, out, print_json
from vestige.cli.observing._options import CatalogOptions, bands_of, reader_settings, takes_controls
from vestige.errors import InputError
from vestige.keeping.observations import Answer, Question, intervals_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vestige.observing import Ranked, Series
    from vestige.observing.scenes import (
        Chip,
        FileRead,
        FileResult,
        Finding,
        Found,
        Plan,
        ReaderSettings,
        Scenes,
        Site,
    )


class Planned(NamedTuple):
    """A plan, and nothing read."""

    plan: "Plan"


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


def _search(options: CatalogOptions, sites: "Sequence[Site]", question: Question) -> "Found":
    from vestige.observing.scenes import find_scenes

    with err.status("searching the catalogue"):
        found = find_scenes(
            options.catalog or "", sites=sites, intervals=intervals_of(question), collection=options.collection,
            allow_private=options.allow_private,
        )  # fmt: skip
    if not found.scenes and not found.elsewhere:
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
    return msgspec.structs.replace(made, findings=(*found.findings, *made.findings), searched=found.searched)


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
    from vestige.observing import METHOD, Abstention, Change, Ranked, survey
    from vestige.observing.scenes import stack

    series = stack(scenes.chips, bands=made.bands, pixels=options.pixels)
    controls = controls_of(scenes.chips, made.bands, options) if takes_controls(options) else None
    ranked = survey(
        series, *question, controls=controls, dependence="any" if any_dependence else "positive"
    )  # fmt: skip
    seen = {one.site for one in series}
    covered = {cut.site for file in made.files for cut in file.cuts} | {
        site for finding in scenes.findings for site in finding.sites
    }
    unseen = [
        Change(
            p_value=None, abstained=Abstention.UNREAD if site.id in covered else Abstention.NO_SCENE,
            n_before=0, n_after=0, window=question.after, orbit="", method=METHOD, site=site.id,
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
    if made.searched:
        out.print(made.searched.line)
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
