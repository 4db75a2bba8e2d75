"""Any source as a document: its form is told by its bytes, and whatever a broken file does becomes one line."""

import zipfile
import zlib
from collections.abc import Callable
from functools import partial

from lxml import etree
from msgspec.structs import replace

from vestige.budget import seconds_for, within
from vestige.capture._text import decode
from vestige.capture.documents import _page
from vestige.capture.documents._document import Document, DocumentError
from vestige.capture.documents._forms import form_of
from vestige.errors import VestigeError
from vestige.printable import readable

_OF_BROKEN_FILES = (
    zipfile.BadZipFile, zlib.error, etree.LxmlError, EOFError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError,
    RecursionError, MemoryError, NotImplementedError, OSError, RuntimeError, AssertionError,
)  # fmt: skip
"""What the libraries raise on files that somebody broke on purpose."""


def open_document(data: bytes, media_type: str | None = None, *, where: str | None = None) -> Document:
    """Give the bytes of a source as a document: text, parts, title, and what a person should know who adds it.

    The text holds no control characters of C0 and C1: line ends stand for those that part pages, U+FFFD for all others.

    The form is told by the bytes; what is in none of the forms is a page or a plain text of any encoding. Raises NotTextError for
    a picture, sound or film, `DocumentError` for a document that cannot be read, MissingExtraError where its library is not
    installed, ReadingError for a page without an element, OverBudgetError for what takes longer than its size allows.
    """
    document = within(seconds_for(len(data)), partial(_opened, data, media_type, where), where=where)
    return replace(document, text=readable(document.text))


def _opened(data: bytes, media_type: str | None, where: str | None) -> Document:
    form = form_of(data)
    if form is not None:
        return replace(_guarded(form.read, data, form.name, where), form=form.name)
    decoded = decode(data, media_type or "", where=where)
    if _page.is_page(decoded.text, media_type):
        return replace(_page.read_text(decoded.text), decoded=decoded)
    return Document(text=decoded.text, decoded=decoded)


def _guarded(read: Callable[[bytes], Document], data: bytes, name: str, where: str | None) -> Document:
    try:
        return read(data)
    except DocumentError as error:
        raise DocumentError(error.message, where=error.where or where, hint=error.hint) from error
    except VestigeError:
        raise
    except _OF_BROKEN_FILES as error:
        said = " ".join(str(error).split())[:160] or type(error).__name__
        raise DocumentError(f"{name} that cannot be read: {said}", where=where, hint="is the file whole?") from error
