"""Wikidata: results of a query of its query service, with ``item``, ``itemLabel`` and a point."""

import re

from vestige.capture.registers._coordinates import location_of
from vestige.capture.registers._countries import country_codes
from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._names import language_of, named, names
from vestige.capture.registers._rows import Row
from vestige.capture.registers.forms._form import Form
from vestige.capture.registers.places._of_row import place_of
from vestige.entries import Identifier, Site

_ITEM = re.compile(r"(?:https?://www\.wikidata\.org/(?:entity|wiki)/)?(Q\d+)")
_POINTS = ("coord", "coords", "coordinate", "coordinates", "location", "coordinatelocation", "coordinate_location", "geo", "point", "where")  # fmt: skip


def wikidata(row: Row) -> Site:
    """Read one result; an item whose label is its own number has no name."""
    item = _ITEM.fullmatch(row.get("item", "place", "site", "monument"))
    label = row.get("itemlabel", "placelabel", "sitelabel", "monumentlabel", "label")
    if _ITEM.fullmatch(label):
        raise RowRefused("the name is empty: the item has no label in the language asked for")
    language = row.get("@language") or language_of(label)
    point = place_of(row, ("lat", "latitude"), ("lon", "longitude"), _POINTS)
    found = named(names((label, language)))
    if point is None:
        raise RowRefused("no coordinate")
    kind = row.get("instancelabel", "typelabel", "classlabel", "instance_oflabel")
    return Site(
        names=found,
        location=location_of(point),
        type=kind or None,
        countries=country_codes(row.get("countrylabel", "country_code", "iso")),
        identifiers=(Identifier(scheme="wikidata", value=item[1]),) if item else (),
        register="Wikidata",
    )


def _is_wikidata(columns: frozenset[str]) -> bool:
    labelled = any({name, f"{name}label"} <= columns for name in ("item", "place", "site", "monument"))
    return labelled and bool(columns & {*_POINTS, "lat", "latitude"})


WIKIDATA = Form("Wikidata", _is_wikidata, wikidata)
