"""Passages in quotation marks, also where a mark is missing or a quotation runs over several paragraphs."""

import re
from typing import NamedTuple

from vestige.reading.text._tokens import Tokens

MARKS = re.compile("[<>#']")
SINGLE_OPEN, SINGLE_CLOSE = frozenset("‘'‹‚"), frozenset("’'›")


class Quote(NamedTuple):
    """Tokens ``first`` up to, without, ``last``, the marks included."""

    first: int
    last: int
    closed: bool
    carries_on: bool
    """Whether it continues the quotation of the paragraph before, which was left open as is the custom in print."""


def find_quotes(tokens: Tokens) -> list[Quote]:
    """Give the quotations in order, without overlap; one without an end stops at its paragraph's end."""
    scan = _Scan(tokens)
    for match in MARKS.finditer(tokens.tags):
        scan.step(match.start(), match.group())
    return scan.found


class _Scan:
    """State of one pass over the quotation marks."""

    def __init__(self, tokens: Tokens) -> None:
        self.tokens = tokens
        self.found: list[Quote] = []
        self.opened = -1
        self.mark = ""
        self.paragraph = 0
        self.pending = False
        """The quotation of the paragraph before has no end."""

    def step(self, index: int, tag: str) -> None:
        if tag == "#":
            self.end_paragraph(index)
        elif tag == "'":
            self.single(index)
        elif self.opened >= 0 and self.mark == "'":
            self.opened, self.mark = index if tag == "<" else -1, tokens_mark(self.tokens, index)
        elif tag == "<" and not (self.mark == "„" and self.tokens.lows[index] == "“"):
            self.open(index)
        else:
            self.close(index)

    def open(self, index: int) -> None:
        low = self.tokens.lows[index]
        if self.opened >= 0 and self.is_turned(index):
            self.close(index)
            return
        if self.opened >= 0:
            if low != self.mark or self.tokens.tags[index - 1] not in ".,>~":
                return
            self.found.append(Quote(self.opened, index, False, self.carries(self.opened)))
        self.opened, self.mark = index, low

    def is_turned(self, index: int) -> bool:
        """Tell an opening mark that stands where one closes, after a mark and before a space: "“Where is it?“ she asked"."""
        tokens, end = self.tokens, self.tokens.end(index)
        return (
            tokens.tags[index - 1] in ".,"
            and tokens.starts[index] == tokens.end(index - 1)
            and tokens.text[end : end + 1].isspace()
        )

    def close(self, index: int) -> None:
        if self.opened >= 0:
            self.found.append(Quote(self.opened, index + 1, True, self.carries(self.opened)))
            self.opened = -1
            self.mark = ""
            self.pending = False
        elif index == self.paragraph:
            self.opened, self.mark = index, self.tokens.lows[index]
        elif self.tokens.tags[index - 1] != "0" and self.tokens.tags[index - 1] in ".,~XNVYEGOR)":
            self.stray(index)

    def stray(self, index: int) -> None:
        """Take a closing mark that nothing opened: the quotation began with the paragraph, or after the last quotation."""
        after = self.found[-1].last if self.found else 0
        first = max(self.paragraph, after)
        if index - first >= 3 and (first == self.paragraph):
            self.found.append(Quote(first, index + 1, True, self.pending))
            self.pending = False

    def carries(self, first: int) -> bool:
        return self.pending and first == self.paragraph

    def single(self, index: int) -> None:
        low = self.tokens.lows[index]
        text = self.tokens.text
        start, end = self.tokens.starts[index], self.tokens.end(index)
        if self.opened < 0:
            free = not start or text[start - 1].isspace() or text[start - 1] in "(—–"
            if low in SINGLE_OPEN and free and end < len(text) and not text[end].isspace():
                self.opened, self.mark = index, "'"
        elif (
            self.mark == "'"
            and low in SINGLE_CLOSE
            and self.tokens.tags[index - 1] in ".,~"
            and index - self.opened > 3
        ):
            self.found.append(Quote(self.opened, index + 1, True, False))
            self.opened = -1

    def end_paragraph(self, index: int) -> None:
        if self.opened >= 0 and self.mark != "'":
            self.found.append(Quote(self.opened, index, False, self.carries(self.opened)))
            self.pending = True
        else:
            self.pending = False
        self.opened = -1
        self.mark = ""
        self.paragraph = index + 1


def tokens_mark(tokens: Tokens, index: int) -> str:
    """Give the mark at a token."""
    return tokens.lows[index]
