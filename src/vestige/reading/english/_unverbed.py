"""Statements without a reporting verb: according to X; in the view of X; a colon before a quotation; the headline "X: …"."""

from typing import NamedTuple

from vestige.reading.english._left import after_dateline, with_apposition
from vestige.reading.english._nouns import OWNERS, owner
from vestige.reading.grammar._clauses import FINITE, INSERTED
from vestige.reading.grammar._drafts import Draft, trimmed, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, clause_subject, noun_phrase_after, noun_phrase_before
from vestige.reading.text._lexicon import cues, words

SHORTEST_SPEECH = 6
IN = frozenset(("in", "by"))


def is_apposition(page: Page, first: int, last: int) -> bool:
    """Tell what says who a source is, "the head of the museum", "a monitoring group", from the first of a list of things."""
    if page.tags[first] not in "DN" or FINITE.search(page.tags, first, last):
        return False
    known = frozenset(low.removesuffix("s") for low in page.lows[first:last])
    group = page.lows[first] in ("a", "an") and not known.isdisjoint(words("institution"))
    return group or not known.isdisjoint(words("title"))


class Source(NamedTuple):
    """A phrase that names whose words a sentence reports: "according to X", "in the view of X", "in X's words"."""

    first: int
    last: int
    """The phrase is tokens ``first`` up to, without, ``last``."""
    cue: tuple[int, int]
    who: Phrase


def according_to(page: Page, floor: int, ceiling: int) -> list[Draft]:
    """Read every "according to X" and "in the view of X" of a sentence."""
    found: list[Draft] = []
    for at in page.between(page.sources, floor, ceiling):
        source = source_at(page, at, floor, ceiling) if page.quote_index(at) < 0 else None
        if source:
            opens = source.first - floor <= 1
            draft = leading(page, source, ceiling) if opens else trailing(page, source, floor, ceiling)
            found += [draft] if draft else []
    return found


def source_at(page: Page, at: int, floor: int, ceiling: int) -> Source | None:
    """Give the phrase around "according" or a noun such as "view"."""
    if page.lows[at] == "according":
        return source_after(page, at, (at, at + 2), "to", ceiling)
    first = at - 1
    while first > floor and page.tags[first] in "DN" and page.lows[first] not in OWNERS:
        first -= 1
    if page.lows[first] in IN and first < at - 1 and page.lows[at + 1] == "of":
        found = source_after(page, first, (first, at + 2), "of", ceiling)
    else:
        who = owner(page, at, floor)
        begins = who is not None and who.first > floor and page.lows[who.first - 1] in IN
        found = Source(who.first - 1, at + 1, (at, at + 1), who) if who and begins else None
    if found is None or page.tags[found.last : found.last + 1] not in tuple(",.#"):
        return None
    return found if found.first - floor <= 1 or page.tags[found.first - 1] in ",>" else None


def source_after(page: Page, first: int, cue: tuple[int, int], joint: str, ceiling: int) -> Source | None:
    """Give the phrase whose speaker stands after its cue."""
    last = noun_phrase_after(page.tokens, cue[1], ceiling) if page.lows[cue[1] - 1] == joint else -1
    return Source(first, last, cue, Phrase(cue[1], last, "noun")) if last > 0 else None


def leading(page: Page, source: Source, ceiling: int) -> Draft | None:
    """Read "According to X, …"."""
    comma = page.tags.find(",", source.last, ceiling)
    if comma < 0:
        return None
    comma = after_insertion(page, comma, ceiling)
    first, end = trimmed_end(page.tokens, comma + 1, page.end_with_quote(ceiling))
    if end - first < 2:
        return None
    return Draft([(first, end)], source.cue, source.who, "according to", page.lows[source.cue[0]])


def after_insertion(page: Page, comma: int, ceiling: int) -> int:
    """Give the comma that ends what is inserted after a source: "According to X, a monitor of Y, …", "…, published on Monday, …"."""
    closing = page.tags.find(",", comma + 1, min(ceiling, comma + INSERTED))
    if closing < 0 or closing + 2 >= ceiling or not FINITE.search(page.tags, closing, ceiling):
        return comma
    begins = page.tags[comma + 1]
    participle = begins in "VE" and page.tags[comma + 2] in "IRY"
    return closing if participle or begins == "H" or is_apposition(page, comma + 1, closing) else comma


def trailing(page: Page, source: Source, floor: int, ceiling: int) -> Draft | None:
    """Read "…, according to X" and "…, according to X, …"."""
    at, last = source.first, source.last
    who = source.who
    if who.last == last:
        last = with_apposition(page, last, ceiling)
        who = who._replace(last=last)
    start = max([draft.last for draft in page.recent(floor, at)] or [floor])
    quoted = page.ends_quote(at)
    if quoted >= 0:
        start = min(start, page.quotes[quoted].first)
    content = [trimmed(page.tokens, after_dateline(page, start), at)]
    if last < ceiling - 3 and page.tags[last] == "," and page.tags[last + 1] not in "GWHCS":
        content.append(trimmed(page.tokens, last + 1, ceiling))
    content = [(first, end) for first, end in content if end - first >= 2]
    return Draft(content, source.cue, who, "according to", page.lows[source.cue[0]]) if content else None


def colon(page: Page, floor: int, ceiling: int) -> Draft | None:
    """Read "X had a message: “…”", "Said X: “…”" and, in the first line, "X: …"."""
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
    if page.lows[floor] in cues().forms and tags[floor + 1] in "DXNQP" and page.lemma(floor) in words("inverting"):
        subject = Phrase(floor + 1, at, "noun")
        return Draft([(quote.first, quote.last)], (floor, floor + 1), subject, "inverted", page.lemma(floor))
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
