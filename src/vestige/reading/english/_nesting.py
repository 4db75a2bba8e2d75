"""Who is reported within what somebody said: "She said the minister had promised …" has two speakers."""

from bisect import bisect_right

from vestige.reading.english._rules import read_cue
from vestige.reading.english._second_hand import is_quoted, told_at
from vestige.reading.grammar._drafts import Draft
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.text._lexicon import words

RULES = frozenset(("that", "clause", "quote", "object", "predicate", "infinitive"))


def nested(page: Page, drafts: list[Draft]) -> list[Draft]:
    """Find the statements within the contents of others."""
    found: list[Draft] = []
    for outer in drafts:
        if not outer.topic and not outer.inferred:
            for first, last in outer.content:
                hits = page.hits[bisect_right(page.hits, first) : bisect_right(page.hits, last - 1)]
                found += within(page, outer, first, last, [hit for hit in hits if may_nest(page, hit, hits, last)])
    return found


def may_nest(page: Page, hit: int, hits: list[int], last: int) -> bool:
    """Tell whether a verb may report somebody else within a content."""
    if is_quoted(page, hit, hits, last):
        return False
    return page.lemma(hit) in words("nesting") or told_at(page, hit, last) >= 0


def within(page: Page, outer: Draft, first: int, last: int, hits: list[int]) -> list[Draft]:
    """Find the statements within one piece of content."""
    found: list[Draft] = []
    bounds = page.tokens.sentences
    for position, hit in enumerate(hits):
        if found and hit < found[-1].last:
            continue
        where = bisect_right(bounds, hit) - 1
        floor, ceiling = max(first, bounds[where]), min(last, bounds[where + 1])
        while floor < hit and page.tags[floor] in "<'S" and page.lows[floor] not in words("subordinating"):
            floor += 1
        later = [at for at in hits[position + 1 : position + 9] if at < ceiling]
        draft = read_cue(page, hit, floor, ceiling, later)
        if draft is None or draft.topic or draft.first <= hit or not can_nest(page, draft, outer):
            continue
        draft.content = [(max(a, first), min(b, last)) for a, b in draft.content if min(b, last) > max(a, first)]
        draft.nested_in = outer
        found += [draft] if draft.content else []
    return found


def can_nest(page: Page, draft: Draft, outer: Draft) -> bool:
    """Tell whether an inner speaker is somebody else, and named or pointed at."""
    who = draft.speaker
    if who is None or outer.speaker is None or who.how == "relative" or draft.rule not in RULES:
        return False
    lows = page.lows[who.first : who.last]
    if len(lows) == 1 and lows[0] in words("pronoun") | words("contracted"):
        return lows[0] in ("he", "she") and draft.rule != "object" and page.quote_index(who.first) >= 0
    return is_named(page, who) and page.lows[outer.speaker.first : outer.speaker.last] != lows


def is_named(page: Page, who: Phrase) -> bool:
    """Tell whether a phrase holds a name or a title."""
    return "X" in page.tags[who.first : who.last] or not words("title").isdisjoint(page.lows[who.first : who.last])
