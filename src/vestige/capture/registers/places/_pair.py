"""Latitude and longitude out of two cells, or out of one that holds both in any notation."""

import re

from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers.places._angle import Angle, read_angle, tidy
from vestige.capture.registers.places._point import Point
from vestige.capture.registers.places._projected import Projection, read_grid
from vestige.capture.registers.places._shape import is_shape, read_shape
from vestige.capture.registers.places._sides import EITHER

NOTHING = {"", "-", "nan", "none", "null", "n/a", "undefined"}
_TWO = re.compile(r"(.*?\S)\s*[;|/]\s*(\S.*)")
_COMMA = re.compile(r"([^,]*\S)\s*,\s*([^,]*\S)")
_SPACED_COMMA = re.compile(r"(.*?\S),\s+(\S.*)")
_BLANK = re.compile(r"([-+]?\d+(?:[.,]\d+)?)\s+([-+]?\d+(?:[.,]\d+)?)")
_FIRST_SIDE = re.compile(r"(.*\d[\s°'\"]*[^\W\d_]+\.?)[\s,;]+(.*\d.*)")
_LEADING_SIDES = re.compile(r"([^\W\d_]+[\s:]*\d.*?)[\s,;]+([^\W\d_]+[\s:]*\d.*)")
_ARRAY = re.compile(r"\[\s*[-+]?\d+(?:\.\d+)?\s*,\s*[-+]?\d+(?:\.\d+)?\s*\]")
_GEO = re.compile(r"geo:([-+.\d]+),([-+.\d]+)(?:[,;?].*)?", re.IGNORECASE)
_KEYED = re.compile(r"[\"']?\b(lat|lon|lng)[a-z]*[\"']?\s*[:=]\s*[\"']?([-+]?\d+(?:\.\d+)?)", re.IGNORECASE)
LONGEST = 20_000_000


def read_point(latitude: str, longitude: str, crs: Projection | None = None, either: str | None = None) -> Point | None:
    """Read latitude and longitude from two cells; ``crs`` says what they are in where that is not degrees (northing, easting).

    None when there is none: both empty, or 0, 0, which registers write for it. ``either`` says what ``O`` means. Where the letters
    of the sides show that the cells are exchanged, the letters are believed. Raises RowRefused when it is no place on Earth.
    """
    texts = (latitude.strip(), longitude.strip())
    if all(text.casefold() in NOTHING for text in texts):
        return None
    for name, text in zip(("latitude", "longitude"), texts, strict=True):
        if text.casefold() in NOTHING:
            raise RowRefused(f"no coordinate: the {name} is empty")
    first, second = read_angle("latitude", texts[0]), read_angle("longitude", texts[1])
    if crs is not None:
        return crs.point(second.degrees, first.degrees).checked()
    return _ordered(first, second, texts, either)


def _ordered(first: Angle, second: Angle, texts: tuple[str, str], either: str | None) -> Point | None:
    first, second = _sided(first, texts[0], either), _sided(second, texts[1], either)
    if first.side in {"E", "W"} and second.side in {"N", "S"}:
        first, second, texts = second, first, (texts[1], texts[0])
    if first.side in {"E", "W"}:
        raise RowRefused(f"latitude {texts[0][:40]!r} says {first.side}: east or west")
    if second.side in {"N", "S"}:
        raise RowRefused(f"longitude {texts[1][:40]!r} says {second.side}: north or south")
    return Point(first.degrees, second.degrees).checked(*texts)


def _sided(angle: Angle, text: str, either: str | None) -> Angle:
    if angle.side != EITHER:
        return angle
    if either is None:
        raise RowRefused(f"{text[:40]!r}: O is east in German and west in French and Spanish; write E or W")
    return Angle(-angle.degrees if either == "W" else angle.degrees, either)


def read_place(text: str, crs: Projection | None = None, either: str | None = None) -> Point | None:
    """Read one cell that holds a whole place: a pair in degrees, an outline, MGRS, UTM with its zone, ``geo:``.

    None when it is empty. A pair is latitude first, unless letters say otherwise. Raises RowRefused when it is no place.
    """
    clean = text.strip()
    if clean.casefold() in NOTHING:
        return None
    if is_shape(clean):
        return read_shape(clean, crs)
    short = clean[:200]
    grid = read_grid(short)
    if grid is not None:
        return grid
    keyed = {key.lower()[:2]: value for key, value in _KEYED.findall(short)}
    if {"la", "lo"} <= keyed.keys() or {"la", "ln"} <= keyed.keys():
        return read_point(keyed["la"], keyed.get("lo", keyed.get("ln", "")))
    pair = halves(short)
    if pair is not None and _ARRAY.fullmatch(clean) and crs is None:
        raise RowRefused(
            f"{short[:40]!r}: JSON and geographic programs write longitude first, people latitude; give them in two columns"
        )
    if pair is None:
        raise RowRefused(f"{short[:40]!r} is not a place: latitude and longitude, an outline, MGRS or UTM")
    if crs is not None:
        return read_point(pair[1], pair[0], crs)
    return read_point(*pair, either=either)


def halves(text: str) -> tuple[str, str] | None:
    """Cut a text that holds two coordinates into them; None where it does not show where."""
    bare = tidy(text).strip("()[] ")
    for form in (_GEO, _TWO, _LEADING_SIDES, _FIRST_SIDE, _COMMA, _SPACED_COMMA, _BLANK):
        match = form.fullmatch(bare)
        if match:
            return match[1], match[2]
    return None
