"""UTM to degrees, by the series of Krüger (1912) for WGS 84 to the third order, good to a metre where a zone is used."""

import math

_FLATTENING = 1 / 298.257223563
_N = _FLATTENING / (2 - _FLATTENING)
_RADIUS = 6_378_137.0 / (1 + _N) * (1 + _N**2 / 4 + _N**4 / 64)
_SCALE = 0.9996
_BETA = (
    _N / 2 - 2 * _N**2 / 3 + 37 * _N**3 / 96,
    _N**2 / 48 + _N**3 / 15,
    17 * _N**3 / 480,
)
_DELTA = (2 * _N - 2 * _N**2 / 3 - 2 * _N**3, 7 * _N**2 / 3 - 8 * _N**3 / 5, 56 * _N**3 / 15)


def from_utm(zone: int, easting: float, northing: float, *, south: bool) -> tuple[float, float]:
    """Give latitude and longitude in degrees, WGS 84, of metres in a zone from 1 to 60."""
    xi = (northing - (10_000_000 if south else 0)) / (_SCALE * _RADIUS)
    eta = (easting - 500_000) / (_SCALE * _RADIUS)
    turns = [(beta, 2 * order) for order, beta in enumerate(_BETA, 1)]
    xi_ = xi - sum(beta * math.sin(k * xi) * math.cosh(k * eta) for beta, k in turns)
    eta_ = eta - sum(beta * math.cos(k * xi) * math.sinh(k * eta) for beta, k in turns)
    chi = math.asin(max(-1.0, min(1.0, math.sin(xi_) / math.cosh(eta_))))
    latitude = chi + sum(delta * math.sin(2 * order * chi) for order, delta in enumerate(_DELTA, 1))
    longitude = math.atan2(math.sinh(eta_), math.cos(xi_))
    return math.degrees(latitude), zone * 6 - 183 + math.degrees(longitude)
