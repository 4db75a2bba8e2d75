"""Wiki Loves Monuments: the monuments database and the national lists that feed it.

The database (one table of all countries) names its columns in English; a national list names them in its own language. The field
maps of the lists are those of the monuments database, https://github.com/wikimedia/labs-tools-heritage.
"""

import re
from collections.abc import Collection, Mapping
from typing import NamedTuple

from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import language_of, names, plain_wikitext
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Location, Site


class NationalList(NamedTuple):
    """One national list: its country and language, the column that no other list has, and where its fields stand."""

    country: str
    language: str
    mark: frozenset[str]
    fields: Mapping[str, str]


NATIONAL_LISTS = (
    NationalList(
        "AM",
        "hy",
        frozenset({"համարանիշ", "հուշարձան"}),
        {
            "id": "համարանիշ",
            "name": "հուշարձան",
            "lat": "լայն",
            "lon": "երկ",
            "address": "հասցե",
            "municipality": "համայնք",
        },
    ),
    NationalList(
        "UA",
        "uk",
        frozenset({"назва", "широта", "довгота", "нас_пункт"}),
        {
            "id": "id",
            "name": "назва",
            "lat": "широта",
            "lon": "довгота",
            "address": "адреса",
            "municipality": "нас_пункт",
            "type": "тип",
            "wikidata": "wikidata",
        },
    ),
    NationalList("AZ", "az", frozenset({"id", "name", "ray-iso"}), {}),
    NationalList("GE", "ka", frozenset({"id", "name", "state_iso"}), {}),
)
_DATABASE = {
    "id": "id",
    "name": "name",
    "lat": "lat",
    "lon": "lon",
    "address": "address",
    "municipality": "municipality",
    "type": "type",
    "wikidata": "wd_item",
}
_REGION = re.compile(r"[A-Za-z]{2}-[A-Za-z0-9]{1,3}")
_OF_DATABASE = {
    "municipality",
    "monument_article",
    "commonscat",
    "registrant_url",
    "adm0",
    "prov_iso",
    "region_iso",
    "iso_oblast",
}
"""Columns that tell the monuments database from any table that happens to have id, name, lat and lon."""


def is_monument_list(columns: Collection[str]) -> bool:
    """Whether these are the columns of the monuments database or of one of its national lists."""
    have = set(columns)
    return _national(have) is not None or (
        {"id", "lat", "lon"} <= have and bool({"name", "description"} & have) and bool(_OF_DATABASE & have)
    )


def _national(columns: Collection[str]) -> NationalList | None:
    return next((form for form in NATIONAL_LISTS if form.mark <= set(columns)), None)


def _country_of_region(row: Row) -> tuple[str, ...]:
    """Give the country of a region's ISO 3166-2 code, such as UA-30."""
    code = row.get("prov_iso", "region_iso", "iso_oblast", "iso", "adm1")
    return (code[:2].upper(),) if _REGION.fullmatch(code) else ()


def monument(row: Row) -> Site:
    """Read one monument, from a national list or from the database, whichever its columns show."""
    national = _national(row.cells)
    fields = {**_DATABASE, **(national.fields if national else {})}

    def cell(field: str) -> str:
        return row.get(fields[field])

    language = row.get("lang") or (national.language if national else None)
    country = country_codes(row.get("country", "adm0")) or (
        (national.country,) if national else _country_of_region(row)
    )
    name = plain_wikitext(cell("name") or row.get("description"))
    point = place_of(row, (fields["lat"], LATITUDE), (fields["lon"], LONGITUDE), ())
    if not name:
        raise RowRefused("the name is empty")
    if point is None:
        raise RowRefused("no coordinate")
    scheme = "-".join(filter(None, ("wlm", "".join(country).lower(), language)))
    wanted = ((scheme, cell("id")), ("wikidata", cell("wikidata")))
    return Site(
        names=names((name, language_of(name, language))),
        location=Location(latitude=point.latitude, longitude=point.longitude),
        type=plain_wikitext(cell("type")) or None,
        countries=country,
        address=", ".join(filter(None, (plain_wikitext(cell("address")), plain_wikitext(cell("municipality")))))
        or None,
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in wanted if value),
        register="Wiki Loves Monuments",
    )


MONUMENTS = Form("Wiki Loves Monuments", is_monument_list, monument)
