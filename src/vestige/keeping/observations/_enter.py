"""Observations of a record: results become entries with their evidence."""

from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vestige import __version__
from vestige.entries import BandChange, ByteRange, DateWindow, Draft, Observation
from vestige.entries import Scene as SceneOfEntry
from vestige.entries import Site as Place
from vestige.errors import InputError
from vestige.keeping.finding import find_site
from vestige.keeping.observations._answer import Answer, Asked, Picture
from vestige.keeping.observations._question import Question
from vestige.record import Entry, Receipt, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

    from vestige.observing import Change, Ranked
    from vestige.observing.scenes import Dossier, Exhibit, Site

EVIDENCE, AFTER, BEFORE, CATALOG, SIGN_IN = "evidence", "after", "before", "catalog", "sign-in"
AROUND = "around"
CONTROLS, NONE = "controls", "none"
"""Names of an observation's parameters that a recheck goes by; and the one that says that nothing beside the site was looked at."""


def sites_of(record: Record) -> "tuple[Site, ...]":
    """Give the sites of a record as places to observe, by their exact place. Raises `InputError` where none has one."""
    from vestige.observing.scenes import Site

    found = []
    for entry in record.index.entries("site", current=True):
        body = record.index.exact(entry.about)
        if isinstance(body, Place) and body.location:
            where = body.location
            found.append(Site(id=entry.about, lon=where.longitude, lat=where.latitude, name=body.names[0].text))
    if not found:
        raise InputError(
            "the record has no site with a place", where=str(record.path), hint="add some: vestige add sites FILE"
        )
    return tuple({site.id: site for site in found}.values())


def matched(record: Record, sites: "Sequence[Site]") -> dict[str, Entry]:
    """Find the record's entry of each site, by id, by another register's id (whc:946) or by name. Raises `InputError`."""
    return {site.id: entry_of(record, site.id) for site in sites}


def entry_of(record: Record, text: str) -> Entry:
    """Find the record's entry of one site. Raises `InputError`."""
    return find_site(record, text)


class Run(NamedTuple):
    """All that the entries of one run are made from."""

    answer: Answer
    asked: Asked
    question: Question
    dossiers: "dict[str, Dossier]"
    pictures: "Sequence[Picture]"


def enter_observations(
    record: Record, places: dict[str, Entry], answer: Answer, asked: Asked, question: Question,
    pictures: "Sequence[Picture]",
) -> tuple[Receipt, ...]:  # fmt: skip
    """Enter one observation a site, with dossier and pictures as preserved files; those of a sensitive site are withheld.

    Byte ranges and pixels say where a site lies more exactly than its public place may.
    """
    from vestige.observing.scenes import dossiers

    found = dossiers(answer.plan, answer.scenes.chips, pixels=asked.pixels)
    run = Run(answer, asked, question, found, pictures)
    return record.append(*(_draft(record, places[ranked.change.site or ""], ranked, run) for ranked in answer.ranked))


def _draft(record: Record, place: Entry, ranked: "Ranked", run: Run) -> Draft:
    from vestige.observing.scenes import pack_dossier

    exact, site = record.index.exact(place.about), ranked.change.site or ""
    withheld = isinstance(exact, Place) and exact.sensitivity != "open"
    dossier = run.dossiers.get(site)
    file = record.add_file(pack_dossier(dossier), withheld=withheld) if dossier else None
    drawn = tuple(record.add_file(p.content, withheld=withheld) for p in run.pictures if p.site == site)
    body = _observation(place.about, ranked, run, file, drawn)
    return Draft(body, cites=(place.hash,), visibility="withheld" if withheld else "public")


def _observation(site: str, ranked: "Ranked", run: Run, file: str | None, drawn: tuple[str, ...]) -> Observation:
    change = ranked.change
    findings = [f for f in run.answer.scenes.findings if change.site in f.sites]
    return Observation(
        **tested(site, ranked, run.question),
        scenes=_scenes(run.dossiers.get(change.site or ""), change),
        parameters=_parameters(run.asked, run.question, file) | uncontrolled(change),
        figures=(*((file,) if file else ()), *drawn),
        findings=tuple(f"{f.scene}{' ' + f.band if f.band else ''}: {f.kind}: {f.message}"[:2000] for f in findings),
    )


def tested(site: str, ranked: "Ranked", question: Question) -> dict[str, Any]:
    """Give what an observation says of the test itself, whatever it was fed with: the first fields of its body."""
    change = ranked.change
    return {
        "site": site,
        "method": change.method or "none",
        "software": f"vestige {__version__}",
        "before": _past(question),
        "after": _between(question.after),
        "orbit": change.orbit or None,
        "p_value": change.p_value,
        "q_value": ranked.q_value,
        "abstained": change.abstained,
        "changes": tuple(BandChange(band=band, decibels=size) for band, size in change.change_db.items()),
        "last_unchanged": stamp(change.first_seen[0]) if change.first_seen else None,
        "first_changed": stamp(change.first_seen[1]) if change.first_seen else None,
        "acquisitions_before": change.n_before,
        "acquisitions_after": change.n_after,
    }


def uncontrolled(change: "Change") -> dict[str, str]:
    """Give the parameter of an answer without controls: a change of the instrument cannot be told from one of the site."""
    return {} if change.controlled or change.p_value is None else {CONTROLS: NONE}


def _parameters(asked: Asked, question: Question, file: str | None) -> dict[str, str]:
    from vestige.observing.scenes import shown

    said = {
        CATALOG: shown(asked.catalog),
        SIGN_IN: asked.sign_in,
        "collection": asked.collection,
        "bands": asked.bands,
        "pixels": str(asked.pixels),
        AROUND: str(asked.around or ""),
        AFTER: "/".join(map(stamp, question.after)),
        BEFORE: "/".join(map(stamp, question.before)) if question.before else "",
        EVIDENCE: file or "",
    }
    return {name: value for name, value in said.items() if value}


def _scenes(dossier: "Dossier | None", change: "Change") -> tuple[SceneOfEntry, ...]:
    """Give the files of the window that the answer rests on; those before it stand in the dossier."""
    exhibits = dossier.exhibits if dossier else ()
    return tuple(_scene(one) for one in exhibits if one.file.scene.id in change.scenes)


def _scene(one: "Exhibit") -> SceneOfEntry:
    tiles = [tile for tile in one.evidence if tile.length]
    return SceneOfEntry(
        id=one.file.scene.id,
        acquired=one.file.scene.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
        href=one.file.href,
        platform=one.file.scene.platform or None,
        processor=one.file.scene.processor or None,
        ranges=tuple(ByteRange(first=tile.start, last=tile.start + tile.length - 1) for tile in tiles),
        sha256=tiles[0].sha256 if len(tiles) == 1 else None,
    )


def stamp(time: np.datetime64) -> str:
    """Write a time as RFC 3339 in UTC."""
    return f"{time.astype('datetime64[s]')}Z"


def _between(window: "tuple[np.datetime64, np.datetime64]") -> DateWindow:
    return DateWindow(when="between", start=str(window[0])[:10], end=str(window[1] - np.timedelta64(1, "s"))[:10])


def _past(question: Question) -> DateWindow:
    if question.before:
        return _between(question.before)
    return DateWindow(when="before", end=str(question.after[0] - np.timedelta64(1, "s"))[:10])
