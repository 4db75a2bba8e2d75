"""What was said stands after the verb: he said that …; he said: "…"; he praised …; as the agency reported, … ."""

from vestige.reading.english._complements import Complement
from vestige.reading.english._extents import (
    end_before_next,
    end_of_clause,
    end_of_comment,
    end_of_object,
    is_subordinate,
)
from vestige.reading.grammar._drafts import Draft, trimmed, trimmed_end
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase, VerbGroup
from vestige.reading.text._lexicon import cues, words


def reported(
    page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement, floor: int, ceiling: int, later: list[int]
) -> Draft | None:
    """Read a verb with what was said after it."""
    cue = (group.first, what.cue_last)
    if what.kind == "block":
        block = trimmed_end(page.tokens, what.first, page.tags.find("#", what.first))
        return Draft([block], cue, who, what.kind, page.lemma(hit))
    if what.kind == "topic":
        end = end_of_clause(page, what.first, who, floor, ceiling)
        first, last = trimmed(page.tokens, what.first, end_before_next(page, what.first, end, hit, later))
    else:
        verbless = what.kind in ("object", "infinitive", "predicate")
        end = end_of_clause(page, what.first, who, floor, ceiling, verbless=verbless)
        first, last = trimmed_end(
            page.tokens, what.first, extent(page, what, end_before_next(page, what.first, end, hit, later))
        )
    if what.kind in ("topic", "object"):
        last = before_gloss(page, first, last)
    if last <= first + (what.kind in ("that", "question")) or (what.kind == "topic" and is_denied(page, group, who)):
        return None
    return Draft([(first, last)], cue, who, what.kind, page.lemma(hit), topic=what.kind == "topic")


_GLOSSING = frozenset(["from", "by", "in", "during", "after", "since", "on", "under", "at", "as", "when"])


def before_gloss(page: Page, first: int, last: int) -> int:
    """Give the end of what was spoken about, before a participle that the writer hangs on: "his visit to Fuzuli, *liberated from …*".

    What follows the comma tells of the thing in the writer's words; it stays where it stands inside a quotation.
    """
    for at in range(first + 1, last - 2):
        glosses = page.lows[at] == "," and page.tags[at + 1] == "E" and page.lows[at + 2] in _GLOSSING
        if glosses and page.quote_at(at) is None:
            return at
    return last


def is_denied(page: Page, group: VerbGroup, who: Phrase) -> bool:
    """Tell "has not commented on the strike", "declined to discuss it": nothing is said on it."""
    negating, auxiliaries = words("negating"), page.lows[group.first : group.last]
    return any(low in negating or low.endswith("n't") for low in (page.lows[who.first], *auxiliaries))


def extent(page: Page, what: Complement, end: int) -> int:
    """Give the end of a content by its kind; a quotation that begins in it is taken whole."""
    if what.kind == "quote":
        quote = page.quote_at(what.first)
        if quote and quote.first == what.first and (quote.last >= end or page.is_speech(page.quote_index(what.first))):
            end = quote.last
    elif what.kind in ("object", "infinitive", "predicate"):
        end = end_of_object(page, what.first, end, infinitive=what.kind == "infinitive")
    else:
        end = end_of_comment(page, what.first, end)
    last_quote = page.quote_at(end - 1)
    return last_quote.last if last_quote and what.first <= last_quote.first else end


def as_clause(
    page: Page, hit: int, group: VerbGroup, who: Phrase, what: Complement, floor: int, ceiling: int
) -> Draft | None:
    """Read "As the agency reported, …", "As she put it, “…”" and "“…,” as she put it"."""
    lemma, tags = page.lemma(hit), page.tags
    if lemma not in cues().groups["clause"] and page.lows[what.cue_last - 1] != "it":
        return None
    cue = (group.first, what.cue_last)
    if is_subordinate(page, who.first, floor):
        comma = what.first - (what.kind == "quote")
        if tags[comma : comma + 1] != ",":
            return None
        first, last = trimmed_end(page.tokens, comma + 1, page.end_with_quote(ceiling))
    elif tags[who.first - 2] in ",>" and tags[what.first : what.first + 1] in (".", "#", ",") and what.kind == "none":
        quoted = page.ends_quote(who.first - 1)
        first, last = trimmed(page.tokens, page.quotes[quoted].first if quoted >= 0 else floor, who.first - 1)
    else:
        return None
    return Draft([(first, last)], cue, who, "as clause", lemma) if last - first > 2 else None
