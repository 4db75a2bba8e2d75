"""A point of WGS 84, checked to be on Earth."""

import math
from typing import NamedTuple

from vestige.capture.registers._errors import RowRefused

METRES = "x and y look like metres of a map projection, not degrees; say which with --crs EPSG:NUMBER"


class Point(NamedTuple):
    """Degrees, WGS 84."""

    latitude: float
    longitude: float

    def swapped(self) -> "Point":
        """Give the point with latitude and longitude exchanged."""
        return Point(self.longitude, self.latitude)

    def checked(self, latitude: str | None = None, longitude: str | None = None) -> "Point | None":
        """Give the point back where it is on Earth, None for 0, 0, which registers write for none.

        The texts are what was written, for the error. Raises RowRefused, also for what looks like metres.
        """
        if not (math.isfinite(self.latitude) and math.isfinite(self.longitude)):
            raise RowRefused("no coordinate: the numbers are not finite")
        if self == (0.0, 0.0):
            return None
        if abs(self.latitude) > 360 and abs(self.longitude) > 360:
            raise RowRefused(METRES)
        if abs(self.latitude) > 90:
            swapped = abs(self.latitude) <= 180 and abs(self.longitude) <= 90
            hint = "; perhaps latitude and longitude are swapped" if swapped else ""
            raise RowRefused(f"latitude {latitude or f'{self.latitude:g}'} is not between -90 and 90{hint}")
        if abs(self.longitude) > 180:
            raise RowRefused(f"longitude {longitude or f'{self.longitude:g}'} is not between -180 and 180")
        return self
