"""Contested is contagious: what an entry brings with it into the same paragraph.

One side of a contested finding brings the others; one of two statements that disagree brings the other, in whichever direction that was
entered. Applied until nothing more comes, so that no side of a chain of contradictions can be cut off.
"""

from collections.abc import Iterable, Iterator

from vestige.entries import Assessment, Finding, Statement
from vestige.record import Entry, Index


def brought_along(index: Index, entry: Entry) -> Iterator[Entry]:
    """Give the standing entries that one entry brings with it; not itself."""
    body = entry.body
    if isinstance(body, Assessment):
        for finding in index.findings(body.site):
            names = entries_of(finding)
            if entry.hash in names:
                yield from _standing(index, (name for name in names if name != entry.hash))
    elif isinstance(body, Statement):
        against = {other.about: other for other in index.linked(entry.about, "statement") if _against(other, entry)}
        for thing in body.disagrees_with:
            other = index.current(thing)
            if other is not None:
                against.setdefault(thing, other)
        yield from (other for other in against.values() if _confirmed(other))


def completed(index: Index, entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Give entries with all that they bring, in the order of the ledger."""
    found: dict[str, Entry] = {}
    waiting = list(entries)
    while waiting:
        entry = waiting.pop()
        if entry.hash not in found:
            found[entry.hash] = entry
            waiting += brought_along(index, entry)
    return tuple(sorted(found.values(), key=lambda entry: entry.index))


def entries_of(finding: Finding) -> tuple[str, ...]:
    """Give the hashes of all assessments of a finding."""
    return tuple(name for names in finding.conditions.values() for name in names)


def _standing(index: Index, names: Iterable[str]) -> Iterator[Entry]:
    yield from (entry for name in names if (entry := index.entry(name)) is not None and entry.stands)


def _against(other: Entry, entry: Entry) -> bool:
    return isinstance(other.body, Statement) and entry.about in other.body.disagrees_with


def _confirmed(entry: Entry) -> bool:
    return isinstance(entry.body, Statement) and entry.body.status == "confirmed"
