"""Degrees to UTM, by the series of Krüger (1912) for WGS 84 to the third order, good to a metre where a zone is used."""

import math

_FLATTENING = 1 / 298.257223563
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = 6_378_137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SCALE = 0.9996
_ALPHA = (_N / 2 - 2 * _N**2 / 3 + 5 * _N**3 / 16, 13 * _N**2 / 48 - 3 * _N**3 / 5, 61 * _N**3 / 240)


def zone_of(longitude: float) -> int:
    """Give the zone, from 1 to 60, of a longitude in degrees, without the exceptions of Norway and Svalbard."""
    return int((longitude + 180) % 360 // 6) + 1


def to_utm(zone: int, latitude: float, longitude: float) -> tuple[float, float]:
    """Give easting and northing in metres of a place, WGS 84; in the south with the false northing of 10,000 km."""
    phi, away = math.radians(latitude), math.radians((longitude - (zone * 6 - 183) + 180) % 360 - 180)
    root = 2 * math.sqrt(_N) / (1 + _N)
    t = math.sinh(math.atanh(math.sin(phi)) - root * math.atanh(root * math.sin(phi)))
    xi_, eta_ = math.atan2(t, math.cos(away)), math.atanh(math.sin(away) / math.hypot(1, t))
    turns = [(alpha, 2 * order) for order, alpha in enumerate(_ALPHA, 1)]
    xi = xi_ + sum(alpha * math.sin(k * xi_) * math.cosh(k * eta_) for alpha, k in turns)
    eta = eta_ + sum(alpha * math.cos(k * xi_) * math.sinh(k * eta_) for alpha, k in turns)
    south = 10_000_000 if latitude < 0 else 0
    return _SCALE * _RADIUS * eta + 500_000, _SCALE * _RADIUS * xi + south
