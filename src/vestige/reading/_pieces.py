"""A text cut at its spaces and line breaks, each piece known from the texts before it: its tokens, and the words that names of places are made of.

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
from vestige.reading._parts import ABBREVIATING, LINE_END, PARTS, Part, part_of
from vestige.reading._place_forms import place_form, place_words
from vestige.reading._remembered import LONGEST, Remembered, Same

TOKEN = re.compile(
    r"[^\W\d_]\w*(?:(?:[’'`ʼ\-‑&@]|\.(?=[a-z]))\w+)*|[@#]\w+|[$€£]?\d(?:[\d.,:/–-]*\d)?(?:%|(?:-[^\W\d_]\w*)+)?"
    r"|''|``|\.{2,}|--+|[^\w\s]|_+"
)
OPENING, ENDING = frozenset('“"‘(«['), frozenset('.,;:?!”"’)»]')
"""Marks that are a token by themselves wherever they stand first or last."""


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
    """Cut some parts of a text at its spaces and line breaks; a break is a piece of its own."""
    found = []
    for span in spans:
        pieces: list[Piece] = []
        starts: list[int] = []
        at = span.start
        for line in text[span.start : span.end].split("\n"):
            written = line.split(" ")
            pieces += map(PIECES.__getitem__, written)
            starts += map(add, accumulate(map(len, written[:-1]), initial=at), count())
            at += len(line)
            pieces.append(LINE_BREAK)
            starts.append(at)
            at += 1
        found.append(Stretch(span, pieces[:-1], starts[:-1]))
    return found


def piece_of(written: str) -> Piece:
    """Look at a piece that is new: a word, a piece with one more mark, or anything."""
    if written.isalpha():
        return of_word(written)
    if 1 < len(written) <= LONGEST:
        rest, last = written[:-1], written[-1]
        if last in ENDING and not (last == "." and "." in rest):
            return ended(written, PIECES[rest], PARTS[last])
        if written[0] in OPENING:
            return opened(PARTS[written[0]], PIECES[written[1:]])
    return of_tokens(written, [match.span() for match in TOKEN.finditer(written)])


def of_word(word: str) -> Piece:
    """Give the piece that is one word of letters."""
    part, form, alone = part_of(word), place_form(word), (word,)
    return Piece(
        lows=alone if part.low == word else (part.low,),
        tags=part.tag,
        starts=(0,),
        sizes=NUMBERS[(len(word),)],
        unsettled=(None,) if part.settled else (part,),
        forms=alone,
        folded=alone if form.low == word else (form.low,),
        word_starts=(0,),
        capital=(True,) if form.capital else (False,),
        named=(True,) if form.named else (False,),
    )


def ended(written: str, rest: Piece, mark: Part) -> Piece:
    """Give a piece that ends with a mark."""
    part = None if mark.settled else mark
    at = len(written) - 1
    if mark.low == "." and rest.lows and rest.starts[-1] + rest.sizes[-1] == at:
        part = ABBREVIATING if may_abbreviate(written[rest.starts[-1]], rest.lows[-1]) else part
    return rest._replace(
        lows=(*rest.lows, mark.low),
        tags=rest.tags + mark.tag,
        starts=NUMBERS[*rest.starts, at],
        sizes=NUMBERS[*rest.sizes, 1],
        unsettled=LETTERS[*rest.unsettled, part],
    )


def opened(mark: Part, rest: Piece) -> Piece:
    """Give a piece that begins with a mark."""
    return rest._replace(
        lows=(mark.low, *rest.lows),
        tags=mark.tag + rest.tags,
        starts=NUMBERS[0, *(at + 1 for at in rest.starts)],
        sizes=NUMBERS[1, *rest.sizes],
        unsettled=LETTERS[None if mark.settled else mark, *rest.unsettled],
        word_starts=NUMBERS[*(at + 1 for at in rest.word_starts),],
    )


def of_tokens(written: str, found: list[tuple[int, int]]) -> Piece:
    """Give the piece with tokens at these positions."""
    parts = [PARTS[written[first:last]] for first, last in found]
    unsettled: list[Part | None] = [None if part.settled else part for part in parts]
    for at in range(1, len(parts)):
        before, end = found[at - 1]
        if parts[at].low == "." and found[at][0] == end and may_abbreviate(written[before], parts[at - 1].low):
            unsettled[at] = ABBREVIATING
    return Piece(
        tuple([part.low for part in parts]),
        "".join([part.tag for part in parts]),
        NUMBERS[tuple([first for first, _ in found])],
        NUMBERS[tuple([last - first for first, last in found])],
        LETTERS[tuple(unsettled)],
        *place_words(written),
    )


def may_abbreviate(letter: str, word: str) -> bool:
    """Tell whether a dot after a word that begins with a letter belongs to the word; after "no" it does before a number."""
    party = len(word) > 2 and word[1] == "-" and letter in "RDI"  # "(R-Tex.)"
    return word == "no" or (len(word) == 1 and letter.isupper()) or party or word in words("abbreviation")


LINE_BREAK = Piece(("\n",), "#", (0,), (1,), (LINE_END,), (), (), (), (), ())
PIECES = Remembered(piece_of)
NUMBERS: Same[int] = Same()
LETTERS: Same[Part | None] = Same()
flat = chain.from_iterable
LOWS, TAGS, STARTS, SIZES, UNSETTLED, FORMS, FOLDED, WORD_STARTS, CAPITAL, NAMED = map(itemgetter, range(10))
"""The columns of a piece, for ``map``."""
