"""A spreadsheet or a file of a geographic program, read by a library of C or Rust in a process of its own. Imports nothing of Vestige.

A few hundred bytes can ask such a library for terabytes (two cells at the corners of a sheet) or for work without end (a view of a GeoPackage
that never stops); a bound of memory ends the process then, and whoever asked goes on.

Started with what is read, ``sheets`` (from standard input) or ``layers PATH LAYER ENCODING``; writes one JSON document to standard output.
"""

import base64
import contextlib
import datetime as dt
import io
import json
import sys
from typing import Any

MOST_MEMORY = 2_000_000_000
"""Bytes of address space, where the system bounds it (Linux; macOS and Windows do not)."""
MOST_CELLS = 10_000_000
"""Cells of all sheets, or fields of all features, that are handed back."""
MOST_LETTERS = 200_000_000
MOST_ROWS = 200_000
"""Rows of all sheets that hold something: a file of a thousand bytes can say that one of them stands a million times."""


class TooMuchError(Exception):
    """More than a register holds."""


def bounded(seconds: int) -> None:
    """Bound memory and processor time of this process, where the system has such bounds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


class Measure:
    """What may still be handed back; raises `TooMuchError` when it is used up."""

    def __init__(self) -> None:
        self.cells, self.letters, self.rows = MOST_CELLS, MOST_LETTERS, MOST_ROWS

    def take(self, cells: int, letters: int) -> None:
        """Count a row."""
        self.cells -= cells
        self.letters -= letters
        if min(self.cells, self.letters, self.rows) < 0:
            raise TooMuchError


def sheets(data: bytes) -> dict[str, Any]:
    """Give name and rows of each sheet that holds something, from the first row and column on; a row without any letter is empty."""
    from python_calamine import load_workbook

    book, measure = load_workbook(io.BytesIO(data)), Measure()
    found = [(name, book.get_sheet_by_name(name)) for name in book.sheet_names]
    filled = [{"name": name, "rows": _filled(sheet, measure)} for name, sheet in found if sheet.height]
    return {"sheets": filled, "count": len(found)}


def _filled(sheet: Any, measure: Measure) -> list[list[str]]:
    """Give all cells as text, with merged cells filled downwards."""
    given = sheet.to_python(skip_empty_area=False)
    width = len(given[0]) if given else 0
    blank, rows = [""] * width, []
    for row in given:  # most of a sheet may be blank: one cell far below makes a million rows
        rows.append([] if row == blank else [_text(cell) for cell in row])
        measure.rows -= row != blank
        measure.take(len(rows[-1]), sum(map(len, rows[-1])))
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        if left != right or left >= width or top >= len(rows) or not rows[top] or not rows[top][left]:
            continue
        for number in range(top + 1, min(bottom + 1, len(rows))):
            rows[number] = rows[number] or [*blank]
            measure.take(1, 0)
            if not rows[number][left]:
                measure.take(0, len(rows[top][left]))
                rows[number][left] = rows[top][left]
    return [row if any(row) else [] for row in rows]


def _text(cell: object) -> str:
    if isinstance(cell, bool) or cell is None:
        return "" if cell is None else str(cell)
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat()
    return str(cell)


def layers(path: str, wanted: str, encoding: str) -> dict[str, Any]:
    """Give the names of the layers, and where it is plain which is meant, its fields, reference system, geometries (WKB) and columns."""
    for name in ("pandas", "geopandas", "pyarrow"):
        sys.modules[name] = None  # type: ignore[assignment]  # not needed, and a second to load
    import pyogrio  # type: ignore[import-untyped,unused-ignore]

    pyogrio.set_gdal_config_options({"SHAPE_RESTORE_SHX": "YES"})  # an index that was left behind is made again
    names = [str(found) for found in pyogrio.list_layers(path)[:, 0]]
    if (wanted and wanted not in names) or (not wanted and len(names) != 1):
        return {"layers": names}
    extra = {"encoding": encoding} if encoding else {}
    meta, _, shapes, columns = pyogrio.raw.read(path, layer=wanted or names[0], **extra)
    count, measure = len(columns[0]) if len(columns) else len(shapes if shapes is not None else ()), Measure()
    return {
        "layers": names,
        "fields": [str(field) for field in meta["fields"]],
        "crs": meta["crs"],
        "shapes": [_packed(shape, measure) for shape in shapes] if shapes is not None else [None] * count,
        "columns": [[_value(value, measure) for value in column] for column in columns],
    }


def _packed(shape: Any, measure: Measure) -> str | None:
    measure.take(1, len(shape or b""))
    return base64.b64encode(shape).decode() if shape is not None else None


def _value(value: Any, measure: Measure) -> str | None:
    if value is None or value != value:  # noqa: PLR0124 - not a number is not itself
        return None
    text = str(value)
    measure.take(1, len(text))
    return text


def main() -> None:
    """Read what the command line says, within so many seconds."""
    seconds, what, *more = sys.argv[1:]
    bounded(int(seconds))
    try:
        answer = sheets(sys.stdin.buffer.read()) if what == "sheets" else layers(*more)
    except (TooMuchError, MemoryError):
        answer = {"too_much": True}
    except Exception as error:  # noqa: BLE001 - the libraries raise a class for each format
        answer = {"error": str(error)[:200]}
    sys.stdout.write(json.dumps(answer))


if __name__ == "__main__":
    main()
