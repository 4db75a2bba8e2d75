"""ODT (ISO/IEC 26300): headings, paragraphs and notes; comments and what was deleted under tracked changes are left out."""

from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from vestige.capture.documents._document import Document, Piece, put_together, said
from vestige.capture.documents._package import Package, local, text_at, xml_root

_LEFT_OUT = frozenset(
    ("annotation", "tracked-changes", "note-citation", "forms", "automatic-styles", "font-face-decls", "scripts")
)
_BLOCKS = frozenset(("p", "h"))
_DC = "{http://purl.org/dc/elements/1.1/}"
_COUNT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}c"
_KIND = b"mimetypeapplication/vnd.oasis.opendocument.text"


def tells(data: bytes) -> bool:
    """Whether bytes are an ODT, which begins with its own media type."""
    return data.startswith(b"PK\x03\x04") and _KIND in data[:200]


def read(data: bytes) -> Document:
    """Read the text of an ODT and the title and author in its properties."""
    package = Package(data)
    root = xml_root(package.read("content.xml"))
    paragraphs = "".join(_letters(root)).split("\n\n")
    found = put_together([Piece(text="\n\n".join(line for line in map(str.strip, paragraphs) if line))])
    if "meta.xml" not in package.names:
        return found
    meta = xml_root(package.read("meta.xml"))
    named = "the document's properties"
    return replace(
        found, title=said(text_at(meta, f"{_DC}title"), named), author=said(text_at(meta, f"{_DC}creator"), named)
    )


def _letters(root: etree._Element) -> Iterator[str]:
    """Walk without recursion; notes come after the text."""
    yield from _walked(root, _LEFT_OUT | {"note"})
    for note in root.iter("{*}note-body"):
        yield from _walked(note, _LEFT_OUT)


def _walked(root: etree._Element, left_out: frozenset[str]) -> Iterator[str]:
    stack: list[tuple[etree._Element, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        name = local(element)
        if not entering:
            yield "\n\n" if name in _BLOCKS else ""
            yield "" if element is root else element.tail or ""
        elif not name or name in left_out:
            yield element.tail or ""
        else:
            yield _mark(element, name) + (element.text or "")
            stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))


def _mark(element: etree._Element, name: str) -> str:
    """Give the blanks that an element stands for; a count of more than a line's is no count of blanks."""
    if name == "s":
        count = element.get(_COUNT, "1")
        return " " * min(int(count) if count.isdecimal() else 1, 80)
    return {"tab": "\t", "line-break": "\n"}.get(name, "")
