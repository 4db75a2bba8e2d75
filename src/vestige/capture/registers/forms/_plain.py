"""Any other table: by a mapping of fields to columns that its user gives, or that its headings allow to guess."""

from collections.abc import Mapping, Sequence

from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row, column_key
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.forms._headings import FIELDS, guess
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Site

_SHOWN = 12
"""Columns that a note names."""
_PLACES = {"coordinates", "wkt"}
_SENSITIVE = frozenset((
    "yes", "y", "true", "1", "x", "sensitive", "restricted", "oui", "vrai", "да", "истина", "так", "істина", "bəli", "hə", "doğru", "այո", "ճիշտ", "نعم", "صحيح",
))  # fmt: skip
_OPEN = frozenset((
    "", "no", "n", "false", "0", "open", "non", "faux", "нет", "ложь", "ні", "хибність", "xeyr", "yox", "yanlış", "ոչ", "սխալ", "لا", "خطأ",
))  # fmt: skip
"""Yes and no as people and spreadsheets write them in the languages of the pages."""


def plain(columns: Sequence[str], register: str | None) -> Form | None:
    """Give the form of a table whose headings say what they are; None where name or place is not among them."""
    mapping, guessed = guess(columns)
    if not mapping:
        return None
    shown = ", ".join(f"{field} = {column}" for field, column in mapping.items() if not column.startswith("@"))
    left = [column for column in columns if column not in mapping.values() and not column.startswith("@")]
    more = f" and {len(left) - _SHOWN} more" if len(left) > _SHOWN else ""
    notes: tuple[str, ...] = (f"headings taken for: {shown}; --map says otherwise",) if guessed else ()
    notes += (f"columns not taken: {', '.join(left[:_SHOWN])}{more}",) if guessed and left else ()
    return Form("plain columns", lambda _: True, lambda row: _site(row, mapping, register), taken=lambda _: notes)


def mapped(mapping: Mapping[str, str], columns: Sequence[str], register: str | None) -> Form:
    """Make the form that a mapping describes. ``name:LANGUAGE=COLUMN`` gives names in a language; a column may be its number.

    Raises RegisterError where a field or a column is unknown, or name or place is missing.
    """
    wanted = {field: column_of(column, columns) for field, column in mapping.items()}
    for field in wanted:
        if field.partition(":")[0] not in FIELDS or (":" in field and not field.startswith("name:")):
            raise RegisterError(
                f"expected a field among {', '.join(FIELDS)} or name:LANGUAGE, got {field!r}", where="--map"
            )
    if LATITUDE in columns:
        wanted = {"lat": LATITUDE, "lon": LONGITUDE} | wanted
    if not any(field.partition(":")[0] == "name" for field in wanted):
        raise RegisterError("expected a column for the name, got none", where="--map", hint="add name=COLUMN")
    if not {"lat", "lon"} <= wanted.keys() and not _PLACES & wanted.keys():
        raise RegisterError(
            "expected columns for lat and lon, got none", where="--map", hint="add lat=COLUMN,lon=COLUMN"
        )
    missing = [column for column in wanted.values() if column not in columns]
    if missing:
        shown = ", ".join(name for name in columns if not name.startswith("@"))
        raise RegisterError(f"expected a column {missing[0]!r}, got {shown[:300]}", where="--map")
    return Form("mapped columns", lambda _: True, lambda row: _site(row, wanted, register))


def column_of(text: str, columns: Sequence[str]) -> str:
    """Give the column that a text names, or whose number (from 1) it is."""
    key = text if text.startswith("@") else column_key(text)
    if key in columns or not key.isdecimal() or not 1 <= int(key) <= len(columns):
        return key
    return columns[int(key) - 1]


def _site(row: Row, columns: Mapping[str, str], register: str | None) -> Site:
    def cell(field: str) -> str:
        return row.get(columns[field]) if field in columns else ""

    texts = [
        (row.get(column), field.partition(":")[2]) for field, column in columns.items() if field.startswith("name")
    ]
    found = named(names(*((text, language or language_of(text)) for text, language in texts)))
    lat, lon, *wholes = ([columns[field]] if field in columns else [] for field in ("lat", "lon", "coordinates", "wkt"))
    point = place_of(row, lat, lon, [*wholes[0], *wholes[1]])
    if point is None:
        raise RowRefused("no coordinate")
    return Site(
        names=found,
        location=location_of(point),
        sensitivity=_sensitivity(cell("sensitive")),
        type=cell("type") or None,
        countries=country_codes(cell("country")),
        address=cell("address") or None,
        description=cell("description") or None,
        identifiers=(Identifier(scheme=register or "id", value=cell("id")),) if cell("id") else (),
        register=register,
    )


def _sensitivity(text: str) -> str:
    """Read whether a row's exact place is kept back. Raises RowRefused where that is not clear: nobody guesses it open."""
    word = text.strip().casefold()
    if word in _SENSITIVE or word in _OPEN:
        return "sensitive" if word in _SENSITIVE else "open"
    raise RowRefused(f"sensitive {text[:40]!r} is neither yes nor no")
