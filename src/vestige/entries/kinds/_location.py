"""The one function that makes every public coordinate.

A sensitive site is snapped to the centre of a grid cell whose width is stated. Snapping is a function of the place alone, so that
publishing a thousand times tells no more than publishing once; random displacement would average out.
"""

import decimal
import math

import msgspec

from vestige.entries._values import Location
from vestige.entries.kinds import Site


def public_location(site: Site, cell_degrees: float = 0.1) -> Location | None:
    """Give the location of a site that may be public: the place itself, or the centre of its grid cell when it is sensitive.

    ``cell_degrees`` is the width of a cell in degrees of latitude and longitude (policy: 0.1, 0.5 or 1, which nest).
    A location that was snapped to the same or a coarser grid already stays as it is.
    """
    location = site.location
    if location is None or site.sensitivity == "open":
        return location
    if location.cell_degrees is not None and location.cell_degrees >= cell_degrees and _is_centre(location):
        return location
    return Location(
        latitude=_centre(location.latitude, cell_degrees, 90.0),
        longitude=_centre(location.longitude, cell_degrees, 180.0),
        cell_degrees=cell_degrees,
    )


def public_site(site: Site, cell_degrees: float = 0.1) -> Site:
    """Give the site as it may be public: a sensitive one with its snapped location and without its address in any language."""
    if site.sensitivity == "open":
        return site
    told = tuple(one for one in site.translations if one.field != "address")
    return msgspec.structs.replace(site, location=public_location(site, cell_degrees), address=None, translations=told)


def _centre(degrees: float, cell: float, limit: float) -> float:
    """Give the centre of the cell that holds a coordinate, in decimal arithmetic so that every machine gives the same."""
    width = decimal.Decimal(str(cell))
    index = math.floor(decimal.Decimal(str(degrees)) / width)
    last = int(decimal.Decimal(str(limit)) / width) - 1
    return float((min(index, last) + decimal.Decimal("0.5")) * width)


def _is_centre(location: Location) -> bool:
    cell = location.cell_degrees
    assert cell is not None  # noqa: S101 - the caller has looked
    return (
        _centre(location.latitude, cell, 90.0) == location.latitude
        and _centre(location.longitude, cell, 180.0) == location.longitude
    )
