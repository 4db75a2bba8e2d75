"""Footprints of scenes on a round world: rings of longitude and latitude, also over the antimeridian.

Archives write what crosses it in three ways: a ring that jumps from 180 to -180, a ring that goes on beyond 180, and two rings cut at 180
(RFC 7946, 3.1.9). The box beside a ring is often wrong there, so where there is a ring its box is made of it.
"""

from collections.abc import Sequence
from typing import Any, TypeAlias

Ring: TypeAlias = tuple[tuple[float, float], ...]
Box: TypeAlias = tuple[float, float, float, float]


def rings_of(geometry: Any) -> tuple[Ring, ...]:
    """Give the outer rings of a GeoJSON polygon or multi-polygon; none for anything else."""
    if not isinstance(geometry, dict):
        return ()
    coordinates = geometry.get("coordinates") or []
    polygons = {"Polygon": [coordinates], "MultiPolygon": coordinates}.get(str(geometry.get("type")), [])
    return tuple(tuple((float(p[0]), float(p[1])) for p in polygon[0]) for polygon in polygons)


def unwrapped(longitudes: Sequence[float]) -> list[float]:
    """Bring longitudes that span more than half the world within half a turn of the first: 179, -179 becomes 179, 181."""
    if not longitudes or max(longitudes) - min(longitudes) <= 180:
        return list(longitudes)
    first = longitudes[0]
    return [x + 360 * round((first - x) / 360) for x in longitudes]


def turned(longitude: float) -> float:
    """Give a longitude between -180 and 180."""
    return longitude if -180 <= longitude <= 180 else (longitude + 180) % 360 - 180


def box_of(rings: Sequence[Ring]) -> Box | None:
    """Give west, south, east, north of rings, west larger than east over the antimeridian; None without a point."""
    points = [point for ring in rings for point in ring]
    if not points:
        return None
    latitudes = [y for _, y in points]
    longitudes = unwrapped([x for x, _ in points])
    west, east = min(longitudes), max(longitudes)
    if east - west >= 360:
        west, east = -180.0, 180.0
    return turned(west), min(latitudes), turned(east), max(latitudes)


def covers(rings: Sequence[Ring], lon: float, lat: float) -> bool:
    """Say whether a point lies in one of the rings, whichever way they and it are written."""
    return any(_inside(turn, lat, ring) for ring in rings for turn in (lon, lon + 360, lon - 360))


def _inside(lon: float, lat: float, ring: Ring) -> bool:
    """Even-odd rule, east of the point."""
    longitudes = unwrapped([x for x, _ in ring])
    ring = tuple((x, y) for x, (_, y) in zip(longitudes, ring, strict=True))
    inside = False
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        if (y0 > lat) != (y1 > lat) and lon < x0 + (lat - y0) * (x1 - x0) / (y1 - y0):
            inside = not inside
    return inside
