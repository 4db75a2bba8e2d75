"""Places told in metres of a grid: UTM and MGRS, and the Mercator projection of maps on the web."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.coordinates._utm import to_utm, zone_of

_GAP = r"[ \u00a0\u202f'\u2019.,]"
_NUMBER = re.compile(rf"(?<!\d)(?:(?:\d{{1,2}}{_GAP})?\d{{3}}{_GAP}\d{{3}}|\d{{6,8}}(?:[.,]\d{{1,6}})?)(?!\d)")
_GAPS = re.compile(r"[ \u00a0\u202f'\u2019]|[.,](?=\d{3}(?!\d))")
_GRID = re.compile(r"utm|zone|зон|east|north|\b\d{1,2}\s*[c-hj-np-x]\b", re.IGNORECASE)
_MGRS = re.compile(
    r"(?<![A-Za-z\d])(\d{1,2})\s*[C-HJ-NP-X]\s*([A-HJ-NP-Z]{2})\s*(?:(\d{2,5})\s+(\d{2,5})|(\d{4,10}))(?!\d)",
    re.IGNORECASE,
)
_APART = 60
"""How many characters may lie between the two numbers of a pair, and how many around them say that they are metres of a grid."""
_NEAR, _NEAR_BARE = 1000.0, 150.0
"""Metres within which a pair of numbers leads to a place, with and without words that say that it is one of a grid."""
_SQUARE = 100_000
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_EARTH = 6_378_137.0


class _Metres(NamedTuple):
    """A place, by its number, in metres of one system: a zone of UTM, or 0 for the Mercator projection of the web."""

    place: int
    zone: int
    east: float
    north: float


class Grid:
    """Places, given as numbers with latitude and longitude in degrees, looked up by their metres."""

    def __init__(self, places: Iterable[tuple[int, float, float]]) -> None:
        self._known = [metres for place in places for metres in _metres(*place)]
        self._axes = (
            sorted((metres.east, number) for number, metres in enumerate(self._known)),
            sorted((metres.north, number) for number, metres in enumerate(self._known)),
        )
        self._squares: dict[tuple[int, str], list[_Metres]] = {}
        for metres in self._known:
            if metres.zone:
                self._squares.setdefault(_square(metres), []).append(metres)

    def told_by(self, text: str) -> Iterator[tuple[int, str]]:
        """Give each place that a text tells in metres, with the words that do."""
        yield from self._by_pairs(text)
        for match in _MGRS.finditer(text):
            digits = match[5] or ""
            east, north = (match[3], match[4]) if match[3] else (digits[: len(digits) // 2], digits[len(digits) // 2 :])
            if len(east) == len(north):
                for metres in self._squares.get((int(match[1]), match[2].upper()), ()):
                    if _offset(metres.east, east) <= _NEAR and _offset(metres.north, north) <= _NEAR:
                        yield metres.place, match[0]

    def _by_pairs(self, text: str) -> Iterator[tuple[int, str]]:
        read = ((match.span(), self._around(_value(match[0]))) for match in _NUMBER.finditer(text))
        found = [one for one in read if any(one[1])]
        for number, (first, axes) in enumerate(found):
            for second, others in found[number + 1 :]:
                if second[0] - first[1] > _APART:
                    break
                reach = _NEAR if _GRID.search(text, max(0, first[0] - _APART), second[1] + _APART) else _NEAR_BARE
                for axis in (0, 1):
                    for known in axes[axis].keys() & others[1 - axis].keys():
                        if max(axes[axis][known], others[1 - axis][known]) <= reach:
                            yield self._known[known].place, text[first[0] : second[1]]

    def _around(self, value: float) -> list[dict[int, float]]:
        """Give, for each axis, the known places that lie near a number, with how far off it is."""
        bounds = [
            (bisect_left(axis, (value - _NEAR,)), bisect_right(axis, (value + _NEAR, math.inf))) for axis in self._axes
        ]
        return [
            {number: abs(metres - value) for metres, number in axis[low:high]}
            for axis, (low, high) in zip(self._axes, bounds, strict=True)
        ]


def _metres(place: int, latitude: float, longitude: float) -> Iterator[_Metres]:
    """Give a place in UTM, also in the next zone where that is near, and in the Mercator projection of the web."""
    if abs(latitude) >= 84.5:
        return
    for zone in {zone_of(longitude + shift) for shift in (-0.5, 0, 0.5)}:
        yield _Metres(place, zone, *to_utm(zone, latitude, longitude))
    north = _EARTH * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    yield _Metres(place, 0, abs(_EARTH * math.radians(longitude)), abs(north))


def _square(metres: _Metres) -> tuple[int, str]:
    """Give zone and letters of the square of MGRS, WGS 84, in which a place lies (NGA.STND.0037, appendix B)."""
    column = int(metres.east // _SQUARE) - 1
    row = int(metres.north // _SQUARE) + (0 if metres.zone % 2 else 5)
    return metres.zone, _COLUMNS[metres.zone % 3][column % 8] + _ROWS[row % 20]


def _offset(metres: float, digits: str) -> float:
    """Give how far the middle of the cell that digits of MGRS name lies from a place within its square."""
    side: float = _SQUARE / 10 ** len(digits)
    off = abs((int(digits) + 0.5) * side - metres % _SQUARE)
    return max(0.0, off - side / 2)


def _value(number: str) -> float:
    return float(_GAPS.sub("", number).replace(",", "."))
