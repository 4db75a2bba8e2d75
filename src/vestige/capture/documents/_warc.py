"""Web archives: WARC (ISO 28500), plain or compressed, and WACZ. Address and time of the capture are taken over."""

import contextlib
import gzip
import importlib
import importlib.util
import io
import json
import re
import time
import zlib
from collections.abc import Iterator
from typing import Any

from msgspec.structs import replace

from vestige.capture._text import decode
from vestige.capture.documents._document import Document, DocumentError, page_piece, put_together, web_address
from vestige.capture.documents._package import LARGEST_IN_ALL, Package, members_of
from vestige.errors import MissingExtraError
from vestige.reading import PageText, ReadingError, page_text

_MOST_PAGES, _LARGEST_PAGE, _MOST_UNPACKED, _SECONDS = 200, 5_000_000, 1_000_000_000, 60
_WHEN = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z")
_KINDS = ("text/html", "application/xhtml+xml")


def tells(data: bytes) -> bool:
    """Whether bytes are a WARC, plain or compressed."""
    if data.startswith(b"\x1f\x8b"):
        try:
            return gzip.GzipFile(fileobj=io.BytesIO(data)).read(5) == b"WARC/"
        except (OSError, EOFError, ValueError, zlib.error):
            return False
    return data.startswith(b"WARC/")


def tells_wacz(data: bytes) -> bool:
    """Whether bytes are a WACZ: a ZIP archive with WARCs in its folder ``archive``."""
    return data.startswith(b"PK\x03\x04") and any(map(_is_warc, members_of(data)))


def read(data: bytes) -> Document:
    """Read the pages that a WARC holds, in its order."""
    return _document(list(_pages(data, None)))


def read_wacz(data: bytes) -> Document:
    """Read the pages of a WACZ: those in its list of pages, where it has one, else all."""
    package = Package(data)
    wanted = _listed(package)
    warcs = [package.read(name, limit=LARGEST_IN_ALL) for name in package.names if _is_warc(name)]
    pages = [page for warc in warcs for page in _pages(warc, wanted)]
    return _document(pages or [page for warc in warcs for page in _pages(warc, None)])


def _is_warc(name: str) -> bool:
    return name.startswith("archive/") and name.endswith((".warc", ".warc.gz"))


def _listed(package: Package) -> frozenset[str] | None:
    if "pages/pages.jsonl" not in package.names:
        return None
    found: set[str] = set()
    for line in package.read("pages/pages.jsonl").splitlines()[:100_000]:
        try:
            row = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(row, dict) and isinstance(row.get("url"), str):
            found.add(row["url"])
    return frozenset(found) or None


def _document(pages: list[tuple[str, str, PageText]]) -> Document:
    if not pages:
        raise DocumentError("the web archive holds no page that was answered with text")
    address, when, first = pages[0]
    several = len(pages) > 1
    found = put_together(page_piece(shown, url if several else None) for url, _, shown in pages)
    remarks = (f"it holds {len(pages)} pages: address and time are those of the first",) if several else ()
    return replace(
        found,
        title=first.title,
        author=first.author,
        date=first.date,
        body_by=first.body_by,
        address=web_address(address),
        captured=f"{when[:19]}Z" if _WHEN.fullmatch(when) else None,
        remarks=found.remarks + remarks,
    )


def _pages(data: bytes, wanted: frozenset[str] | None) -> Iterator[tuple[str, str, PageText]]:
    """Give address, time and text of the pages that were answered well."""
    found = 0
    deadline = time.monotonic() + _SECONDS
    for record in _records(data):
        if found >= _MOST_PAGES or time.monotonic() > deadline:
            return
        address = record.rec_headers.get_header("WARC-Target-URI") or ""
        if _is_page(record) and (wanted is None or address in wanted):
            body = record.content_stream().read(_LARGEST_PAGE)
            kind = record.http_headers.get_header("Content-Type") if record.http_headers else "text/html"
            try:
                shown = page_text(decode(body, kind or "").text)
            except ReadingError:
                continue
            found += 1
            yield address, record.rec_headers.get_header("WARC-Date") or "", shown


def _records(data: bytes) -> Iterator[Any]:
    if importlib.util.find_spec("warcio") is None:
        raise MissingExtraError("documents", "warcio")
    iterator, faults = map(importlib.import_module, ("warcio.archiveiterator", "warcio.exceptions"))

    packed = data.startswith(b"\x1f\x8b")
    stream = _Counted(gzip.GzipFile(fileobj=io.BytesIO(data)) if packed else io.BytesIO(data))
    try:
        yield from _quietly(iterator.ArchiveIterator(stream))
    except faults.ArchiveLoadFailed as error:
        raise DocumentError(f"the web archive is broken: {' '.join(str(error).split())[:200]}") from None


def _quietly(records: Iterator[Any]) -> Iterator[Any]:
    """Give records without what their reader prints of broken ones: pieces of the file, as long as they come."""
    while True:
        with contextlib.redirect_stderr(io.StringIO()):
            record = next(records, None)
        if record is None:
            return
        yield record


def _is_page(record: Any) -> bool:
    if record.rec_type == "resource":
        return str(record.rec_headers.get_header("Content-Type") or "").startswith(_KINDS)
    if record.rec_type != "response" or record.http_headers is None:
        return False
    kind = (record.http_headers.get_header("Content-Type") or "").strip().lower()
    return record.http_headers.get_statuscode() == "200" and kind.startswith(_KINDS)


class _Counted:
    """A stream of which no more than a bound is unpacked."""

    def __init__(self, stream: Any) -> None:
        self._stream, self._left = stream, _MOST_UNPACKED

    def read(self, size: int = -1) -> bytes:
        """Read as a file does; `DocumentError` over the bound."""
        data: bytes = self._stream.read(size if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise DocumentError(f"the web archive unpacks to more than {_MOST_UNPACKED:,} bytes")
        return data

    def close(self) -> None:
        """Close it."""
        self._stream.close()
