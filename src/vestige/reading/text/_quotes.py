"""Passages in quotation marks, also where a mark is missing, a quotation runs over several paragraphs, or holds two levels more."""

import re
from typing import NamedTuple

from vestige.reading.text._tokens import Tokens

MARKS = re.compile("[<>#']")
_THIRD = re.compile(r"[^“”\"„»«\n]{0,1000}[”“\"»][.,;!?]{0,2}[’'›][^\n]{0,1000}?[”“\"»]")
"""What follows the mark that opens a quotation within a quotation within a quotation: where it ends, and the other two end."""
_SECOND = re.compile(r"[^“”\"„»«\n]{0,1000}[”“\"»][^“”\"„»«\n]{0,1000}[’'›](?!\w)")
"""What follows a double mark within single ones: where both end."""
_PAIRED = {"«": re.compile("[^«»“”\n]{1,1000}»"), "“": re.compile("[^«»“”\n]{1,1000}”")}
"""What follows a mark within a quotation in marks of another kind."""
_AFTER_SINGLE = re.compile(r"[,.;] ?(?=\s|$)")
"""What follows the mark that closes a quotation in single ones, as the British set it, and no apostrophe."""
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
        self.within = 0
        """So many quotations in double marks are open within the one that is open."""

    def step(self, index: int, tag: str) -> None:
        if tag == "#":
            self.end_paragraph(index)
        elif tag == "'":
            self.single(index)
        elif tag == ">" and self.within and self.opened >= 0:
            self.within -= 1
        elif self.opened >= 0 and self.mark == "'":
            if tag == "<" and _SECOND.match(self.tokens.text, self.tokens.end(index)):
                self.within += 1
                return
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
            if self.is_within(index):
                self.within += 1
                return
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

    def is_within(self, index: int) -> bool:
        """Tell a quotation in double marks within the one that is open: in marks of another kind, or within single ones."""
        tokens = self.tokens
        other = _PAIRED.get(tokens.lows[index]) if tokens.lows[index] != self.mark else None
        if other is not None and other.match(tokens.text, tokens.end(index)):
            return True
        return "'" in tokens.tags[self.opened : index] and _THIRD.match(tokens.text, tokens.end(index)) is not None

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
            and (self.tokens.tags[index - 1] in ".,~>" or _AFTER_SINGLE.match(text, end))
            and index - self.opened > 3
            and not self.within
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
        self.within = 0
        self.paragraph = index + 1


def tokens_mark(tokens: Tokens, index: int) -> str:
    """Give the mark at a token."""
    return tokens.lows[index]
