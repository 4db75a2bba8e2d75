"""Cut a text into the words that names of places are made of, and find the runs of words that may be names.

A word keeps its offsets. Possessive endings ("Russia's") and French elisions ("l'Ukraine") are outside the word. Words of
scripts without capitals (Arabic, Hebrew, Georgian) may all be names.
"""

import re
from typing import NamedTuple

from vestige.reading._place_words import CONNECTORS

_WORD = re.compile(
    r"[A-Z]\.(?:[A-Z][a-z]?\.)+"  # U.S., W.Va.
    r"|[^\W\d_][\u0300-\u036f\u064b-\u065f\u0670\u0640]*(?:[^\W\d_]|[\u0300-\u036f\u064b-\u065f\u0670\u0640])*"
    r"(?:['’`ʼ](?:[^\W\d_])+)*"
)
_POSSESSIVE = ("'s", "’s", "`s", "ʼs", "'S", "’S")
_ELIDED = frozenset("ldnsjmtcLDNSJMTC")
_APOSTROPHES = frozenset("'’`ʼ")
_JOINTS = frozenset((" ", "-", "\u00a0", "\n", "  ", " - ", "‑", "\r\n", "–"))
LONGEST_NAME = 6  # words


class Word(NamedTuple):
    """One word: ``text[start:end]``, and whether it may begin or end a name."""

    text: str
    start: int
    end: int
    named: bool

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter, in a script that has them."""
        return self.text[:1].isupper()


def words(text: str, start: int, end: int) -> list[Word]:
    """Give the words of ``text[start:end]`` in order."""
    found = []
    for match in _WORD.finditer(text, start, end):
        word, at = match.group(), match.start()
        if word[-2:] in _POSSESSIVE:
            word = word[:-2]
        elif len(word) > 2 and word[1] in _APOSTROPHES and word[0] in _ELIDED:
            word, at = word[2:], at + 2
        first = word[:1]
        found.append(Word(word, at, at + len(word), first.isupper() or (first >= "\u0590" and not first.islower())))
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
