"""Places that must not be told, and whether a text tells one."""

import math
from collections.abc import Iterable
from typing import NamedTuple

from vestige.coordinates._codes import from_short_plus_code
from vestige.coordinates._text import Told, codes_in, told_by

_NEAR_DEGREES = 0.01
"""What is told within so much of a place, some kilometre, leads there."""


class Betrayal(NamedTuple):
    """A place that a text betrays, and the words that do."""

    place: str
    words: str


class Protected:
    """Exact places by their ids, in degrees; ``cell_degrees`` is how coarsely they may be told."""

    def __init__(self, places: Iterable[tuple[str, float, float]], cell_degrees: float) -> None:
        self.cell_degrees = cell_degrees
        self._cells: dict[tuple[int, int], list[tuple[str, float, float]]] = {}
        self.add(places)

    def add(self, places: Iterable[tuple[str, float, float]]) -> None:
        """Protect these places as well, each given as to the constructor."""
        for place in places:
            self._cells.setdefault((math.floor(place[1]), math.floor(place[2])), []).append(place)

    def __bool__(self) -> bool:
        return bool(self._cells)

    def betrayed_by(self, text: str) -> Betrayal | None:
        """Give the first place that a text tells more finely than it may be told, or None."""
        if not self._cells:
            return None
        found = (betrayal for told in told_by(text) if (betrayal := self._near(told)))
        return next(found, None) or self._by_short_code(text)

    def at(self, latitude: float, longitude: float, within: float) -> str | None:
        """Give the place that lies within so many degrees of a point, or None."""
        for row in range(math.floor(latitude - within), math.floor(latitude + within) + 1):
            for column in range(math.floor(longitude - within), math.floor(longitude + within) + 1):
                for name, north, east in self._cells.get((row, column), ()):
                    if abs(north - latitude) <= within and abs(east - longitude) <= within:
                        return name
        return None

    def _near(self, told: Told) -> Betrayal | None:
        if told.precision >= self.cell_degrees or self._is_centre(told):
            return None
        within = max(_NEAR_DEGREES, told.precision)
        place = self.at(told.latitude, told.longitude, within)
        return Betrayal(place, told.words) if place else None

    def _is_centre(self, told: Told) -> bool:
        """Whether this is the middle of a grid cell, where a sensitive site is shown."""
        steps = ((told.latitude / self.cell_degrees) % 1, (told.longitude / self.cell_degrees) % 1)
        return all(abs(step - 0.5) < 1e-6 for step in steps)

    def _by_short_code(self, text: str) -> Betrayal | None:
        short = [code for code in codes_in(text) if code.index("+") < 8]
        for code in short:
            for place in (place for cell in self._cells.values() for place in cell):
                if self._near(Told(code, *from_short_plus_code(code, place[1:]))):
                    return Betrayal(place[0], code)
        return None
