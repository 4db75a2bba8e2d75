"""The words of a text that names of places are made of, and the runs of words that may be names."""

from collections.abc import Iterable
from itertools import compress, count
from typing import NamedTuple

from vestige.reading.places._words import CONNECTORS
from vestige.reading.text._forms import CAPITAL, FOLDS, NAMED
from vestige.reading.text._pieces import Stretch, flat
from vestige.reading.text._remembered import Remembered

_JOINTS = frozenset((" ", "-", "\u00a0", "\n", "  ", " - ", "‑", "\r\n", "–"))
LONGEST_NAME = 6  # words


class Words(NamedTuple):
    """The words of a text in columns, in order: word ``i`` is ``forms[i]`` and stands at ``starts[i]``."""

    text: str
    forms: list[str]
    lows: list[str]
    """The forms in lower case (Unicode case folding)."""
    starts: list[int]
    capital: bytes
    """Whether a word begins with a capital letter, in a script that has them."""
    named: bytes
    """Whether it may begin or end a name: capitalised, or of a script without capitals."""

    def end(self, at: int) -> int:
        """Give where word ``at`` ends."""
        return self.starts[at] + len(self.forms[at])

    def gap(self, first: int) -> str:
        """Give what stands between word ``first`` and the next."""
        return self.text[self.end(first) : self.starts[first + 1]]

    def joined(self, first: int) -> bool:
        """Tell whether nothing but a space or a hyphen stands between word ``first`` and the next."""
        return self.gap(first) in _JOINTS


def words(text: str, stretches: Iterable[Stretch]) -> Words:
    """Give the words of some parts of a text."""
    forms: list[str] = []
    starts: list[int] = []
    each: list[bytes] = []
    for _, pieces, begin in stretches:
        forms.extend(flat([piece.forms for piece in pieces]))
        starts.extend([at + start for at, piece in zip(begin, pieces, strict=True) for start in piece.word_starts])
        each.extend([piece.cases for piece in pieces])
    cases = b"".join(each)
    lows = forms.copy()
    for at in compress(count(), cases.translate(_HOLDING[FOLDS])):
        lows[at] = _FOLDED[forms[at]]
    return Words(text, forms, lows, starts, cases.translate(_HOLDING[CAPITAL]), cases.translate(_HOLDING[NAMED]))


def ngrams(found: Words) -> list[tuple[int, int]]:
    """Give every run of words (first, last) that may be one name, shorter runs first at each first word."""
    runs, named, forms = [], found.named, found.forms
    text, starts, size = found.text, found.starts, len(forms)
    for first in compress(range(size), named):
        runs.append((first, first))
        end = starts[first] + len(forms[first])
        for last in range(first + 1, min(first + LONGEST_NAME, size)):
            if not (named[last] or forms[last] in CONNECTORS) or text[end : starts[last]] not in _JOINTS:
                break
            end = starts[last] + len(forms[last])
            if named[last]:
                runs.append((first, last))
    return runs


_FOLDED = Remembered(str.casefold)
_HOLDING = {case: bytes([cases & case and 1 for cases in range(256)]) for case in (CAPITAL, NAMED, FOLDS)}
"""Tables that turn what `place_case` tells into one of its parts."""
