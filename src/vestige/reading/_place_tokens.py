"""Cut a text into the words that names of places are made of, and find the runs of words that may be names.

A word keeps its offsets. Possessive endings ("Russia's") and French elisions ("l'Ukraine") are outside the word. Words of
scripts without capitals (Arabic, Hebrew, Georgian) may all be names.
"""

import re
from typing import NamedTuple

from vestige.reading._place_words import CONNECTORS

_WORD = re.compile(
    r"[A-Z]\.(?:[A-Z][a-z]?\.)+"  # U.S., W.Va.
    r"|[^\W\d_][\w\u0300-\u036f\u064b-\u065f\u0670]*(?:['’`ʼ][^\W\d_]+)*"
)
_ELIDED = frozenset("ldnsjmtcLDNSJMTC")
_APOSTROPHES = frozenset("'’`ʼ")
_JOINTS = frozenset((" ", "-", "\u00a0", "\n", "  ", " - ", "‑", "\r\n", "–"))
LONGEST_NAME = 6  # words


class Word(NamedTuple):
    """One word: ``text[start:end]``."""

    text: str
    start: int
    end: int
    capital: bool
    """Whether it begins with a capital letter, in a script that has them."""
    named: bool
    """Whether it may begin or end a name: capitalised, or of a script without capitals."""


def words(text: str, start: int, end: int) -> list[Word]:
    """Give the words of ``text[start:end]`` in order."""
    found = []
    for match in _WORD.finditer(text, start, end):
        word = match[0]
        at = match.start()
        first = word[0]
        if len(word) > 2:
            if word[-2] in _APOSTROPHES and word[-1] in "sS":
                word = word[:-2]
            elif word[1] in _APOSTROPHES and first in _ELIDED:
                word, at = word[2:], at + 2
                first = word[0]
        capital = first.isupper()
        found.append(Word(word, at, at + len(word), capital, capital or (first > "\u058f" and not first.islower())))
    return found


def joined(text: str, left: Word, right: Word) -> bool:
    """Tell whether nothing but a space or a hyphen stands between two neighbouring words."""
    gap = right.start - left.end
    return gap <= 3 and text[left.end : right.start] in _JOINTS


def ngrams(text: str, found: list[Word]) -> list[tuple[int, int]]:
    """Give every run of words (first, last) that may be one name, shorter runs first at each first word."""
    runs = []
    for first, word in enumerate(found):
        if not word.named:
            continue
        last = first
        runs.append((first, first))
        while last + 1 < len(found) and last + 1 - first < LONGEST_NAME:
            following = found[last + 1]
            if not joined(text, found[last], following) or not (following.named or following.text in CONNECTORS):
                break
            last += 1
            if following.named:
                runs.append((first, last))
    return runs
