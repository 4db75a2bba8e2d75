"""Grids of single countries that are transverse Mercator: that of Great Britain, Gauss-Krüger (SK-42), and UTM on the datums of Iraq.

Ellipsoids and grids are those of the EPSG registry. A datum is moved by three geocentric shifts, good to some twenty metres there where it is used.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

_WGS84 = (6_378_137.0, 1 / 298.257223563)


class Datum(NamedTuple):
    """An ellipsoid (axis in metres, flattening), and the shifts in metres from its centre to that of WGS 84."""

    axis: float
    flattening: float
    shift: tuple[float, float, float]


_AIRY = Datum(6_377_563.396, 1 / 299.3249646, (375.0, -111.0, 431.0))
_PULKOVO = Datum(6_378_245.0, 1 / 298.3, (23.57, -140.95, -79.8))
_KARBALA = Datum(6_378_249.145, 1 / 293.465, (84.1, -320.1, 218.7))
_NAHRWAN = Datum(6_378_249.145, 1 / 293.465, (-242.2, -144.9, 370.3))


def in_national_grids(latitude: float, longitude: float) -> Iterator[tuple[str, float, float]]:
    """Give a place, WGS 84, in each grid in which its country is mapped: the grid, easting and northing in metres."""
    if 49 <= latitude <= 61.5 and -9 <= longitude <= 2.5:
        yield "OSGB", *_projected(_AIRY, latitude, longitude, 49.0, -2.0, 0.9996012717, 400_000.0, -100_000.0)
    if 35 <= latitude <= 72 and 18 <= longitude <= 66:
        for zone in {int((longitude + away) // 6) + 1 for away in (-0.5, 0.0, 0.5)}:
            false_east = zone * 1_000_000 + 500_000.0
            yield f"SK-42 {zone}", *_projected(_PULKOVO, latitude, longitude, 0.0, zone * 6 - 3.0, 1.0, false_east, 0.0)
    if 28.5 <= latitude <= 38 and 38 <= longitude <= 49:
        for name, datum in (("Karbala", _KARBALA), ("Nahrwan", _NAHRWAN)):
            for zone in {int((longitude + away) // 6) + 31 for away in (-0.5, 0.0, 0.5)}:
                middle = zone * 6 - 183.0
                yield f"{name} {zone}", *_projected(datum, latitude, longitude, 0.0, middle, 0.9996, 500_000.0, 0.0)


def _projected(
    datum: Datum, latitude: float, longitude: float, lat0: float, lon0: float, scale: float, east: float, north: float
) -> tuple[float, float]:
    """Give easting and northing by the series of Krüger (1912) to the third order."""
    phi, away = _on(datum, latitude, longitude)
    away -= math.radians(lon0)
    n = datum.flattening / (2 - datum.flattening)
    radius = datum.axis / (1 + n) * (1 + n**2 / 4 + n**4 / 64) * scale
    alphas = (n / 2 - 2 * n**2 / 3 + 5 * n**3 / 16, 13 * n**2 / 48 - 3 * n**3 / 5, 61 * n**3 / 240)
    xi, eta = _along(n, alphas, phi, away)
    return radius * eta + east, radius * (xi - _along(n, alphas, math.radians(lat0), 0.0)[0]) + north


def _along(n: float, alphas: tuple[float, ...], phi: float, away: float) -> tuple[float, float]:
    root = 2 * math.sqrt(n) / (1 + n)
    t = math.sinh(math.atanh(math.sin(phi)) - root * math.atanh(root * math.sin(phi)))
    xi, eta = math.atan2(t, math.cos(away)), math.atanh(math.sin(away) / math.hypot(1, t))
    turns = [(alpha, 2 * order) for order, alpha in enumerate(alphas, 1)]
    return (
        xi + sum(alpha * math.sin(k * xi) * math.cosh(k * eta) for alpha, k in turns),
        eta + sum(alpha * math.cos(k * xi) * math.sinh(k * eta) for alpha, k in turns),
    )


def _on(datum: Datum, latitude: float, longitude: float) -> tuple[float, float]:
    """Give latitude and longitude, in radians, of a place of WGS 84 on another datum."""
    phi, lam = math.radians(latitude), math.radians(longitude)
    axis, flattening = _WGS84
    square = flattening * (2 - flattening)
    curve = axis / math.sqrt(1 - square * math.sin(phi) ** 2)
    x = curve * math.cos(phi) * math.cos(lam) - datum.shift[0]
    y = curve * math.cos(phi) * math.sin(lam) - datum.shift[1]
    z = curve * (1 - square) * math.sin(phi) - datum.shift[2]
    own, flat = datum.flattening * (2 - datum.flattening), math.hypot(x, y)
    other = math.atan2(z, flat * (1 - own))
    for _ in range(3):
        curve = datum.axis / math.sqrt(1 - own * math.sin(other) ** 2)
        other = math.atan2(z + own * curve * math.sin(other), flat)
    return other, math.atan2(y, x)
