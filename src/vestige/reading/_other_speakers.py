"""The words beside a reporting verb that name who speaks, in the other languages."""

from vestige.reading._lexicon import words_of
from vestige.reading._page import Page
from vestige.reading._phrases import Phrase

LONGEST_NAME = 12
STOPS = frozenset(".,:;#<>-()~*")


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
