"""Quotations without a tag: they carry on the statement before them, or begin one whose speaker is inferred."""

import re
from bisect import bisect_left

from vestige.reading.grammar._drafts import Draft
from vestige.reading.grammar._page import Page
from vestige.reading.text._quotes import Quote

PARAGRAPH_END = re.compile("#")
SHORTEST_SPEECH = 6
"""A quotation of fewer tokens that stands alone is a term, a title or a slogan."""


def join_quotes(page: Page) -> list[Draft]:
    """Give all drafts in order of the text, untagged quotations joined to the statement that they carry on."""
    drafts = sorted(page.drafts, key=lambda draft: draft.cue[0] if draft.cue else draft.first)
    owned = {index for draft in drafts for index in quotes_within(page, draft.content)}
    ends = [match.start() for match in PARAGRAPH_END.finditer(page.tags)]
    found: list[Draft] = []
    last: Draft | None = None
    at = 0
    for index, quote in enumerate(page.quotes):
        while at < len(drafts) and (drafts[at].cue or (drafts[at].first, 0))[0] < quote.first:
            last = last if hangs_on(page, drafts[at], last) else drafts[at]
            at += 1
        if index in owned or last is None:
            continue
        joined = carry_on(page, quote, last, ends)
        if joined is not None and joined is not last:
            found.append(joined)
            last = joined
    return sorted(drafts + found, key=lambda draft: draft.first)


def hangs_on(page: Page, draft: Draft, last: Draft | None) -> bool:
    """Tell whether a statement only comments on the quotation before it: "“…,” he said, referring to …", "…, as he praised …"."""
    if last is None or draft.cue is None or last.cue is None or draft.cue[0] < last.cue[1]:
        return False
    if draft.speaker and draft.speaker.how == "shared subject" and page.tags[draft.cue[0]] != "G":
        return False
    quotes = "<" in page.tags[last.first : last.last] and "<" not in page.tags[draft.first : draft.last]
    return quotes and page.same_sentence(last.cue[0], draft.cue[0])


def quotes_within(page: Page, content: list[tuple[int, int]]) -> list[int]:
    """Give the indexes of the quotations that lie in a content."""
    found = []
    for first, last in content:
        index = max(0, bisect_left(page.quote_starts, first) - 1)
        while index < len(page.quotes) and page.quotes[index].first < last:
            if page.quotes[index].last > first:
                found.append(index)
            index += 1
    return found


def carry_on(page: Page, quote: Quote, last: Draft, ends: list[int]) -> Draft | None:
    """Give the draft that an untagged quotation belongs to: the one before it, or a new one that says it was inferred."""
    if not stands_alone(page.tags, quote):
        return None
    anchor = max(last.last, last.cue[1] if last.cue else 0)
    here, there = bisect_left(ends, quote.first), bisect_left(ends, anchor - 1)
    if quote.carries_on or here == there:
        last.content.append((quote.first, quote.last))
        return last
    fills = page.tags[quote.first - 1] == "#" and page.tags[quote.last] == "#"
    if here != there + 1 or not fills or last.topic or quote.last - quote.first < SHORTEST_SPEECH:
        return None
    return Draft([(quote.first, quote.last)], None, last.speaker, "continuation", inferred=True)


def stands_alone(tags: str, quote: Quote) -> bool:
    """Tell whether a quotation is a sentence of its own, perhaps after "And" or "But"."""
    if not quote.first:
        return False
    before = tags[quote.first - 1]
    opens = before in ".#>~:" or (before == "C" and quote.first > 1 and tags[quote.first - 2] in ".#>")
    return opens and (tags[quote.last] in "#.<" or tags[quote.last - 2] in ".~")
