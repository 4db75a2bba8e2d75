"""Spreadsheets: XLSX, XLSM, XLSB, XLS and ODS, by python-calamine (MIT), which the extra ``files`` installs.

The headings are looked for below titles, as in CSV; a cell that was merged downwards stands for each of its rows.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from vestige.capture.registers._csv import MOST_TITLES, column_keys, require_single
from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._rows import Refusal, Row, Table
from vestige.capture.registers.files._archive import check_archive, unpack
from vestige.capture.registers.files._library import ask_library
from vestige.capture.registers.places._projected import needed

_OLD = b"\xd0\xcf\x11\xe0"
_Sheet = tuple[str, list[list[str]]]
_MEMBERS = ("xl/workbook.xml", "xl/workbook.bin", "content.xml")


def is_sheet(data: bytes) -> bool:
    """Whether bytes are a spreadsheet."""
    if data.startswith(_OLD):
        return True
    if not data.startswith(b"PK\x03\x04"):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return bool({*_MEMBERS} & set(archive.namelist()))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False


def read_sheet(
    data: bytes, layer: str | None, fits: Callable[[Sequence[str]], bool], used: frozenset[str] | None = None
) -> Table:
    """Read one sheet; ``layer`` names it where several hold something. Raises RegisterError, also for what unpacks to too much."""
    if not data.startswith(_OLD):
        check_archive(data)
    needed("python_calamine")
    answer = _asked(data)
    filled = [(sheet["name"], sheet["rows"]) for sheet in answer["sheets"]]
    name, rows = _chosen(filled, layer, fits)
    table = _headed(rows, fits, used)
    return table._replace(notes=(*table.notes, *([f"sheet {name}"] if answer["count"] > 1 else [])))


_BETWEEN_CELLS = re.compile(rb">[ \t]*\r?\n\s*<")


def _asked(data: bytes) -> dict[str, Any]:
    """Ask for all sheets; those of an ODS whose XML was broken into lines between its cells, which the reader does not bear, without these."""
    try:
        return ask_library("a spreadsheet", "sheets", data=data)
    except RegisterError as error:
        if error.hint or not data.startswith(b"PK\x03\x04"):
            raise
        with suppress(RegisterError):
            return ask_library("a spreadsheet", "sheets", data=_joined(data))
        raise


def _joined(data: bytes) -> bytes:
    content = unpack(data, "content.xml")
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("META-INF/manifest.xml", unpack(data, "META-INF/manifest.xml"))
        archive.writestr("content.xml", _BETWEEN_CELLS.sub(b"><", content))
    return made.getvalue()


def _chosen(filled: Sequence[_Sheet], layer: str | None, fits: Callable[[Sequence[str]], bool]) -> _Sheet:
    if not filled:
        raise RegisterError("expected a sheet with rows, got an empty spreadsheet")
    if layer is not None:
        found = next((item for item in filled if item[0] == layer), None)
        if found is None:
            raise RegisterError(f"expected a sheet among {_listed(filled)}, got {layer!r}", where="--layer")
        return found
    fitting = [item for item in filled if _header(item[1], fits) is not None]
    if len(fitting) == 1 or len(filled) == 1:
        return (fitting or list(filled))[0]
    raise RegisterError(
        f"expected one sheet, got {len(filled)}: {_listed(filled)}", hint=f"say which: --layer '{filled[0][0]}'"
    )


def _listed(filled: Sequence[_Sheet]) -> str:
    return ", ".join(name for name, _ in filled[:20])


def _header(rows: Sequence[Sequence[str]], fits: Callable[[Sequence[str]], bool]) -> int | None:
    some = [number for number, row in enumerate(rows) if any(map(str.strip, row))][:MOST_TITLES]
    return next((number for number in some if fits(column_keys(rows[number]))), None)


def _headed(rows: Sequence[Sequence[str]], fits: Callable[[Sequence[str]], bool], used: frozenset[str] | None) -> Table:
    at = _header(rows, fits)
    if at is not None:
        require_single(rows[at], used)
    start = at if at is not None else next(number for number, row in enumerate(rows) if any(map(str.strip, row)))
    notes = (f"{start} lines above the headings passed over",) if start else ()
    columns = column_keys(rows[start])
    return Table(columns, _rows(rows, start + 1, columns), notes)


def _rows(rows: Sequence[Sequence[str]], start: int, columns: Sequence[str]) -> Iterator[Row | Refusal]:
    for number, row in enumerate(rows[start:], start + 1):
        if not any(map(str.strip, row)):
            continue
        alone = len(columns) > 2 and row[0].strip() and not any(map(str.strip, row[1:]))
        if alone and number > start + 1 and not any(map(str.strip, rows[number - 2])):
            yield Refusal(number, f"one cell alone below the table: a note ({row[0].strip()[:40]})")
            continue
        yield Row(number, dict(zip(columns, row, strict=False)))
