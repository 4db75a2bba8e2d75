"""GeoJSON by RFC 7946, and lists of records in JSON, as rows.

A geometry becomes one point: a point itself, the centroid of the area of polygons, the mean of other vertices. The line of a feature
is where its JSON object opens in the file.
"""

import bisect
import itertools
import json
import math
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from vestige.capture.registers._coordinates import Point
from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._rows import LATITUDE, LONGITUDE, Refusal, Row, Table, column_key

_LISTS = ("features", "monuments", "records", "results", "data", "items")
_WGS84 = ("CRS84", "EPSG::4326", "EPSG:4326")
_SPACE = re.compile(r"[\s,]*")


def read_json(text: str) -> Table:
    """Read a GeoJSON feature collection, or a list of JSON objects, into rows.

    Raises RegisterError when the file is not JSON, holds no list of features, or is not in WGS 84.
    """
    try:
        document = json.loads(text)
    except json.JSONDecodeError as error:
        raise RegisterError(
            f"expected JSON, got something else: {error.msg}", where=f"line {error.lineno}, column {error.colno}"
        ) from error
    except RecursionError as error:
        raise RegisterError("expected GeoJSON, got JSON that is nested too deep") from error
    key, items = _items(document)
    _require_wgs84(document)
    lines = _lines_of_items(text, key, len(items))
    columns = dict.fromkeys(column_key(name) for item in items if isinstance(item, dict) for name in _properties(item))
    if any(isinstance(item, dict) and item.get("type") == "Feature" for item in items):
        columns |= {LATITUDE: None, LONGITUDE: None}
    return Table(tuple(columns), _rows(items, lines))


def _items(document: Any) -> tuple[str, list[Any]]:
    if isinstance(document, list):
        return "", document
    if isinstance(document, dict):
        for key in _LISTS:
            if isinstance(document.get(key), list):
                return key, document[key]
        if document.get("type") == "Feature":
            return "", [document]
    raise RegisterError("expected a GeoJSON FeatureCollection or a list of JSON objects, got neither")


def _require_wgs84(document: Any) -> None:
    """Refuse coordinates in another reference system, which RFC 7946 no longer allows but files still carry."""
    crs = document.get("crs") if isinstance(document, dict) else None
    if isinstance(crs, dict) and not any(name in json.dumps(crs) for name in _WGS84):
        raise RegisterError(
            f"expected WGS 84 coordinates, got {json.dumps(crs)[:80]}", hint="convert the file to EPSG:4326 first"
        )


def _properties(item: Mapping[str, Any]) -> Mapping[str, Any]:
    if item.get("type") != "Feature":
        return item
    properties = item.get("properties")
    return properties if isinstance(properties, dict) else {}


def _rows(items: Sequence[Any], lines: Sequence[int]) -> Iterator[Row | Refusal]:
    for line, item in zip(lines, items, strict=True):
        if not isinstance(item, dict):
            yield Refusal(line, f"expected a JSON object, got {json.dumps(item, ensure_ascii=False)[:60]}")
            continue
        cells = {column_key(name): _cell(value) for name, value in _properties(item).items()}
        if item.get("type") == "Feature":
            try:
                point = representative_point(item.get("geometry"))
            except (TypeError, ValueError, IndexError, KeyError, OverflowError):
                yield Refusal(line, "the geometry is not one of GeoJSON (RFC 7946)")
                continue
            if point is not None:
                cells |= {LATITUDE: repr(point.latitude), LONGITUDE: repr(point.longitude)}
            cells.setdefault("@id", _cell(item.get("id")))
        yield Row(line, cells)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)


def representative_point(geometry: Mapping[str, Any] | None) -> Point | None:
    """Give one point for a geometry; None when it is null or empty. Raises TypeError, ValueError and kin when it is malformed."""
    if geometry is None:
        return None
    kind = geometry["type"]
    if kind == "GeometryCollection":
        points = [point for part in geometry["geometries"] if (point := representative_point(part)) is not None]
        return _mean(points) if points else None
    coordinates = geometry["coordinates"]
    if not coordinates:
        return None
    if kind in {"Polygon", "MultiPolygon"}:
        polygons = [coordinates] if kind == "Polygon" else coordinates
        return _centroid([[_point(pair) for pair in polygon[0]] for polygon in polygons if polygon])
    return _mean([_point(pair) for pair in _POSITIONS[kind](coordinates)])


_POSITIONS: Mapping[str, Callable[[Any], Iterable[Any]]] = {
    "Point": lambda coordinates: [coordinates],
    "MultiPoint": lambda coordinates: coordinates,
    "LineString": lambda coordinates: coordinates,
    "MultiLineString": itertools.chain.from_iterable,
}


def _point(pair: Sequence[Any]) -> Point:
    longitude, latitude = float(pair[0]), float(pair[1])
    if not (math.isfinite(latitude) and math.isfinite(longitude)):
        raise ValueError(pair)
    return Point(latitude, longitude)


def _mean(points: Sequence[Point]) -> Point:
    if len(points) == 1:
        return points[0]
    return Point(
        round(math.fsum(p.latitude for p in points) / len(points), 7),
        round(math.fsum(p.longitude for p in points) / len(points), 7),
    )


def _centroid(rings: Sequence[Sequence[Point]]) -> Point:
    """Give the centroid of the area of outer rings, joined over the antimeridian where they were cut there (RFC 7946, 3.1.9)."""
    longitudes = [point.longitude for ring in rings for point in ring]
    if max(longitudes) - min(longitudes) > 180:
        rings = [[Point(p.latitude, p.longitude % 360) for p in ring] for ring in rings]
    origin = rings[0][0]
    area = north = east = 0.0
    for ring in rings:
        moved = [(p.longitude - origin.longitude, p.latitude - origin.latitude) for p in ring]
        crosses = [(a, b, a[0] * b[1] - b[0] * a[1]) for a, b in zip(moved, [*moved[1:], moved[0]], strict=True)]
        sign = 1 if sum(cross for *_, cross in crosses) >= 0 else -1
        area += sign * sum(cross for *_, cross in crosses)
        east += sign * sum((a[0] + b[0]) * cross for a, b, cross in crosses)
        north += sign * sum((a[1] + b[1]) * cross for a, b, cross in crosses)
    if area == 0:
        return _mean([point for ring in rings for point in ring])
    longitude = origin.longitude + east / (3 * area)
    return Point(round(origin.latitude + north / (3 * area), 7), round((longitude + 180) % 360 - 180, 7))


def _lines_of_items(text: str, key: str, count: int) -> list[int]:
    """Give the line on which each item of the list opens; the number of the item where the file does not let itself be followed."""
    opening = re.search(rf'"{key}"\s*:\s*\[' if key else r"\[", text)
    starts: list[int] = []
    at = opening.end() if opening else 0
    decoder = json.JSONDecoder()
    while opening and len(starts) < count:
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        starts.append(at)
        try:
            _, at = decoder.raw_decode(text, at)
        except json.JSONDecodeError:
            break
    if len(starts) != count:
        return list(range(1, count + 1))
    breaks = [match.start() for match in re.finditer("\n", text)]
    return [bisect.bisect_left(breaks, start) + 1 for start in starts]
