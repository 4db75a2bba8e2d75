"""What the bytes of a source show of it: its media type, its title, and the text into which offsets point."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from vestige.capture._captured import Captured
from vestige.capture._errors import NotTextError
from vestige.capture.documents._document import Document
from vestige.capture.documents._forms import form_of
from vestige.capture.documents._open import open_document
from vestige.errors import VestigeError

_LONGEST_TITLE = 500
_MOST_UNPACKED = 1 << 27
"""Bytes of one packed document that are unpacked to look for text."""
_MARKED_UP = (".xml", ".kml", ".html", ".xhtml", ".svg", ".json", ".geojson", ".csv", ".txt")
_TAG = re.compile(r"<[^<>]*>")
_TOO_WIDE = frozenset(
    ("", "application/octet-stream", "application/gzip", "application/zip", "application/x-gzip", "message/rfc822")
)
"""What servers and names say of documents of which they know no better."""


def media_type_of(captured: Captured) -> str | None:
    """Give the media type that the server or the name says; plain text where nothing says it and the bytes are UTF-8."""
    kind = captured.media_type.partition(";")[0].strip().lower()
    if kind in _TOO_WIDE and (form := form_of(captured.data)):
        return form.media_type
    if kind and not kind.startswith("text/"):
        return captured.media_type
    try:
        captured.data.decode("utf-8")
    except UnicodeDecodeError:
        return captured.media_type or None
    return f"{kind or 'text/plain'}; charset=utf-8"


def shown_by(captured: Captured) -> Document:
    """Give what a source shows of itself; what is broken or no text is still a source, and shows a remark that says so."""
    try:
        return open_document(captured.data, captured.media_type)
    except NotTextError as error:
        kind = (error.message.partition(", got ")[2] or error.message).replace(
            "bytes that are none", "bytes of no form that is known"
        )
        return Document(
            text="", remarks=(f"it is {kind}, without text: quote it by hand with vestige state --locator",)
        )
    except VestigeError as error:
        said = error.message + (f" ({error.hint})" if error.hint else "")
        return Document(text="", remarks=(f"it holds no text that is read: {said}",))


def page_title(captured: Captured) -> str | None:
    """Give the title that a web page or document prints of itself; None for what has none."""
    return title_of_document(shown_by(captured))


def title_of_document(document: Document) -> str | None:
    """Give the title that a document says of itself, on one line."""
    return " ".join(document.title.value.split())[:_LONGEST_TITLE] or None if document.title else None


def source_text(data: bytes, media_type: str | None, *, where: str | None = None) -> str:
    """Give the text of a source: its bytes decoded, a web page or document as a reader sees it. Offsets are code points of this text.

    Raises NotTextError for what is no text, ReadingError for a page that cannot be read and `DocumentError` for a document.
    """
    return open_document(data, media_type, where=where).text


def readable_text(data: bytes) -> str:
    """Give the text that a packed document shows and its bytes do not: that of every form that is read, and of the parts of other office files.

    Empty for what is no such document, or cannot be read.
    """
    try:
        if form_of(data) is not None:
            return open_document(data).text
    except VestigeError:
        return ""
    return "\n".join(_parts_of(data)) if data.startswith(b"PK") else ""


def _parts_of(data: bytes) -> Iterator[str]:
    """Give the parts in XML of a spreadsheet, drawing or map in a zip file, without their tags."""
    left = _MOST_UNPACKED
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            for part in packed.infolist():
                left -= part.file_size
                if left >= 0 and part.filename.lower().endswith(_MARKED_UP):
                    yield _TAG.sub(" ", packed.read(part).decode("utf-8", "replace"))
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, RuntimeError, NotImplementedError, EOFError):
        return
