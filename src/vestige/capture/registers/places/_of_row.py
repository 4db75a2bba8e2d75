"""The place of a row: from two cells, from one that holds both, or from an outline."""

import re
from collections.abc import Sequence

from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers._rows import Row
from vestige.capture.registers.places._pair import NOTHING, read_place, read_point
from vestige.capture.registers.places._point import Point

_OF_LATITUDE = re.compile(
    r"(?:lat(?:itude)?[ _./-]*)?(?:n[ _/-]?s|north[ _/-]?south)|lat(?:itude)?[ _.-]*(?:dir(?:ection)?|hem(?:i|isphere)?|ref)|(?:dir|hem|hemisphere)[ _.-]*lat(?:itude)?"
)
_OF_LONGITUDE = re.compile(
    r"(?:lon(?:g|gitude)?[ _./-]*)?(?:e[ _/-]?w|east[ _/-]?west)|lon(?:g|gitude)?[ _.-]*(?:dir(?:ection)?|hem(?:i|isphere)?|ref)|(?:dir|hem|hemisphere)[ _.-]*lon(?:g|gitude)?"
)
"""Headings of columns that hold the side alone: "NS", "lat_dir", "Longitude hemisphere"."""
_SIDES = {"n": "N", "north": "N", "s": "S", "south": "S", "e": "E", "east": "E", "w": "W", "west": "W"}


def place_of(row: Row, latitudes: Sequence[str], longitudes: Sequence[str], wholes: Sequence[str] = ()) -> Point | None:
    """Give the place that a row writes in the first of these columns that hold something; None where it writes none.

    ``wholes`` are columns that hold latitude and longitude together, or an outline. Raises RowRefused when it is no place on Earth.
    """
    reading = row.reading
    latitude, longitude = row.get(*latitudes), row.get(*longitudes)
    if latitude.casefold() not in NOTHING and latitude == longitude and set(latitudes) & set(longitudes):
        return read_place(latitude, reading.crs, reading.either)
    latitude, longitude = _sided(row, latitude, _OF_LATITUDE, "NS"), _sided(row, longitude, _OF_LONGITUDE, "EW")
    found = read_point(latitude, longitude, reading.crs, reading.either)
    whole = row.get(*wholes)
    return found or (read_place(whole, reading.crs, reading.either) if whole else None)


def _sided(row: Row, angle: str, headings: re.Pattern[str], sides: str) -> str:
    """Give an angle with the side that a column of its own holds. Raises RowRefused where that is no side, or another than the angle's."""
    said = next(
        (value.strip() for column, value in row.cells.items() if value.strip() and headings.fullmatch(column)), ""
    )
    if not said or not any(letter.isdigit() for letter in angle):
        return angle
    side = _SIDES.get(said.casefold(), "")
    if not side or side not in sides:
        raise RowRefused(f"expected {sides[0]} or {sides[1]} as the side of {angle[:40]!r}, got {said[:20]!r}")
    written = re.sub(r"[^A-Za-z]", "", angle).upper()
    if written in {"N", "S", "E", "W"}:
        if written != side:
            raise RowRefused(f"{angle[:40]!r} says {written} and its column of sides {side}")
        return angle
    return angle if angle.lstrip().startswith("-") and side in "SW" else f"{angle} {side}"
