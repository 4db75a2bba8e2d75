"""CSV by RFC 4180 and as it comes: rows with the line they start on, and one broken row that costs only itself.

A quoted cell may run over several lines, so a row's line is where its first cell starts. A quote mark that is never closed would
swallow the rest of the file; such a row is refused and reading goes on with the next line.
"""

import csv
import re
from collections.abc import Callable, Iterator, Sequence

from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._rows import Refusal, Row, Table, column_key

LARGEST_CELL = 20_000_000
"""Characters in a cell; the csv module's own limit of 131,072 is below a long description."""
MOST_TITLES = 30
"""Rows at the top among which the headings are looked for."""
_SEPARATOR = re.compile(r"\ufeff?\"?sep=(.|\\t)\"?[,;\t]*", re.IGNORECASE)
LONGEST_ROW = 500
"""Lines in a row. A longer one is a quote mark that was never closed."""


def read_csv(
    text: str,
    fits: Callable[[Sequence[str]], bool] = lambda _: True,
    *,
    numbered: bool = False,
    used: frozenset[str] | None = None,
) -> Table:
    """Read CSV, with comma, semicolon, tab or bar, into rows; raises RegisterError when there is no header, or one name twice.

    ``fits`` tells whether columns are those of a register: the header is the first row of the first thirty that fits, so that titles
    above it are passed over; without one it is the first row. ``numbered`` takes all rows for data and names the columns 1, 2, 3.
    ``used`` are the columns that a mapping uses: only those must stand once.
    """
    csv.field_size_limit(LARGEST_CELL)
    lines = _physical_lines(text)
    start = next((number for number, line in enumerate(lines) if line.strip()), None)
    if start is None:
        raise RegisterError("expected a header line and rows, got an empty file")
    said = _SEPARATOR.fullmatch(lines[start].strip())
    if said:
        start += 1
    delimiters = [said[1].replace("\\t", "\t")] if said else []
    if numbered:
        delimiter = delimiters[0] if said else _delimiter(lines[start])
        width = len(_cells(lines[start : start + 1], delimiter) or ())
        columns = tuple(str(number) for number in range(1, width + 1))
        return Table(columns, _rows(lines, start, columns, delimiter))
    return _headed(lines, start, delimiters, fits, used)


def _headed(
    lines: Sequence[str],
    start: int,
    delimiters: Sequence[str],
    fits: Callable[[Sequence[str]], bool],
    used: frozenset[str] | None,
) -> Table:
    """Give the table under the first row that fits, or under the first of all."""
    first: Table | None = None
    at, tried = start, 0
    while at < len(lines) and tried < MOST_TITLES:
        size = _lines_of_row(lines, at) or 1
        delimiter = delimiters[0] if delimiters else _delimiter(lines[at])
        header = _cells(lines[at : at + size], delimiter)
        if header is None and first is None:
            raise RegisterError(
                "expected CSV with a header line of column names, got something else", where=f"line {at + 1}"
            )
        if header is not None and any(cell.strip() for cell in header):
            columns = column_keys(header)
            passed = (f"{at - start} lines above the headings passed over",) if at > start else ()
            found = Table(columns, _rows(lines, at + size, columns, delimiter), passed)
            if fits(columns):
                require_single(header, used)
                return found
            first = first or found
            tried += 1
        at += size
    if first is None:
        raise RegisterError("expected a header line and rows, got none")
    return first


def _delimiter(line: str) -> str:
    return max(",;\t|", key=line.count)


def column_keys(header: Sequence[str]) -> tuple[str, ...]:
    """Give the columns of a header; one without a heading, or whose heading stood before, is told apart by its number."""
    keys: list[str] = []
    for number, name in enumerate(header, 1):
        key = column_key(name)
        keys.append(key if key and key not in keys else f"{key} ({number})".strip())
    return tuple(keys)


def require_single(header: Sequence[str], used: frozenset[str] | None = None) -> None:
    """Raise RegisterError where one heading stands over two columns: any, or any of those that are ``used``."""
    seen: dict[str, int] = {}
    for number, name in enumerate(header, 1):
        key = column_key(name)
        if key and key in seen and (used is None or key in used):
            raise RegisterError(
                f"the column {key} stands twice ({seen[key]} and {number})",
                hint="rename one, or say which by number: --map name=1,lat=2,lon=3",
            )
        seen.setdefault(key, number)


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
        elif not any(map(str.strip, cells)):
            pass
        elif at > start and not lines[at - 1].strip(" ,;\t|\r\n") and _is_note(cells, len(columns)):
            yield Refusal(at + 1, f"one cell alone below the table: a note ({cells[0].strip()[:40]})")
        elif len(cells) > len(columns) and not any(map(str.strip, cells[len(columns) :])):
            yield Row(at + 1, dict(zip(columns, cells, strict=False)))
        elif len(cells) > len(columns):
            yield Refusal(at + 1, f"expected {len(columns)} cells, got {len(cells)}")
        else:
            yield Row(at + 1, dict(zip(columns, cells, strict=False)))
        at += size


def _is_note(cells: Sequence[str], width: int) -> bool:
    return width > 2 and bool(cells[0].strip()) and not any(map(str.strip, cells[1:]))


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
