"""Letters by mail: one (EML, RFC 5322) or many in a file (mbox, RFC 4155), and the pages that browsers save in the same form (MHTML).

Parsed under the old policy of the standard library, whose work grows with length and not with its square.
"""

import contextlib
import email
import re
from collections.abc import Iterator
from datetime import UTC
from email.header import decode_header, make_header
from email.message import Message
from email.utils import parsedate_to_datetime

from msgspec.structs import replace

from vestige.capture._text import decode
from vestige.capture.documents._document import (
    Document,
    DocumentError,
    Piece,
    page_document,
    put_together,
    said,
    web_address,
)
from vestige.reading import page_text

_MOST_LETTERS, _MOST_PARTS, _LONGEST_HEADER = 5000, 2000, 4000
_HEAD = re.compile(rb"\A(?:[!-9;-~]{1,70}:[ \t][^\n]*\n(?:[ \t][^\n]*\n)*)+\r?\n")
_OF_MAIL = re.compile(rb"^(?:from|mime-version|message-id|received|return-path):", re.IGNORECASE | re.MULTILINE)
_POSTMARK = re.compile(rb"^From [^\n]{1,300}\r?\n(?=[!-9;-~]{1,70}:)", re.MULTILINE)
_SAVED = re.compile(rb"^(?:snapshot-content-location:|content-type:\s*multipart/related)", re.IGNORECASE | re.MULTILINE)
_QUOTED_FROM = re.compile(rb"^>(>*From )", re.MULTILINE)


def tells_letter(data: bytes) -> bool:
    """Whether bytes are one letter: they begin with headers, one of them of mail."""
    head = _HEAD.match(data[:200_000])
    return head is not None and _OF_MAIL.search(head[0]) is not None


def tells_letters(data: bytes) -> bool:
    """Whether bytes are an mbox: they begin with a postmark and a header."""
    return data.startswith(b"From ") and _POSTMARK.match(data[:2000]) is not None


def tells_saved_page(data: bytes) -> bool:
    """Whether bytes are a page that a browser saved as MHTML: a letter that holds the page and what it is made of."""
    if not tells_letter(data):
        return False
    head = _HEAD.match(data[:200_000])
    return head is not None and _SAVED.search(head[0]) is not None and b"text/html" in data[:100_000].lower()


def read_letter(data: bytes) -> Document:
    """Read one letter: its words, its subject, sender and date; what is attached is named and not read."""
    letter = email.message_from_bytes(data)
    words, attached = _words(letter)
    found = put_together([Piece(text=words)])
    remarks = (f"attached and not read: {', '.join(attached[:8])}; add each as a source",) if attached else ()
    return replace(found, **_named(letter), remarks=found.remarks + remarks)


def read_letters(data: bytes) -> Document:
    """Read the letters of an mbox one after the other; the place of a statement is *letter 3 (date, subject)*."""
    starts = [found.end() for found in _POSTMARK.finditer(data)]
    ends = [*[found.start() for found in _POSTMARK.finditer(data)][1:], len(data)]
    cut = (
        (f"only the first {_MOST_LETTERS:,} of {len(starts):,} letters were read",)
        if len(starts) > _MOST_LETTERS
        else ()
    )
    found = put_together(_pieces(data, list(zip(starts, ends, strict=True))[:_MOST_LETTERS]))
    return replace(found, remarks=found.remarks + cut)


def _pieces(data: bytes, bounds: list[tuple[int, int]]) -> Iterator[Piece]:
    for number, (start, end) in enumerate(bounds, 1):
        letter = email.message_from_bytes(_QUOTED_FROM.sub(rb"\1", data[start:end]))
        words, _ = _words(letter)
        about = ", ".join(part for part in (_day(letter), _header(letter, "subject")) if part)
        if words:
            yield Piece(text=words, locator=f"letter {number}" + (f" ({about})" if about else ""))


def read_saved_page(data: bytes) -> Document:
    """Read a page saved as MHTML; its address and the time of saving are taken over."""
    letter = email.message_from_bytes(data)
    address = _header(letter, "snapshot-content-location")
    pages = [part for part in _parts(letter) if part.get_content_type() in ("text/html", "application/xhtml+xml")]
    if not pages:
        raise DocumentError("expected a page among the parts of the saved file, found none")
    address = address or _header(pages[0], "content-location")
    page = next((part for part in pages if address and _header(part, "content-location") == address), pages[0])
    found = page_document(_decoded(page))
    named = _named(letter)
    return replace(
        found,
        title=named["title"] or found.title,
        address=web_address(address),
        captured=_time(letter),
    )


def _words(letter: Message) -> tuple[str, list[str]]:
    """Give the text of a letter and the names of what is attached; of parts that say the same (multipart/alternative) the plain one, if it says anything."""
    said: dict[int, dict[str, list[str]]] = {}
    attached: list[str] = []
    for number, (part, alternative) in enumerate(_leaves(letter)):
        kind, name = part.get_content_type(), part.get_filename()
        if name or part.get_content_disposition() == "attachment":
            attached.append(" ".join(str(name or kind).split())[:80])
        elif kind in ("text/plain", "text/html"):
            text = _decoded(part)
            words = (page_text(text).text if kind == "text/html" else text).strip()
            group = said.setdefault(
                -number - 1 if alternative is None else alternative, {"text/plain": [], "text/html": []}
            )
            group[kind] += [words] if words else []
    return "\n\n".join(
        words for group in said.values() for words in group["text/plain"] or group["text/html"]
    ), attached


def _parts(letter: Message) -> Iterator[Message]:
    """Give the leaves of a letter."""
    return (part for part, _ in _leaves(letter))


def _leaves(letter: Message) -> Iterator[tuple[Message, int | None]]:
    """Give the leaves of a letter, each with the number of the parts in which all say the same, if it lies in any; without recursion."""
    stack: list[tuple[Message, int | None]] = [(letter, None)]
    seen = 0
    while stack:
        part, alternative = stack.pop()
        seen += 1
        if seen > _MOST_PARTS:
            raise DocumentError(f"expected a letter of at most {_MOST_PARTS:,} parts, got more")
        inside = part.get_payload()
        if isinstance(inside, list):
            group = seen if part.get_content_type() == "multipart/alternative" else alternative
            stack.extend((one, group) for one in reversed(inside) if isinstance(one, Message))
        else:
            yield part, alternative


def _decoded(part: Message) -> str:
    data = part.get_payload(decode=True)
    charset = part.get_content_charset()
    kind = f"{part.get_content_type()}; charset={charset}" if charset else part.get_content_type()
    text = decode(data, kind).text if isinstance(data, bytes) and data else ""
    return text.replace("\r\n", "\n").replace("\x00", "")


def _header(letter: Message, name: str) -> str | None:
    value = letter.get(name)
    if value is None:
        return None
    text = str(value)[:_LONGEST_HEADER]
    with contextlib.suppress(ValueError, LookupError):
        text = str(make_header(decode_header(text)))
    return " ".join(text.encode("utf-8", "replace").decode().split()) or None


def _named(letter: Message) -> dict[str, object]:
    return {
        "title": said(_header(letter, "subject"), "the subject"),
        "author": said(_header(letter, "from"), "the sender; not checked"),
        "date": said(_day(letter), "the letter's date"),
    }


def _day(letter: Message) -> str | None:
    when = _time(letter)
    return when[:10] if when else None


def _time(letter: Message) -> str | None:
    try:
        when = parsedate_to_datetime(_header(letter, "date") or "")
        return (when if when.tzinfo else when.replace(tzinfo=UTC)).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
