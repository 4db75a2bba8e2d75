"""The deadlines of an appeal as an iCalendar file (RFC 5545): whole days, each with the rule that makes it and how sure that rule is."""

import datetime as dt
import hashlib
from collections.abc import Iterator

from vestige import __version__
from vestige.appealing._composed import Composed
from vestige.appealing.documents._legible import legible, one_line
from vestige.appealing.documents._words import words
from vestige.procedures import Deadline

_LONGEST = 75
"""Octets of a line without its end (RFC 5545, section 3.1)."""


def render_calendar(composed: Composed) -> bytes | None:
    """Give the calendar, or None when no deadline has a day yet: a calendar must hold something."""
    dated = [deadline for deadline in composed.deadlines if deadline.day]
    if not dated:
        return None
    name = words(composed.language)["calendar"].format(title=one_line(composed.title))
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Vestige//{__version__}//EN",
        "CALSCALE:GREGORIAN",
        f"X-WR-CALNAME:{_escaped(name)}",
        *(line for deadline in dated for line in _event(composed, deadline)),
        "END:VCALENDAR",
    ]
    return b"".join(_folded(line) for line in lines)


def _event(composed: Composed, deadline: Deadline) -> Iterator[str]:
    day = dt.date.fromisoformat(deadline.day or "")
    identity = repr((composed.record.origin, composed.form_id, composed.date, composed.title, deadline.what))
    told = f"{deadline.rule}\n{deadline.source} ({deadline.mark})"
    yield "BEGIN:VEVENT"
    yield f"UID:{hashlib.sha256(identity.encode()).hexdigest()[:32]}@vestige"
    yield f"DTSTAMP:{dt.date.fromisoformat(composed.date):%Y%m%d}T000000Z"
    yield f"DTSTART;VALUE=DATE:{day:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{day + dt.timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY;LANGUAGE={composed.language}:{_escaped(one_line(f'{deadline.what}: {composed.title}'))}"
    yield f"DESCRIPTION;LANGUAGE={composed.language}:{_escaped(legible(told))}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Escape a TEXT value (section 3.3.11)."""
    escaped = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Fold a line at 75 octets, never within a character (section 3.1)."""
    parts, part, room = [], b"", _LONGEST
    for sign in line:
        octets = sign.encode()
        if len(part) + len(octets) > room:
            parts.append(part)
            part, room = b"", _LONGEST - 1
        part += octets
    return b"\r\n ".join([*parts, part]) + b"\r\n"
