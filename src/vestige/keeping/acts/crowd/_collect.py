"""Mails that join a call, taken from a mailbox: each signed by its sender's domain, one for a mailbox, sealed to the auditor at once."""

import datetime as dt
import email.utils
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import msgspec

from vestige.calling import Signature, SignatureReceipt, committed, one_mailbox, seal
from vestige.entries.acts import Call
from vestige.errors import InputError, an
from vestige.keeping.acts.crowd._collector import Collector, Waiting
from vestige.keeping.finding import find_entry
from vestige.mail import (
    Answers,
    MailError,
    Posted,
    SignedMail,
    aligned_mail,
    is_automatic,
    messages_in,
    plain_text,
    subject_of,
)
from vestige.record import Entry, Record

_COUNTRY = re.compile(r"^\s*country:\s*([A-Za-z]{2})\s*$", re.IGNORECASE | re.MULTILINE)
_MOST_LINES = 20
"""How many reasons are told one by one; the rest are counted."""


class Collected(msgspec.Struct, frozen=True):
    """What came of a mailbox: how many were taken, what was refused by reason, and where it went wrong, no address among it.

    ``others`` are messages without the call's code in the subject, ``again`` those taken in or refused before.
    """

    messages: int
    taken: int
    refused: dict[str, int]
    others: int
    again: int
    faults: tuple[str, ...]
    receipts: tuple[str, ...] = ()


def counted_call(record: Record, call: str) -> tuple[Entry, Call]:
    """Give a call of this record that counts mailboxes; raises InputError in one line when it is none, or its collection was destroyed."""
    entry = find_entry(record, call)
    if not isinstance(entry.body, Call):
        raise InputError(f"expected a call, got {an(entry.kind)}", where=call)
    if entry.body.conducted != "here" or "counted" not in entry.body.modes:
        raise InputError("expected a call that counts mailboxes ('counted' in its modes), got another", where=call)
    if entry.body.collection_destroyed:
        raise InputError(
            f"its collection was destroyed on {entry.body.collection_destroyed}: nothing can be collected, told or opened any more",
            where=entry.about,
        )
    return entry, entry.body


def collection_of(record: Record, call: str, folder: Path) -> Collector:
    """Open the collection of a call of this record; raises InputError as `counted_call`, and when the folder is another call's."""
    return Collector(folder, counted_call(record, call)[0].about)


def collect(
    record: Record,
    call: str,
    mailbox: Path,
    collector: Collector,
    answers: Answers,
    *,
    receipts: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Collected:
    """Take in the mails of a mailbox that join a call: all of it, or nothing when it cannot be read to its end.

    A mail joins that names the call's id in its subject, that the domain of its one sender signed, and whose day lies within the call's.
    ``receipts`` is a folder for one receipt a signature, which proves to anybody that its holder signed. Raises InputError in one line.
    """
    entry, body = counted_call(record, call)
    taking = _Taking(entry.about, body, collector, answers, receipts)
    number = 0
    with collector.all_or_none():
        for number, posted in enumerate(messages_in(mailbox), 1):
            taking.take(posted)
            if progress:
                progress(number)
    return taking.collected(number)


class _Taking:
    """One pass over a mailbox."""

    def __init__(self, about: str, call: Call, collector: Collector, answers: Answers, receipts: Path | None) -> None:
        self._about, self._call, self._wording = about, call, call.wording()
        self._code = about.partition(":")[2]
        self._collector, self._answers, self._receipts = collector, answers, receipts
        self._numbers: Counter[str] = Counter()
        self._refused: Counter[str] = Counter()
        self._faults: list[str] = []
        self._written: list[str] = []

    def collected(self, messages: int) -> Collected:
        """Give what came of it."""
        faults = self._faults[:_MOST_LINES]
        if more := len(self._faults) - len(faults):
            faults.append(f"and {more} more")
        return Collected(
            messages,
            self._numbers["taken"],
            dict(self._refused),
            self._numbers["others"],
            self._numbers["again"],
            tuple(faults),
            tuple(self._written),
        )

    def take(self, posted: Posted) -> None:
        """Take one message in, or say in one line why not."""
        if posted.fault:
            self._refuse("unsigned_mail", posted, posted.fault)
            return
        if self._code not in subject_of(posted.data).casefold():
            self._numbers["others"] += 1
            return
        try:
            mail = aligned_mail(posted.data, self._answers)
        except MailError as error:
            # Remembered by its bytes, so that the same mailbox taken in again counts nothing twice.
            if self._is_new(posted.data.hex()):
                self._refuse("unsigned_mail", posted, error.message)
            return
        if self._is_new(mail.message_id):
            self._join(posted, mail)

    def _is_new(self, name: str) -> bool:
        new = self._collector.new(name)
        self._numbers["again"] += not new
        return new

    def _join(self, posted: Posted, mail: SignedMail) -> None:
        day = _day(mail.date)
        if is_automatic(posted.data):
            self._refuse("unconfirmed", posted, "a machine answered, nobody joined")
        elif day is None or not self._call.opens <= day <= (self._call.closes or day):
            self._refuse("late", posted, f"its day {day or 'cannot be read'} is not one of the call's")
        else:
            self._sign(posted, mail, day)

    def _sign(self, posted: Posted, mail: SignedMail, day: str) -> None:
        country = _COUNTRY.search(plain_text(posted.data))
        named = country[1].upper() if country else None
        signature = Signature(call=self._about, wording=self._wording, confirmed=day, country=named)
        leaf, opening = committed(signature, mail.sender)
        try:
            waiting = Waiting(leaf, self._collector.tag(mail.sender), named, one_mailbox(mail.sender).partition("@")[2])
        except InputError as error:
            self._refuse("unsigned_mail", posted, error.message)
            return
        if not self._collector.add(waiting, ((one.name, seal(opening, one.key)) for one in self._call.sealed_to)):
            self._refuse("duplicate", posted, "its mailbox has joined before")
            return
        self._numbers["taken"] += 1
        if self._receipts is not None:
            self._written.append(_written(self._receipts, SignatureReceipt(salt=opening.salt, signature=signature)))

    def _refuse(self, reason: str, posted: Posted, why: str) -> None:
        self._refused[reason] += 1
        self._collector.refuse(reason)
        self._faults.append(f"{posted.where}: {why}")


def _day(text: str) -> str | None:
    try:
        when = email.utils.parsedate_to_datetime(text)
        return when.astimezone(dt.UTC).date().isoformat() if when.tzinfo else when.date().isoformat()
    except (ValueError, OverflowError):
        return None


def _written(folder: Path, receipt: SignatureReceipt) -> str:
    """Write a receipt that only its owner reads, named by its commitment alone."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    file = folder / f"signature-{receipt.leaf().hex()[:16]}.json"
    file.touch(mode=0o600)
    file.write_bytes(msgspec.json.encode(receipt) + b"\n")
    return str(file)
