"""The UNESCO World Heritage List as whc.unesco.org exports it, a property a row."""

import re

from vestige.capture.registers._coordinates import location_of, read_point
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import named, names, plain_text
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row
from vestige.entries import Designation, Identifier, Site

_YEAR = re.compile(r"\d{4}")
_DANGER = re.compile(r"(Y|P)\s+(\d{4})(?:\s*-\s*(\d{4}))?")


def unesco(row: Row) -> Site:
    """Read one property of whc.unesco.org's export; a serial property over several countries may have no single point."""
    both = tuple((plain_text(row.get(f"name_{code}")), code) for code in ("en", "fr", "es", "ru", "ar", "zh"))
    found = named(names(*both))
    point = read_point(*_pair(row))
    countries = country_codes(row.get("iso_code", "iso_codes"))
    if point is None and len(countries) < 2 and row.get("transboundary") != "1":
        raise RowRefused("no coordinate")
    number = row.get("id_no")
    category = row.get("category")
    listed = f"UNESCO World Heritage List ({category.lower() or 'property'})"
    inscribed = row.get("date_inscribed")
    return Site(
        names=found,
        location=location_of(point),
        type=f"{category} property" if category else None,
        countries=countries,
        description=plain_text(row.get("short_description_en", "short_description_fr")) or None,
        designations=(f"{listed}, inscribed {inscribed}" if inscribed else listed, *_danger(row.get("danger_list"))),
        designated=_designated(number, inscribed, row.get("danger_list")),
        identifiers=(Identifier(scheme="whc", value=number),) if number else (),
        register="UNESCO World Heritage List",
    )


def _pair(row: Row) -> tuple[str, str]:
    both = row.get("coordinates")
    if both and not row.get("latitude"):
        latitude, _, longitude = both.partition(",")
        return latitude, longitude
    return row.get("latitude", LATITUDE), row.get("longitude", LONGITUDE)


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
