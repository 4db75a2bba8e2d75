"""PDF: the text layer page by page, so that the place of a statement is *page 3*."""

import importlib.util
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
from msgspec.structs import replace

from vestige.capture.documents._document import Document, DocumentError, Piece, put_together, said
from vestige.errors import MissingExtraError

_CHILD = Path(__file__).with_name("_pdf_child.py")
_SECONDS = 100
_DAY = re.compile(r"D:(\d{4})(\d\d)(\d\d)")
_LIGATURES = str.maketrans(
    {"ﬀ": "ff", "ﬁ": "fi", "ﬂ": "fl", "ﬃ": "ffi", "ﬄ": "ffl", "ﬅ": "st", "ﬆ": "st", "\u00ad": "", "\x00": ""}
)
_UNPRINTED = re.compile("[\x01-\x08\x0b-\x1f\x7f\ud800-\udfff]")


def tells(data: bytes) -> bool:
    """Whether bytes are a PDF: its mark stands among the first thousand."""
    return b"%PDF-" in data[:1024]


def read(data: bytes) -> Document:
    """Read the text layer of a PDF, in a process that is ended when it takes too long."""
    answer = _asked(data)
    pages, count = [_printed(page) for page in answer["pages"]], answer["count"]
    pieces = [Piece(text=page, locator=f"page {at}", runs_on=True) for at, page in enumerate(pages, 1) if page.strip()]
    found = put_together(pieces)
    info = answer.get("info", {})
    day = _DAY.match(info.get("CreationDate", ""))
    return replace(
        found,
        title=said(info.get("Title"), "the PDF's properties"),
        author=said(info.get("Author"), "the PDF's properties"),
        date=said("-".join(day.groups()) if day else None, "the PDF's day of making"),
        remarks=found.remarks + _remarks(pages, count),
    )


def _asked(data: bytes) -> dict[str, Any]:
    if importlib.util.find_spec("pypdf") is None:
        raise MissingExtraError("documents", "pypdf")
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)], input=data, capture_output=True, timeout=_SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise DocumentError(f"the PDF was not read within {_SECONDS} seconds", hint="print it to a new PDF") from None
    try:
        answer: dict[str, Any] = msgspec.json.decode(done.stdout)
    except msgspec.DecodeError:
        raise DocumentError("the PDF took more memory or time than a document for people does") from None
    if "error" in answer:
        raise DocumentError(f"the PDF cannot be read: {answer['error']}", hint="print it to a new PDF")
    return answer


def _printed(page: str) -> str:
    return _UNPRINTED.sub(" ", page.translate(_LIGATURES)).strip()


def _remarks(pages: list[str], count: int) -> tuple[str, ...]:
    empty = [str(number) for number, page in enumerate(pages, 1) if not page.strip()]
    remarks = [f"only the first {len(pages):,} of {count:,} pages were read"] if len(pages) < count else []
    if pages and len(empty) == len(pages):
        remarks.append("none of its pages holds text: it may be a scan; quote it by hand with vestige state --locator")
    elif empty:
        listed = ", ".join(empty[:10]) + (" …" if len(empty) > 10 else "")
        remarks.append(f"no text on page{'s' if len(empty) > 1 else ''} {listed}: scanned, or a picture")
    return tuple(remarks)
