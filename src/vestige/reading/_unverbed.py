"""Statements without a reporting verb: according to X; a colon before a quotation; the headline "X: …"."""

from vestige.reading._drafts import Draft, trimmed, trimmed_end
from vestige.reading._left import with_apposition
from vestige.reading._lexicon import words
from vestige.reading._page import Page
from vestige.reading._phrases import Phrase, clause_subject, noun_phrase_after, noun_phrase_before

SHORTEST_SPEECH = 6


def according_to(page: Page, floor: int, ceiling: int) -> list[Draft]:
    """Read every "according to X" of a sentence."""
    found: list[Draft] = []
    for at in page.between(page.according, floor, ceiling):
        last = noun_phrase_after(page.tokens, at + 2, ceiling) if page.lows[at + 1 : at + 2] == ["to"] else -1
        if last > 0 and page.quote_index(at) < 0:
            draft = leading(page, at, last, ceiling) if at - floor <= 1 else trailing(page, at, last, floor, ceiling)
            found += [draft] if draft else []
    return found


def leading(page: Page, at: int, last: int, ceiling: int) -> Draft | None:
    """Read "According to X, …"."""
    comma = page.tags.find(",", last, ceiling)
    if comma < 0:
        return None
    first, end = trimmed_end(page.tokens, comma + 1, page.end_with_quote(ceiling))
    if end - first < 2:
        return None
    return Draft([(first, end)], (at, at + 2), Phrase(at + 2, min(last, comma), "noun"), "according to", "according")


def trailing(page: Page, at: int, last: int, floor: int, ceiling: int) -> Draft | None:
    """Read "…, according to X" and "…, according to X, …"."""
    last = with_apposition(page, last, ceiling)
    start = max([draft.last for draft in page.recent(floor, at)] or [floor])
    quoted = page.ends_quote(at)
    if quoted >= 0:
        start = min(start, page.quotes[quoted].first)
    content = [trimmed(page.tokens, start, at)]
    if last < ceiling - 3 and page.tags[last] == "," and page.tags[last + 1] not in "GWHCS":
        content.append(trimmed(page.tokens, last + 1, ceiling))
    content = [(first, end) for first, end in content if end - first >= 2]
    return Draft(content, (at, at + 2), Phrase(at + 2, last, "noun"), "according to", "according") if content else None


def colon(page: Page, floor: int, ceiling: int) -> Draft | None:
    """Read "X had a message: “…”" and, in the first line, "X: …"."""
    tags = page.tags
    at = tags.find(":", floor, ceiling)
    if at <= floor:
        return None
    if floor == 0:
        title = headline(page, at, ceiling)
        if title:
            return title
    quote = page.quote_at(at + 1) if at + 1 < len(tags) else None
    if quote is None and at + 2 < len(tags) and tags[at + 1] == "#":
        quote = page.quote_at(at + 2)
    if quote is None or quote.last - quote.first < SHORTEST_SPEECH or quote.first > at + 2:
        return None
    who = clause_subject(page.tokens, at, floor)
    if who is None and noun_phrase_before(page.tokens, at, floor) == floor:
        who = Phrase(floor, at, "noun")
    return Draft([(quote.first, quote.last)], (at, at + 1), who, "colon", ":")


def headline(page: Page, at: int, ceiling: int) -> Draft | None:
    """Read the headline "Somebody: what they said"."""
    named = at <= 5 and all(tag in "XQ" for tag in page.tags[:at]) and words("label").isdisjoint(page.lows[:at])
    if not named or page.tags[ceiling - 1] != "#" or ceiling - at < 5:
        return None
    return Draft([trimmed_end(page.tokens, at + 1, ceiling)], (at, at + 1), Phrase(0, at, "noun"), "headline", ":")
