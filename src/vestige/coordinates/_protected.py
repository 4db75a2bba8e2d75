"""Places that must not be told, and whether a text tells one."""

import math
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from vestige.coordinates._angles import Angle, AngleReader
from vestige.coordinates._codes import from_short_plus_code
from vestige.coordinates._forms import forms_of
from vestige.coordinates._metres import Grid
from vestige.coordinates._told import Told, codes_in, told_by_codes

_NEAR_DEGREES = 0.01
"""What is told within so much of a place, some kilometre, leads there."""
_BESIDE_DEGREES = 0.001
"""The same where other numbers stand between the two, as in a row of a table, and of bare whole numbers."""
_FAR_APART = 2000
"""How many characters may lie between two numbers that are called latitude and longitude, with no fine number between them."""
_CALLED = re.compile(
    r"(?:lat|lon|lng|широт|долгот|довгот|enlik|uzunluq|լայն|երկայն|عرض|طول)[^\d\n]{0,40}$|[nsew]\s*$", re.IGNORECASE
)
_HALF = re.compile(r"\d[.,\u066b\u00b7]\d\d|\d\s?[°º]|\d\s?(?:deg|град|&|%)", re.IGNORECASE)
"""What a text must hold to tell one half of a place."""
_BOTH = 2
_CALLED_AFTER = re.compile(r"\s*(?:°|º|\bdeg|[nsew]\b)", re.IGNORECASE)
_FINE_NUMBER = re.compile(r"\d[.,]\d{3}")
"""One that could itself be half of a pair."""
_BESIDE, _APART = 60, 200
"""How many characters may lie between the two numbers of a pair: without other numbers there, and with them."""


class Betrayal(NamedTuple):
    """A place that a text betrays, and the words that do."""

    place: str
    words: str


