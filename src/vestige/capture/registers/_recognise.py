"""The forms that registers come in, recognised by their columns, and how a row of each becomes a site.

What a register says happened to a place (comments, damage columns) is left out of the site: that is for statements and assessments,
which carry who said it.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from vestige.capture.registers._assessments import RegisterAssessment, eamena_assessment
from vestige.capture.registers._coordinates import Point, location_of, read_point
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row, column_key
from vestige.capture.registers.forms._monuments import is_monument_list, monument
from vestige.capture.registers.forms._unesco import unesco
from vestige.entries import Identifier, Site


class Form(NamedTuple):
    """One form of register: its name, what makes a site of a row, and what makes an assessment of it, if the form has any."""

    name: str
    read: Callable[[Row], Site]
    assess: Callable[[Row], RegisterAssessment | None] | None = None


def recognise(columns: Sequence[str], mapping: Mapping[str, str] | None = None, *, register: str | None = None) -> Form:
    """Give the form of a register with these columns, or the one that a ``mapping`` of site field to column describes.

    ``register`` names a register whose form is not known; its name is the scheme of its ids too.
    Raises RegisterError when no form fits, with the columns found, so that the user can map them.
    """
    have = set(columns)
    if mapping:
        return _mapped(mapping, columns, register)
    if {"id_no", "name_en"} <= have:
        return Form("UNESCO World Heritage List", unesco)
    if {"site", "name", "altname", "wkt"} <= have:
        return Form("Linked4Resilience", _linked4resilience)
    if {"eamena id", "resource name"} <= have:
        return Form("EAMENA", _eamena, eamena_assessment)
    if is_monument_list(have):
        return Form("Wiki Loves Monuments", monument)
    plain = _plain_mapping(columns)
    if plain:
        return Form("plain columns", _mapped(plain, columns, register).read)
    shown = ", ".join(name for name in columns if not name.startswith("@"))
    raise RegisterError(
        f"expected a register whose columns are known, got the columns {shown[:300]}",
        hint="say which column is which: --map name=COLUMN,lat=COLUMN,lon=COLUMN",
    )


_WKT = re.compile(r"(?:SRID=4326;)?\s*POINT\s*(?:Z\s*)?\(\s*(\S+)\s+(\S+?)(?:\s+\S+)?\s*\)", re.IGNORECASE)


def _wkt_point(text: str) -> Point | None:
    """Read ``POINT (lon lat)``; None for anything else."""
    match = _WKT.fullmatch(text.strip())
    return read_point(match[2], match[1]) if match else None


# -- Linked4Resilience ------------------------------------------------------------------------------------------------------------


def _linked4resilience(row: Row) -> Site:
    """Read one row of the damaged sites in Ukraine as Linked4Resilience enriched them.

    A Wikidata item is taken over only when it was found by the site's own Wikipedia page; one that was found by nearness alone is
    often the town, the railway station or the neighbour.
    """
    longitude, latitude = row.get("longitude"), row.get("latitude")
    point = read_point(latitude, longitude) or _wkt_point(row.get("wkt"))
    matched = row.get("method") == "wikipedia"
    item = row.get("wikidata_id") if matched else ""
    other = row.get("altname")
    found = names((row.get("name"), language_of(row.get("name"), "en")), (other, _other_language(other)))
    named(found)
    if point is None:
        raise RowRefused("no coordinate")
    wanted = (("linked4resilience", row.get("site").rstrip("/").rpartition("/")[2]), ("wikidata", item))
    return Site(
        names=found,
        location=location_of(point),
        type=row.get("instance_of_label") or None if matched else None,
        countries=("UA",),
        address=row.get("address") or None,
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in wanted if value),
        register="Linked4Resilience: damaged cultural sites in Ukraine",
    )


def _other_language(text: str) -> str | None:
    """Tag the second name, which is English, Ukrainian, or Ukrainian in Latin letters."""
    language = language_of(text)
    return {"und-Latn": "uk-Latn", "und-Cyrl": "uk"}.get(language or "", language)


# -- EAMENA -----------------------------------------------------------------------------------------------------------------------


def _eamena(row: Row) -> Site:
    """Read one heritage place of EAMENA. A record whose access EAMENA restricts becomes a sensitive site."""
    point = read_point(row.get(LATITUDE, "latitude"), row.get(LONGITUDE, "longitude")) or _wkt_point(
        row.get("geometric place expression")
    )
    countries = country_codes(row.get("country type"))
    found = named(names(*((text, _eamena_language(text, countries)) for text in _toponyms(row))))
    if point is None:
        raise RowRefused("no coordinate")
    interpretation = row.get("site feature interpretation type").partition(",")[0]
    return Site(
        names=found,
        location=location_of(point),
        sensitivity="sensitive" if row.get("restricted access record designation") else "open",
        type=interpretation or row.get("heritage place type").partition(",")[0] or None,
        countries=countries,
        address=_address(row.get("address"), row.get("administrative division")),
        designations=tuple(filter(None, (row.get("designation"),))),
        identifiers=(Identifier(scheme="eamena", value=row.get("eamena id")),) if row.get("eamena id") else (),
        register="EAMENA",
    )


def _address(address: str, division: str) -> str | None:
    parts = [address, "" if division in address else division]
    return ", ".join(filter(None, (" ".join(part.split()) for part in parts))) or None


def _toponyms(row: Row) -> list[str]:
    """Give the names of a place; its "Alternative Reference" is the mark of a survey and only stands in when there is no other."""
    parts = [part.strip() for part in row.get("resource name").split(", ")]
    kinds = [kind.strip() for kind in row.cells.get("name type", "").split(", ")]
    if len(parts) != len(kinds):
        return parts
    toponyms = [part for part, kind in zip(parts, kinds, strict=True) if part and kind != "Alternative Reference"]
    return toponyms or [f"{' '.join(filter(None, parts))} {row.get('eamena id')}".strip()]


def _eamena_language(text: str, countries: tuple[str, ...]) -> str | None:
    language = language_of(text)
    return "fa" if language == "und-Arab" and "IR" in countries else language


# -- any other --------------------------------------------------------------------------------------------------------------------

_FIELDS = ("name", "lat", "lon", "id", "type", "country", "address", "description", "wkt")
_PLAIN = {
    "name": ("name", "title", "site name", "site_name", "sitename"),
    "lat": ("latitude", "lat", "y", LATITUDE),
    "lon": ("longitude", "lon", "lng", "long", "x", LONGITUDE),
    "id": ("id", "identifier", "@id"),
    "type": ("type", "category"),
    "country": ("country", "country_code", "iso_code"),
    "address": ("address",),
    "description": ("description",),
}


def _plain_mapping(columns: Sequence[str]) -> dict[str, str]:
    """Map columns that say what they are; nothing when name, latitude or longitude is not among them."""
    found = {field: next((name for name in names if name in columns), "") for field, names in _PLAIN.items()}
    mapping = {field: name for field, name in found.items() if name}
    return mapping if {"name", "lat", "lon"} <= mapping.keys() else {}


def _mapped(mapping: Mapping[str, str], columns: Sequence[str], register: str | None) -> Form:
    """Make the form that a mapping describes. ``name:LANGUAGE=COLUMN`` gives names in a language."""
    wanted = {field: column if column.startswith("@") else column_key(column) for field, column in mapping.items()}
    for field in wanted:
        if field.partition(":")[0] not in _FIELDS or (":" in field and not field.startswith("name:")):
            raise RegisterError(
                f"expected a field among {', '.join(_FIELDS)} or name:LANGUAGE, got {field!r}", where="--map"
            )
    if LATITUDE in columns:
        wanted = {"lat": LATITUDE, "lon": LONGITUDE} | wanted
    if not any(field.partition(":")[0] == "name" for field in wanted):
        raise RegisterError("expected a column for the name, got none", where="--map", hint="add name=COLUMN")
    if not {"lat", "lon"} <= wanted.keys() and "wkt" not in wanted:
        raise RegisterError(
            "expected columns for lat and lon, got none", where="--map", hint="add lat=COLUMN,lon=COLUMN"
        )
    missing = [column for column in wanted.values() if column not in columns]
    if missing:
        shown = ", ".join(name for name in columns if not name.startswith("@"))
        raise RegisterError(f"expected a column {missing[0]!r}, got {shown[:300]}", where="--map")
    return Form("mapped columns", lambda row: _from_mapping(row, wanted, register))


def _from_mapping(row: Row, columns: Mapping[str, str], register: str | None) -> Site:
    def cell(field: str) -> str:
        return row.get(columns[field]) if field in columns else ""

    texts = [
        (row.get(column), field.partition(":")[2]) for field, column in columns.items() if field.startswith("name")
    ]
    found = named(names(*((text, language or language_of(text)) for text, language in texts)))
    point = read_point(cell("lat"), cell("lon")) or _wkt_point(cell("wkt"))
    if point is None:
        raise RowRefused("no coordinate")
    return Site(
        names=found,
        location=location_of(point),
        type=cell("type") or None,
        countries=country_codes(cell("country")),
        address=cell("address") or None,
        description=cell("description") or None,
        identifiers=(Identifier(scheme=register or "id", value=cell("id")),) if cell("id") else (),
        register=register,
    )
