"""The UNESCO World Heritage List as whc.unesco.org exports it, a property a row."""

import functools
import re
from typing import NamedTuple

from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import named, names, plain_text
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Designation, Identifier, Site

LANGUAGES = ("en", "fr", "es", "ru", "ar", "zh")
_IN_LANGUAGE = re.compile(r"(.*[^ _:(-])[ _:(-]+(en|fr|es|ru|ar|zh)\)?")
_YES = {"1", "true", "yes", "oui", "sí", "да"}
_LIST = ("list", "lista", "список", "قائمة", "名录")
_DANGER_WORDS = ("danger", "péril", "peligro", "опасн", "خطر", "濒危")
_YEAR = re.compile(r"\d{4}")
_DANGER = re.compile(r"(Y|P)\s+(\d{4})(?:\s*-\s*(\d{4}))?")


class Headings(NamedTuple):
    """Where an edition of the export keeps what is read; columns that it does not have are ""."""

    names: tuple[tuple[str, str], ...]
    number: str
    latitude: str = ""
    longitude: str = ""
    both: str = ""
    countries: str = ""
    category: str = ""
    inscribed: str = ""
    danger: str = ""
    transboundary: str = ""
    description: str = ""


@functools.lru_cache(maxsize=64)
def headings(columns: frozenset[str]) -> Headings | None:
    """Find UNESCO's fields among headings of any edition, in any language of its pages; None where this is not its export.

    The names of a property stand in columns of one stem and six languages (``name_en`` …, ``Nom FR``); that and its number are the mark.
    """
    names = _names(columns)
    number = _first(
        columns,
        "id_no",
        "id no",
        "id no.",
        "id",
        "unique_number",
        "identifiant",
        "numéro",
        "número",
        "номер",
        "رقم",
        "编号",
    )
    listed = _containing(columns, "inscri", "список", "включ", "إدراج", "列入")
    own = number == "id_no" and (len(names) >= 2 or (names and {"date_inscribed", "danger_list"} & columns))
    if not number or not (own or (len(names) >= 3 and listed)):
        return None
    return Headings(
        names=names,
        number=number,
        latitude=_first(columns, "latitude", "latitud", LATITUDE),
        longitude=_first(columns, "longitude", "longitud", LONGITUDE),
        both=_containing(columns, "coord", "geo_point", "geo point", "координат", "إحداثيات", "坐标"),
        countries=_first(columns, "iso_code", "iso_codes") or _containing(columns, "iso"),
        category=_first(columns, "category", "catégorie", "categoría", "категория", "الفئة", "类别"),
        inscribed=_first(columns, "date_inscribed") or listed,
        danger=_first(columns, "danger_list", "danger list") or _list_of_danger(columns),
        transboundary=_containing(columns, "transbo", "transfr", "трансгран"),
        description=_first(columns, "short_description_en", "short description en", "short_description_fr", "short description fr"),
    )  # fmt: skip


