"""Places told in metres of a grid: UTM and MGRS, grids of single countries, and the Mercator projection of maps on the web."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.coordinates._national import in_national_grids
from vestige.coordinates._utm import to_utm, zone_of

_GAP = r"[ \u00a0\u202f'\u2019.,]"
_NUMBER = re.compile(rf"(?<!\d)(?:(?:\d{{1,2}}{_GAP})?\d{{3}}{_GAP}\d{{3}}|\d{{6,8}}(?:[.,]\d{{1,6}})?)(?!\d)")
_GAPS = re.compile(r"[ \u00a0\u202f'\u2019]|[.,](?=\d{3}(?!\d))")
_GRID = re.compile(
    r"utm|pulkovo|gau(?:ss|\u00df)|\u0433\u0430\u0443\u0441\u0441|(?:sk|\u0441\u043a)-?42|os grid|zone|зон|east|north|\b\d{1,2}\s*[c-hj-np-x]\b",
    re.IGNORECASE,
)
_MGRS = re.compile(
    r"(?<![A-Za-z\d])(\d{1,2})\s*[C-HJ-NP-X]\s*([A-HJ-NP-Z]{2})\s*(?:(\d{2,5})\s+(\d{2,5})|(\d{4,10}))(?!\d)",
    re.IGNORECASE,
)
_BRITISH = re.compile(r"(?<![A-Za-z\d])([HNOST][A-HJ-Z])\s*(?:(\d{2,5})\s+(\d{2,5})|(\d{4,10}))(?!\d)", re.IGNORECASE)
_LETTERS = "ABCDEFGHJKLMNOPQRSTUVWXYZ"
_APART = 60
"""How many characters may lie between the two numbers of a pair, and how many around them say that they are metres of a grid."""
_NEAR, _NEAR_BARE = 1000.0, 150.0
"""Metres within which a pair of numbers leads to a place, with and without words that say that it is one of a grid."""
_SQUARE = 100_000
_COLUMNS = ("STUVWXYZ", "ABCDEFGH", "JKLMNPQR")
_ROWS = "ABCDEFGHJKLMNPQRSTUV"
_EARTH = 6_378_137.0


_OSGB, _OTHER = -1, 0


class _Metres(NamedTuple):
    """A place, by its number, in metres of one system: a zone of UTM, -1 for the grid of Great Britain, 0 for any other."""

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
        self._british: dict[str, list[_Metres]] = {}
        for metres in self._known:
            for near in _around_square(metres) if metres.zone == _OSGB else ():
                self._british.setdefault(_british_square(near), []).append(metres)
            for near in _around_square(metres) if metres.zone > 0 else ():
                self._squares.setdefault(_square(near), []).append(metres)

    def told_by(self, text: str) -> Iterator[tuple[int, str]]:
        """Give each place that a text tells in metres, with the words that do."""
        yield from self._by_pairs(text)
        for match in _MGRS.finditer(text):
            known = self._squares.get((int(match[1]), match[2].upper()), ())
            yield from ((place, match[0]) for place in _in_square(known, *match.group(3, 4, 5)))
        if self._british:
            for match in _BRITISH.finditer(text):
                known = self._british.get(match[1].upper(), ())
                yield from ((place, match[0]) for place in _in_square(known, *match.group(2, 3, 4)))

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
    for name, *point in in_national_grids(latitude, longitude):
        yield _Metres(place, _OSGB if name == "OSGB" else _OTHER, *point)
    north = _EARTH * math.log(math.tan(math.pi / 4 + math.radians(latitude) / 2))
    yield _Metres(place, _OTHER, abs(_EARTH * math.radians(longitude)), abs(north))


def _square(metres: _Metres) -> tuple[int, str]:
    """Give zone and letters of the square of MGRS, WGS 84, in which a place lies (NGA.STND.0037, appendix B)."""
    column = int(metres.east // _SQUARE) - 1
    row = int(metres.north // _SQUARE) + (0 if metres.zone % 2 else 5)
    return metres.zone, _COLUMNS[metres.zone % 3][column % 8] + _ROWS[row % 20]


def _around_square(metres: _Metres) -> Iterator[_Metres]:
    """Give points of each square in which a place could be told that lies near its edge."""
    seen = set()
    for away in ((0.0, 0.0), (-_NEAR, 0.0), (_NEAR, 0.0), (0.0, -_NEAR), (0.0, _NEAR)):
        east, north = metres.east + away[0], metres.north + away[1]
        if (square := (east // _SQUARE, north // _SQUARE)) not in seen and min(east, north) >= 0:
            seen.add(square)
            yield metres._replace(east=east, north=north)


def _british_square(metres: _Metres) -> str:
    """Give the two letters of the square of 100 km of the grid of Great Britain (Ordnance Survey) in which a place lies."""
    column, row = int(metres.east // _SQUARE) + 10, 19 - int(metres.north // _SQUARE)
    return _LETTERS[row // 5 * 5 + column // 5] + _LETTERS[row % 5 * 5 + column % 5]


def _in_square(known: Iterable[_Metres], east: str | None, north: str | None, digits: str | None) -> Iterator[int]:
    """Give the places of a square that its digits, apart or run together, lead to."""
    half = len(digits or "") // 2
    east, north = (east or (digits or "")[:half]), (north or (digits or "")[half:])
    if len(east) == len(north):
        for metres in known:
            if _offset(metres.east, east) <= _NEAR and _offset(metres.north, north) <= _NEAR:
                yield metres.place


def _offset(metres: float, digits: str) -> float:
    """Give how far the middle of the cell that digits of MGRS name lies from a place within its square."""
    side: float = _SQUARE / 10 ** len(digits)
    off = abs((int(digits) + 0.5) * side - metres % _SQUARE)
    return max(0.0, min(off, _SQUARE - off) - side / 2)


def _value(number: str) -> float:
    return float(_GAPS.sub("", number).replace(",", "."))
