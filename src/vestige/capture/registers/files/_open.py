"""A file of any kind that is read, as one table of rows."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vestige.capture._binary import binary_kind
from vestige.capture.registers._csv import read_csv
from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._json import read_json
from vestige.capture.registers._recognise import fits as fits_register
from vestige.capture.registers._rows import Table, column_key
from vestige.capture.registers._text import decode_register
from vestige.capture.registers.files._sheet import is_sheet, read_sheet
from vestige.capture.registers.files._spatial import is_spatial, only_member, read_spatial
from vestige.capture.registers.places._projected import Projection


class Opened(NamedTuple):
    """A table, and the encoding or format that it was read in."""

    table: Table
    encoding: str
    sure: bool = True


def open_table(
    data: bytes,
    *,
    mapping: Mapping[str, str] | None,
    encoding: str | None,
    layer: str | None,
    fits: Callable[[Sequence[str]], bool] | None = None,
    crs: Projection | None = None,
) -> Opened:
    """Open a register as a table. ``fits`` tells whether a row may be its headings; without it those of a register of sites are looked for.

    ``crs`` is the reference system of a shapefile that names none.

    Raises RegisterError when it is of no kind that is read, with the command that converts it where one does.
    """
    fits = fits or (lambda columns: fits_register(columns, mapping))
    if is_sheet(data):
        return Opened(read_sheet(data, layer, fits, _used(mapping)), "spreadsheet")
    if (inner := only_member(data, layer)) is not None:
        return open_table(inner, mapping=mapping, encoding=encoding, layer=None, fits=fits, crs=crs)
    if is_spatial(data):
        return Opened(*read_spatial(data, layer, encoding, crs))
    if kind := binary_kind(data):
        raise RegisterError(
            f"expected a table, a spreadsheet or a file of a geographic program, got {kind}", hint=_conversion(kind)
        )
    text, used, sure = decode_register(data, encoding)
    return Opened(read_text(text, mapping, fits, crs), used, sure)


def _conversion(kind: str) -> str:
    """Say what makes a register of a file that is not read."""
    if "archive" in kind:
        return "unpack it and give the file within"
    if "Access" in kind:
        return "export its table: mdb-export FILE TABLE > register.csv"
    if "office" in kind:
        return "save it as XLSX, ODS or CSV: soffice --convert-to xlsx FILE"
    return "export it as CSV, or convert it: ogr2ogr -f GPKG register.gpkg FILE"


def read_text(
    text: str,
    mapping: Mapping[str, str] | None = None,
    fits: Callable[[Sequence[str]], bool] | None = None,
    crs: Projection | None = None,
) -> Table:
    """Read CSV or JSON into a table; ``crs`` is the system of GeoJSON's geometries where it names none."""
    if text.lstrip("\ufeff\x1e \r\n\t")[:1] in {"{", "["}:
        return read_json(text, crs)
    if mapping and all(column.strip().isdecimal() for column in mapping.values()) and _is_data(text, mapping):
        return read_csv(text, numbered=True)
    return read_csv(text, fits or (lambda columns: fits_register(columns, mapping)), used=_used(mapping))


def _used(mapping: Mapping[str, str] | None) -> frozenset[str] | None:
    return frozenset(map(column_key, mapping.values())) if mapping else None


def _is_data(text: str, mapping: Mapping[str, str]) -> bool:
    """Whether the first row of a table holds a place where a mapping says that places are."""
    first = read_csv(text).columns
    places = [mapping[field] for field in ("lat", "coordinates", "wkt") if field in mapping]
    cells = [first[int(number) - 1] for number in places if 0 < int(number) <= len(first)]
    return any(any(mark.isdigit() for mark in cell) for cell in cells)
