"""A text cut at its spaces and line breaks, each piece known from the texts before it: its tokens, and the words that names of places are made of.

Statements and places need different words ("Nagorno-Karabakh's" is one token and two words of a name), but both lie between two
spaces, and most of what stands between two spaces was seen before. So a text is cut once, and patterns meet only pieces that are new.
"""

import re
from collections.abc import Iterable, Sequence
from functools import cache
from itertools import accumulate, chain, count
from operator import add
from typing import Any, NamedTuple

from msgspec import Struct

from vestige.reading._model import Span
from vestige.reading.text._forms import place_case, place_words
from vestige.reading.text._letters import DOT, LINE_END, letter_of, normal_form, small_word_letter, word_letter
from vestige.reading.text._lexicon import words
from vestige.reading.text._remembered import LONGEST, Remembered

TOKEN = re.compile(
    r"[^\W\d_]\w*(?:(?:[’'`ʼ\-‑&@]|\.(?=[a-z]))\w+)*|[@#]\w+|[$€£]?\d(?:[\d.,:/–-]*\d)?(?:%|(?:-[^\W\d_]\w*)+)?"
    r"|''|``|\.{2,}|--+|[^\w\s]|_+"
)
OPENING, ENDING = frozenset('“"‘(«['), frozenset('.,;:?!”"’)»]')
"""Marks that are a token by themselves wherever they stand first or last."""
POSSESSIVE = ("'s", "’s")


class Piece(Struct, frozen=True, gc=False):
    """What stands between two spaces, in columns: those of its tokens, then those of its words.

    Positions are characters from its start. Small numbers lie in bytes, which Python keeps and joins for less than tuples.
    """

    lows: tuple[str, ...]
    codes: str
    """The letter of each token, or what stands for it until the neighbours settle it (see ``_letters.OPEN``)."""
    starts: bytes | tuple[int, ...]
    sizes: bytes | tuple[int, ...]
    forms: tuple[str, ...]
    word_starts: bytes | tuple[int, ...]
    cases: bytes
    """See ``_place_forms.place_case``."""


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
    alone = (word,)
    return Piece(alone, small_word_letter(word), FIRST, size_of(word), alone, FIRST, SMALL)


def of_word(word: str, name: str) -> Piece:
    """Give the piece that is one word, and what of it may be a name."""
    low = normal_form(word)
    alone = (word,)
    return Piece(
        alone if low == word else (low,),
        word_letter(word, low),
        FIRST,
        size_of(word),
        alone if name == word else (name,),
        FIRST,
        BYTES[place_case(name)],
    )


# A piece that may end or open so is short (`LONGEST`): the positions in it lie in bytes.
def ended(written: str, rest: Piece, mark: str) -> Piece:
    """Give a piece that ends with a mark."""
    at = len(written) - len(mark)
    touches = rest.lows and rest.starts[-1] + rest.sizes[-1] == at
    joins = mark == "." and touches and may_abbreviate(written[rest.starts[-1]], rest.lows[-1])
    return Piece(
        (*rest.lows, mark),
        rest.codes + (DOT if joins else mark_letter(mark)),
        rest.starts + BYTES[at],  # type: ignore[operator]
        rest.sizes + BYTES[len(mark)],  # type: ignore[operator]
        rest.forms,
        rest.word_starts,
        rest.cases,
    )


def opened(mark: str, rest: Piece) -> Piece:
    """Give a piece that begins with a mark."""
    return Piece(
        (mark, *rest.lows),
        mark_letter(mark) + rest.codes,
        FIRST + bytes([at + 1 for at in rest.starts]),
        BYTES[1] + rest.sizes,  # type: ignore[operator]
        rest.forms,
        bytes([at + 1 for at in rest.word_starts]),
        rest.cases,
    )


def of_tokens(written: str, found: list[tuple[int, int]]) -> Piece:
    """Give the piece with tokens at these positions."""
    tokens = [written[first:last] for first, last in found]
    lows = list(map(normal_form, tokens))
    codes = list(map(letter_of, tokens, lows))
    for at in range(1, len(lows)):
        before, end = found[at - 1]
        if lows[at] == "." and found[at][0] == end and may_abbreviate(written[before], lows[at - 1]):
            codes[at] = DOT
    forms, starts, cases = place_words(written)
    return Piece(
        tuple(lows),
        "".join(codes),
        numbers([first for first, _ in found]),
        numbers([last - first for first, last in found]),
        forms,
        numbers(starts),
        cases,
    )


def size_of(word: str) -> bytes | tuple[int, ...]:
    """Give the column of sizes of a piece that is one word."""
    size = len(word)
    return BYTES[size] if size <= LONGEST else numbers((size,))


def numbers(column: Sequence[int]) -> bytes | tuple[int, ...]:
    """Give a column as bytes, or as it is where a number is larger than that: only in a piece that is no word."""
    try:
        return bytes(column)
    except ValueError:
        return tuple(column)


def row(columns: list[Any]) -> Iterable[int]:
    """Put the numbers of some pieces in a row."""
    try:
        return b"".join(columns)
    except TypeError:
        return flat(columns)


@cache
def mark_letter(mark: str) -> str:
    """Give the letter of a mark that opens or ends a piece."""
    return letter_of(mark, mark)


def may_abbreviate(letter: str, word: str) -> bool:
    """Tell whether a dot after a word that begins with a letter belongs to the word; after "no" it does before a number."""
    party = len(word) > 2 and word[1] == "-" and letter in "RDI"  # "(R-Tex.)"
    return word == "no" or (len(word) == 1 and letter.isupper()) or party or word in words("abbreviation")


BYTES = [bytes((number,)) for number in range(LONGEST + 1)]
FIRST = SMALL = BYTES[0]
LINE_BREAK = Piece(("\n",), LINE_END, FIRST, BYTES[1], (), b"", b"")
PIECES = Remembered(piece_of)
flat = chain.from_iterable
