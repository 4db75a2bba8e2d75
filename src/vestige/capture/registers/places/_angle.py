"""One angle as people write it: decimal, or degrees, minutes and seconds, with a sign or the letter of a side.

Decimal point or comma; ``36°12'00"N``, ``36 12 00 N``, ``N 36° 12' 00.0''``, ``36:12:00``, ``36.2000° N``, ``361200N``; digits of Arabic
and Persian; the letters of the sides in other languages. Minutes and seconds are below 60, a minus and a side do not stand together.
"""

import math
import re
import unicodedata
from typing import NamedTuple

from vestige.capture.registers._errors import RowRefused
from vestige.capture.registers.places._sides import EITHER, side_of

_SAME = str.maketrans(
    {
        **dict.fromkeys("′’‘ʹʼ´`‛", "'"),
        **dict.fromkeys("″”“ʺ‟„˝", '"'),
        **dict.fromkeys("º˚◦ᵒ⁰度", "°"),
        "分": "'",
        "秒": '"',
        **dict.fromkeys("−–‐‑—", "-"),
        **dict.fromkeys("\u200e\u200f\u200b\ufeff\u061c\u064b", None),
        "٫": ".",
        "\u066a": None,
    }
)
_NUMBER = r"\d+(?:[.,]\d+)?"
_ANGLE = re.compile(
    rf"(?P<d>{_NUMBER})\s*(?:(?:°|:|\bdeg\b\.?|\s)\s*"
    rf"(?:(?P<m>{_NUMBER})\s*(?:(?:'|:|\bmin\b\.?|\s)\s*(?:(?P<s>{_NUMBER})\s*(?:\"|\bsec\b\.?)?)?)?)?)?"
)
_PLAIN = re.compile(r"(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][-+]?\d+)?")
_PACKED = re.compile(r"(?P<d>\d{2,3})(?P<m>\d{2})(?P<s>\d{2}(?:[.,]\d+)?)?")
_PARTS = re.compile(  # of a tidied text: blanks stand alone
    r"(?P<before>[^\W\d_][^\d]*?)? ?(?P<sign>[-+]?) ?(?P<body>\d.*?|(?<![^\W\d_])[.,]\d.*?) ?(?P<after>[^\W\d_][^\W\d_.\s]*(?:\. ?[^\W\d_]*)*)?"
)
_UNITS = frozenset(("deg", "deg.", "degree", "degrees"))
LONGEST = 60


class Angle(NamedTuple):
    """Degrees, and the side that was written with them: N, S, E, W, EITHER (``O``) or "" for none."""

    degrees: float
    side: str = ""


def tidy(text: str) -> str:
    """Give a text with one kind of degree sign, prime, minus and digit."""
    same = "".join(
        str(unicodedata.digit(mark)) if mark.isdigit() and not mark.isascii() and mark != "⁰" else mark
        for mark in text.translate(_SAME)
    )
    return " ".join(same.replace("''", '"').split())


def read_angle(name: str, text: str) -> Angle:
    """Read one angle; ``name`` says what it is in errors. Raises RowRefused when it is none, or contradicts itself."""
    clean = tidy(text[: LONGEST + 1])
    if clean.casefold() in {"inf", "-inf", "infinity"}:
        raise RowRefused(f"no coordinate: the {name} is {text}")
    match = _PARTS.fullmatch(clean) if len(clean) <= LONGEST else None
    side = _side(match) if match else None
    value = _value(match["body"], side) if match and side is not None else None
    if match is None or side is None or value is None:
        raise RowRefused(f"{name} {text[:40]!r} is not a number of degrees")
    if not math.isfinite(value):
        raise RowRefused(f"no coordinate: the {name} is {text}")
    if match["sign"] == "-" and side:
        raise RowRefused(f"{name} {text[:40]!r} has both a minus and the letter of a side")
    return Angle(-value if match["sign"] == "-" or side in {"S", "W"} else value, side)


def _side(match: re.Match[str]) -> str | None:
    """Give the side that stands before or after the number, "" where none does; None for other words, or two of them."""
    words = [word for word in (match["before"], match["after"]) if word and word.casefold() not in _UNITS]
    if not words:
        return ""
    return side_of(words[0].strip(" :")) if len(words) == 1 else None


def _value(body: str, side: str) -> float | None:
    if _PLAIN.fullmatch(body):
        packed = _packed(body, side)
        return float(body.replace(",", ".")) if packed is None else packed
    match = _ANGLE.fullmatch(body)
    return _sum(match["d"], match["m"], match["s"]) if match else None


def _packed(body: str, side: str) -> float | None:
    """Read ``361200N`` and ``0370930E``, as air maps write them: only with the letter of a side, and of its length."""
    match = _PACKED.fullmatch(body) if side and side != EITHER else None
    if match is None or len(match["d"]) != (2 if side in "NS" else 3):
        return None
    return _sum(match["d"], match["m"], match["s"])


def _sum(*texts: str | None) -> float | None:
    given = [text.replace(",", ".") for text in texts if text]
    if any("." in text for text in given[:-1]):
        return None
    parts = [*map(float, given), 0.0, 0.0][:3]
    for name, part in zip(("minutes", "seconds"), parts[1:], strict=True):
        if part >= 60:
            raise RowRefused(f"{name} {part:g} are not below 60")
    return round(parts[0] + parts[1] / 60 + parts[2] / 3600, 9)
