"""Answers to invitations: taken as the guest's own only when UID, attendee and the domain's signature all fit; anything else is pending."""

import datetime as dt
import email.utils
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from icalendar import Calendar

from vestige.entries import Draft
from vestige.entries.acts import Evidence, Invitation
from vestige.errors import InputError, an
from vestige.keeping.finding import find_entry
from vestige.mail import Answers, MailError, aligned_mail, calendar_part, require_message
from vestige.record import Entry, Receipt, Record

_ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined"}


class Answered(NamedTuple):
    """What was entered of an answer, or None; the invitation, what it says now, and in one line why it is pending, where it is."""

    receipt: Receipt | None
    invitation: str
    answer: str
    why: str | None


class _Event(NamedTuple):
    """What a calendar file says of its one event: no more than is compared."""

    method: str
    uid: str
    attendees: tuple[str, ...]
    state: str
    sequence: int


def answer_invitation(record: Record, reply: Path, outbox: Path, answers: Answers) -> Answered:
    """Enter what a guest answered by mail, against the draft in the outbox that asked.

    An answer from another address, forwarded, unsigned, of another version, or not newer than the one that stands, is pending and changes no
    answer. Raises InputError in one line when the file is no answer by calendar, or one to no invitation of this outbox.
    """
    data = require_message(reply)
    text = calendar_part(data)
    if text is None:
        raise InputError("expected an answer with a calendar file (METHOD:REPLY), got none", where=str(reply))
    said = _event(text, str(reply))
    if said.method != "REPLY":
        raise InputError(f"expected METHOD:REPLY, got {said.method or 'none'}", where=str(reply))
    asked, about = _asked(outbox, said.uid, str(reply))
    entry = find_entry(record, about)
    body = entry.body
    if not isinstance(body, Invitation):
        raise InputError(f"expected an invitation, got {an(entry.kind)}", where=about)
    when, why = _checked(data, said, asked, body, answers)
    if when is None or why:
        return _pending(record, entry, body, why or "its day cannot be read")
    evidence = Evidence(what="mail", observed=f"{when:%Y-%m-%dT%H:%M:%SZ}", file=record.add_file(data, withheld=True))
    answered = msgspec.structs.replace(
        body, answer=_ANSWERS[said.state], answered=when.date().isoformat(), evidence=(*body.evidence, evidence)
    )
    return Answered(_entered(record, entry, answered), about, answered.answer, None)


def _checked(
    data: bytes, said: _Event, asked: _Event, body: Invitation, answers: Answers
) -> tuple[dt.datetime | None, str | None]:
    """Give when an answer was sent, and why it is not the guest's own, or None where it is."""
    if said.attendees != asked.attendees:
        return None, "it answers for another address than was asked"
    try:
        mail = aligned_mail(data, answers)
    except MailError as error:
        return None, error.message
    if why := _unfit(mail.sender.casefold(), said, asked):
        return None, why
    when = _when(mail.date)
    last = max((one.observed for one in body.evidence if one.what == "mail"), default="")
    if when is not None and f"{when:%Y-%m-%dT%H:%M:%SZ}" <= last:
        return when, "it is not newer than the answer that stands"
    if when is not None and body.sent and when.date().isoformat() < body.sent:
        return when, "its day lies before that of the invitation"
    return when, None


def _unfit(sender: str, said: _Event, asked: _Event) -> str | None:
    """Give why a signed answer is not the answer of the guest who was asked to what was asked, or None where it is."""
    if sender != asked.attendees[0]:
        return "it came from another address than was asked"
    if said.sequence != asked.sequence:
        return "it answers another version of the invitation"
    return None if said.state in _ANSWERS else "it neither accepts nor declines"


def _pending(record: Record, entry: Entry, body: Invitation, why: str) -> Answered:
    """Mark an invitation without an answer as pending; an answer that stands stays."""
    if body.answer != "none":
        return Answered(None, entry.about, body.answer, why)
    return Answered(
        _entered(record, entry, msgspec.structs.replace(body, answer="pending")), entry.about, "pending", why
    )


def _entered(record: Record, entry: Entry, body: Invitation) -> Receipt:
    (receipt,) = record.append(Draft(body, entry.about, entry.hash, entry.envelope.cites, "withheld"))
    return receipt


def _asked(outbox: Path, uid: str, reply: str) -> tuple[_Event, str]:
    """Find the draft that asked, by its UID; give what it asked and the invitation."""
    for file in sorted(outbox.glob("invitation-*.ics")):
        event = _event(file.read_text("utf-8", "replace"), str(file))
        if uid and event.uid == uid:
            return event, f"invitation:{file.stem.removeprefix('invitation-')}"
    raise InputError("expected an answer to an invitation of this outbox, got one to another", where=reply)


def _event(text: str, where: str) -> _Event:
    try:
        calendar = Calendar.from_ical(text)
        events = calendar.walk("VEVENT")
    except (ValueError, IndexError, KeyError, AttributeError) as error:
        raise InputError("expected a calendar file (RFC 5545), got another text", where=where) from error
    if len(events) != 1:
        raise InputError(f"expected a calendar file with one event, got {len(events)}", where=where)
    found: Any = events[0].get("attendee") or []
    guests = found if isinstance(found, list) else [found]
    addresses = tuple(str(one).strip().casefold().removeprefix("mailto:") for one in guests)
    state = (
        str(guests[0].params.get("PARTSTAT", "")).upper() if len(guests) == 1 and hasattr(guests[0], "params") else ""
    )
    try:
        sequence = int(events[0].get("sequence", 0))
    except (TypeError, ValueError):
        sequence = -1
    method, uid = str(calendar.get("method", "")).upper(), str(events[0].get("uid", ""))
    return _Event(method, uid, addresses, state, sequence)


def _when(text: str) -> dt.datetime | None:
    try:
        when = email.utils.parsedate_to_datetime(text)
        return when.astimezone(dt.UTC) if when.tzinfo else when.replace(tzinfo=dt.UTC)
    except (ValueError, OverflowError):
        return None
