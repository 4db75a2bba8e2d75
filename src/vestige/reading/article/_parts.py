"""A line looked at by itself: how many words it has, whether it ends like a sentence, whether it is furniture that says so."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from vestige.reading._model import Span
from vestige.reading.article._code import is_code
from vestige.reading.article._furniture import held, kind_of_plain, plain
from vestige.reading.article._lines import ENDING, FINAL
from vestige.reading.article._long import begins_furniture
from vestige.reading.article._markdown import leads_elsewhere, visible

UNBROKEN = re.compile("[\u0e00-\u0edf\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
WORD = re.compile(r"(?<!\S)\S?[^\W_]")
"""The beginning of a word, or of one after a mark; a line of marks alone has none."""
CUT_OFF = re.compile(r"(?:\.\.\.|…)\]?$")
"""The end of a text that goes on elsewhere, as lists of other stories have it."""
LETTERS_PER_WORD = 2
"""Letters of a script without blanks between words (Thai, Burmese, Khmer, Japanese, Chinese), and how many are taken for a word."""
MEASURED = 400
"""So many characters at the start of a paragraph are measured."""
LONGEST_NOTE = 40


class Part(NamedTuple):
    """A line and what tells whether it stands in an article or in a page."""

    span: Span
    shown: str
    """What a reader sees of it."""
    words: int
    whole: bool
    """Whether it neither breaks off nor leads elsewhere."""
    ends: bool
    """Whether it ends with the mark of a sentence."""
    plain: str
    """How it is compared with known furniture; empty for what is too long or within a line, and so is none."""
    kind: str = ""
    """Of furniture: section, note or caption; code; empty for anything else."""


def parts_of(text: str, spans: Iterable[Span], *, code: bool) -> list[Part]:
    """Look at the paragraphs of a text; ``code``: it may hold code."""
    parts = [part_of(text, span) for span in spans]
    phrases = held("\n".join([part.plain for part in parts]))
    kinds = [
        "code" if code and is_code(part.shown) else part.plain and kind_of_plain(part.plain, phrases) for part in parts
    ]
    return [part._replace(kind=kind) if kind else part for part, kind in zip(parts, kinds, strict=True)]


def part_of(text: str, span: Span) -> Part:
    """Look at one paragraph on its own, but for what kind of furniture it is."""
    written = text[span.start : span.end]
    shown = visible(written)
    count = len(shown.split())
    unbroken = 0 if shown.isascii() else len(UNBROKEN.findall(shown, 0, MEASURED))
    if unbroken and unbroken > len(shown[:MEASURED].split()):
        words = max(count, unbroken // LETTERS_PER_WORD)
    else:
        words = count if WORD.search(shown, 0, MEASURED) else 0
    short = count <= LONGEST_NOTE and stands_alone(text, span.start)
    ending = shown[-ENDING:]
    whole = CUT_OFF.search(ending) is None and not leads_elsewhere(written)
    return Part(span, shown, words, whole, whole and FINAL.search(ending) is not None, plain(shown) if short else "")


def stands_alone(text: str, start: int) -> bool:
    """Tell the start of a line, or of what a wide gap sets apart, from a sentence within a line: a sentence may speak of cookies."""
    before = text[max(0, start - 2) : start]
    return start == 0 or before.endswith("\n") or before.isspace() or begins_furniture(text, start)
