"""A text cut at its spaces, each piece known from the texts before it: its tokens, and the words that names of places are made of.

Statements and places need different words ("Nagorno-Karabakh's" is one token and two words of a name), but both lie between two
spaces, and most of what stands between two spaces was seen before. So a text is cut once, and patterns meet only pieces that are new.
"""

import re
from collections.abc import Iterable
from itertools import accumulate, chain, count
from operator import add, itemgetter
from typing import NamedTuple

from vestige.reading._lexicon import words
from vestige.reading._model import Span
from vestige.reading._parts import ABBREVIATING, PARTS, Part
from vestige.reading._place_forms import place_words
from vestige.reading._remembered import Remembered

TOKEN = re.compile(
    r"[^\W\d_]\w*(?:(?:[’'`ʼ\-‑&@]|\.(?=[a-z]))\w+)*|[@#]\w+|[$€£]?\d(?:[\d.,:/–-]*\d)?(?:%|(?:-[^\W\d_]\w*)+)?"
    r"|''|``|\.{2,}|--+|[^\w\s]|_+|\n\s*"
)


class Piece(NamedTuple):
    """What stands between two spaces; positions are characters from its start. The columns of its tokens, then those of its words."""

    lows: tuple[str, ...]
    tags: str
    starts: tuple[int, ...]
    sizes: tuple[int, ...]
    unsettled: tuple[Part | None, ...]
    """What depends on the neighbours, see ``Part``."""
    forms: tuple[str, ...]
    folded: tuple[str, ...]
    word_starts: tuple[int, ...]
    capital: tuple[bool, ...]
    named: tuple[bool, ...]


class Stretch(NamedTuple):
    """The pieces of one part of a text, and where each begins."""

    span: Span
    pieces: list[Piece]
    starts: list[int]


def cut(text: str, spans: Iterable[Span]) -> list[Stretch]:
    """Cut some parts of a text at its spaces."""
    found = []
    for start, end in spans:
        written = text[start:end].split(" ")
        starts = map(add, accumulate(map(len, written[:-1]), initial=start), count())
        found.append(Stretch(Span(start, end), list(map(PIECES.__getitem__, written)), list(starts)))
    return found


def piece_of(written: str) -> Piece:
    """Look at a piece that is new."""
    if written.isalpha():
        found, parts = [(0, len(written))], [PARTS[written]]
    else:
        found = [match.span() for match in TOKEN.finditer(written)]
        parts = [PARTS[written[first:last]] for first, last in found]
    sizes = [1 if part.tag == "#" else last - first for part, (first, last) in zip(parts, found, strict=True)]
    unsettled: list[Part | None] = [None if part.settled else part for part in parts]
    for at in range(1, len(parts)):
        before, end = found[at - 1]
        if parts[at].low == "." and found[at][0] == end and may_abbreviate(written[before], parts[at - 1].low):
            unsettled[at] = ABBREVIATING
    return Piece(
        tuple([part.low for part in parts]),
        "".join([part.tag for part in parts]),
        tuple([first for first, _ in found]),
        tuple(sizes),
        tuple(unsettled),
        *place_words(written),
    )


def may_abbreviate(letter: str, word: str) -> bool:
    """Tell whether a dot after a word that begins with a letter belongs to the word; after "no" it does before a number."""
    party = len(word) > 2 and word[1] == "-" and letter in "RDI"  # "(R-Tex.)"
    return word == "no" or (len(word) == 1 and letter.isupper()) or party or word in words("abbreviation")


PIECES = Remembered(piece_of)
flat = chain.from_iterable
LOWS, TAGS, STARTS, SIZES, UNSETTLED, FORMS, FOLDED, WORD_STARTS, CAPITAL, NAMED = map(itemgetter, range(10))
"""The columns of a piece, for ``map``."""
