"""A row of a register, whatever file it came from: where it stands, and its cells by column."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from vestige.capture.registers.places._projected import Projection

LATITUDE = "@latitude"
LONGITUDE = "@longitude"
"""Columns that a GeoJSON geometry fills; no CSV header starts with an at sign."""


class Refusal(NamedTuple):
    """A row that was not read: its first line in the file (from 1), its name if it has one, and why."""

    line: int
    reason: str
    name: str = ""


class Reading(NamedTuple):
    """What is known of a whole table when a row is read: its reference system, what ``O`` means (E or W), the order of its dates."""

    crs: Projection | None = None
    either: str | None = None
    dates: str | None = None


class Row(NamedTuple):
    """One row: its first line in the file (from 1), and its cells by column name in lower case without outer spaces."""

    line: int
    cells: Mapping[str, str]
    reading: Reading = Reading()

    def get(self, *columns: str) -> str:
        """Give the first of these columns that holds something, without outer spaces; "" when none does."""
        for column in columns:
            value = self.cells.get(column, "").strip()
            if value:
                return value
        return ""


class Table(NamedTuple):
    """A register as rows: its columns in file order, rows or refusals in file order, and what its reader took for what."""

    columns: tuple[str, ...]
    rows: Iterator[Row | Refusal]
    notes: tuple[str, ...] = ()


def column_key(header: str) -> str:
    """Give the name by which a column is looked up: lower case, one space between words, none around."""
    return " ".join(header.casefold().split())
