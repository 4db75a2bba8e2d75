"""Words of a text with one letter of grammar each, so that phrases are found by patterns over a string of letters.

It is meant to find the edges of noun phrases and clauses, not to parse (a finite-state cascade in the sense of Abney 1996). The letters
are those of `_letters`; here the neighbours settle what a word by itself leaves open.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from vestige.reading.text._breaks import paragraph_breaks
from vestige.reading.text._letters import closed_classes
from vestige.reading.text._lexicon import cues
from vestige.reading.text._pieces import Stretch, flat, row
from vestige.reading.text._settling import TAGS, Columns, settle

LONGEST_SENTENCE = 300
"""Longer ones, in tokens, are cut: it is no sentence, and every step stays short."""
SENTENCE_END = re.compile(r"#+|[.~]['>)]*#?")


class Tokens(NamedTuple):
    """The words and marks of a text, in columns."""

    text: str
    starts: list[int]
    sizes: list[int]
    lows: list[str]
    tags: str
    """One letter each, see `_letters`."""
    sentences: list[int]
    """Index of the first token of every sentence, and the number of tokens at the end."""

    def end(self, at: int) -> int:
        """Give where token ``at`` ends."""
        return self.starts[at] + self.sizes[at]

    def slice(self, first: int, last: int) -> str:
        """Give the text from token ``first`` up to, without, token ``last``."""
        return self.text[self.starts[first] : self.end(last - 1)] if last > first else ""


def tokenize(text: str, stretches: Sequence[Stretch]) -> Tokens:
    """Give the words and marks of some parts of a text; a line is a paragraph unless the text is wrapped."""
    found = Columns([], [], [], [])
    for stretch in stretches:
        part = settled(text, stretch)
        found.starts.extend(part.starts)
        found.sizes.extend(part.sizes)
        found.lows.extend(part.lows)
        found.letters.extend(part.letters)
        if found.letters and found.letters[-1] != "#":
            found.starts.append(stretch.span.end)
            found.sizes.append(0)
            found.lows.append("\n")
            found.letters.append("#")
    tags = headline_letters("".join(found.letters), found.lows)
    return Tokens(text, found.starts, found.sizes, found.lows, tags, sentence_starts(tags, found.starts, text))


def settled(text: str, stretch: Stretch) -> Columns:
    """Give the tokens of one part of a text."""
    span, pieces, begin = stretch
    codes = "".join([piece.codes for piece in pieces])
    found = Columns(
        starts=[at + start for at, piece in zip(begin, pieces, strict=True) for start in piece.starts],
        sizes=list(row([piece.sizes for piece in pieces])),
        lows=list(flat([piece.lows for piece in pieces])),
        letters=list(codes.translate(TAGS)),
    )
    settle(text, found, codes, paragraph_breaks(text, *span))
    return found.without_dropped() if "" in found.letters else found


def headline_letters(tags: str, lows: list[str]) -> str:
    """Find the verb in a first line whose words are all capitalised: "Minister Says Talks Failed"."""
    end = tags.find("#")
    line = tags[:end]
    if not 4 <= end <= 30 or line.count("X") < 0.5 * end or ("N" in line and line.endswith(".")):
        return tags
    forms, known = cues().forms, closed_classes()
    letters = [
        "V" if tag == "X" and lows[at] in forms and forms[lows[at]].shape in ("s", "past") and at and tags[at - 1] in "XN>"
        else "A" if tag == "X" and known.get(lows[at]) == "A" and at else tag
        for at, tag in enumerate(line)
    ]  # fmt: skip
    return "".join(letters) + tags[end:]


def sentence_starts(tags: str, starts: list[int], text: str) -> list[int]:
    """Give the first token of every sentence: after a final mark and its closing quotation marks, and after a paragraph."""
    found = [0]
    for match in SENTENCE_END.finditer(tags):
        first = match.end()
        found.extend(range(found[-1] + LONGEST_SENTENCE, first, LONGEST_SENTENCE))
        if first >= len(tags) or first == found[-1]:
            continue
        if (
            match.group()[-1] == "#"
            or tags[first] == "#"
            or not (text[starts[first]].islower() or tags[first] in ",;:")
        ):
            found.append(first)
    found.extend(range(found[-1] + LONGEST_SENTENCE, len(tags), LONGEST_SENTENCE))
    found.append(len(tags))
    return found
