"""Geohashes (Niemeyer 2008), Open Location Codes ("plus codes", Google 2014) and short links of OpenStreetMap to the middle of their cell."""

import functools

_GEOHASH = "0123456789bcdefghjkmnpqrstuvwxyz"
_BITS = {letter: f"{number:05b}" for number, letter in enumerate(_GEOHASH)}
_PLUS = "23456789CFGHJMPQRVWX"
_QUADTILE = {
    letter: number for number, letter in enumerate("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~")
}
_PAIRS = 5
_SHORTEST_SHORT = 4


@functools.lru_cache(maxsize=1 << 14)
def from_geohash(code: str) -> tuple[float, float, float]:
    """Give the middle of a geohash's cell and half its larger side, in degrees.

    Its bits say in turn, longitude first, in which half a place lies. Remembered, since any short word could be a geohash and words come again.
    """
    bits = "".join(map(_BITS.__getitem__, code.casefold()))
    east, north = bits[::2], bits[1::2]
    width, height = 360.0 / (1 << len(east)), 180.0 / (1 << len(north))
    return int(north, 2) * height - 90 + height / 2, int(east, 2) * width - 180 + width / 2, max(width, height) / 2


def from_osm_short(code: str) -> tuple[float, float, float]:
    """Give the middle of the cell of ``osm.org/go/CODE`` and half its larger side, in degrees.

    Each of its letters holds three bits of the longitude and three of the latitude in turn, longitude first; hyphens at the end tell the zoom alone.
    """
    bits = "".join(f"{_QUADTILE[letter]:06b}" for letter in code.replace("@", "~").replace("-", ""))
    east, north = bits[::2], bits[1::2]
    width, height = 360.0 / (1 << len(east)), 180.0 / (1 << len(north))
    return int(north, 2) * height - 90 + height / 2, int(east, 2) * width - 180 + width / 2, width / 2


def from_plus_code(code: str) -> tuple[float, float, float]:
    """Give the middle of the cell of a full plus code and half its side, in degrees."""
    digits = code.upper().replace("+", "").rstrip("0")
    south, west, side = -90.0, -180.0, 400.0
    for first in range(0, min(len(digits), 2 * _PAIRS) - 1, 2):
        side /= 20
        south += _PLUS.index(digits[first]) * side
        west += _PLUS.index(digits[first + 1]) * side
    return south + side / 2, west + side / 2, side / 2


def from_short_plus_code(code: str, near: tuple[float, float]) -> tuple[float, float, float]:
    """Give the cell of a short plus code (``8R8Q+2X``) that is nearest to a place."""
    code = code.upper()
    missing = 8 - code.index("+")
    side = 20.0 / 20 ** (missing // 2 - 1)
    prefix = _prefix(near, missing)
    latitude, longitude, half = from_plus_code(prefix + code)
    return _nearest(latitude, near[0], side), _nearest(longitude, near[1], side), half


def _prefix(place: tuple[float, float], length: int) -> str:
    south, west, side, digits = place[0] + 90, place[1] + 180, 20.0, ""
    for _ in range(length // 2):
        digits += _PLUS[min(19, int(south // side))] + _PLUS[min(19, int(west // side))]
        south, west, side = south % side, west % side, side / 20
    return digits


def _nearest(value: float, near: float, side: float) -> float:
    return min((value - side, value, value + side), key=lambda one: abs(one - near))
