"""DOCX (ISO/IEC 29500): paragraphs, tables, footnotes and endnotes; what was deleted under tracked changes is left out."""

from collections.abc import Iterator

from lxml import etree
from msgspec.structs import replace

from vestige.capture.documents._document import Document, Piece, put_together, said
from vestige.capture.documents._package import Package, local, members_of, text_at, xml_root

_LEFT_OUT = frozenset(("Fallback", "del", "moveFrom", "pPr", "rPr", "instrText"))
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_DC = "{http://purl.org/dc/elements/1.1/}"


def tells(data: bytes) -> bool:
    """Whether bytes are a DOCX."""
    return data.startswith(b"PK\x03\x04") and "word/document.xml" in members_of(data)


def read(data: bytes) -> Document:
    """Read the text of a DOCX and the title and author in its properties."""
    package = Package(data)
    files = ("word/document.xml", "word/footnotes.xml", "word/endnotes.xml")
    texts = [_text(xml_root(package.read(name))) for name in files if name in package.names]
    found = put_together(Piece(text=text) for text in texts if text)
    if "docProps/core.xml" not in package.names:
        return found
    core = xml_root(package.read("docProps/core.xml"))
    named = "the document's properties"
    return replace(
        found, title=said(text_at(core, f"{_DC}title"), named), author=said(text_at(core, f"{_DC}creator"), named)
    )


def _text(root: etree._Element) -> str:
    """Give paragraphs with an empty line between them."""
    return "\n\n".join(line for line in map(str.strip, "".join(_letters(root)).split("\n\n")) if line)


def _letters(root: etree._Element) -> Iterator[str]:
    """Walk without recursion, so that depth does not matter."""
    stack: list[tuple[etree._Element, bool]] = [(root, True)]
    while stack:
        element, entering = stack.pop()
        name = local(element)
        if not entering:
            yield "\n\n"
        elif name == "t":
            yield element.text or ""
        elif name in _MARKS:
            yield _MARKS[name]
        elif name not in _LEFT_OUT:
            if name == "p":
                stack.append((element, False))
            stack.extend((child, True) for child in reversed(element))