class Protected:
    """Exact places by their ids, in degrees; ``cell_degrees`` is how coarsely they may be told."""

    def __init__(self, places: Iterable[tuple[str, float, float]], cell_degrees: float) -> None:
        self.cell_degrees = cell_degrees
        self._places: list[tuple[str, float, float]] = []
        self._cells: dict[tuple[int, int], list[tuple[str, float, float]]] = {}
        self._ready: _Ready | None = None
        self.names: set[str] = set()
        """The ids of the places."""
        self.add(places)

    def add(self, places: Iterable[tuple[str, float, float]]) -> None:
        """Protect these places as well, each given as to the constructor."""
        for place in places:
            self._places.append(place)
            self.names.add(place[0])
            self._cells.setdefault((math.floor(place[1]), math.floor(place[2])), []).append(place)
            self._ready = None

    def __bool__(self) -> bool:
        return bool(self._places)

    def betrayed_by(self, text: str) -> Betrayal | None:
        """Give the first place that a text tells more finely than it may be told, or None."""
        if not self._places or not text:
            return None
        return next((betrayal for form in forms_of(text) for betrayal in self._betrayals(form)), None)

    def betrayed_across(self, texts: Iterable[tuple[str, str]]) -> tuple[str, Betrayal] | None:
        """Give the place of which one text tells the latitude and another the longitude, with the name of the second; None where none does.

        Each text comes with its name, which may say that it holds one of the two. Numbers that nothing calls so lead to a place within 0.001 degrees.
        """
        halves = [(name, text) for name, text in texts if _HALF.search(text)]
        if len(halves) < _BOTH:
            return None
        met: tuple[dict[int, tuple[str, str]], ...] = ({}, {})
        for axis, place, name, words in self._halves(halves):
            if (other := met[1 - axis].get(place)) and other[0] != name:
                return name, Betrayal(self._places[place][0], f"{other[1]} … {words}")
            met[axis].setdefault(place, (name, words))
        return None

    def _halves(self, texts: Iterable[tuple[str, str]]) -> Iterator[tuple[int, int, str, str]]:
        """Give each half of a place that is told: 0 for its latitude or 1 for its longitude, the place, the name of the text, the words."""
        ready = self._ready = self._ready or _Ready(self._places)
        for name, text in texts:
            named = _CALLED.search(name) is not None
            for form in forms_of(text):
                for angle, near in self._angles(form, ready):
                    called = named or _is_called(form, angle)
                    if (
                        self._is_centre(angle.degrees)
                        or angle.bare
                        or not (called or angle.precision <= _BESIDE_DEGREES)
                    ):
                        continue
                    reach = max(angle.precision, _NEAR_DEGREES if called else _BESIDE_DEGREES)
                    words = form[angle.start : angle.end]
                    for axis, places in enumerate(near):
                        yield from ((axis, place, name, words) for place, off in places.items() if off <= reach)

    def at(self, latitude: float, longitude: float, within: float) -> str | None:
        """Give the place that lies within so many degrees of a point, or None."""
        for row in range(math.floor(latitude - within), math.floor(latitude + within) + 1):
            for column in range(math.floor(longitude - within), math.floor(longitude + within) + 1):
                for name, north, east in self._cells.get((row, column), ()):
                    if abs(north - latitude) <= within and abs(east - longitude) <= within:
                        return name
        return None

    def _betrayals(self, text: str) -> Iterator[Betrayal]:
        ready = self._ready = self._ready or _Ready(self._places)
        yield from self._by_angles(text, ready)
        yield from (Betrayal(self._places[number][0], words) for number, words in ready.grid.told_by(text))
        for told in told_by_codes(text):
            if betrayal := self._near(told):
                yield betrayal
        yield from self._by_short_code(text)

    def _by_angles(self, text: str, ready: "_Ready") -> Iterator[Betrayal]:
        """Give the places of which two numbers, near each other, are latitude and longitude."""
        found = sorted(self._angles(text, ready), key=lambda one: one[0].start)
        for number, (first, near) in enumerate(found):
            far = _FAR_APART if _is_called(text, first) else _APART
            for second, others in found[number + 1 :]:
                if second.start - first.end > far:
                    break
                if second.start - first.end > _APART and not _is_called(text, second):
                    continue
                reach = self._reach(text, first, second)
                for axis in (0, 1):
                    for place in near[axis].keys() & others[1 - axis].keys():
                        if max(near[axis][place], others[1 - axis][place]) <= reach:
                            yield Betrayal(self._places[place][0], text[first.start : second.end])

    def _angles(self, text: str, ready: "_Ready") -> Iterator[tuple[Angle, list[dict[int, float]]]]:
        """Give the numbers of a text that are told finely enough, with the places near each: by latitude, and by longitude."""
        for angle in ready.angles.angles_in(text):
            near = [axis.around(angle.degrees, max(_NEAR_DEGREES, angle.precision)) for axis in ready.axes]
            if angle.precision < self.cell_degrees and any(near):
                yield angle, near

    def _reach(self, text: str, first: Angle, second: Angle) -> float:
        """Give within how many degrees a pair leads to a place; less than none where it is no pair, or the middle of a grid cell."""
        between = text[first.end : second.start]
        if second.start < first.end or (first.mark and second.mark and first.mark != second.mark):
            return -1.0
        if self._is_centre(first.degrees, second.degrees):
            return -1.0
        precision = max(first.precision, second.precision)
        beside = len(between) <= _BESIDE and not any(letter.isdigit() for letter in between)
        bare = first.bare or second.bare
        if beside and not bare:
            return max(_NEAR_DEGREES, precision)
        if precision > _BESIDE_DEGREES or (bare and not beside) or _FINE_NUMBER.search(between):
            return -1.0
        return _BESIDE_DEGREES

    def _near(self, told: Told) -> Betrayal | None:
        if told.precision >= self.cell_degrees or self._is_centre(told.latitude, told.longitude):
            return None
        within = max(_NEAR_DEGREES, told.precision)
        place = self.at(told.latitude, told.longitude, within)
        return Betrayal(place, told.words) if place else None

    def _is_centre(self, *degrees: float) -> bool:
        """Whether this is the middle of a grid cell, where a sensitive site is shown."""
        return all(abs((value / self.cell_degrees) % 1 - 0.5) < 1e-6 for value in degrees)

    def _by_short_code(self, text: str) -> Iterator[Betrayal]:
        short = [code for code in codes_in(text) if code.index("+") < 8]
        for code in short:
            for place in self._places:
                if self._near(Told(code, *from_short_plus_code(code, place[1:]))):
                    yield Betrayal(place[0], code)


def _is_called(text: str, angle: Angle) -> bool:
    """Whether words or signs around a number call it degrees, a latitude or a longitude."""
    before = text[max(0, angle.start - 60) : angle.start]
    return _CALLED_AFTER.match(text, angle.end) is not None or _CALLED.search(before) is not None


class _Axis:
    """One number of each place, without sign, in order."""

    def __init__(self, values: Iterable[float]) -> None:
        self._values = sorted((abs(value), number) for number, value in enumerate(values))

    def around(self, value: float, within: float) -> dict[int, float]:
        """Give the places, by number, of which it lies within so much of a value, with how far off it is."""
        low = bisect_left(self._values, (value - within,))
        high = bisect_right(self._values, (value + within, math.inf))
        return {number: abs(one - value) for one, number in self._values[low:high]}


class _Ready:
    """Places made ready for looking up."""

    def __init__(self, places: list[tuple[str, float, float]]) -> None:
        self.axes = [_Axis(place[1] for place in places), _Axis(place[2] for place in places)]
        self.grid = Grid((number, north, east) for number, (_, north, east) in enumerate(places))
        whole = {math.floor(abs(value)) for _, *point in places for value in point}
        self.angles = AngleReader(degrees + step for degrees in whole for step in (-1, 0, 1) if degrees + step >= 0)
