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
_APOSTROPHES = frozenset("'’`ʼ")


class PlaceWords(NamedTuple):
    """Words in columns; positions are characters from the start of what they stand in."""

    forms: tuple[str, ...] = ()
    lows: tuple[str, ...] = ()
    starts: tuple[int, ...] = ()
    capital: bytes = b""
    named: bytes = b""


def place_case(first: str) -> tuple[bool, bool]:
    """Tell by its first letter whether a word is capitalised, and whether it may begin or end a name."""
    capital = first.isupper()
    return capital, capital or (first > "\u058f" and not first.islower())


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
    capital, named = zip(*[place_case(word[0]) for word in forms], strict=True)
    lows = tuple([word.casefold() for word in forms])
    return PlaceWords(tuple(forms), lows, tuple(starts), bytes(capital), bytes(named))


_NONE = PlaceWords()
