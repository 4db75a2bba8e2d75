"""A document as text: its parts, where each stands, and what the document says of itself."""

import re
from collections.abc import Iterable

from msgspec import Struct

from vestige.capture._text import Decoded
from vestige.errors import InputError
from vestige.reading import PageText, Printed, Span, page_text

LARGEST_TEXT = 20_000_000
"""Characters of text that a document gives at most; the rest is left out, and that is said."""
_ADDRESS = re.compile(r"https?://[^\s<>\"\x00-\x20\x7f]{1,2000}")
_SENTENCE_ENDS = (".", "!", "?", ":", "”", '"', "»", "…", "。", "！", "？", "」", "։", "؟")


class DocumentError(InputError):
    """A document that cannot be read: broken, encrypted, or larger unpacked than any document for people is."""


class Piece(Struct, frozen=True, kw_only=True):
    """One part of a document as its reader found it: a page, a chapter, a message, what was said at one time."""

    text: str
    locator: str | None = None
    """Where it stands, in words a person looks up: ``page 3``, ``message 102``, ``00:01:12``."""
    via: tuple[str, ...] = ()
    """Who wrote what is passed on here: the channel that a message was forwarded from."""
    body: tuple[Span, ...] | None = None
    """Where the article stands in it, where it is a page of the web; None where all of it is read."""
    runs_on: bool = False
    """Whether a paragraph may go on from the part before, as over pages."""


class Part(Struct, frozen=True, kw_only=True):
    """A part in the text of its document."""

    start: int
    end: int
    locator: str | None
    via: tuple[str, ...] = ()


class Document(Struct, frozen=True, kw_only=True):
    """A document's text with its parts; offsets are code points of ``text``."""

    text: str
    form: str = "a text"
    """In words: ``a PDF``."""
    body: tuple[Span, ...] | None = None
    parts: tuple[Part, ...] = ()
    title: Printed | None = None
    author: Printed | None = None
    date: Printed | None = None
    address: str | None = None
    """The address that the capture names, if it is one."""
    captured: str | None = None
    """When it was captured, RFC 3339 in UTC, if it says so."""
    body_by: str = ""
    decoded: Decoded | None = None
    """How the letters of a page or plain text were known."""
    remarks: tuple[str, ...] = ()
    """What a person should know who adds it: that it holds no text, or asks to log in."""

    def part_at(self, start: int) -> Part | None:
        """Give the part in which a position stands."""
        return next((part for part in self.parts if part.start <= start < part.end), None)

    def locator(self, start: int, end: int) -> str | None:
        """Give where a stretch stands: ``page 3``, or ``page 3 to page 4``."""
        first, last = self.part_at(start), self.part_at(max(start, end - 1))
        named = [part.locator for part in (first, last) if part is not None and part.locator]
        return " to ".join(dict.fromkeys(named)) or None


def page_document(page: str, *, form: str = "a page", remarks: tuple[str, ...] = ()) -> Document:
    """Give a page of the web as a document. Raises ReadingError where it holds no element."""
    shown = page_text(page)
    return Document(
        text=shown.text,
        form=form,
        body=shown.body,
        title=shown.title,
        author=shown.author,
        date=shown.date,
        body_by=shown.body_by,
        remarks=remarks,
    )


def page_piece(shown: PageText, locator: str | None) -> Piece:
    """Give a page of the web as a part of a document."""
    return Piece(text=shown.text, locator=locator, body=shown.body)


def put_together(pieces: Iterable[Piece]) -> Document:
    """Join parts into one text, with a blank line between them unless a paragraph goes on; too much text is cut, and that is said."""
    texts: list[str] = []
    parts: list[Part] = []
    body: list[Span] = []
    at, cut = 0, False
    for piece in pieces:
        between = _between(texts[-1], piece) if texts else ""
        start = at + len(between)
        if start + len(piece.text) > LARGEST_TEXT:
            cut = True
            break
        texts += [between, piece.text]
        at = start + len(piece.text)
        parts.append(Part(start=start, end=at, locator=piece.locator, via=piece.via))
        inside = piece.body if piece.body is not None else (Span(0, len(piece.text)),)
        body += [Span(start + first, start + last) for first, last in inside if last > first]
    remarks = (f"longer than {LARGEST_TEXT:,} characters: the rest is not read",) if cut else ()
    return Document(text="".join(texts), body=tuple(body), parts=tuple(parts), remarks=remarks)


def _between(before: str, piece: Piece) -> str:
    ended = not before.strip() or before.rstrip().endswith(_SENTENCE_ENDS)
    return "\n" if piece.runs_on and not ended else "\n\n"


def said(value: str | None, found_in: str) -> Printed | None:
    """Give what a document says of itself, on one line and of a bearable length; None for nothing."""
    line = " ".join((value or "").split())[:500]
    return Printed(value=line, found_in=found_in) if line else None


def web_address(named: str | None) -> str | None:
    """Give the address that a capture names, where it is one of the web of a bearable length and all of it can be seen."""
    found = (named or "").strip()
    return found if _ADDRESS.fullmatch(found) else None
