"""EPUB: its chapters in the order of the spine; the place of a statement is *chapter 3*."""

import posixpath
from collections.abc import Iterator
from urllib.parse import unquote

from lxml import etree
from msgspec.structs import replace

from vestige.capture._text import decode
from vestige.capture.documents._document import Document, DocumentError, Piece, put_together, said
from vestige.capture.documents._package import Package, text_at, xml_root
from vestige.reading import ReadingError, page_text

_MOST_CHAPTERS = 2000
_DC = "{http://purl.org/dc/elements/1.1/}"
_KIND = b"mimetypeapplication/epub+zip"


def tells(data: bytes) -> bool:
    """Whether bytes are an EPUB, which begins with its own media type."""
    return data.startswith(b"PK\x03\x04") and _KIND in data[:200]


def read(data: bytes) -> Document:
    """Read the chapters of an EPUB, and title, author and date as it says them."""
    package = Package(data)
    if "META-INF/encryption.xml" in package.names and "META-INF/rights.xml" in package.names:
        raise DocumentError("the book is locked by its seller", hint="quote it by hand with vestige state --locator")
    rootfile = next(xml_root(package.read("META-INF/container.xml")).iter("{*}rootfile"), None)
    path = rootfile.get("full-path") if rootfile is not None else None
    if not path:
        raise DocumentError("expected the book's list of contents, found none")
    book = xml_root(package.read(path))
    named = "the book's own description"
    return replace(
        put_together(_chapters(package, book, posixpath.dirname(path))),
        title=said(text_at(book, f"{_DC}title"), named),
        author=said(text_at(book, f"{_DC}creator"), named),
        date=said(text_at(book, f"{_DC}date"), named),
    )


def _chapters(package: Package, book: etree._Element, folder: str) -> Iterator[Piece]:
    files = {item.get("id"): item.get("href") for item in book.iter("{*}item")}
    spine = [files.get(item.get("idref")) for item in book.iter("{*}itemref")]
    names = set(package.names)
    for number, href in enumerate(spine[:_MOST_CHAPTERS], 1):
        name = posixpath.normpath(posixpath.join(folder, unquote(href or "").partition("#")[0]))
        if name not in names:
            continue
        try:
            text = page_text(decode(package.read(name), "application/xhtml+xml").text).text
        except ReadingError:
            continue
        if text.strip():
            yield Piece(text=text.strip(), locator=f"chapter {number}")
