"""A text cut at its spaces and line breaks, each piece known from the texts before it: its tokens, and the words that names of places are made of.

Statements and places need different words ("Nagorno-Karabakh's" is one token and two words of a name), but both lie between two
spaces, and most of what stands between two spaces was seen before. So a text is cut once, and patterns meet only pieces that are new.
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, chain, count
from operator import add
from typing import NamedTuple

from msgspec import Struct

from vestige.reading._letters import (
    ABBREVIATING,
    LINE_END,
    Letter,
    letter_of,
    normal_form,
    small_word_letter,
    word_letter,
)
from vestige.reading._lexicon import words
from vestige.reading._model import Span
from vestige.reading._place_forms import place_case, place_words
from vestige.reading._remembered import LONGEST, Remembered, Same

TOKEN = re.compile(
    r"[^\W\d_]\w*(?:(?:[’'`ʼ\-‑&@]|\.(?=[a-z]))\w+)*|[@#]\w+|[$€£]?\d(?:[\d.,:/–-]*\d)?(?:%|(?:-[^\W\d_]\w*)+)?"
    r"|''|``|\.{2,}|--+|[^\w\s]|_+"
)
OPENING, ENDING = frozenset('“"‘(«['), frozenset('.,;:?!”"’)»]')
"""Marks that are a token by themselves wherever they stand first or last."""
POSSESSIVE = ("'s", "’s")


class Piece(Struct, frozen=True, gc=False):
    """What stands between two spaces; positions are characters from its start. The columns of its tokens, then those of its words."""

    lows: tuple[str, ...]
    tags: str
    starts: tuple[int, ...]
    sizes: tuple[int, ...]
    unsettled: tuple[Letter | None, ...]
    """What depends on the neighbours, see ``Letter``."""
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
        return of_small_word(written) if written.isascii() and written.islower() else of_word(written, written)
    if written.endswith(POSSESSIVE) and written[:-2].isalpha():
        return of_word(written, written[:-2])
    if 1 < len(written) <= LONGEST:
        if mark := last_mark(written):
            return ended(written, PIECES[written[: -len(mark)]], mark)
        if written[0] in OPENING:
            return opened(written[0], PIECES[written[1:]])
    return of_tokens(written, [match.span() for match in TOKEN.finditer(written)])


def last_mark(written: str) -> str:
    """Give the mark that is a token by itself at the end of a piece; empty if there is none."""
    if written.endswith("''") and not written.endswith("'''"):
        return "''"
    last = written[-1]
    return last if last in ENDING and not (last == "." and "." in written[:-1]) else ""


def of_small_word(word: str) -> Piece:
    """Give the piece that is one word in small plain letters, as most are."""
    letter, alone = small_word_letter(word), (word,)
    depends = (None,) if letter.settled else LETTERS[(letter,)]
    return Piece(alone, letter.tag, (0,), NUMBERS[(len(word),)], depends, alone, alone, (0,), (False,), (False,))


def of_word(word: str, name: str) -> Piece:
    """Give the piece that is one word, and what of it may be a name."""
    low = normal_form(word)
    letter, alone = word_letter(word, low), (word,)
    capital, named = place_case(word[0])
    lows = alone if low == word else (low,)
    names = alone if name == word else (name,)
    folded = name.casefold()
    return Piece(
        lows,
        letter.tag,
        (0,),
        NUMBERS[(len(word),)],
        (None,) if letter.settled else LETTERS[(letter,)],
        names,
        lows if folded == low else names if folded == name else (folded,),
        (0,),
        (True,) if capital else (False,),
        (True,) if named else (False,),
    )


def ended(written: str, rest: Piece, mark: str) -> Piece:
    """Give a piece that ends with a mark."""
    letter, at = mark_letter(mark), len(written) - len(mark)
    depends = None if letter.settled else letter
    touches = rest.lows and rest.starts[-1] + rest.sizes[-1] == at
    if mark == "." and touches and may_abbreviate(written[rest.starts[-1]], rest.lows[-1]):
        depends = ABBREVIATING
    return Piece(
        (*rest.lows, mark),
        rest.tags + letter.tag,
        NUMBERS[*rest.starts, at],
        NUMBERS[*rest.sizes, len(mark)],
        LETTERS[*rest.unsettled, depends],
        rest.forms,
        rest.folded,
        rest.word_starts,
        rest.capital,
        rest.named,
    )


def opened(mark: str, rest: Piece) -> Piece:
    """Give a piece that begins with a mark."""
    letter = mark_letter(mark)
    return Piece(
        (mark, *rest.lows),
        letter.tag + rest.tags,
        NUMBERS[0, *[at + 1 for at in rest.starts]],
        NUMBERS[1, *rest.sizes],
        LETTERS[None if letter.settled else letter, *rest.unsettled],
        rest.forms,
        rest.folded,
        NUMBERS[tuple([at + 1 for at in rest.word_starts])],
        rest.capital,
        rest.named,
    )


def of_tokens(written: str, found: list[tuple[int, int]]) -> Piece:
    """Give the piece with tokens at these positions."""
    tokens = [written[first:last] for first, last in found]
    lows = list(map(normal_form, tokens))
    letters = list(map(letter_of, tokens, lows))
    unsettled = [None if letter.settled else letter for letter in letters]
    for at in range(1, len(lows)):
        before, end = found[at - 1]
        if lows[at] == "." and found[at][0] == end and may_abbreviate(written[before], lows[at - 1]):
            unsettled[at] = ABBREVIATING
    return Piece(
        tuple(lows),
        "".join([letter.tag for letter in letters]),
        NUMBERS[tuple([first for first, _ in found])],
        NUMBERS[tuple([last - first for first, last in found])],
        LETTERS[tuple(unsettled)],
        *place_words(written),
    )


@cache
def mark_letter(mark: str) -> Letter:
    """Give the letter of a mark that opens or ends a piece."""
    return letter_of(mark, mark)


def may_abbreviate(letter: str, word: str) -> bool:
    """Tell whether a dot after a word that begins with a letter belongs to the word; after "no" it does before a number."""
    party = len(word) > 2 and word[1] == "-" and letter in "RDI"  # "(R-Tex.)"
    return word == "no" or (len(word) == 1 and letter.isupper()) or party or word in words("abbreviation")


LINE_BREAK = Piece(("\n",), "#", (0,), (1,), (LINE_END,), (), (), (), (), ())
PIECES = Remembered(piece_of)
NUMBERS: Same[int] = Same()
LETTERS: Same[Letter | None] = Same()
flat = chain.from_iterable
