"""What looks like a report of speech and gave no statement: quotations, in any language, and verbs of speech in those that are not read."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from vestige.reading._model import PossibleStatement, Span, Statement
from vestige.reading.grammar._clauses import FINITE
from vestige.reading.grammar._page import Page
from vestige.reading.languages._tagged import quotations
from vestige.reading.text._languages import CODES, language_of, reading, words_of

QUOTATION = "a quotation that belongs to no statement"
UNREAD = "a verb of speech in a language that is not read for statements"
MOST = 500
"""So many are listed of one text at most."""
_CLOSING = ' \t»”“"״』」'
_SENTENCE = re.compile(r"[^.!?。！？؟\n]{3,1200}[.!?。！？؟]?")
_SHORTEST = 5
"""A quotation of fewer tokens, its marks included, is a name or a term, unless it ends as a sentence does."""
_LONG = 8
"""A quotation of so many tokens is no name where no verb can be told."""
_UNSPACED = ("han", "kana")


def unread_signs(
    page: Page, found: Sequence[Statement], listed: Sequence[PossibleStatement], body: Sequence[Span], language: str
) -> tuple[PossibleStatement, ...]:
    """Give what is not among statements and sentences listed already, in order of the text."""
    taken = _joined([piece for one in found for piece in one.content] + [one.sentence for one in listed])
    signs = (
        _quotes(page, english=language == "en")
        if reading(language) or language == "en"
        else _by_eye(page.tokens.text, body, language)
    )
    new = (one for one in signs if not _overlaps(one.sentence, taken))
    kept = [one for one, _ in zip(new, range(MOST), strict=False)]
    return tuple(sorted([*listed, *kept], key=lambda one: one.sentence))


def _joined(spans: Sequence[Span]) -> list[Span]:
    """Give the spans in order, those that overlap as one: so that a long text asks a few of them and not all."""
    joined: list[Span] = []
    for first, last in sorted(span for span in spans if span.start < span.end):
        if joined and first < joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, last))
        else:
            joined.append(Span(first, last))
    return joined


def _overlaps(span: Span, joined: Sequence[Span]) -> bool:
    before = bisect_left(
        joined, span.end, key=lambda one: one.start
    )  # only the last that begins before its end can reach it
    return before > 0 and span.start < joined[before - 1].end


def _is_quotation(page: Page, index: int, size: int, *, english: bool) -> bool:
    """Tell somebody's words from a name, a term or a title: by how they end, how long they are, in English by a verb."""
    first, last, _, _ = page.quotes[index]
    if page.is_speech(index):
        return size >= _SHORTEST or page.tags[last - 2] in ".~"
    if page.tags[last - 2] in ".,~":  # a title that a preposition or a word like "book" governs
        return False
    if english:
        return size >= _SHORTEST and FINITE.search(page.tags, first, last) is not None
    apart = page.tags[last : last + 1] in tuple(",-") or page.tags[max(0, first - 1)] == ":"
    return size >= (_SHORTEST if apart else _LONG)


def _quotes(page: Page, *, english: bool) -> Iterator[PossibleStatement]:
    tokens = page.tokens
    for index, (first, last, _, _) in enumerate(page.quotes):
        if _is_quotation(page, index, last - first, english=english):
            yield _possible(tokens.starts[first], tokens.end(last - 1), QUOTATION)


def _by_eye(text: str, body: Sequence[Span], language: str) -> Iterator[PossibleStatement]:
    """Give quotations by their marks, and sentences with a verb of speech."""
    quotes = quotations(text, body, language)
    yield from (_possible(first, last, QUOTATION) for first, last in quotes)
    if language not in CODES:
        return
    cues = words_of(language, "speech")
    spaced = language_of(language).script not in _UNSPACED
    starts = [quote.start for quote in quotes]
    for first, last in body:
        for match in _SENTENCE.finditer(text, first, last):
            inside = bisect_right(starts, match.end()) > bisect_left(starts, match.start())
            words = set(re.findall(r"[^\W\d_]+(?:\u200c[^\W\d_]+)*", match[0]))
            if not inside and (cues & words if spaced else any(cue in match[0] for cue in cues)):
                start = match.start() + len(match[0]) - len(match[0].lstrip(_CLOSING))
                yield _possible(start, match.end(), UNREAD)


def _possible(start: int, end: int, why: str) -> PossibleStatement:
    return PossibleStatement(sentence=Span(start, end), cue=Span(start, start + 1), why=why)
