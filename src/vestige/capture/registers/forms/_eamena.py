"""EAMENA: heritage places as Arches exports them, in CSV and GeoJSON."""

from vestige.capture.registers._assessments import eamena_assessment, eamena_ids
from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Site


def _eamena(row: Row) -> Site:
    """Read one heritage place of EAMENA. A record whose access EAMENA restricts becomes a sensitive site."""
    point = place_of(row, (LATITUDE, "latitude"), (LONGITUDE, "longitude"), ("geometric place expression",))
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
        identifiers=tuple(Identifier(scheme="eamena", value=value) for value in eamena_ids(row)),
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


EAMENA = Form("EAMENA", lambda columns: {"eamena id", "resource name"} <= columns, _eamena, eamena_assessment)
