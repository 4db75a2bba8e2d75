"""The state of an appeal, derived from the entries and never stored. Silence is silence: it is overdue, never refused."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Literal, TypeVar

import msgspec

from vestige.entries import Appeal, Dispatch, Reply
from vestige.procedures._closure import brought_along
from vestige.procedures._deadline import Deadline
from vestige.procedures.following._clock import deadline
from vestige.procedures.forms import Form
from vestige.record import Entry, Index

T = TypeVar("T", Dispatch, Reply)
State = Literal["recorded", "composed", "signed", "sent", "acknowledged", "overdue", "answered"]
_ANSWERS = frozenset({"decision", "refusal", "inadmissible", "referral", "comment"})
_LEARNT = ("assessment", "statement", "observation")


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """What the record learnt since an appeal was sent: the entry that says so, and the cited one that it ends or contradicts, if any."""

    what: Literal["withdrawn", "replaced", "against", "new"]
    entry: str
    cited: str | None = None


class Progress(msgspec.Struct, frozen=True, kw_only=True):
    """Where an appeal stands: its state, when it was sent, its replies, its deadlines, and what makes it stale."""

    state: State
    sent: str | None = None
    replies: tuple[str, ...] = ()
    outcome: str | None = None
    deadlines: tuple[Deadline, ...] = ()
    changes: tuple[Change, ...] = ()

    @property
    def stale(self) -> bool:
        """Whether the record learnt something since it was sent that its addressee should know."""
        return bool(self.changes)


def progress(entry: Entry, index: Index, form: Form | None, today: dt.date | None) -> Progress:
    """Derive the state of an appeal on a day; on none, nothing is overdue yet."""
    body = entry.body
    assert isinstance(body, Appeal)  # noqa: S101 - the caller gives appeals
    sent = sorted(_bodies(index, entry.about, Dispatch), key=lambda one: one.when)
    replies = sorted(_bodies(index, entry.about, Reply), key=lambda one: one.received)
    first = dt.date.fromisoformat(sent[0].when) if sent else None
    deadlines = tuple(_deadlines(form, first, replies)) if form else ()
    answers = [one for one in replies if one.type in _ANSWERS]
    late = today is not None and any(one.day and dt.date.fromisoformat(one.day) < today for one in deadlines)
    return Progress(
        state=_state(body, sent=bool(sent), replied=bool(replies), answered=bool(answers), late=late),
        sent=sent[0].when if sent else None,
        replies=tuple(one.type for one in replies),
        outcome=answers[-1].outcome if answers else None,
        deadlines=deadlines,
        changes=tuple(changes_since(entry, index)) if sent else (),
    )


def _state(body: Appeal, *, sent: bool, replied: bool, answered: bool, late: bool) -> State:
    if answered:
        return "answered"
    if body.origin == "recorded":
        return "recorded"
    if not sent:
        signed = {one.signatory for one in body.signatures}
        return "signed" if body.senders and {one.name for one in body.senders} <= signed else "composed"
    if late:
        return "overdue"
    return "acknowledged" if replied else "sent"


def _deadlines(form: Form, sent: dt.date | None, replies: Iterable[Reply]) -> Iterator[Deadline]:
    moved = [dt.date.fromisoformat(one.due) for one in replies if one.type == "extension" and one.due]
    for clock in form.clock:
        if clock.by == "addressee":
            start = sent if clock.after == "sent" else None
            yield deadline(form, clock, start, max(moved) if moved and start else None)


def changes_since(entry: Entry, index: Index) -> Iterator[Change]:
    """Give what the record learnt since an appeal was entered, what tells against it first."""
    body = entry.body
    assert isinstance(body, Appeal)  # noqa: S101 - the caller gives appeals
    cited = dict.fromkeys(name for part in body.answers for one in part.paragraphs for name in one.cites)
    found = list(_on_cited(cited, index, entry.index))
    seen = {one.entry for one in found} | set(cited)
    found += [one for one in _new(body.sites, index, entry.index) if one.entry not in seen]
    order = ("withdrawn", "against", "replaced", "new")
    yield from sorted(dict.fromkeys(found), key=lambda one: order.index(one.what))


def _on_cited(cited: Iterable[str], index: Index, since: int) -> Iterator[Change]:
    for name in cited:
        entry = index.entry(name)
        if entry is None:
            continue
        if entry.withdrawn_by:
            yield Change(what="withdrawn", entry=entry.withdrawn_by, cited=name)
        elif entry.replaced_by:
            yield Change(what="replaced", entry=entry.replaced_by, cited=name)
        else:
            for other in brought_along(index, entry):
                if other.index > since:
                    yield Change(what="against", entry=other.hash, cited=name)


def _new(sites: Iterable[str], index: Index, since: int) -> Iterator[Change]:
    for site in sites:
        for kind in _LEARNT:
            for other in index.linked(site, kind):
                candidate = getattr(other.body, "status", "confirmed") != "confirmed"
                if other.index > since and other.body is not None and not candidate:
                    yield Change(what="new", entry=other.hash)


def _bodies(index: Index, appeal: str, kind: type[T]) -> list[T]:
    return [entry.body for entry in index.linked(appeal, kind.KIND) if isinstance(entry.body, kind)]
