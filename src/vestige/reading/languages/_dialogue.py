"""Speech that a dash opens at the beginning of a paragraph, as Russian, Ukrainian and French print it.

"— Мы остались, — сказала она. — Это наш дом." In Russian and Ukrainian a dash stands before the tag, and another one where the
speech goes on; what follows a tag without one is told by the writer. In French a comma is enough, and whether the speech goes on
after the tag is not said: there, the rule for tags reads it.
"""

from typing import NamedTuple

from vestige.reading.grammar._drafts import DIALOGUE, Draft
from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.languages._speakers import run, speaker, with_name
from vestige.reading.text._languages import words_of

NEAR = 3
"""A reporting verb stands so many tokens after the dash that opens its tag, or fewer."""
BEFORE_DASH = frozenset(",.:~")
"""The mark before a dash that opens a tag, or goes on with the speech after it."""


class Tag(NamedTuple):
    """What stands between two stretches of speech, and says who speaks."""

    dash: int
    verb: int
    who: Phrase


def opens_dialogue(page: Page, at: int) -> bool:
    """Tell a dash that opens a paragraph."""
    return page.tags[at : at + 1] == "-" and page.is_dash(at) and (at == 0 or page.tags[at - 1] == "#")


def dialogue(page: Page, floor: int, language: str) -> tuple[list[Draft], int]:
    """Read the paragraph that the dash at ``floor`` opens: what is said in it, and the token after the last of it and its tags."""
    end = page.tags.find("#", floor)
    found: list[Draft] = []
    speech, goes_on = floor + 1, True
    who: Phrase | None = None
    while goes_on and (tag := next_tag(page, speech, end, who, language)):
        dash, verb, who = tag
        if content := spoken(page, speech, dash):
            found.append(Draft(content, (verb, verb + 1), who, DIALOGUE, page.lows[verb]))
        speech, goes_on = after_tag(page, verb, end)
    if not found:
        return announced(page, floor, end, language)
    if goes_on:
        found[-1].content += spoken(page, speech, end)
    return found, end if goes_on else speech


def announced(page: Page, floor: int, end: int, language: str) -> tuple[list[Draft], int]:
    """Read a paragraph without a tag whose speaker the line before announces: "Анна Берг рассказывает:"."""
    colon = floor - 2
    if colon < 1 or page.tags[colon] != ":":
        return [], floor
    low = max(page.tags.rfind(mark, 0, colon) for mark in "#.") + 1
    cues = words_of(language, "speech")
    verb = next((at for at in range(colon - 1, low - 1, -1) if page.lows[at] in cues), -1)
    who = speaker(page, verb, low, colon, language) if verb >= 0 else None
    content = spoken(page, floor + 1, end)
    if who is None or not content:
        return [], floor
    if page.missed and page.missed[-1][2] == verb:
        page.missed.pop()
    return [Draft(content, (verb, verb + 1), who, DIALOGUE, page.lows[verb])], end


def spoken(page: Page, first: int, last: int) -> list[tuple[int, int]]:
    """Give some speech without the commas and dashes around it; nothing where it is nothing else."""
    while first < last and page.tags[first] in "-,;:":
        first += 1
    while first < last and page.tags[last - 1] in "-,;:":
        last -= 1
    return [(first, last)] if first < last else []


def next_tag(page: Page, speech: int, end: int, before: Phrase | None, language: str) -> Tag | None:
    """Give the next tag after some speech."""
    dashes = (at for at in range(speech + 2, end) if page.tags[at] == "-" and page.tags[at - 1] in BEFORE_DASH)
    return next(filter(None, (tag_at(page, dash, end, before, language) for dash in dashes)), None)


def tag_at(page: Page, dash: int, end: int, before: Phrase | None, language: str) -> Tag | None:
    """Give the tag that a dash opens, if it opens one: "— сказала она", "— тихо говорит директор музея Анна Берг".

    Without a speaker of its own it goes on with the one ``before`` in the paragraph: "— И добавляет: — …".
    """
    cues = words_of(language, "speech")
    verb = next((at for at in range(dash + 1, min(dash + 1 + NEAR, end)) if page.lows[at] in cues), -1)
    if verb < 0:
        return None
    last = next((at for at in range(verb + 1, end) if page.tags[at] in ",.:;-~"), end)
    who = run(page, verb + 1, last, 1, language) or run(page, verb - 1, dash, -1, language) or before
    return Tag(dash, verb, with_name(page, who)) if who else None


def after_tag(page: Page, verb: int, end: int) -> tuple[int, bool]:
    """Give where a tag ends, and whether speech goes on there after a dash."""
    for at in range(verb + 1, end):
        if page.tags[at] == "-" and page.tags[at - 1] in BEFORE_DASH:
            return at + 1, True
        if page.tags[at] == "." and page.tags[at + 1] != "-":
            return at + 1, False
    return end, False
