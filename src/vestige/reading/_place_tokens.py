"""The words of a text that names of places are made of, and the runs of words that may be names."""

from collections.abc import Iterable
from itertools import compress
from operator import add
from typing import NamedTuple

from vestige.reading._pieces import Stretch, flat, row
from vestige.reading._place_words import CONNECTORS

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
    capital: list[int]
    """Whether a word begins with a capital letter, in a script that has them."""
    named: list[int]
    """Whether it may begin or end a name: capitalised, or of a script without capitals."""

    def gap(self, first: int) -> str:
        """Give what stands between word ``first`` and the next."""
        return self.text[self.ends[first] : self.starts[first + 1]]

    def joined(self, first: int) -> bool:
        """Tell whether nothing but a space or a hyphen stands between word ``first`` and the next."""
        return self.text[self.ends[first] : self.starts[first + 1]] in _JOINTS


def words(text: str, stretches: Iterable[Stretch]) -> Words:
    """Give the words of some parts of a text."""
    found = Words(text, [], [], [], [], [], [])
    for _, pieces, begin in stretches:
        found.forms.extend(flat([piece.forms for piece in pieces]))
        found.lows.extend(flat([piece.folded for piece in pieces]))
        found.starts.extend(
            [at + start for at, piece in zip(begin, pieces, strict=True) for start in piece.word_starts]
        )
        found.capital.extend(row([piece.capital for piece in pieces]))
        found.named.extend(row([piece.named for piece in pieces]))
    found.ends.extend(map(add, found.starts, map(len, found.forms)))
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
