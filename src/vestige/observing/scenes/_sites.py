"""Sites as an observer needs them: an id and a point."""

import sys
from pathlib import Path
from typing import Any

import msgspec

from vestige.errors import NOT_JSON, InputError
from vestige.observing.scenes.stated._footprints import turned, unwrapped


class Site(msgspec.Struct, frozen=True, kw_only=True):
    """A place to observe; ``lon`` and ``lat`` are WGS 84 degrees."""

    id: str
    lon: float
    lat: float
    name: str = ""


def read_sites(path: Path) -> tuple[Site, ...]:
    """Read sites from a GeoJSON FeatureCollection (RFC 7946); a line or area stands for the middle of its corners.

    So it does over the antimeridian, whether it jumps there, goes on beyond 180 or is cut in two.
    The id is the feature's ``id``, or its property ``id`` or ``site_id``, or its number in the file from 1.
    Raises `InputError` with the number of the feature that cannot be used.
    """
    try:
        document = msgspec.json.decode(path.read_bytes())
    except OSError as error:
        raise InputError(f"the file cannot be read: {error.strerror}", where=str(path)) from error
    except NOT_JSON as error:
        raise InputError(f"expected GeoJSON: {error}", where=str(path)) from error
    features = document.get("features") if isinstance(document, dict) else None
    if not isinstance(features, list) or not features:
        raise InputError("expected a GeoJSON FeatureCollection with at least one feature", where=str(path))
    sites = tuple(_site(feature, number, path) for number, feature in enumerate(features, 1))
    _refuse_doubles(sites, path)
    return sites


def _site(feature: Any, number: int, path: Path) -> Site:
    where = f"{path}, feature {number}"
    if not isinstance(feature, dict):
        raise InputError("expected a GeoJSON feature", where=where)
    properties = feature.get("properties") or {}
    points = _points((feature.get("geometry") or {}).get("coordinates"))
    if not points:
        raise InputError("the feature has no coordinates", where=where)
    longitudes, latitudes = zip(*points, strict=True)
    lon, lat = sum(unwrapped(longitudes)) / len(points), sum(latitudes) / len(points)
    lon = turned(lon) if len(points) > 1 and abs(lon) <= 540 else lon
    if not (-180 <= lon <= 180 and -90 <= lat <= 90):
        raise InputError(
            f"expected longitude and latitude in degrees, got {lon:g}, {lat:g}", where=where,
            hint="GeoJSON is WGS 84, longitude first",
        )  # fmt: skip
    found = (feature.get("id"), properties.get("id"), properties.get("site_id"), number)
    name = properties.get("name") or properties.get("title") or ""
    return Site(id=str(next(i for i in found if i not in {None, ""})), lon=lon, lat=lat, name=str(name))


_LARGEST = sys.float_info.max
"""What is larger is no float: infinity, or a whole number with too many digits; NaN is not smaller, either."""


def _points(coordinates: Any) -> list[tuple[float, float]]:
    if not isinstance(coordinates, list):
        return []
    if len(coordinates) >= 2 and all(isinstance(n, int | float) and abs(n) <= _LARGEST for n in coordinates[:2]):
        return [(coordinates[0], coordinates[1])]
    points = [point for part in coordinates for point in _points(part)]
    return points[:-1] if len(points) > 3 and points[0] == points[-1] else points


def _refuse_doubles(sites: tuple[Site, ...], path: Path) -> None:
    seen: set[str] = set()
    for number, site in enumerate(sites, 1):
        if site.id in seen:
            raise InputError(
                f"the id {site.id!r} stands twice", where=f"{path}, feature {number}", hint="ids must differ"
            )
        seen.add(site.id)
