"""What speaks for a name being a place's, and what against it: the name itself and the words beside it.

The weights are rules of thumb in one common unit, see `_place_mentions`.
"""

from functools import lru_cache
from typing import NamedTuple

from vestige.reading.places._kinds import CITY, COUNTRY, COUNTY, DIVISION, REGION
from vestige.reading.places._matches import Match
from vestige.reading.places._tokens import Words
from vestige.reading.places._words import (
    ADJUNCTS,
    BEARERS,
    CALENDAR,
    CONNECTORS,
    LOCATIVE,
    OFFICES,
    PLACE_NOUNS,
    SPEECH,
    TITLES,
    WEAKLY_LOCATIVE,
    listed,
)

NEVER = -9.0
"""The weight of what is no place whatever stands beside it."""
MANY_PEOPLE, SOME_PEOPLE = 500_000, 50_000
_SENTENCE_ENDS = frozenset((".", "!", "?", "…", "։", ":", ". “", ".”", '."', "؟"))


def of_itself(match: Match, found: Words, *, english: bool) -> float:
    """Weigh the name: a country's, a county's, a city's that many know; one or several words."""
    if match.sites:
        return 4.0 if match.last > match.first else 2.5
    if match.kind in {COUNTRY, DIVISION, REGION}:
        return 3.0
    if match.kind == COUNTY:
        return _of_county(match, found, english=english)
    people = match.places.people
    weight = 1.5 if people >= MANY_PEOPLE else 1.0 if people >= SOME_PEOPLE else 0.0
    if english and match.places.first_lesser:
        weight -= 1.0
    if match.last > match.first:
        weight += 0.0 if found.lows[match.first] in listed("given_names.txt") else 1.0
    return weight


def _of_county(match: Match, found: Words, *, english: bool) -> float:
    """Weigh a county of the United States: by its bare name alone it is one in English only, and never as the end of a longer name."""
    bare = match.last == match.first
    if bare and match.contained_in is None and (not english or _ends_a_name(match, found)):
        return NEVER
    return 0.0 if bare else 2.0


def _ends_a_name(match: Match, found: Words) -> bool:
    """Tell whether it is the last word of a name that begins before it: "Col du Loup", "Château de la Brie"."""
    at = match.first - 1
    while at > 0 and found.lows[at] in CONNECTORS and found.joined(at):
        at -= 1
    return at < match.first - 1 and bool(found.capital[at]) and found.joined(at)


def of_word(word: str, lower: str, plain: set[str], *, country: bool = False) -> float:
    """Weigh a single word: plain English, a given name, a surname, or in lower case elsewhere in the text.

    A country is not taken for the plain word that it is in lower case (china, turkey), unless the text has that word.
    """
    weight = _of_form(word)
    if country and lower not in plain and word.istitle() and weight > NEVER and lower in listed("common_words.txt"):
        weight += 2.5
    return weight - 3.0 if lower in plain and weight > NEVER else weight


@lru_cache(maxsize=1 << 14)
def _of_form(word: str) -> float:
    """Weigh a single word wherever it stands."""
    lower, weight = word.casefold(), 0.0
    if lower in CALENDAR or lower in ADJUNCTS or lower in TITLES:
        return NEVER
    if lower in listed("common_words.txt"):
        weight -= 2.5
    if lower in listed("given_names.txt"):
        weight -= 1.5
    elif lower in listed("surnames.txt"):
        weight -= 1.0
    if len(word) <= 4 and word.isupper() and word.isascii():
        weight -= 2.5
    return weight


def of_context(match: Match, found: Words) -> float:
    weight = 4.0 * (match.contained_in is not None) + 3.0 * match.contains
    first, last = match.first, match.last
    if first and found.joined(first - 1):
        weight += _of_word_before(found, first - 1, match)
    elif first and found.gap(first - 1) == ". " and found.lows[first - 1] in TITLES:
        weight -= 5.0
    if last + 1 < len(found.forms) and found.joined(last):
        weight += _of_word_after(found, last + 1, match)
    return weight


class _Beside(NamedTuple):
    """What a word says of a name that it stands before or after: in any case, or, failing that, if it is capitalised."""

    always: float | None
    capitalised: float | None


@lru_cache(maxsize=1 << 14)
def _before(lower: str) -> _Beside:
    for words, weight in ((LOCATIVE, 2.0), (WEAKLY_LOCATIVE, 1.0), (TITLES, -5.0)):
        if lower in words:
            return _Beside(weight, weight)
    if lower.startswith(PLACE_NOUNS):
        return _Beside(2.0, 2.0)
    if lower in ADJUNCTS or lower in OFFICES or lower in CALENDAR:
        return _Beside(0.0, 0.0)
    return _Beside(None, -5.0 if lower in listed("given_names.txt") else None)


@lru_cache(maxsize=1 << 14)
def _after(lower: str) -> _Beside:
    if lower.startswith(PLACE_NOUNS):
        return _Beside(2.0, 2.0)
    for words, weight in ((OFFICES, 1.5), (BEARERS, -2.0), (CALENDAR, 0.0)):
        if lower in words:
            return _Beside(None, weight)
    return _Beside(None, None)


def _of_word_before(found: Words, at: int, match: Match) -> float:
    always, capitalised = _before(found.lows[at])
    if always is not None:
        return always
    if not found.capital[at]:
        return 0.0
    if capitalised is not None:
        return capitalised
    opens = at == 0 or found.gap(at - 1).strip() in _SENTENCE_ENDS
    return -1.0 if opens or match.kind in {COUNTRY, DIVISION} else -3.0


def _of_word_after(found: Words, at: int, match: Match) -> float:
    lower = found.lows[at]
    always, capitalised = _after(lower)
    if always is not None:
        return always
    if not found.capital[at]:
        return -2.0 if lower in SPEECH and match.kind == CITY else 0.0
    if capitalised is not None:
        return capitalised
    single = match.first == match.last
    if len(lower) == 1 or match.kind == CITY or (single and found.lows[match.first] in listed("given_names.txt")):
        return -4.0 if single else -1.5
    return -0.5
