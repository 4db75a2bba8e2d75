"""RTF: its text, by striprtf; pictures and what Word keeps for itself are left out."""

import importlib
import importlib.util
import re

from vestige.capture.documents._document import Document, DocumentError, Piece, put_together
from vestige.errors import MissingExtraError

_LARGEST = 20_000_000
_BINARY = re.compile(rb"\\pict\b[^{}\\]*(?:\\(?!bin)[a-z*]+-?\d* ?|\s)*[0-9a-fA-F\s]{64,}")
_LINES = re.compile(r"\n{3,}")


def tells(data: bytes) -> bool:
    """Whether bytes are RTF."""
    return data.startswith(b"{\\rtf")


def read(data: bytes) -> Document:
    """Read the text of an RTF. Raises `DocumentError` over 20 MB without its pictures."""
    if importlib.util.find_spec("striprtf") is None:
        raise MissingExtraError("documents", "striprtf")
    data = _BINARY.sub(b"\\\\pict ", data)
    if len(data) > _LARGEST:
        raise DocumentError(f"expected an RTF of at most {_LARGEST:,} bytes of text, got {len(data):,}")
    text: str = importlib.import_module("striprtf.striprtf").rtf_to_text(data.decode("latin-1"), errors="replace")
    paragraphs = _LINES.sub("\n\n", text.replace("\x00", "").replace("\n", "\n\n"))
    return put_together([Piece(text=paragraphs.strip())])
