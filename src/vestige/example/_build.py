"""Make the example record: actors, then each place with its sources, statements and assessments.

Bodies are the same every time; keys, salts and times of signing are new.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec

from vestige.capture import read_disturbance
from vestige.entries import Assessment, Assessor, Draft, Key, OriginalGrade, Source, Span, Speaker, Statement
from vestige.example import _data as data
from vestige.example._acts import enter_acts
from vestige.example._appeals import enter_appeals
from vestige.example._events import show_what_can_happen
from vestige.example._originals import enter_originals
from vestige.example._own_appeal import compose_own_appeal
from vestige.example._own_study import enter_study
from vestige.example._samples import enter_samples
from vestige.example._sources import abstract_source
from vestige.record import Receipt, Record, load_key, make_key, public_text

NAME = "Vestige example record"
"""The name of the record, and of its authors as readers and assessors."""
_ORIGIN_OF_LOG = "vestige.example/example"
_READER = {"name": NAME}


def build_example(path: Path, letter: Path | None = None) -> Record:
    """Make the example record in a new or empty folder and give it, open. Raises RecordError when the folder is not empty.

    ``letter`` is a new folder for the documents of the example's own letter and its evidence bundle.
    """
    rules = data.policy()
    record = Record.create(path, rules.name, origin=_ORIGIN_OF_LOG, keeper="keeper.1", policy=rules)
    first = _keeper_key(record)
    second, contributor = _add_key(record, "editor.1", "keeper"), _add_key(record, "contributor.1", "contributor")
    actors = _enter_actors(record)
    places = [_Place(record, key, place, actors) for key, place in data.places().items()]
    for place, receipt in zip(places, record.append(*(place.site_draft() for place in places)), strict=True):
        place.site = receipt
    _enter_keyed(record, [(place.sources, place.source_drafts()) for place in places])
    while waiting := [(place.statements, drafts) for place in places if (drafts := place.statement_drafts())]:
        _enter_keyed(record, waiting)
    judged = [list(place.assessment_drafts()) for place in places]
    record.append(*(draft for drafts in judged for draft in drafts[::2]), key=first)
    record.append(*(draft for drafts in judged for draft in drafts[1::2]), key=second)
    enter_originals(record)
    enter_study(record)
    enter_samples(record)
    enter_appeals(record)
    enter_acts(record, actors, NAME)
    compose_own_appeal(record, letter)
    show_what_can_happen(record, places[0].site, contributor)
    return record


def _keeper_key(record: Record) -> Path:
    """Give the file of the first keeper's key, while no other may sign; a second keeper's may come before it by name."""
    (listed,) = (key.public for key in record.policy.keys if key.role == "keeper")
    files = (record.path / "keys").glob("*.key")
    return next(file for file in files if public_text(load_key(file)) == listed)


def _add_key(record: Record, handle: str, role: str) -> Path:
    """List another key, and give the file of its private half, which lies with the record's others."""
    private, file = make_key(record.path / "keys")
    current = record.policy_entry
    keys = (*record.policy.keys, Key(public=public_text(private), handle=handle, role=role))
    record.append(Draft(msgspec.structs.replace(record.policy, keys=keys), current.about, current.hash))
    return file


def _enter_actors(record: Record) -> dict[str, str]:
    """Enter the actors and give their ids by every name under which places print them."""
    actors = data.actors()
    receipts = record.append(*(Draft(actor) for actor, _ in actors))
    return {name: receipt.about for (_, called), receipt in zip(actors, receipts, strict=True) for name in called}


def _enter_keyed(record: Record, groups: list[tuple[dict[str, Receipt], dict[str, Draft]]]) -> None:
    """Enter the drafts of several places as one batch and note each receipt under its key."""
    flat = [(receipts, key, draft) for receipts, drafts in groups for key, draft in drafts.items()]
    entered = record.append(*(draft for _, _, draft in flat))
    for (receipts, key, _), receipt in zip(flat, entered, strict=True):
        receipts[key] = receipt


