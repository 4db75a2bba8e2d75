"""The suspicion that latitude and longitude were swapped, and points as locations."""

import functools
import statistics
from collections.abc import Collection, Sequence

from vestige.capture.registers._countries import country_rows
from vestige.capture.registers.places._point import Point
from vestige.entries import Location

FAR_DEGREES = 12.0
"""How far from every town of its country a place must be before it is suspected."""
NEAR_DEGREES = 4.0
"""How near to a town of its country the swapped place must be for the suspicion to hold."""


def location_of(point: Point | None) -> Location | None:
    """Give a point as the location of a site; None where there is none."""
    return Location(latitude=point.latitude, longitude=point.longitude) if point else None


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
    """Give where the towns of every country are, one point a degree."""
    return {
        country: [
            Point(int(latitude) + 0.5, int(longitude) + 0.5)
            for latitude, longitude in (cell.split(",") for cell in cells.split())
        ]
        for country, _, cells in country_rows()
    }
