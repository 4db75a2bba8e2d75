"""Text as a document may show it: nothing invisible that reorders or breaks it, and nothing lost.

A quotation is verbatim, and whoever wrote it may have meant to fool its reader. What has no shape is written by its code point
(``[U+000C]``): control characters, which XML forbids, and the overrides of direction, which show letters in another order than they were
written in. Embeddings and isolates of direction are left out, since every run is set apart in its own direction anyway. The JSON of an
appeal holds the text as it is.
"""

import re
import unicodedata

from vestige.appealing._composed import Direction, Run

_LINE_ENDS = re.compile(r"\r\n?|[\u0085\u2028\u2029]")
_DIRECTION = re.compile(r"[\u202a-\u202c\u2066-\u2069]")
_SHAPELESS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202d\u202e\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


def by_code_point(sign: str) -> str:
    """Write a character by its code point, in brackets."""
    return f"[U+{ord(sign):04X}]"


def legible(text: str) -> str:
    """Give a text with line feeds as its only line ends, without tabs, and with what has no shape written by its code point."""
    lines = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _SHAPELESS.sub(lambda found: by_code_point(found[0]), _DIRECTION.sub("", lines))


def one_line(text: str) -> str:
    """Give a text as `legible` does, on one line."""
    return " ".join(legible(text).split())


def direction_in(text: str, otherwise: Direction) -> Direction:
    """Give the direction of the first letter that has one (rules P2 and P3 of UAX 9), as HTML's ``dir="auto"`` does."""
    for sign in text:
        match unicodedata.bidirectional(sign):
            case "L":
                return "ltr"
            case "R" | "AL":
                return "rtl"
            case _:
                continue
    return otherwise


def direction_of_run(run: Run) -> Direction:
    """Give the direction of a run; a quotation runs as its own first letter does, since its language may not be known."""
    return direction_in(run.text, run.direction) if run.quotation else run.direction