class _Place:
    """One place on its way into the record: its drafts, each kind resting on the receipts of those before."""

    site: Receipt

    def __init__(self, record: Record, key: str, place: Mapping[str, Any], actors: Mapping[str, str]) -> None:
        self.record = record
        self.key = key
        self.place = place
        self.actors = actors
        self.texts = {item["key"]: data.one_line(item["text"]) for item in place["source"] if "text" in item}
        self.files: dict[str, str] = {}
        self.sources: dict[str, Receipt] = {}
        self.statements: dict[str, Receipt] = {}

    def site_draft(self) -> Draft:
        """Give the site."""
        return Draft(data.site(self.place["site"]))

    def source_drafts(self) -> dict[str, Draft]:
        """Give the sources; their abstracts are preserved on the way."""
        return {item["key"]: Draft(self._source(item)) for item in self.place["source"]}

    def statement_drafts(self) -> dict[str, Draft]:
        """Give the statements that are not entered yet and refer only to statements that are."""
        return {
            item["key"]: self._statement(item)
            for item in self.place["statement"]
            if item["key"] not in self.statements
            and self.statements.keys() >= {*item.get("disagrees_with", ()), *item.get("agrees_with", ())}
        }

    def assessment_drafts(self) -> list[Draft]:
        """Give the assessments."""
        return list(map(self._assessment, self.place["assessment"]))

    def _source(self, item: Mapping[str, Any]) -> Source:
        source = abstract_source(self.record, f"{self.key}-{item['key']}", item)
        if source.file is not None:
            self.files[item["key"]] = source.file
        return source

    def _statement(self, item: Mapping[str, Any]) -> Draft:
        source = self.sources[item["source"]]
        text, content = self.texts[item["source"]], data.one_line(item["content"])
        start = text.index(content)
        cue = text.rindex(item["cue"], 0, start)
        body = Statement(
            source=source.about,
            content=content,
            manner=item["manner"],
            speaker=self._speaker(item["speaker"]),
            status="confirmed",
            file=self.files[item["source"]],
            spans=(Span(start=start, end=start + len(content)),),
            cue=item["cue"],
            cue_span=Span(start=cue, end=cue + len(item["cue"])),
            reported_via=tuple(map(self._speaker, item.get("reported_via", ()))),
            language=data.LANGUAGE,
            said=data.window(item.get("said", {})),
            sites=(self.site.about,),
            disagrees_with=tuple(self.statements[key].about for key in item.get("disagrees_with", ())),
            agrees_with=tuple(self.statements[key].about for key in item.get("agrees_with", ())),
            reader=NAME,
        )
        return Draft(body, cites=(source.entry,))

    def _speaker(self, printed: Mapping[str, str]) -> Speaker:
        actor = self.actors.get(printed.get("organisation", ""))
        name, role, organisation = (printed.get(field) for field in ("name", "role", "organisation"))
        resolver = NAME if actor else None
        return Speaker(name=name, role=role, organisation=organisation, actor=actor, resolved_by=resolver)

    def _assessment(self, item: Mapping[str, Any]) -> Draft:
        assessor = item.get("assessor", _READER)
        evidence = tuple(self.sources[key].entry for key in item["evidence"])
        window = data.window(item)
        assert window is not None  # noqa: S101 - a test reads every data file
        body = Assessment(
            site=self.site.about,
            assessor=Assessor(**assessor, actor=self.actors.get(assessor["name"])),
            window=window,
            condition=item["condition"],
            original=OriginalGrade(scheme=item["original"][0], grade=item["original"][1])
            if "original" in item
            else None,
            extent=item.get("extent"),
            disturbances=tuple(map(read_disturbance, item.get("disturbances", ()))),
            trend=item.get("trend"),
            method=item.get("method", "Literature Interpretation/Digitisation"),
            evidence=evidence,
            note=item.get("note"),
        )
        return Draft(body, cites=(self.site.entry, *evidence))
