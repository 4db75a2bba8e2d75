"""From values to the rows of flat files and the objects of nested ones: what the pieces of data files are made with.

Pieces are made once a thing, so that a change costs what changed and a join, whatever the size of the record.
"""

import csv
import io
import struct
from collections.abc import Iterable, Sequence
from typing import Any, Protocol

import msgspec

from vestige.entries import Body, DateWindow
from vestige.printable import as_cell
from vestige.publishing.views._partials import EntryRef

encode = msgspec.json.encode


class Carded(Protocol):
    """What has a body and stands in an entry."""

    @property
    def id(self) -> str:
        """The id of the thing."""

    @property
    def body(self) -> Body:
        """What was entered."""

    @property
    def entry(self) -> EntryRef:
        """Where it stands."""


def entered(card: Carded) -> bytes:
    """Give a thing as it was entered, for a nested file."""
    return encode(
        {"id": card.id, "entry": card.entry.hash, "index": card.entry.index, "made": card.entry.made, "body": card.body}
    )


def days(window: DateWindow | None) -> tuple[str | None, str | None]:
    """Give the first and the last day that a window can mean."""
    if window is None:
        return None, None
    first, last = window.bounds()
    return first.isoformat() if first else None, last.isoformat()


def csv_rows(rows: Iterable[Sequence[Any]]) -> bytes:
    """Give rows as CSV (RFC 4180), no cell of which a spreadsheet would run as a formula."""
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([list(map(_cell, row)) for row in rows])
    return text.getvalue().encode()


def _cell(value: Any) -> Any:
    return as_cell(value) if isinstance(value, str) else value


def point(longitude: float, latitude: float) -> bytes:
    """Give a point as well-known binary (OGC 06-103r4), little-endian."""
    return struct.pack("<BIdd", 1, 1, longitude, latitude)
