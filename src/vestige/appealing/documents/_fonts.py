"""The fonts that ship with the project, and what to do about a letter that none of them holds.

PDF/A and PDF/UA forbid a box in place of a letter, so such a letter is written by its code point (``[U+4E2D]``), and the document says how
many were. A mark that combines with the letter before it must lie in the same font as that letter.
"""

import functools
import importlib.resources
import unicodedata
from pathlib import Path

import msgspec

from vestige.appealing.documents._legible import by_code_point, legible

FAMILIES = (
    "Noto Serif",
    "Noto Serif Armenian",
    "Noto Naskh Arabic",
    "Noto Serif Georgian",
    "Noto Serif Hebrew",
)
"""In the order in which a letter is looked for."""


def font_folder() -> Path:
    """Give the folder of the fonts."""
    return Path(str(importlib.resources.files("vestige.appealing.documents") / "fonts"))


class Printable:
    """Makes text printable, and counts the letters that the fonts lack."""

    def __init__(self) -> None:
        self.lacking = 0

    def text(self, text: str) -> str:
        """Give a text of letters that the fonts hold alone."""
        printed: list[str] = []
        holding = 0
        for sign in legible(text):
            held = _held(sign)
            joins = _joins(sign)
            if sign == "\n" or (held & holding if joins and printed else held):
                printed.append(sign)
                holding = held & holding if joins and printed and holding else held
            elif not _without_shape(sign):
                self.lacking += 1
                printed.append(by_code_point(sign))
                holding = 1
        return "".join(printed)


def _joins(sign: str) -> bool:
    return unicodedata.category(sign) in {"Mn", "Me", "Mc"}


def _without_shape(sign: str) -> bool:
    """Whether a letter only chooses the look of another, and may be left out: variation selectors, joiners, byte order mark."""
    return "\ufe00" <= sign <= "\ufe0f" or unicodedata.category(sign) == "Cf" or "\U000e0100" <= sign <= "\U000e01ef"


@functools.cache
def _ranges() -> dict[str, list[tuple[int, int]]]:
    return msgspec.json.decode((font_folder() / "coverage.json").read_bytes(), type=dict[str, list[tuple[int, int]]])


@functools.lru_cache(maxsize=4096)
def _held(sign: str) -> int:
    """Give the families that hold a character, a bit for each."""
    code, ranges = ord(sign), _ranges()
    return sum(
        1 << place
        for place, family in enumerate(FAMILIES)
        if any(first <= code <= last for first, last in ranges[family])
    )
