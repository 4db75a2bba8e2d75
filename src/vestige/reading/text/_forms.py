"""The words that names of places are made of, and what is known of each wherever it stands.

Possessive endings ("Russia's") and French elisions ("l'Ukraine") are outside the word. Words of scripts without capitals (Arabic,
Hebrew, Georgian) may all be names.
"""

import re
from typing import NamedTuple

_WORD = re.compile(
    r"[^\W\d_](?:"
    r"\.(?<=[A-Z]\.)(?:[A-Z][a-z]?\.)+"  # U.S., W.Va.
    r"|[\w\u0300-\u036f\u064b-\u065f\u0670]*+(?:['’`ʼ][^\W\d_]+)*+)"
)
_ELIDED = frozenset("ldnsjmtcLDNSJMTC")
CAPITAL, NAMED, FOLDS = 1, 2, 4
"""A word begins with a capital letter; it may begin or end a name; it has another form in lower case (Unicode case folding)."""
_APOSTROPHES = frozenset("'’`ʼ")


class PlaceWords(NamedTuple):
    """Words in columns; positions are characters from the start of what they stand in."""

    forms: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    cases: bytes = b""
    """See `place_case`."""


def place_case(word: str) -> int:
    """Give what is known of a word wherever it stands: the sum of those of `CAPITAL`, `NAMED` and `FOLDS` that hold."""
    first = word[0]
    capital = first.isupper()
    named = capital or (first > "\u058f" and not first.islower())
    return capital * CAPITAL + named * NAMED + (word.casefold() != word) * FOLDS


def place_words(written: str) -> PlaceWords:
    """Give the words of some text without spaces."""
    forms, starts = [], []
    for match in _WORD.finditer(written):
        word, start = match[0], match.start()
        if len(word) > 2:
            if word[-2] in _APOSTROPHES and word[-1] in "sS":
                word = word[:-2]
            elif word[1] in _APOSTROPHES and word[0] in _ELIDED:
                word, start = word[2:], start + 2
        forms.append(word)
        starts.append(start)
    if not forms:
        return _NONE
    return PlaceWords(tuple(forms), tuple(starts), bytes(map(place_case, forms)))


_NONE = PlaceWords()
