"""Cut a text into the words that names of places are made of, and find the runs of words that may be names.

A word keeps its offsets. Possessive endings ("Russia's") and French elisions ("l'Ukraine") are outside the word. Words of
scripts without capitals (Arabic, Hebrew, Georgian) may all be names.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, compress
from operator import add
from typing import NamedTuple

from vestige.reading._model import Span
from vestige.reading._place_words import CONNECTORS
from vestige.reading._remembered import Remembered

_PART = re.compile(
    r" ?[^\W\d_](?:"
    r"\.(?<=[A-Z]\.)(?:[A-Z][a-z]?\.)+"  # U.S., W.Va.
    r"|[\w\u0300-\u036f\u064b-\u065f\u0670]*+(?:['’`ʼ][^\W\d_]+)*+)"
    r"|[\W\d_]+"
)
"""Every character of a text falls into a word, with one space before it, or into what stands between two, so that positions are
sums of lengths."""
_ELIDED = frozenset("ldnsjmtcLDNSJMTC")
_APOSTROPHES = frozenset("'’`ʼ")
_JOINTS = frozenset((" ", "-", "\u00a0", "\n", "  ", " - ", "‑", "\r\n", "–"))
LONGEST_NAME = 6  # words


class Words(NamedTuple):
    """The words of a text in columns, in order: word ``i`` is ``text[starts[i]:ends[i]]``."""

    text: str
    forms: list[str]
    lows: list[str]
    """The forms in lower case (Unicode case folding)."""
    starts: list[int]
    ends: list[int]
    capital: list[bool]
    """Whether a word begins with a capital letter, in a script that has them."""
    named: list[bool]
    """Whether it may begin or end a name: capitalised, or of a script without capitals."""

    def gap(self, first: int) -> str:
        """Give what stands between word ``first`` and the next."""
        return self.text[self.ends[first] : self.starts[first + 1]]

    def joined(self, first: int) -> bool:
        """Tell whether nothing but a space or a hyphen stands between word ``first`` and the next."""
        return self.text[self.ends[first] : self.starts[first + 1]] in _JOINTS


class _Form(NamedTuple):
    """What is known of a written word wherever it stands; the name part begins ``lead`` characters into it."""

    text: str
    low: str
    lead: int
    capital: bool
    named: bool


def _form(written: str) -> _Form | None:
    """Look at one part of a text; None where it is no word."""
    word = written.removeprefix(" ")
    lead = len(written) - len(word)
    first = word[:1]
    if first == "_" or first.isdecimal() or not first.isalnum():
        return None
    if len(word) > 2:
        if word[-2] in _APOSTROPHES and word[-1] in "sS":
            word = word[:-2]
        elif word[1] in _APOSTROPHES and first in _ELIDED:
            word, lead = word[2:], lead + 2
            first = word[0]
    capital = first.isupper()
    return _Form(word, word.casefold(), lead, capital, capital or (first > "\u058f" and not first.islower()))


_FORMS = Remembered(_form)


def words(text: str, spans: Iterable[Span]) -> Words:
    """Give the words of some spans of a text."""
    found = Words(text, [], [], [], [], [], [])
    for start, end in spans:
        parts = _PART.findall(text, start, end)
        known = list(map(_FORMS.__getitem__, parts))
        at = compress(accumulate(map(len, parts), initial=start), known)
        if not any(known):
            continue
        forms, lows, leads, capital, named = zip(*filter(None, known), strict=True)
        starts = list(map(add, at, leads))
        found.forms.extend(forms)
        found.lows.extend(lows)
        found.starts.extend(starts)
        found.ends.extend(map(add, starts, map(len, forms)))
        found.capital.extend(capital)
        found.named.extend(named)
    return found


def ngrams(found: Words) -> list[tuple[int, int]]:
    """Give every run of words (first, last) that may be one name, shorter runs first at each first word."""
    runs, named, forms = [], found.named, found.forms
    text, starts, ends, count = found.text, found.starts, found.ends, len(forms)
    for first in compress(range(count), named):
        runs.append((first, first))
        for last in range(first + 1, min(first + LONGEST_NAME, count)):
            if not (named[last] or forms[last] in CONNECTORS) or text[ends[last - 1] : starts[last]] not in _JOINTS:
                break
            if named[last]:
                runs.append((first, last))
    return runs
