"""The place of a row: from two cells, from one that holds both, or from an outline."""

from collections.abc import Sequence

from vestige.capture.registers._rows import Row
from vestige.capture.registers.places._pair import NOTHING, read_place, read_point
from vestige.capture.registers.places._point import Point


def place_of(row: Row, latitudes: Sequence[str], longitudes: Sequence[str], wholes: Sequence[str] = ()) -> Point | None:
    """Give the place that a row writes in the first of these columns that hold something; None where it writes none.

    ``wholes`` are columns that hold latitude and longitude together, or an outline. Raises RowRefused when it is no place on Earth.
    """
    reading = row.reading
    latitude, longitude = row.get(*latitudes), row.get(*longitudes)
    if latitude.casefold() not in NOTHING and latitude == longitude and set(latitudes) & set(longitudes):
        return read_place(latitude, reading.crs, reading.either)
    found = read_point(latitude, longitude, reading.crs, reading.either)
    whole = row.get(*wholes)
    return found or (read_place(whole, reading.crs, reading.either) if whole else None)
