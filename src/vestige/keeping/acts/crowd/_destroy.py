"""A collection at the end of its time: overwritten and deleted, and the day of it told by a correction of the call."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vestige.entries import Draft
from vestige.entries.acts import Call, Tally
from vestige.errors import InputError
from vestige.keeping.acts.crowd._collect import counted_call
from vestige.keeping.acts.crowd._collector import Collector, Held, files_of_collection
from vestige.record import Receipt, Record


class Destruction(msgspec.Struct, frozen=True, kw_only=True):
    """What destroying a collection would end: its ``files`` with what they ``held``; ``beside`` are files of its folder that stay.

    ``tallies`` and ``audits`` are the numbers of those that stay in the record; ``closed`` whether the closing tally is among them.
    """

    call: str
    folder: Path
    keep_until: str
    files: tuple[str, ...]
    beside: tuple[str, ...]
    held: Held
    tallies: int
    audits: int
    closed: bool


class Overdue(msgspec.Struct, frozen=True):
    """A call whose collection should be gone and of which the record does not say that it is."""

    call: str
    title: str
    keep_until: str


def plan_destruction(
    record: Record, call: str, folder: Path, *, early: bool = False, today: dt.date | None = None
) -> Destruction:
    """Say what destroying a call's collection would end, and what stays.

    Raises InputError when the folder holds no collection of this call, when it was destroyed before, and before the day of the call's
    ``keep_until`` unless ``early``.
    """
    entry, body = counted_call(record, call)
    keep_until, day = body.keep_until or "", _day(today)
    if day < keep_until and not early:
        raise InputError(
            f"expected the day of its keep_until, {keep_until}, or a later one, got {day}",
            where=entry.about,
            hint="To destroy it before that day: --early",
        )
    files = files_of_collection(folder)
    if not files:
        raise InputError(
            "expected the folder of a collection, got none",
            where=str(folder),
            hint=f"Where it was deleted by hand, say so: vestige correct {entry.about} --collection-destroyed {day}",
        )
    with Collector(folder, entry.about) as collector:
        held = collector.numbers()
    tallies = [one.body for one in record.index.linked(entry.about, "tally")]
    return Destruction(
        call=entry.about,
        folder=folder,
        keep_until=keep_until,
        files=tuple(files),
        beside=tuple(sorted(path.name for path in folder.iterdir() if path.name not in files)),
        held=held,
        tallies=len(tallies),
        audits=len(record.index.linked(entry.about, "audit")),
        closed=any(isinstance(one, Tally) and one.closing for one in tallies),
    )


def destroy_collection(record: Record, plan: Destruction, *, today: dt.date | None = None) -> Receipt:
    """Destroy what a plan names, and enter the day as a correction of the call.

    It cannot reach the mailbox, receipts, keys of an auditor, nor what a file system or a backup keeps of deleted blocks. Raises
    InputError, with nothing destroyed, while another process uses the collection.
    """
    entry, body = counted_call(record, plan.call)
    record.signing_key()  # before anything is destroyed: the day can be entered
    destroyed = msgspec.structs.replace(body, collection_destroyed=_day(today))
    with Collector(plan.folder, plan.call) as collector:
        collector.destroy()
    return record.append(Draft(destroyed, entry.about, entry.hash, entry.envelope.cites))[0]


def overdue_collections(record: Record, today: dt.date | None = None) -> Iterator[Overdue]:
    """Give the calls of a record whose collection is past its day and not said to be destroyed."""
    day = _day(today)
    for entry in record.index.entries("call", current=True):
        body = entry.body
        if isinstance(body, Call) and _is_overdue(body, day):
            yield Overdue(entry.about, body.titles[0].text, body.keep_until or day)


def _is_overdue(call: Call, day: str) -> bool:
    return (
        call.conducted == "here"
        and "counted" in call.modes
        and call.collection_destroyed is None
        and call.keep_until is not None
        and call.keep_until < day
    )


def _day(today: dt.date | None) -> str:
    return (today or dt.datetime.now(dt.UTC).date()).isoformat()
