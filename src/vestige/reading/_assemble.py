"""From drafts to statements: quotations that carry on are joined, the manner is told, positions become characters."""

import re

from vestige.reading._drafts import Draft
from vestige.reading._english import English
from vestige.reading._model import Manner, Span, Statement
from vestige.reading._phrases import Phrase
from vestige.reading._quotes import Quote
from vestige.reading._tokens import Tokens

SPEECH_WORDS = 4
"""A quotation of fewer words that stands alone is a term, a title or a slogan."""
LETTER = re.compile(r"[^\W\d_]")


def join_quotes(reader: English) -> list[Draft]:
    """Add quotations without a tag to the statement they carry on; a paragraph of its own becomes an inferred statement."""
    tokens, quotes = reader.tokens, reader.quotes
    drafts = sorted(reader.drafts, key=lambda draft: draft.first)
    owner: dict[int, Draft] = {}
    for draft in drafts:
        for index in quotes_within(draft, quotes, reader.quote_starts):
            owner[index] = draft
    by_paragraph = paragraph_of(tokens)
    events = sorted(
        [(draft.cue[0] if draft.cue else draft.first, 0, n) for n, draft in enumerate(drafts)]
        + [(q.first, 1, n) for n, q in enumerate(quotes)]
    )
    last: Draft | None = None
    found = list(drafts)
    for _, kind, n in events:
        if kind == 0:
            if not drafts[n].nested_in:
                last = drafts[n]
            continue
        if n in owner:
            continue
        joined = carry_on(reader, n, last, by_paragraph)
        if joined is not None:
            owner[n] = joined
            if joined is not last:
                found.append(joined)
                last = joined
    return sorted(found, key=lambda draft: draft.first)


def quotes_within(draft: Draft, quotes: list[Quote], starts: list[int]) -> list[int]:
    """Give the quotations that lie in a draft's content."""
    from bisect import bisect_left

    found = []
    for first, last in draft.content:
        index = max(0, bisect_left(starts, first) - 1)
        while index < len(quotes) and quotes[index].first < last:
            if quotes[index].last > first:
                found.append(index)
            index += 1
    return found


def paragraph_of(tokens: Tokens) -> list[int]:
    """Give the tokens at which paragraphs end."""
    return [i for i, tag in enumerate(tokens.tags) if tag == "#"]


def carry_on(reader: English, index: int, last: Draft | None, ends: list[int]) -> Draft | None:
    """Give the draft that an untagged quotation belongs to: the one before it, or a new one that says it was inferred."""
    from bisect import bisect_left

    quote = reader.quotes[index]
    tags = reader.tokens.tags
    starts_sentence = quote.first == 0 or tags[quote.first - 1] in ".#>~:"
    if last is None or not starts_sentence:
        return None
    rest = quote.last
    if rest < len(tags) and tags[rest] not in "#.<" and tags[quote.last - 2] not in ".~":
        return None
    anchor = max(last.last, last.cue[1] if last.cue else 0)
    here, there = bisect_left(ends, quote.first), bisect_left(ends, anchor - 1)
    if quote.carries_on or here == there:
        last.content.append((quote.first, quote.last))
        return last
    if here != there + 1 or not alone(tags, quote) or last.topic or quote.last - quote.first < SPEECH_WORDS + 2:
        return None
    return Draft([(quote.first, quote.last)], None, last.speaker, "continuation", inferred=True)


def alone(tags: str, quote: Quote) -> bool:
    """Tell whether a quotation fills its paragraph."""
    return (quote.first == 0 or tags[quote.first - 1] == "#") and tags[quote.last : quote.last + 1] in ("#", "")


def spans(tokens: Tokens, pieces: list[tuple[int, int]]) -> tuple[Span, ...]:
    """Turn token ranges into character spans, in order."""
    return tuple(Span(tokens.starts[first], tokens.ends[last - 1]) for first, last in sorted(pieces))


def manner_of(draft: Draft, reader: English) -> Manner:
    """Tell whether the content stands in quotation marks, in part, or not."""
    if draft.topic:
        return "topic"
    tokens = reader.tokens
    text = tokens.text
    total = quoted = 0
    for first, last in draft.content:
        total += len(LETTER.findall(text, tokens.starts[first], tokens.ends[last - 1]))
    for index in quotes_within(draft, reader.quotes, reader.quote_starts):
        quote = reader.quotes[index]
        for first, last in draft.content:
            a, b = max(first, quote.first), min(last, quote.last)
            if b > a:
                quoted += len(LETTER.findall(text, tokens.starts[a], tokens.ends[b - 1]))
    if not quoted:
        return "indirect"
    return "direct" if quoted >= 0.9 * total else "mixed"


def statement(draft: Draft, reader: English) -> Statement:
    """Turn a draft into a statement, its speaker not yet named."""
    tokens = reader.tokens
    who: Phrase | None = draft.speaker
    return Statement(
        content=spans(tokens, draft.content),
        manner=manner_of(draft, reader),
        speaker=spans(tokens, [(who.first, who.last)])[0] if who else None,
        cue=spans(tokens, [draft.cue])[0] if draft.cue else None,
        rule=draft.rule,
        inferred=draft.inferred,
        reader="rules",
    )
