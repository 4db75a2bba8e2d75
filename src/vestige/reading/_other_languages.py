"""Direct speech, and plain reported clauses, in Azerbaijani, Armenian, Russian, Ukrainian, Arabic and French.

Simpler than the English rules: a quotation belongs to a reporting verb that stands beside it in the same sentence, and the
speaker is what stands beside that verb. A verb followed by the language's "that" reports the rest of its sentence.
"""

from vestige.reading._drafts import Draft, trimmed_end
from vestige.reading._lexicon import words_of
from vestige.reading._page import Page
from vestige.reading._phrases import Phrase
from vestige.reading._quotes import Quote

SHORTEST_SPEECH = 5
NEAR = 14
"""A verb belongs to a quotation at most so many tokens away."""
LONGEST_NAME = 12
STOPS = frozenset(".,:;#<>-()~")


def find_statements(page: Page, language: str) -> None:
    """Find the statements of a text; they are added to ``page.drafts``."""
    cues = words_of(language, "speech")
    for floor, ceiling in page.sentences:
        verbs = [at for at in range(floor, ceiling) if page.lows[at].split("-")[0] in cues and page.quote_index(at) < 0]
        for at in verbs:
            draft = quoted(page, at, floor, ceiling, language) or clause(page, at, floor, ceiling, language)
            if draft and not any(
                a < draft.last and draft.first < b for old in page.drafts[-4:] for a, b in old.content
            ):
                page.drafts.append(draft)


def quoted(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read a quotation beside a reporting verb: before it, or after it and a colon or comma."""
    quote = beside(page, verb, floor, ceiling)
    if quote is None:
        return None
    low, high = (quote.last, ceiling) if quote.first < verb else (floor, quote.first)
    who = speaker(page, verb, low, high, language)
    return Draft([(quote.first, quote.last)], (verb, verb + 1), who, "quotation", page.lows[verb])


def beside(page: Page, verb: int, floor: int, ceiling: int) -> Quote | None:
    """Give the quotation nearest to a verb, first the one before it."""
    at = verb
    while at > floor and verb - at < NEAR and page.tags[at - 1] not in ">.#":
        at -= 1
    before = page.quote_at(at - 1) if at > 0 and page.tags[at - 1] == ">" else None
    at = verb + 1
    while at < ceiling and at - verb < NEAR and page.tags[at] not in "<#":
        at += 1
    after = page.quote_at(at) if at < ceiling and page.tags[at] == "<" else None
    for quote in (before, after):
        if quote and quote.last - quote.first >= SHORTEST_SPEECH:
            return quote
    return None


def clause(page: Page, verb: int, floor: int, ceiling: int, language: str) -> Draft | None:
    """Read "он заявил, что …": the rest of the sentence is what was said."""
    that = words_of(language, "that")
    for at in range(verb + 1, min(ceiling, verb + NEAR)):
        if page.lows[at].split("'")[0] in that:
            first, last = trimmed_end(page.tokens, at, page.end_with_quote(ceiling))
            who = speaker(page, verb, floor, at, language)
            return Draft([(first, last)], (verb, verb + 1), who, "that", page.lows[verb]) if last - first > 2 else None
        if page.tags[at] in ".:;#<":
            break
    return None


def speaker(page: Page, verb: int, low: int, high: int, language: str) -> Phrase | None:
    """Give the words beside a verb that name the speaker: those with a capital first, else those right after it."""
    right = run(page, verb + 1, high, 1, language)
    left = run(page, verb - 1, low - 1, -1, language)
    capital = [phrase for phrase in (right, left) if phrase and "X" in page.tags[phrase.first : phrase.last]]
    pronoun = [phrase for phrase in (right, left) if phrase and phrase.how == "pronoun"]
    found = pronoun or capital or [phrase for phrase in (right, left) if phrase]
    return found[0] if found else None


def run(page: Page, start: int, stop: int, step: int, language: str) -> Phrase | None:
    """Collect words from ``start`` to a mark."""
    filler, cues = words_of(language, "filler"), words_of(language, "speech") | words_of(language, "that")
    at = start
    while at != stop and (page.lows[at] in filler or (page.tags[at] in ",-" and step < 0 and at == start)):
        at += step
    if at != stop and page.lows[at].rpartition("a-")[2] in words_of(language, "pronoun"):
        return Phrase(at, at + 1, "pronoun")
    begin = at
    while (
        at != stop
        and abs(at - begin) < LONGEST_NAME
        and page.tags[at] not in STOPS
        and page.lows[at] not in filler | cues
    ):
        at += step
    first, last = (begin, at) if step > 0 else (at + 1, begin + 1)
    return Phrase(first, last, "noun") if last > first else None
