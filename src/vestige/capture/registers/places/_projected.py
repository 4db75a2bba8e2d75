"""Places in a map projection: any reference system that PROJ knows by its EPSG number, UTM as people write it, and MGRS.

PROJ (pyproj, MIT) and GEOTRANS (mgrs, MIT) do the sums; both come with the extra ``files``.
"""

import functools
import importlib
import re
from typing import Any, NamedTuple

from vestige.capture.registers._errors import RegisterError, RowRefused
from vestige.capture.registers.places._point import Point

_UTM = re.compile(
    r"(?:UTM\s*)?(?:zone\s*)?(?P<zone>\d{1,2})\s*(?P<band>[A-Za-z])[,;\s]+(?P<x>\d{5,7}(?:[.,]\d+)?)\s*m?\s*E?[,;\s]+"
    r"(?P<y>\d{1,8}(?:[.,]\d+)?)\s*m?\s*N?",
    re.IGNORECASE,
)
_MGRS = re.compile(r"(?P<square>\d{1,2}[C-HJ-NP-X][A-HJ-NP-Z][A-HJ-NP-V])(?P<digits>\d*)", re.IGNORECASE)
_CODE = re.compile(r"(?:(?:urn:ogc:def:crs:)?EPSG:{0,2})?(\d{4,6})", re.IGNORECASE)


class Projection(NamedTuple):
    """A reference system, from which points are brought to WGS 84."""

    name: str
    transformer: Any

    def point(self, x: float, y: float) -> Point:
        """Bring one point to WGS 84: easting and northing in, a point out. Raises RowRefused where it lies outside the system."""
        longitude, latitude = self.transformer.transform(x, y)
        point = Point(round(latitude, 8), round(longitude, 8))
        if not all(abs(value) <= 360 for value in point):
            raise RowRefused(f"{x:.10g}, {y:.10g} is no place in {self.name}")
        return point

    def many(self, pairs: Any) -> Any:
        """Bring an array of x, y, shape (n, 2), to longitude, latitude in degrees."""
        moved = pairs.copy()
        moved[:, 0], moved[:, 1] = self.transformer.transform(pairs[:, 0], pairs[:, 1])
        return moved


@functools.lru_cache(maxsize=64)
def projection(text: str) -> Projection | None:
    """Give the reference system of a text such as ``EPSG:32637``, or a system in WKT; None for WGS 84 itself.

    Raises RegisterError where it is unknown, and where the extra that knows them is not installed.
    """
    if text.strip().upper() in {"EPSG:4326", "OGC:CRS84", "CRS84", "4326", "WGS84", "WGS 84"}:
        return None
    proj = needed("pyproj")
    code = _CODE.fullmatch(text.strip())
    try:
        system = proj.CRS.from_user_input(f"EPSG:{code[1]}" if code else text)
        found = proj.Transformer.from_crs(system, "OGC:CRS84", always_xy=True)
    except proj.exceptions.ProjError as error:
        raise RegisterError(
            f"expected a reference system such as EPSG:32637, got {text[:60]!r}", where="--crs"
        ) from error
    return Projection(code[0] if code else system.name, found)


def needed(module: str) -> Any:
    """Import a module of the extra ``files``; raises RegisterError that names the extra where it is missing."""
    try:
        return importlib.import_module(module)
    except ImportError as error:
        raise RegisterError(
            f"reading this needs the package {module}, which is not installed", hint="pip install 'vestige[files]'"
        ) from error


def read_grid(text: str) -> Point | None:
    """Read a place in MGRS or UTM with its zone; None where the text is neither.

    A square of MGRS is read as its middle; one of more than a kilometre is no place. Raises RowRefused for it, and for ``37S``, which is
    the south in UTM and a band of the north in MGRS.
    """
    grid = _MGRS.fullmatch(text.replace(" ", ""))
    if grid:
        return _square(text, grid["square"].upper(), grid["digits"])
    utm = _UTM.fullmatch(text.strip())
    return _utm(text, utm) if utm else None


def _square(text: str, square: str, digits: str) -> Point:
    half, odd = divmod(len(digits), 2)
    if odd or not 2 <= half <= 5:
        raise RowRefused(f"{text[:40]!r} is no square of MGRS of a kilometre or less")
    middle = [(part + "5")[:5] for part in (digits[:half], digits[half:])]
    library = needed("mgrs")
    try:
        latitude, longitude = library.MGRS().toLatLon(square + "".join(middle))
    except (library.core.MGRSError, OverflowError) as error:
        raise RowRefused(f"{text[:40]!r} is no square of MGRS") from error
    return Point(round(latitude, 8), round(longitude, 8))


def _utm(text: str, match: re.Match[str]) -> Point:
    zone, band = int(match["zone"]), match["band"].upper()
    if not 1 <= zone <= 60 or band not in "CDEFGHJKLMNPQRSTUVWX":
        raise RowRefused(f"{text[:40]!r} is in no zone of UTM")
    if band == "S":
        raise RowRefused(f"{text[:40]!r}: S is the south, or a band of the north; give --crs EPSG:NUMBER with x and y")
    system = projection(f"EPSG:{326 if band >= 'N' else 327}{zone:02}")
    x, y = (float(match[name].replace(",", ".")) for name in ("x", "y"))
    return system.point(x, y)  # type: ignore[union-attr]
