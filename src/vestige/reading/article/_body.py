"""The article in a plain text that may be a whole page: menus, share bars, cookie notes and other stories are cut.

Every line is scored by what running text has and page furniture lacks (length, sentence marks, function words), then the
stretch of lines with the highest sum is the article (maximum subarray), in the manner of jusText and of Pasternack & Roth
2009, here without any markup. The text is not altered: the result is spans of it.
"""

import re
from collections import Counter
from itertools import islice
from typing import NamedTuple

from vestige.reading._model import Span
from vestige.reading.article._code import may_hold_code
from vestige.reading.article._furniture import closes_page
from vestige.reading.article._lines import GOES_ON, paragraphs
from vestige.reading.article._parts import MEASURED, Part, parts_of
from vestige.reading.article._threads import threads
from vestige.reading.text._language import detect_language
from vestige.reading.text._languages import UNSPACED, words_of

SENTENCE_MARK = re.compile(r"[.!?;:…؟։](?=[\s\"”»’)]|$)|[,،](?=\s)|[。！？、]")
LONG, SHORT = 12, 4
"""Words of a line that is surely text, and of one that is hardly a sentence."""
GAP, HEADING = 8.0, 4.0
"""What a line of furniture costs, and a line that may be a heading within the article."""
MOST_PER_LINE = 45.0
TEASER, MOST_TEASER = 0.4, 45.0
FEWEST_FUNCTION = 0.1
UNKNOWN_LANGUAGE = 0.25
PIECE = 0.5
UNFINISHED, LONG_UNFINISHED, FUNCTION_UNFINISHED = 0.3, 16, 0.25
"""What a word counts in a line without any sentence mark, of so many words or more, with more than that share of function words."""
LEAST = 25.0
"""A stretch that weighs less, in words, is no article: the text has none, or one that is a table or a list, and is left whole."""
IN_THREAD, CLOSED = 0.3, 0.8
"""What stands in a thread counts for so much; and so much is left of what was summed up before a line that closes a page."""
SEVERAL = 2
COST = {"code": -GAP, "section": -25.0, "note": -2 * GAP, "caption": -1.0}
TITLE_LINES = 2
BARE = 0.8
ONE_LINE, FEWEST_FURNITURE = 0.8, 80
"""A text with more than that share in one line has lost its line breaks; fewer words of furniture in a row make no page of it."""


class Line(NamedTuple):
    """One line of what may be a page, and what was measured on it."""

    span: Span
    words: int
    function: float
    """Share of function words."""
    marks: int
    """Marks that end sentences or clauses, so far as there are several."""
    ends: bool
    continues: bool
    """Whether it begins in the middle of a sentence."""
    kind: str


def find_body(text: str, language: str | None = None) -> tuple[Span, ...]:
    """Give the spans of a text that hold the article; the whole of a text that is nothing else."""
    language = language or detect_language(text)
    if language in UNSPACED:
        language = "und"  # its words of grammar stand within its lines, so they cannot be counted
    code = may_hold_code(text)
    parts = parts_of(text, paragraphs(text, language), code=code)
    if not parts:
        return ()
    whole = (Span(parts[0].span.start, parts[-1].span.end),)
    if is_article(parts):
        return whole
    lines = [measured(text, part, language) for part in parts]
    if is_long_line(text, lines):
        return whole
    written = [text[line.span.start : line.span.end] for line in lines]
    scores = outside_threads(in_context(lines, repeated(written)), written)
    first, last = grown(lines, *best_stretch(scores, [closes_page(line) for line in written]))
    return joined(text, [line.span for line in lines[first:last] if not line.kind])


def is_article(parts: list[Part]) -> bool:
    """Tell a bare article from a page: no known furniture, and most words in sentences."""
    if any(part.kind for part in parts):
        return False
    whole = sum(part.words for part in parts if part.ends or part.words > 2 * LONG)
    return whole >= BARE * sum(part.words for part in parts)


def is_long_line(text: str, lines: list[Line]) -> bool:
    """Tell an article that lost its line breaks from a page that did: no known furniture, and no long menu."""
    return not any(line.kind for line in lines) and on_one_line(text) and longest_furniture(lines) < FEWEST_FURNITURE


def on_one_line(text: str) -> bool:
    """Tell a text that has lost its line breaks."""
    return len(max(text.split("\n"), key=len)) > ONE_LINE * len(text)


