"""Outlines and points as one point of WGS 84: WKT and EWKT (OGC 06-103r4), WKB and EWKB in hexadecimal, GeoJSON geometries.

An area is its centroid where that lies in it, else a point inside; a line is a point on it. What is cut at the antimeridian is joined
there first.
"""

import re
from typing import Any

import shapely
from shapely.errors import ShapelyError
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers.places._point import Point
from vestige.capture.registers.places._projected import Projection, projection

_WKT = re.compile(
    r"(?:SRID\s*=\s*(?P<srid>\d{1,6})\s*;\s*)?(?P<wkt>(?:MULTI)?(?:POINT|LINESTRING|POLYGON|CURVE|SURFACE)\b.*"
    r"|GEOMETRYCOLLECTION\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_HEX = re.compile(r"0[01][0-9A-Fa-f]{8,}")


def is_shape(text: str) -> bool:
    """Whether a text begins like WKT, EWKT, or WKB in hexadecimal."""
    return any(form.fullmatch(text.strip()) for form in (_HEX, _WKT))


def read_shape(text: str, crs: Projection | None = None) -> Point | None:
    """Read WKT, EWKT or hexadecimal WKB into one point; None where it is empty.

    ``crs`` is what its numbers are in where it does not say so itself. Raises RowRefused where it is malformed or nowhere on Earth.
    """
    if "undefined" in text.casefold() or "nan" in text.casefold():
        return None
    match = _WKT.fullmatch(text.strip())
    try:
        if match:
            geometry, srid = shapely.from_wkt(match["wkt"].strip()), int(match["srid"] or 0)
        else:
            geometry = shapely.from_wkb(text.strip())
            srid = int(shapely.get_srid(geometry))
        return point_in(geometry, projection(f"EPSG:{srid}") if srid else crs)
    except (ShapelyError, ValueError, TypeError, OverflowError) as error:
        raise RowRefused(f"the outline {text[:40]!r} is not well-formed WKT or WKB") from error


def read_wkb(data: bytes, crs: Projection | None = None) -> Point | None:
    """Read WKB as files of geographic programs hold it into one point, as `read_shape` does."""
    try:
        return point_in(shapely.from_wkb(data), crs)
    except (ShapelyError, ValueError, TypeError, OverflowError) as error:
        raise RowRefused("the outline is not well-formed WKB") from error


def read_geojson(geometry: Any) -> Point | None:
    """Give one point for a GeoJSON geometry; None when it is null or empty. Raises ValueError and kin when it is malformed."""
    if geometry is None:
        return None
    try:
        return point_in(shape(geometry), None)
    except (ShapelyError, AttributeError, RecursionError) as error:
        raise ValueError(str(error)) from error


def point_in(geometry: BaseGeometry | None, crs: Projection | None) -> Point | None:
    """Give a point in a geometry, in WGS 84; None where it is empty. Raises RowRefused for what no place on Earth is."""
    if geometry is None or geometry.is_empty:
        return None
    flat = shapely.force_2d(geometry)
    if crs is not None:
        flat = shapely.transform(flat, crs.many)
    west, _, east, _ = flat.bounds
    if crs is None and 180 < east - west <= 360:
        flat = shapely.transform(flat, _eastward)
    inner = flat.centroid
    if not _covers(flat, inner):
        inner = flat.representative_point() if flat.is_valid else flat.envelope.centroid
    crosses = flat.bounds[0] <= 180 < inner.x <= 360  # an outline that goes on past the antimeridian
    longitude = inner.x - 360 if crosses else inner.x
    return Point(round(inner.y, 7), round(longitude, 7)).checked()


def _covers(area: BaseGeometry, inner: BaseGeometry) -> bool:
    """Whether a point lies in a geometry; a mean of vertices is good enough for outlines that cross themselves."""
    parts = shapely.get_parts(area)
    return not area.is_valid or bool(shapely.dwithin(parts, inner, 1e-9).any())


def _eastward(pairs: Any) -> Any:
    moved = pairs.copy()
    moved[:, 0] %= 360
    return moved
