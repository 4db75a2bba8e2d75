"""What a message says: its subject, its plain text, and the calendar answer that it carries."""

import email
import email.parser
import email.policy
import re
from contextlib import suppress
from email.message import EmailMessage, Message
from itertools import islice

_LONGEST = 100_000
_BOUND = re.compile(rb"boundary", re.IGNORECASE)
_MOST_BOUNDS = 100


def subject_of(data: bytes) -> str:
    """Give the subject, decoded, or an empty text."""
    return str(_heads(data)["Subject"] or "")


def is_automatic(data: bytes) -> bool:
    """Whether a machine answered (RFC 3834), as absence notices do: nobody said anything then."""
    return str(_heads(data)["Auto-Submitted"] or "no").strip().casefold() != "no"


def plain_text(data: bytes) -> str:
    """Give the plain text of a message, at most 100,000 characters, or an empty one where it has none."""
    if _is_too_deep(data):
        return ""
    with suppress(RecursionError):  # mail in mail in mail
        part = _read(data).get_body(("plain",))
        return _content(part)[:_LONGEST] if part is not None else ""
    return ""


def calendar_part(data: bytes) -> str | None:
    """Give the calendar (RFC 5545) that a message carries, or None. A message that is itself a calendar is one."""
    if data.lstrip()[:15].upper() == b"BEGIN:VCALENDAR":
        return data.decode("utf-8", "replace")
    if _is_too_deep(data):
        return None
    with suppress(RecursionError):
        for part in _read(data).walk():
            if part.get_content_type() == "text/calendar":
                return _content(part)
    return None


def _is_too_deep(data: bytes) -> bool:
    """Whether parts may lie in each other deeper than anybody writes: each line is compared with the bounds of all that it lies in."""
    return sum(1 for _ in islice(_BOUND.finditer(data), _MOST_BOUNDS + 1)) > _MOST_BOUNDS


def _heads(data: bytes) -> Message:
    return email.parser.BytesHeaderParser(policy=email.policy.default).parsebytes(data)


def _read(data: bytes) -> EmailMessage:
    return email.message_from_bytes(data, policy=email.policy.default)


def _content(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload.decode(part.get_content_charset("utf-8"), "replace")
    except LookupError:
        return payload.decode("utf-8", "replace")
