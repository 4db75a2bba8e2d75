"""Quotations in a text: where they stand, what stands under offsets, and what stands near.

Offsets are Unicode code points of the preserved text, end exclusive.
"""

import re
from collections.abc import Sequence

from vestige.errors import InputError

_WHITE = re.compile(r"\s+")
_ALIKE = {"'": "['’`´ʼ]", "’": "['’`´ʼ]", '"': '["“”„«»]', "“": '["“”„«»]', "”": '["“”„«»]', "-": "[-–—‑]"}
"""Characters that a reader takes for one another and that sources print in either form."""

Offsets = tuple[int, int]


def find_quote(text: str, quote: str) -> tuple[int, int]:
    """Find a quotation in a text and give its offsets in code points, end exclusive.

    White space matches any white space, no-break spaces too, and quotation marks, apostrophes and dashes any of their kind.
    Raises InputError when it is not there, or there more than once.
    """
    words = _WHITE.split(quote.strip())
    if not words or not words[0]:
        raise InputError("expected a quotation, got nothing", where="--quote")
    pattern = r"\s+".join("".join(_ALIKE.get(letter, re.escape(letter)) for letter in word) for word in words)
    found = [match.span() for match in re.finditer(pattern, text)]
    if len(found) == 1:
        return found[0]
    if not found:
        raise InputError("expected words that stand in the source's text, got others", where=f"--quote {quote[:60]!r}")
    places = ", ".join(f"{start}:{end}" for start, end in found[:6])
    raise InputError(
        f"expected words that stand there once, found {len(found)}: {places}",
        where=f"--quote {quote[:60]!r}",
        hint="say which with --offsets START:END",
    )


def content_under(text: str, offsets: Sequence[Offsets], content: str | None = None) -> tuple[str, tuple[Offsets, ...]]:
    """Give what a text says under offsets, stretches joined by one space, and the offsets.

    Without offsets ``content`` is looked for in the text; with them it must be what stands there, white space aside.
    Raises InputError when nothing is given, when offsets lie outside the text, and when the content is another.
    """
    if not offsets:
        if content is None:
            raise InputError("expected what was said, got nothing", hint="give --quote, --offsets or --content")
        offsets = [find_quote(text, content)]
    for start, end in offsets:
        if end > len(text):
            raise InputError(
                f"expected offsets inside a text of {len(text)} characters, got {start}:{end}", where="--offsets"
            )
    found = " ".join(text[start:end] for start, end in offsets)
    if content is not None and content.split() != found.split():
        raise InputError(
            f"expected the text under the offsets, {found[:80]!r}, got {content[:80]!r}", where="--content"
        )
    return found, tuple(offsets)


def nearest(text: str, words: str | None, offsets: Sequence[Offsets]) -> Offsets | None:
    """Give the offsets of the words that stand nearest to a stretch of the text; None when they do not stand there."""
    if not words:
        return None
    start, end = offsets[0][0], offsets[-1][1]
    found = [match.span() for match in re.finditer(re.escape(words), text)]
    return min(found, key=lambda span: max(start - span[1], span[0] - end, 0), default=None)
