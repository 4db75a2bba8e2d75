"""Things of a record in lists, one thing with all that hangs on it, and what was entered about it over time."""

from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from vestige.entries import KINDS, Body, links_of
from vestige.keeping.finding._lookup import described, standing, title_of
from vestige.record import Entry, Record


class Row(NamedTuple):
    """A thing in a list."""

    kind: str
    about: str
    title: str
    entry: str
    visibility: str


class Linked(NamedTuple):
    """A thing that hangs on another: it names it, or is named by it."""

    how: str
    row: Row


class Step(NamedTuple):
    """One entry of a thing's history, and how it ended."""

    position: int
    entry: str
    made: str
    by: str
    visibility: str
    state: str


def row_of(entry: Entry) -> Row:
    """Give the row of an entry."""
    return Row(entry.kind, entry.about, title_of(entry), entry.hash, entry.envelope.visibility)


def rows(record: Record, kind: str | None = None) -> Iterator[Row]:
    """Give what stands in a record, of one kind or of all, in order of entry; a sensitive site once."""
    for entry in record.index.entries(kind, current=True):
        if entry.body is not None and not _is_companion(record, entry):
            yield row_of(entry)


def found_rows(record: Record, text: str, kind: str | None = None, limit: int = 20) -> list[Row]:
    """Give the things in which every word begins a word, best first."""
    found = record.index.search(text, kind, limit=limit * 2)
    things = {entry.about: standing(record, entry.about) or entry for entry in found}
    return [row_of(entry) for entry in things.values()][:limit]


def named_by(record: Record, body: Body) -> tuple[str, ...]:
    """Give a line for each thing that a body names, by which a person sees what it was written to."""
    found = (standing(record, target) for target in links_of(body))
    return tuple(f"{entry.kind} {described(entry)}" for entry in found if entry is not None)


def linked_rows(record: Record, entry: Entry) -> list[Linked]:
    """Give what a thing names and what names it."""
    named = [standing(record, target) for target in links_of(entry.body)] if entry.body else []
    out = [Linked("names", row_of(one)) for one in named if one is not None]

    back = [one for kind in KINDS for one in record.index.linked(entry.about, kind)]
    return out + [Linked("named by", row_of(one)) for one in back]


def history(record: Record, about: str) -> list[Step]:
    """Give every entry about a thing, oldest first, and whether it stands."""
    return [
        Step(one.index, one.hash, one.envelope.made, one.envelope.by, one.envelope.visibility, _state(one))
        for one in record.index.history(about)
    ]


def fields_of(entry: Entry) -> dict[str, Any]:
    """Give what a body says, without what it leaves open."""
    data: dict[str, Any] = msgspec.to_builtins(entry.body) if entry.body is not None else {}
    return {name: value for name, value in data.items() if value not in (None, [], (), {}, "")}


def _is_companion(record: Record, entry: Entry) -> bool:
    if entry.envelope.visibility == "public":
        return False
    public = record.index.current(entry.about)
    return public is not None and public.hash in entry.envelope.cites


def _state(entry: Entry) -> str:
    if entry.withdrawn_by:
        return f"withdrawn by {entry.withdrawn_by[:16]}"
    return f"replaced by {entry.replaced_by[:16]}" if entry.replaced_by else "stands"