def longest_furniture(lines: list[Line]) -> int:
    """Give the words of the longest run of what is no running text; in an article joined to one line that is a list of names."""
    longest = run = 0
    for line in lines:
        run = run + line.words if score(line, goes_on=False) < 0 else 0
        longest = max(longest, run)
    return longest


def measured(text: str, part: Part, language: str) -> Line:
    """Measure a line of what may be a page."""
    known = words_of(language)
    head = part.shown[:MEASURED].lower().split()
    first = text[part.span.start]
    return Line(
        span=part.span,
        words=part.words,
        function=sum(map(known.__contains__, head)) / max(1, len(head)) if known else UNKNOWN_LANGUAGE,
        marks=sum(1 for _ in islice(SENTENCE_MARK.finditer(part.shown, 0, MEASURED), SEVERAL)) if part.whole else 0,
        ends=part.ends,
        continues=first.islower() or first in GOES_ON,
        kind=part.kind,
    )


def repeated(written: list[str]) -> list[bool]:
    """Tell which lines stand in the text more than once: articles do not repeat themselves, pages do."""
    counts = Counter(written)
    return [counts[line] > 1 for line in written]


def in_context(lines: list[Line], again: list[bool]) -> list[float]:
    """Score the lines: text that stands among furniture counts for less, what stands there twice for nothing."""
    scores: list[float] = []
    for at, line in enumerate(lines):
        before = at > 0 and line.continues and not lines[at - 1].ends
        after = at + 1 < len(lines) and lines[at + 1].continues and not line.ends
        value = score(line, goes_on=before or after)
        scores.append(min(value, 0.0) if again[at] else value)
    return [
        value * TEASER
        if 0 < value < MOST_TEASER and 0 < at < len(scores) - 1 and scores[at - 1] < 0 and scores[at + 1] < 0
        else value
        for at, value in enumerate(scores)
    ]


def outside_threads(scores: list[float], written: list[str]) -> list[float]:
    """Count for less what stands in comments and lists of other stories."""
    inside = {at for thread in threads(written) for at in thread}
    return [value * IN_THREAD if value > 0 and at in inside else value for at, value in enumerate(scores)]


def score(line: Line, *, goes_on: bool) -> float:
    """Score one line: positive for running text, negative for page furniture; ``goes_on``: a piece of a broken line."""
    if line.kind:
        return COST[line.kind]
    if not line.words:
        return -1.0
    if goes_on and line.words >= 1:
        return PIECE * min(float(line.words), MOST_PER_LINE) if line.function > FEWEST_FUNCTION else 0.0
    whole = line.ends or line.marks == SEVERAL
    if line.words >= LONG and whole and line.function > FEWEST_FUNCTION:
        return min(float(line.words), MOST_PER_LINE)
    if line.words >= SHORT and whole and line.function > FEWEST_FUNCTION:
        return 0.5 * line.words
    return unfinished(line)


def unfinished(line: Line) -> float:
    """Score a line without the marks of a sentence, or with too few words or function words for one: a heading, a link, an item of a list."""
    if line.words >= LONG_UNFINISHED and line.function > FUNCTION_UNFINISHED:
        return UNFINISHED * min(float(line.words), MOST_PER_LINE)
    return -HEADING if line.words >= SHORT and (line.function > 0.2 or line.words > 2 * LONG) else -GAP


def best_stretch(scores: list[float], closing: list[bool]) -> tuple[int, int]:
    """Give the stretch with the highest sum (Kadane's algorithm), or the whole where that is small: first index, index after the last."""
    best, first, last = 0.0, 0, len(scores)
    total, start = 0.0, 0
    for at, score in enumerate(scores):
        if total <= 0:
            total, start = 0.0, at
        total = (CLOSED * total if closing[at] else total) + score
        if total > best:
            best, first, last = total, start, at + 1
    return (first, last) if best >= LEAST else (0, len(scores))


def grown(lines: list[Line], first: int, last: int) -> tuple[int, int]:
    """Take in the title of a text that begins with it, and nothing of a page's head."""
    if first <= TITLE_LINES and not any(line.kind in ("section", "note") for line in lines[:first]):
        first = 0
    if len(lines) - last <= TITLE_LINES and not any(line.kind in ("section", "note") for line in lines[last:]):
        last = len(lines)
    return first, last


def joined(text: str, spans: list[Span]) -> tuple[Span, ...]:
    """Join spans with nothing but white space between them."""
    found: list[Span] = []
    for span in spans:
        if found and not text[found[-1].end : span.start].strip():
            found[-1] = Span(found[-1].start, span.end)
        else:
            found.append(span)
    return tuple(found)
