"""The line breaks of a text that end a paragraph."""

import re

WRAPPED_LINES = 8
WRAP_MINIMUM, WRAP_MAXIMUM = 45, 100
LINE_BREAK = re.compile("\n")
BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*(?:\n|\Z)")
NEXT_LETTER = re.compile(r"\n[ \t\r\xa0]*([^\W\d_])")
BEFORE = 8
"""So many characters before a line break are looked at for the mark that ends a sentence."""


def paragraph_breaks(text: str, start: int, end: int) -> frozenset[int]:
    """Give the positions of the line breaks that end a paragraph; in a text wrapped at a fixed width only blank lines do."""
    breaks = [match.start() for match in LINE_BREAK.finditer(text, start, end)]
    if len(breaks) < WRAPPED_LINES or not is_wrapped(text, breaks, start):
        return frozenset(position for position in breaks if not continues(text, position))
    return frozenset(position for position in breaks if BLANK_LINE.match(text, position))


def is_wrapped(text: str, breaks: list[int], start: int) -> bool:
    """Tell whether most lines stop near one width, as in mail and old text files."""
    lengths = [b - a for a, b in zip([start, *breaks], breaks, strict=False) if text[a:b].strip()]
    filled = sum(length > WRAP_MINIMUM for length in lengths)
    return max(lengths, default=0) <= WRAP_MAXIMUM and filled > 0.6 * len(lengths) and filled >= WRAPPED_LINES


def continues(text: str, position: int) -> bool:
    """Tell whether the line after a break carries on the sentence before it: no mark before, a small letter after."""
    after = NEXT_LETTER.match(text, position)
    if not after or not after.group(1).islower():
        return False
    before = text[max(0, position - BEFORE) : position].rstrip(" \t\r\xa0")
    return bool(before) and before[-1] not in '.!?:;\n"”'
