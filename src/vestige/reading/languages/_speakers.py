"""The words beside a reporting verb that name who speaks, in the other languages."""

from functools import cache

from vestige.reading.grammar._page import Page
from vestige.reading.grammar._phrases import Phrase
from vestige.reading.text._languages import words_of

LONGEST_NAME = 12
LONGEST_INSERTION = 16
LONGEST_FULL_NAME = 3
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
    """Collect words from ``start`` to a mark, over what is inserted before the verb and where something was written after it."""
    filler, places = words_of(language, "filler"), words_of(language, "place")
    at = start
    while at != stop and (page.lows[at] in filler or (page.tags[at] in ",-" and step < 0 and at == start)):
        at += step
    if step < 0 and at > stop and "," in (page.tags[at], page.tags[min(at + 1, start)]):
        inserted = before_insertion(page, at if page.tags[at] == "," else at + 1, stop + 1, language)
        if inserted:
            return inserted
    if at != stop and page.lows[at].rpartition("a-")[2] in words_of(language, "pronoun"):
        return Phrase(at, at + 1, "pronoun")
    if step > 0 and at + 2 < stop and page.lows[at] in places and page.tags[at + 1] == "X":
        at += 2  # "написав у Telegram (голова області)"
    begin = at
    while (
        at != stop
        and abs(at - begin) < LONGEST_NAME
        and page.tags[at] not in STOPS
        and page.lows[at] not in no_speaker(language)
        and not (step > 0 and at > begin and page.lows[at] in places)
    ):
        at += step
    first, last = bare(page, *((begin, at) if step > 0 else (at + 1, begin + 1)), language)
    if last > first and page.lows[first] in words_of(language, "pronoun"):
        return Phrase(first, first + 1, "pronoun")
    return Phrase(first, last, "noun") if last > first else None


@cache
def no_speaker(language: str) -> frozenset[str]:
    """Give the words that no speaker goes on over: verbs of speech, "that", and what is inserted between."""
    return frozenset().union(*(words_of(language, kind) for kind in ("filler", "speech", "that")))


def bare(page: Page, first: int, last: int, language: str) -> tuple[int, int]:
    """Drop what joins a speaker to the words before, a day, where and to whom it was said: "и (министр)", "в среду (министр)", "(الوزارة) في بيان"."""
    joints, days = words_of(language, "and"), words_of(language, "day")
    while first < last and page.lows[first] in joints:
        first += 1
    first = after_addressee(page, first, last, language)
    occasions = words_of(language, "occasion")
    said_in = (at for at in range(first + 1, last - 1) if page.lows[at] == "في" and page.lows[at + 1] in occasions)
    last = next(said_in, last)
    if last - first > 1 and page.lows[first] in days:
        return first + 1, last
    return (first + 2 if last - first > 2 and page.lows[first + 1] in days else first), last


def after_addressee(page: Page, first: int, last: int, language: str) -> int:
    """Step over "à l'AFP (le directeur)" and "в заявлении (министра)"."""
    if last - first < 3:
        return first
    if page.lows[first] in words_of(language, "place") and page.lows[first + 1] in words_of(language, "occasion"):
        return first + 2
    if page.lows[first] not in words_of(language, "addressing"):
        return first
    articles = words_of(language, "article")
    return next((at for at in range(first + 2, min(last, first + 5)) if page.lows[at] in articles), first)


def with_name(page: Page, who: Phrase) -> Phrase:
    """Take in the name that a comma sets off after a role: "la directrice générale de l'Unesco, Audrey Azoulay"."""
    tags = page.tags
    if (
        tags[who.last : who.last + 1] != ","
        or tags[who.last - 2 : who.last] == "XX"
        or "N" not in tags[who.first : who.last]
    ):
        return who
    end = who.last + 1
    while tags[end : end + 1] == "X":
        end += 1
    full = 2 <= end - who.last - 1 <= LONGEST_FULL_NAME
    return who._replace(last=end) if full and tags[end : end + 1] in tuple(",.#") else who


def before_insertion(page: Page, closing: int, floor: int, language: str) -> Phrase | None:
    """Give the speaker before what two commas enclose: "Le ministre, cité par l'AFP, (a affirmé)"; a name in between belongs to it."""
    opening = page.tags.rfind(",", max(floor, closing - LONGEST_INSERTION), closing)
    if opening <= floor:
        return None
    first = opening
    while first > floor and opening - first < LONGEST_NAME and page.tags[first - 1] not in STOPS:
        first -= 1
    titles = words_of(language, "title")
    if "X" not in page.tags[first:opening] and titles.isdisjoint(page.lows[first:opening]):
        return None
    name = set(page.tags[opening + 1 : closing]) == {"X"}
    return Phrase(first, closing if name else opening, "noun") if first < opening else None