def _names(columns: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """Give (column, language) of the names: the stem in most languages that is not a description."""
    stems: dict[str, dict[str, str]] = {}
    for column in columns:
        match = _IN_LANGUAGE.fullmatch(column)
        if match and not any(part in match[1] for part in ("desc", "justif", "опис", "обос", "وصف")):
            stems.setdefault(match[1], {})[match[2]] = column
    best = max(stems, key=lambda stem: (stem.startswith(("name", "nom", "назв")), len(stems[stem]), stem), default=None)
    return tuple((stems[best][code], code) for code in LANGUAGES if code in stems[best]) if best is not None else ()


def _first(columns: frozenset[str], *wanted: str) -> str:
    return next((column for column in wanted if column in columns), "")


def _containing(columns: frozenset[str], *parts: str) -> str:
    return next((column for part in parts for column in sorted(columns, key=len) if part in column), "")


def _list_of_danger(columns: frozenset[str]) -> str:
    """Give the column of the history in Danger: of two columns on it, the one that says list."""
    return next((c for c in sorted(columns) if any(w in c for w in _LIST) and any(w in c for w in _DANGER_WORDS)), "")


def _taken(columns: frozenset[str]) -> tuple[str, ...]:
    found = headings(columns)
    if found is None or found.number == "id_no":
        return ()
    shown = ", ".join(
        f"{field} = {column}" for field, column in found._asdict().items() if column and isinstance(column, str)
    )
    named_in = ", ".join(column for column, _ in found.names)
    return (f"an edition of UNESCO's export with other headings: names = {named_in}; {shown}",)


def unesco(row: Row) -> Site:
    """Read one property of whc.unesco.org's export; a serial property over several countries may have no single point."""
    at = headings(frozenset(row.cells))
    if at is None:
        raise RowRefused("the row lacks the number or the names of a property")
    number, category, inscribed, history = (
        row.get(column) for column in (at.number, at.category, at.inscribed, at.danger)
    )
    found = named(names(*((plain_text(row.get(column)), code) for column, code in at.names)))
    point = place_of(row, (at.latitude, LATITUDE), (at.longitude, LONGITUDE), (at.both,))
    countries = country_codes(row.get(at.countries))
    if point is None and len(countries) < 2 and row.get(at.transboundary).casefold() not in _YES:
        raise RowRefused("no coordinate")
    listed = f"UNESCO World Heritage List ({category.lower() or 'property'})"
    return Site(
        names=found,
        location=location_of(point),
        type=f"{category} property" if category else None,
        countries=countries,
        description=plain_text(row.get(at.description)) or None,
        designations=(f"{listed}, inscribed {inscribed}" if inscribed else listed, *_danger(history)),
        designated=_designated(number, inscribed, history),
        identifiers=(Identifier(scheme="whc", value=number),) if number else (),
        register="UNESCO World Heritage List",
    )


EDITION = ("id_no", "name_en", "date_inscribed", "danger_list", "longitude", "latitude", "category", "region_en", "iso_code")  # fmt: skip


def edition_row(row: Row) -> dict[str, str] | None:
    """Give a row of an edition with other headings under those of the editions before (`EDITION`); None where it is none of UNESCO's."""
    columns = frozenset(row.cells)
    at = headings(columns)
    if at is None:
        return None
    point = place_of(row, (at.latitude,), (at.longitude,), (at.both,))
    region = next((c for c in sorted(columns) if ("region" in c or "région" in c) and "code" not in c), "")
    return {
        "id_no": row.get(at.number),
        "name_en": next((text for column, _ in at.names if (text := row.get(column))), ""),
        "date_inscribed": row.get(at.inscribed),
        "danger_list": row.get(at.danger),
        "longitude": repr(point.longitude) if point else "",
        "latitude": repr(point.latitude) if point else "",
        "category": row.get(at.category),
        "region_en": row.get(region),
        "iso_code": row.get(at.countries),
    }


def _danger(history: str) -> tuple[str, ...]:
    """Tell the times in Danger in words."""
    return tuple(
        f"List of World Heritage in Danger, {f'{start} to {end}' if end else f'since {start}'}"
        for start, end in _periods(history)
    )


def _designated(number: str, inscribed: str, history: str) -> tuple[Designation, ...]:
    """Tell the listing and the times in Danger in terms that a rule can ask for."""
    since = inscribed[:4] if _YEAR.match(inscribed) else None
    name = number or None
    danger = (
        Designation(scheme="whc-danger", id=name, since=start, until=end or None) for start, end in _periods(history)
    )
    return (Designation(scheme="whc", id=name, since=since), *danger)


def _periods(history: str) -> list[tuple[str, str]]:
    """Read the history in ``danger_list``: "Y 2013" is listed since, "P 1992-2005" was listed from and to."""
    found = sorted(_DANGER.findall(history), key=lambda period: period[1])
    return [(start, end if state == "P" else "") for state, start, end in found]


UNESCO = Form("UNESCO World Heritage List", lambda columns: headings(columns) is not None, unesco, taken=_taken)
