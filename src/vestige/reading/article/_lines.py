"""A text cut into paragraphs, whatever made it of a page: a line a block, a line a piece between tags, wrapped lines, or hardly any lines.

Only what stands in the text is looked at: which lines break off in the middle of a sentence, whether lines are wrapped at one width, and
where a line that is far too long has wide gaps or ends of sentences.
"""

import re
from collections.abc import Iterator
from itertools import pairwise
from operator import or_

from vestige.reading._model import Span
from vestige.reading.article._code import is_code, may_hold_code
from vestige.reading.article._furniture import ALL, held, kind_of_plain, plain
from vestige.reading.article._long import LONGEST_LINE, parts
from vestige.reading.article._markdown import leads_elsewhere
from vestige.reading.text._glued import may_be_glued, unglued
from vestige.reading.text._languages import words_of

LINE = re.compile(r"[^\n]+")
FINAL = re.compile(r"[.!?…:؟։。！？][\"”»’')\]]*\s*$")
GOES_ON = frozenset(",.;:)’'”")
WIDE = re.compile(r"[ \xa0]{3,}|\t+")
ENDING = 12
"""So many characters at a line's end are looked at."""
LONGEST_PARAGRAPH = 3000
WIDEST, FULL, MOSTLY_FULL, FEWEST_LONG = 100, 0.85, 0.4, 8
"""Lines are wrapped if none is wider and, of at least so many longer than half of that, this share is nearly as long as the longest."""


def paragraphs(text: str, language: str) -> Iterator[Span]:
    """Give the paragraphs of a text, without the white space around them, in the language's own terms (ISO 639-1)."""
    known = words_of(language)
    lines = [line for start, end in pieces(text, known) if (line := stripped(text, start, end))]
    if not lines:
        return
    width = wrapped_at(lines)
    carried = [goes_on(text, before, line, known, width) for before, line in pairwise(lines)]
    apart = standing_apart(text, lines, carried)
    whole = lines[0]
    for at, line in enumerate(lines[1:], 1):
        if carried[at - 1] and not apart[at - 1] and not apart[at] and line.end - whole.start < LONGEST_PARAGRAPH:
            whole = Span(whole.start, line.end)
        else:
            yield whole
            whole = line
    yield whole


def standing_apart(text: str, lines: list[Span], carried: list[bool]) -> list[bool]:
    """Tell of the lines that are carried on, or carry on, which are no part of a paragraph: furniture, code, or links."""
    asked = map(or_, [*carried, False], [False, *carried])
    written = [text[line.start : line.end] if ask else "" for ask, line in zip(asked, lines, strict=True)]
    shown = list(map(plain, written))
    phrases = held("\n".join(shown)) if any(carried) else ALL
    return [
        line != "" and (kind_of_plain(low, phrases) != "" or is_code(line) or leads_elsewhere(line))
        for line, low in zip(written, shown, strict=True)
    ]


def stripped(text: str, start: int, end: int) -> Span | None:
    """Give a part of a text without the white space around it; nothing where it is nothing else."""
    part = text[start:end]
    first = start + len(part) - len(part.lstrip())
    return Span(first, start + len(part.rstrip())) if first < end else None


def pieces(text: str, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the lines, and the parts of lines that are too long: between wide gaps, and of these the sentences, see `parts`."""
    code, cut = may_hold_code(text), may_be_glued(text)
    for line in LINE.finditer(text):
        written = line.group()
        if (code and is_code(written)) or leads_elsewhere(written):
            yield line.span()
        else:
            for start, end in unglued(text, *line.span()) if cut else (line.span(),):
                if end - start <= LONGEST_LINE:
                    yield start, end
                else:
                    yield from between_gaps(text, start, end, known)


def between_gaps(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Cut a line that is too long at its wide gaps, and what is left between them, see `parts`."""
    for gap in WIDE.finditer(text, start, end):
        yield from parts(text, start, gap.start(), known)
        start = gap.end()
    yield from parts(text, start, end, known)


def wrapped_at(lines: list[Span]) -> int:
    """Give the width at which a text is wrapped, 0 if it is not."""
    lengths = [end - start for start, end in lines if end - start > WIDEST // 2]
    if len(lengths) < FEWEST_LONG or max(lengths) > WIDEST:
        return 0
    width = max(lengths)
    return width if sum(length > FULL * width for length in lengths) > MOSTLY_FULL * len(lengths) else 0


def goes_on(text: str, before: Span, line: Span, known: frozenset[str], width: int) -> bool:
    """Tell whether a line carries on the one before it, which the way of making the text has cut."""
    ending = text[max(before.start, before.end - ENDING) : before.end]
    if width and text.count("\n", before.end, line.start) == 1:
        word = text[line.start : line.end].split(None, 1)[0]
        if before.end - before.start + 1 + len(word) >= width:
            return True
    if FINAL.search(ending):
        return False
    first = text[line.start]
    if first.islower() or first in GOES_ON:
        return True
    return ending.rsplit(None, 1)[-1] in known or (ending[-1] == "," and before.end - before.start > ENDING)
