"""Where an appeal stands, for its page and its lists: derived from the entries alone, at no day.

Only its own page compares the day by which an answer is due with that of the publication, which it names; so it is made anew on another day.
"""

import functools
from collections.abc import Callable, Iterable, Iterator, Sequence

from vestige.archive import ArchiveError
from vestige.entries import Appeal, Dispatch
from vestige.entries.kinds import links_of
from vestige.procedures import Deadline
from vestige.procedures._errors import FormError
from vestige.procedures.following import Change, progress
from vestige.procedures.forms import Form, form, form_ids, read_form
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector
from vestige.record import Entry, RecordReader


class Learnt(partials.View, frozen=True, kw_only=True):
    """What the record learnt since an appeal was sent: how that bears on it, the entry's place in the ledger, and what it is about."""

    what: str
    position: int
    kind: str
    link: partials.Link | None
    cited: int | None


class Standing(partials.View, frozen=True, kw_only=True):
    """Where an appeal stands: its state, when it was sent, what a decision gave, its deadlines, and what makes it stale."""

    state: str
    sent: str | None
    outcome: str | None
    answer: str
    deadlines: tuple[Deadline, ...]
    learnt: tuple[Learnt, ...]
    stale: bool


def standing(collector: Collector, about: str, body: Appeal) -> Standing:
    """Derive where an appeal stands, and note what that rests on."""
    entry = collector.current(about)
    assert entry is not None  # noqa: S101 - its page is being made
    found = progress(entry, collector.index, _form(collector, body), None)
    for name in dict.fromkeys(name for part in body.answers for one in part.paragraphs for name in one.cites):
        if cited := collector.index.entry(name):
            collector.touched.add(cited.about)
    return Standing(
        state=found.state,
        sent=found.sent,
        outcome=found.outcome if found.outcome != "none" else None,
        answer="known" if found.state == "answered" else "unknown",
        deadlines=found.deadlines,
        learnt=tuple(one for change in found.changes if (one := _learnt(collector, change))),
        stale=found.stale,
    )


def affected(_record: RecordReader, showing: Callable[[Iterable[str]], set[str]], fresh: Sequence[Entry]) -> set[str]:
    """Give the appeals that new entries bear on by a place or a statement that they name, and the pages that show those appeals."""
    named = {name for entry in fresh if entry.body for name in links_of(entry.body)}
    appeals = {about for about in named | showing(named) if about.startswith("appeal:")}
    return appeals | showing(appeals)


def awaiting(record: RecordReader) -> Iterator[str]:
    """Give the appeals that were sent: whose pages may say whether a day had passed."""
    for entry in record.index.entries("dispatch", current=True):
        if isinstance(entry.body, Dispatch):
            yield entry.body.appeal


def _learnt(collector: Collector, change: Change) -> Learnt | None:
    entry = collector.index.entry(change.entry)
    if entry is None:
        return None
    cited = collector.index.entry(change.cited) if change.cited else None
    return Learnt(
        what=change.what,
        position=entry.index,
        kind=entry.kind,
        link=collector.link(entry.about),
        cited=cited.index if cited else None,
    )


def _form(collector: Collector, body: Appeal) -> Form | None:
    """Give the form file that an appeal was composed with, where it is public; of a recorded one that which ships, if there is one."""
    if body.form_file is None:
        return form(body.form) if body.form in form_ids() else None
    if not collector.is_public(body.form_file):
        return None
    try:
        return _read(collector.record.files.read(body.form_file))
    except (
        FormError,
        ArchiveError,
    ):  # one of another edition of this software: its clocks cannot be told, and none is made up
        return None


@functools.lru_cache(maxsize=64)
def _read(data: bytes) -> Form:
    return read_form(data, where="form")
