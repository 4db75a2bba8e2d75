"""Which sources carry nearly the same text, or tell the same story, as the record's public texts show it.

This is computed and asserted by nobody. How two texts are compared is not the publisher's business: whoever publishes hands in a `Linker` (the
command line hands in `vestige.reading.link`), and the publisher gives it the texts that its pages show and nothing else, at the checkpoint that it
publishes. So no withheld, withdrawn or unpublished text can leave a trace, not even in a score.
"""

import hashlib
from collections.abc import Iterator, Mapping, Sequence

import msgspec

from vestige.budget import OverBudgetError, seconds_for, within
from vestige.entries import Source, Statement
from vestige.publishing._registry import ALL
from vestige.publishing.memory._state import State
from vestige.publishing.views._passage import LONGEST, text_name, text_of
from vestige.publishing.views._ties import MOST_NAMED, Linker, Tie, Ties
from vestige.record import Entry, RecordReader

_KINDS = frozenset({"withdrawal", "policy", *(kind.name for kind in ALL if kind.texts)})
"""Entries that can change which texts are public."""
_WEAKEST = 0.25
"""Links of a story weaker than this are not named: in short texts they come of common words."""


class RelatedNews(msgspec.Struct, frozen=True):
    """The ties of all sources, and the sources whose ties differ from those last published.

    Where comparing took too long there are none, and the next publication tries again.
    """

    ties: Ties
    changed: frozenset[str]
    skipped: str = ""
    """Why no texts were compared, where that took longer than their size allows."""


def relate(record: RecordReader, state: State, link: Linker | None, since: int | None) -> RelatedNews:
    """Link the public texts of a record, or take over what was linked when no text changed since the size ``since``."""
    known, basis = state.recall("ties"), state.recall("texts")
    old = msgspec.json.decode(known, type=dict[str, tuple[Tie, ...]]) if known else {}
    names = {}
    if link is not None:
        if known and basis and since is not None and not _touched(record, since):
            return RelatedNews(old, frozenset())
        names = dict(_text_names(record))
    digest = hashlib.sha256(msgspec.json.encode(list(names.items()))).hexdigest() if link else ""
    why = ""
    try:
        ties = old if known and digest == basis else _ties(record, names, link)
    except OverBudgetError as error:
        ties, digest, why = {}, "", error.message
    state.remember(ties=msgspec.json.encode(ties).decode(), texts=digest)
    return RelatedNews(ties, frozenset(a for a in ties.keys() | old.keys() if ties.get(a) != old.get(a)), why)


def _touched(record: RecordReader, since: int) -> bool:
    return any(entry.kind in _KINDS for entry in record.index.entries(after=since - 1))


def _text_names(record: RecordReader) -> Iterator[tuple[str, str]]:
    """Give the public sources in ledger order, each with the name of the public file that holds its text."""
    for about in dict.fromkeys(entry.about for entry in record.index.entries("source", current=True)):
        entry = record.index.current(about)
        if entry is None or not isinstance(entry.body, Source):
            continue
        name = text_name(entry.body, _statements(record.index.of_source(about)))
        if name and record.files.exists(name):
            yield about, name


def _statements(entries: Sequence[Entry]) -> list[Statement]:
    bodies = (entry.body for entry in entries)
    return [body for body in bodies if isinstance(body, Statement) and body.status == "confirmed"]


def _ties(record: RecordReader, names: Mapping[str, str], link: Linker | None) -> dict[str, tuple[Tie, ...]]:
    texts = {about: text for about, name in names.items() if (text := text_of(record.files, name)) and text.strip()}
    if link is None or len(texts) < 2:
        return {}
    abouts = list(texts)
    found: dict[str, list[Tie]] = {}
    compared = [text[:LONGEST] for text in texts.values()]
    for item in within(seconds_for(sum(map(len, compared))), lambda: link(compared)):
        a, b, score = abouts[item.a], abouts[item.b], round(item.score, 2)
        if item.kind != "copy" and score < _WEAKEST:
            continue
        found.setdefault(a, []).append(Tie(b, item.kind, score))
        found.setdefault(b, []).append(Tie(a, item.kind, score))
    return {about: tuple(sorted(ties, key=_closeness)[: MOST_NAMED + 1]) for about, ties in found.items()}


def _closeness(tie: Tie) -> tuple[bool, float, str]:
    return tie.kind != "copy", -tie.score, tie.source
