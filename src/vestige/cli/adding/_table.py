"""What commands that read tables share: the file, the mapping of its columns, the order of its dates."""

import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.capture import RegisterError
from vestige.cli._console import out
from vestige.errors import InputError

if TYPE_CHECKING:
    from vestige.capture import Refusal


def _place_in(file: Path, place: str | None) -> str:
    """Name the file beside a line of it; an option stands for itself."""
    return place if place and place.startswith("--") else ", ".join(filter(None, (str(file), place)))


@contextmanager
def errors_of(file: Path) -> Iterator[None]:
    """Let what is wrong with a register name the file too."""
    try:
        yield
    except RegisterError as error:
        raise RegisterError(error.message, where=_place_in(file, error.where), hint=error.hint) from error


def table_bytes(file: Path) -> bytes:
    """Give the bytes of a table. Raises InputError where it cannot be read."""
    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"expected a file that can be read: {error.strerror}", where=str(file)) from error


def read_mapping(text: str) -> dict[str, str]:
    """Read ``name=COLUMN,lat=COLUMN,…``. Raises InputError where it is none."""
    pairs = [part.partition("=") for part in _BETWEEN.split(text)]
    if not all(equals and field.strip() and column.strip() for field, equals, column in pairs):
        raise InputError(f"expected FIELD=COLUMN,FIELD=COLUMN, got {text!r}", where="--map")
    return {field.strip(): column.strip().strip('"') for field, _, column in pairs}


_BETWEEN = re.compile(r",(?=\s*[a-z]+(?::[A-Za-z-]+)?\s*=)")
"""A comma between two pairs; one within a heading has no FIELD= after it."""


def order(text: str | None) -> str | None:
    """Give the order of dates with slashes that was typed. Raises InputError for any but dmy and mdy."""
    if text is not None and text not in {"dmy", "mdy"}:
        raise InputError(f"expected dmy or mdy, got {text!r}", where="--dates")
    return text


_MOST_ROWS = 400
"""Rows that are told one by one."""


def print_rows(what: str, rows: "Iterable[Refusal]") -> None:
    """Print how many rows something is said of, and each with its line and reason; nothing where there are none."""
    rows = list(rows)
    if rows:
        out.print(f"  {len(rows):>6} {what}:")
    for row in rows[:_MOST_ROWS]:
        print_row(row)
    if len(rows) > _MOST_ROWS:
        out.print(f"    … {len(rows) - _MOST_ROWS} more; --json lists all")


def print_row(row: "Refusal") -> None:
    """Print a row of a table with what is said of it."""
    out.print(f"    line {row.line}: {row.reason}" + (f" ({row.name})" if row.name else ""))
