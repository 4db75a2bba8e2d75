"""Calls, visits and dialogues of others, in the example: what either side said of them, from sources, with blanks where there is none."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import msgspec

from vestige.entries import Actor, Body, Draft, Name, Source, Span, Speaker, Statement
from vestige.entries.acts import Call, Gathering, Visit
from vestige.example import _data as data
from vestige.example._sources import abstract_source
from vestige.record import Record

_ADDRESS = "The address is the publisher's; that of the exact page was not kept."
_PARTIES = ("azerbaijan", "armenia")


def enter_acts(record: Record, actors: Mapping[str, str], reader: str) -> None:
    """Enter the acts with their actors and sources, then what was said of them, and name the parties in the policy.

    ``actors`` maps names under which actors are printed to their ids; ``reader`` is who read the sources.
    """
    _Acts(record, actors, reader).enter()


class _Acts:
    """The acts on their way into the record: the ids of things by the keys of the data."""

    def __init__(self, record: Record, actors: Mapping[str, str], reader: str) -> None:
        self.record = record
        self.held = data.acts()
        self.ids = dict(actors)
        self.reader = reader
        self.entries: dict[str, str] = {}
        self.files: dict[str, str | None] = {}

    def enter(self) -> None:
        """Enter everything, each kind after what it names."""
        self._take("actor", lambda item: Actor(names=_names(item["names"]), type=item["type"]))
        self._name_parties()
        self._know_sources()
        self._take("source", self._source)
        self._take("call", self._call)
        self._take("visit", self._visit)
        self._take("gathering", self._gathering, lambda item: "part_of" not in item)
        self._take("gathering", self._gathering, lambda item: "part_of" in item)
        self._take("statement", self._statement)

    def _take(
        self,
        kind: str,
        body_of: Callable[[Mapping[str, Any]], Body],
        chosen: Callable[[Mapping[str, Any]], bool] = lambda _item: True,
    ) -> None:
        items = list(filter(chosen, self.held[kind]))
        drafts = [Draft(body_of(item), cites=self._cited(item)) for item in items]
        for item, receipt in zip(items, self.record.append(*drafts), strict=True):
            self.ids[item["key"]] = receipt.about
            self.entries[item["key"]] = receipt.entry

    def _cited(self, item: Mapping[str, Any]) -> tuple[str, ...]:
        named = item.get("sources", [item["source"]] if "source" in item else [])
        return tuple(self.entries[key] for key in named)

    def _name_parties(self) -> None:
        rules = self.record.policy_entry
        policy = msgspec.structs.replace(self.record.policy, parties=self._all(_PARTIES))
        self.record.append(Draft(policy, rules.about, rules.hash))

    def _know_sources(self) -> None:
        """Know the sources that are entered already, by their titles."""
        for entry in self.record.index.entries("source", current=True):
            if isinstance(entry.body, Source):
                self.ids[entry.body.title], self.entries[entry.body.title] = entry.about, entry.hash

    def _all(self, keys: Iterable[str]) -> tuple[str, ...]:
        return tuple(self.ids[key] for key in keys)

    def _source(self, item: Mapping[str, Any]) -> Source:
        source = abstract_source(self.record, f"acts-{item['key']}", {"note": _ADDRESS, **item})
        self.files[item["key"]] = source.file
        return source

    def _call(self, item: Mapping[str, Any]) -> Call:
        return Call(
            titles=_names(item["titles"]),
            promoter=self.ids[item["promoter"]],
            asks=item["asks"],
            opens=item["opens"],
            conducted="elsewhere",
            sources=self._all(item["sources"]),
            note=item.get("note"),
        )

    def _visit(self, item: Mapping[str, Any]) -> Visit:
        window = {name: item[name] for name in ("on", "between", "before") if name in item}
        return msgspec.convert(
            {
                "titles": [{"text": text, "language": language} for text, language in item["titles"]],
                "hosts": self._all(item["hosts"]),
                "organisers": self._all(item.get("organisers", ())),
                "purpose": item["purpose"],
                "window": msgspec.to_builtins(data.window(window)),
                "conducted": "elsewhere",
                "funding": [{"by": "not disclosed"}],
                "sources": self._all(item["sources"]),
                "note": item.get("note"),
            },
            Visit,
        )

    def _gathering(self, item: Mapping[str, Any]) -> Gathering:
        roles = [role | {"said_by": self.ids[role["said_by"]]} for role in item.get("roles", ())]
        return msgspec.convert(
            {
                "names": [{"text": text, "language": language} for text, language in item["names"]],
                "level": item["level"],
                "sources": self._all(item["sources"]),
                "part_of": self.ids[item["part_of"]] if "part_of" in item else None,
                "window": msgspec.to_builtins(data.window(item)),
                "place": {"name": item["place"]} if "place" in item else None,
                "roles": roles,
                "note": item.get("note"),
            },
            Gathering,
        )

    def _statement(self, item: Mapping[str, Any]) -> Statement:
        text = data.one_line(next(one["text"] for one in self.held["source"] if one["key"] == item["source"]))
        start = text.index(item["content"])
        cue = text.rindex(item["cue"], 0, start)
        return Statement(
            source=self.ids[item["source"]],
            content=item["content"],
            manner="indirect",
            speaker=self._speaker(item["speaker"]),
            status="confirmed",
            file=self.files[item["source"]],
            spans=(Span(start=start, end=start + len(item["content"])),),
            cue=item["cue"],
            cue_span=Span(start=cue, end=cue + len(item["cue"])),
            reported_via=(self._speaker(item["via"]),) if "via" in item else (),
            language=data.LANGUAGE,
            said=data.window(item.get("said", {})),
            acts=self._all(item["acts"]),
            figures=data.figures(item.get("figures", ())),
            reader=self.reader,
            note=item.get("note"),
        )

    def _speaker(self, printed: Mapping[str, str]) -> Speaker:
        actor = self.ids.get(printed.get("organisation", ""))
        role, organisation = printed.get("role"), printed.get("organisation")
        return Speaker(role=role, organisation=organisation, actor=actor, resolved_by=self.reader if actor else None)


def _names(pairs: Iterable[list[str]]) -> tuple[Name, ...]:
    return tuple(Name(text=text, language=language) for text, language in pairs)
