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

from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers.places._point import Point
from vestige.capture.registers.places._projected import Projection, projection

_WKT = re.compile(
    r"(?:SRID\s*=\s*(?P<srid>\d{1,6})\s*;\s*|<[^<>\s]*/CRS84>\s*)?(?P<wkt>(?:MULTI)?(?:POINT|LINESTRING|LINEARRING|POLYGON|CURVE|SURFACE)(?:ZM?|M)?\b.*"
    r"|(?:CIRCULARSTRING|COMPOUNDCURVE|CURVEPOLYGON|TRIANGLE|TIN|POLYHEDRALSURFACE)(?:ZM?|M)?\b.*"
    r"|GEOMETRYCOLLECTION\b.*)",
    re.IGNORECASE | re.DOTALL,
)
_UNPLAIN = re.compile(r"CURVE|CIRCULAR|SURFACE|TRIANGLE|\bTIN\b", re.IGNORECASE)
_AREAS = re.compile(r"CURVEPOLYGON|SURFACE|TRIANGLE|\bTIN\b", re.IGNORECASE)
_LIST = re.compile(r"\(([^()]+)\)")
_HEX = re.compile(r"0[01][0-9A-Fa-f]{16,}")


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
            geometry, srid = _of_wkt(match["wkt"].strip()), int(match["srid"] or 0)
        else:
            geometry = shapely.from_wkb(text.strip())
            srid = int(shapely.get_srid(geometry))
        return point_in(geometry, _system(srid) if srid else crs)
    except (ShapelyError, ValueError, TypeError, OverflowError, NotImplementedError) as error:
        raise RowRefused(f"the outline {text[:40]!r} is not well-formed WKT or WKB") from error


def _of_wkt(wkt: str) -> BaseGeometry:
    """Read WKT; curves by the points that they are written with, surfaces by the area that their rings enclose."""
    if not _UNPLAIN.search(wkt) or wkt.upper().endswith("EMPTY"):
        return shapely.from_wkt(wkt)
    lists = [[tuple(map(float, pair.split()[:2])) for pair in one.split(",")] for one in _LIST.findall(wkt)]
    lines = shapely.MultiLineString([shapely.LineString(pairs) for pairs in lists])
    area = shapely.build_area(lines) if _AREAS.search(wkt) else lines
    return lines if area.is_empty else area


def _system(srid: int) -> Projection | None:
    """Give the reference system of an SRID; raises RowRefused for one that nobody knows, which is no fault of the whole file."""
    try:
        return projection(f"EPSG:{srid}")
    except RegisterError as error:
        if "expected a reference system" not in str(error):
            raise
        raise RowRefused(f"SRID {srid} is no reference system that is known") from error


def read_wkb(data: bytes, crs: Projection | None = None) -> Point | None:
    """Read WKB as files of geographic programs hold it into one point, as `read_shape` does."""
    try:
        return point_in(shapely.from_wkb(data), crs)
    except (ShapelyError, ValueError, TypeError, OverflowError, NotImplementedError) as error:
        raise RowRefused("the outline is not well-formed WKB") from error


def read_geojson(geometry: Any, crs: Projection | None = None) -> Point | None:
    """Give one point for a GeoJSON geometry, in degrees or in ``crs``; None when it is null or empty. Raises ValueError and kin when it is malformed."""
    if geometry is None:
        return None
    try:
        return point_in(shape(geometry), crs)
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
