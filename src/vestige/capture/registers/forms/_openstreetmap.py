"""OpenStreetMap: the elements that Overpass gives, or their export as GeoJSON (``@id`` such as ``way/12``)."""

import re

from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Site

_NAME = re.compile(r"name:([a-z]{2,3}(?:-[A-Za-z]{2,4})?)")
_ELEMENT = re.compile(r"(?:node|way|relation)/\d+")
_KINDS = ("historic", "amenity", "building", "tourism", "man_made", "religion")
MARK = "@osm"


def openstreetmap(row: Row) -> Site:
    """Read one element: its name in every language that is tagged, the kind, the address."""
    tagged = [(text, match[1]) for key, text in row.cells.items() if (match := _NAME.fullmatch(key))]
    plain = row.get("name")
    known = next((language for text, language in tagged if text == plain), None)
    found = named(names((plain, known or language_of(plain)), *tagged))
    point = place_of(row, (LATITUDE,), (LONGITUDE,), ())
    if point is None:
        raise RowRefused("no coordinate")
    element = row.get("@id")
    wanted = (("osm", element if _ELEMENT.fullmatch(element) else ""), ("wikidata", row.get("wikidata")))
    kind = next((f"{key}={row.get(key)}" for key in _KINDS if row.get(key)), None)
    street = " ".join(filter(None, (row.get("addr:street"), row.get("addr:housenumber"))))
    return Site(
        names=found,
        location=location_of(point),
        type=kind,
        countries=country_codes(row.get("addr:country")),
        address=", ".join(filter(None, (street, row.get("addr:city")))) or None,
        identifiers=tuple(Identifier(scheme=scheme, value=value) for scheme, value in wanted if value),
        register="OpenStreetMap",
    )


OPENSTREETMAP = Form("OpenStreetMap", lambda columns: MARK in columns, openstreetmap)
