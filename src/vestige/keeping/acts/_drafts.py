"""Invitations as drafts in an outbox: a text in the form of its channel and a calendar file that shows *Accept*. Nothing is sent."""

import datetime as dt
from pathlib import Path

from icalendar import Calendar, Event, vCalAddress, vText

from vestige.entries.acts import Invitation, Visit
from vestige.errors import InputError, an
from vestige.keeping.finding import find_entry
from vestige.record import Record

_OPENINGS = {
    "note": "{host} presents its compliments and has the honour to invite {guest} to the visit set out below.",
    "letter": "Dear {guest},\n\n{host} invites you to the visit set out below.",
    "mail": "Dear {guest},\n\n{host} invites you to the visit set out below.",
}
_CLOSINGS = {
    "note": "{host} avails itself of this opportunity to renew the assurances of its highest consideration.",
    "letter": "Yours sincerely,\n\n(signature)",
    "mail": "Please answer from this address, or with the calendar file: an answer from another address stays pending.",
}


def draft_invitation(record: Record, invitation: str, outbox: Path, *, to: str, sender: str) -> tuple[Path, Path]:
    """Write the text and the calendar file of an invitation into a folder, and give both. The addresses stand in these files alone.

    Raises InputError when it is no invitation of a visit here, when it is oral, when an address is none, or when a file exists already.
    """
    entry = find_entry(record, invitation)
    body = entry.body
    if not isinstance(body, Invitation):
        raise InputError(f"expected an invitation, got {an(entry.kind)}", where=invitation)
    visit = find_entry(record, body.visit)
    if not isinstance(visit.body, Visit):
        raise InputError("expected the visit of the invitation, got none", where=body.visit)
    if body.channel not in _OPENINGS:
        raise InputError("expected an invitation by note, letter or mail, got an oral one", where=invitation)
    for address in (to, sender):
        if address.count("@") != 1 or not address.strip("@") == address or any(sign.isspace() for sign in address):
            raise InputError(f"expected an address of mail, got {address!r}", where="--to or --sender")
    uid = body.calendar or f"{entry.about.partition(':')[2]}@{record.policy.origin.partition('/')[0]}"
    calendar = calendar_of(visit.body, uid, to=to, sender=sender, now=dt.datetime.now(dt.UTC))
    stem = outbox / entry.about.replace(":", "-")
    files = stem.with_suffix(".txt"), stem.with_suffix(".ics")
    outbox.mkdir(parents=True, exist_ok=True, mode=0o700)
    for file, content in zip(files, (_text(record, body, visit.body, visit.hash).encode(), calendar), strict=True):
        _write(file, content)
    return files


def calendar_of(visit: Visit, uid: str, *, to: str, sender: str, now: dt.datetime) -> bytes:
    """Give the calendar file of one guest (RFC 5545, RFC 5546): a request of whole days that asks for an answer. It names no place."""
    start, end = visit.window.bounds()
    guest = vCalAddress(f"mailto:{to}")
    guest.params.update(
        {
            "PARTSTAT": vText("NEEDS-ACTION"),
            "RSVP": vText("TRUE"),
            "ROLE": vText("REQ-PARTICIPANT"),
            "CUTYPE": vText("INDIVIDUAL"),
        }
    )
    event = Event()
    event.add("uid", uid)
    event.add("dtstamp", now)
    event.add("dtstart", start)
    event.add("dtend", end + dt.timedelta(days=1))
    event.add("summary", visit.titles[0].text)
    event.add("organizer", vCalAddress(f"mailto:{sender}"))
    event.add("attendee", guest, encode=False)
    event.add("sequence", 0)
    event.add("status", "CONFIRMED")
    calendar = Calendar()
    for name, value in (("prodid", "-//Vestige//EN"), ("version", "2.0"), ("method", "REQUEST")):
        calendar.add(name, value)
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _text(record: Record, invitation: Invitation, visit: Visit, entry: str) -> str:
    """Give the text: the form of the channel, the purpose, the days, who pays, and the entries on which it rests."""
    names = {"host": _name(record, visit.hosts[0])}
    names["guest"] = invitation.invitee.name or invitation.invitee.role or invitation.invitee.organisation or "…"
    start, end = visit.window.bounds()
    cited = [f"  {_name(record, one.site)} ({one.site})" for one in visit.planned]
    payers = "; ".join(one.by for one in visit.funding)
    return "\n\n".join(
        (
            _OPENINGS[invitation.channel].format(**names),
            f"{visit.titles[0].text}, {start} to {end}.\n{visit.purpose}",
            f"Who pays: {payers}.",
            "\n".join(("Sites of the record:", *cited)) if cited else "No site is named yet.",
            f"Terms of the visit: entry {entry} of the record {record.policy.origin}. Nothing here declares any place safe.",
            _CLOSINGS[invitation.channel].format(**names) + "\n",
        )
    )


def _name(record: Record, about: str) -> str:
    entry = record.index.current(about)
    named = entry.body.named() if entry and entry.body else ()
    return named[0].text if named else about


def _write(file: Path, content: bytes) -> None:
    """Write a file that only its owner reads; never over another."""
    try:
        with file.open("xb") as new:
            file.chmod(0o600)
            new.write(content)
    except FileExistsError:
        raise InputError(
            "expected no draft of this invitation yet, got one", where=str(file), hint="Move it away first"
        ) from None
