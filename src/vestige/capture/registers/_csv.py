"""CSV by RFC 4180 and as it comes: rows with the line they start on, and one broken row that costs only itself.

A quoted cell may run over several lines, so a row's line is where its first cell starts. A quote mark that is never closed would
swallow the rest of the file; such a row is refused and reading goes on with the next line.
"""

import csv
from collections.abc import Iterator, Sequence

from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._rows import Refusal, Row, Table, column_key

LARGEST_CELL = 20_000_000
"""Characters in a cell; the csv module's own limit of 131,072 is below a long description."""
LONGEST_ROW = 500
"""Lines in a row. A longer one is a quote mark that was never closed."""


def read_csv(text: str) -> Table:
    """Read CSV, with comma, semicolon or tab, into rows; raises RegisterError when there is no header."""
    csv.field_size_limit(LARGEST_CELL)
    lines = _physical_lines(text)
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise RegisterError("expected a header line and rows, got an empty file")
    delimiter = max(",;\t", key=lines[start].count)
    size = _lines_of_row(lines, start) or 1
    header = _cells(lines[start : start + size], delimiter)
    if header is None:
        raise RegisterError(
            "expected CSV with a header line of column names, got something else", where=f"line {start + 1}"
        )
    columns = tuple(map(column_key, header))
    return Table(columns, _rows(lines, start + size, columns, delimiter))


def _physical_lines(text: str) -> list[str]:
    """Cut a text at line feeds, or at carriage returns when it has no line feed; every line keeps its end."""
    end = "\n" if "\n" in text else "\r"
    lines = [line + end for line in text.split(end)]
    lines[-1] = lines[-1].removesuffix(end)
    return lines


def _rows(lines: Sequence[str], start: int, columns: Sequence[str], delimiter: str) -> Iterator[Row | Refusal]:
    at = start
    while at < len(lines):
        if not lines[at].strip():
            at += 1
            continue
        size = _lines_of_row(lines, at)
        cells = _cells(lines[at : at + size], delimiter) if size else None
        if cells is None or (size > 1 and len(cells) != len(columns)):
            cells, size = _single_line(lines[at], delimiter, len(columns)), 1
        if cells is None:
            odd = lines[at].count('"') % 2
            yield Refusal(at + 1, "a quote mark opens a cell and nothing closes it" if odd else "the line is not CSV")
        elif len(cells) > len(columns):
            yield Refusal(at + 1, f"expected {len(columns)} cells, got {len(cells)}")
        else:
            yield Row(at + 1, dict(zip(columns, cells, strict=False)))
        at += size


def _lines_of_row(lines: Sequence[str], at: int) -> int:
    """Count the lines of the row that starts here: until its quote marks are even; 0 when they never are."""
    quotes = 0
    for number, line in enumerate(lines[at : at + LONGEST_ROW], start=1):
        quotes += line.count('"')
        if quotes % 2 == 0:
            return number
    return 0


def _cells(lines: Sequence[str], delimiter: str) -> list[str] | None:
    """Give the cells of one row, or None when these lines are not one row."""
    try:
        rows = list(csv.reader(lines, delimiter=delimiter))
    except csv.Error:
        return None
    return rows[0] if len(rows) == 1 else None


def _single_line(line: str, delimiter: str, width: int) -> list[str] | None:
    """Give the cells of one line whose quote marks are odd: read when a mark stands inside a cell, as in ``5" gun``."""
    cells = _cells([line.rstrip("\r\n")], delimiter)
    return cells if cells is not None and len(cells) == width else None
