"""Find the names in a text that mean places, and weigh for each what speaks for it and against it.

A gazetteer of 240,000 places holds most surnames and many plain words, so a match alone means little: what decides is the words
around it ("in X", "X, Ohio", "Mayor X", "X said"), whether X stands in the same text as part of a person's name or in lower
case, and how well known a place X is. The weights are rules of thumb in one common unit; `THRESHOLD` of them makes a mention.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise
from operator import not_
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vestige.reading._gazetteer import CITY, COUNTRY, COUNTY, DIVISION, REGION, Gazetteer, Rows
from vestige.reading._model import Candidate
from vestige.reading._place_inflection import uninflected
from vestige.reading._place_sites import SiteIndex
from vestige.reading._place_tokens import Words, ngrams
from vestige.reading._place_words import (
    ABBREVIATED,
    ADJUNCTS,
    BEARERS,
    CALENDAR,
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
THRESHOLD = 1.0
THRESHOLD_ELSEWHERE = 0.5  # fewer of the words around a name are known in other languages than English
_WITHIN = frozenset(
    (", ", " (", ",\n", " in ", ", in ", " en ", ", en ", " в ", ", в ", " у ", ", у ", "، ", " في ", "، في ", ", the ")
) | {" au ", ", au "}
_SENTENCE_ENDS = frozenset((".", "!", "?", "…", "։", ":", ". “", ".”", '."', "؟"))
_SPACES = frozenset((" ", "\u00a0"))
MANY_PEOPLE, SOME_PEOPLE = 500_000, 50_000
LONGEST_GAP = 2  # characters between the parts of a person's name


_NO_ROWS, _NO_FLAGS = np.zeros(0, np.int64), np.zeros(0, bool)


@dataclass(slots=True)
class Match:
    """A run of words that the gazetteer knows as a name."""

    first: int
    last: int
    start: int
    end: int
    key: str
    rows: NDArray[np.int64]
    lesser: NDArray[np.bool_]
    kind: int
    """Kind of the best-known place of that name."""
    weight: float = 0.0
    contained_in: "Match | None" = None
    """The state or country printed after it: "Paris, Texas"."""
    contains: bool = False
    sites: tuple[Candidate, ...] = ()
    """Sites of the record that go by the name."""


def find_matches(found: Words, gazetteer: Gazetteer, language: str, sites: SiteIndex) -> list[Match]:
    """Give the longest names of the gazetteer and of the record's sites, from left to right, without overlap."""
    longest = _longest(found, gazetteer, language)
    named = sites.find(found)
    matches, at = [], 0
    for first in sorted({*longest, *named}):
        if first < at:
            continue
        last, key, hit = longest.get(first, (-1, "", (_NO_ROWS, _NO_FLAGS)))
        end, known = named.get(first, (-1, ()))
        if end > last:
            last, hit = end, (_NO_ROWS, _NO_FLAGS)
            key = "site " + " ".join(found.lows[first : end + 1])
        rows, lesser = hit
        kind = int(gazetteer.kind[rows[0]]) if len(rows) else REGION
        match = Match(first, last, found.starts[first], found.ends[last], key, rows, lesser, kind)
        match.sites = known if end == last else ()
        matches.append(match)
        at = last + 1
    return matches


def _longest(found: Words, gazetteer: Gazetteer, language: str) -> dict[int, tuple[int, str, Rows]]:
    """Give for each word that a name begins at the last word of its longest name, its key and its places."""
    runs = ngrams(found)
    line = found.text.replace("\n", " ").replace("\r", " ")
    names = [line[found.starts[first] : found.ends[last]] for first, last in runs]
    longest = {first: (last, key, hit) for (first, last), key, hit in _hits(runs, names, gazetteer)}
    if language != "en":
        single = [
            (run, form) for run in runs if run[0] == run[1] for form in uninflected(found.forms[run[0]], language)
        ]
        for (first, last), key, hit in _hits([run for run, _ in single], [form for _, form in single], gazetteer):
            longest.setdefault(first, (last, key, hit))
    return longest


def _hits(
    runs: list[tuple[int, int]], names: list[str], gazetteer: Gazetteer
) -> Iterator[tuple[tuple[int, int], str, Rows]]:
    """Give the runs whose names the gazetteer knows, with key and places."""
    for run, (key, hit) in zip(runs, gazetteer.named(names), strict=True):
        if hit is not None:
            yield run, key, hit


def weigh(found: Words, matches: list[Match], gazetteer: Gazetteer, language: str) -> list[Match]:
    """Give the matches that mean places, with their weights and what each is printed as part of."""
    _contain(found.text, matches, gazetteer)
    people = _people(found)
    plain = set(compress(found.forms, map(not_, found.named)))
    for match in matches:
        match.weight = _of_itself(match, found, gazetteer, english=language == "en") + _of_context(match, found)
        if match.first == match.last:
            word, low = found.forms[match.first], found.lows[match.first]
            match.weight += _of_word(word, low, plain) - 3 * (word in people and match.kind == CITY)
    _share(matches)
    least = THRESHOLD if language == "en" else THRESHOLD_ELSEWHERE
    return [m for m in matches if m.weight >= least and not (m.key in ABBREVIATED and not m.contains)]


def _contain(text: str, matches: list[Match], gazetteer: Gazetteer) -> None:
    """Note "City, State", "City, Country", "City (Country)" and "City in Country"."""
    for inner, outer in pairwise(matches):
        gap = text[inner.end : outer.start] if outer.start - inner.end <= 5 else ""
        if gap not in _WITHIN or inner.kind in {COUNTRY, REGION} or not _may_lie_in(inner, outer, gazetteer):
            continue
        if outer.kind == CITY and not gap.startswith((",", " (")):
            continue
        inner.contained_in, outer.contains = outer, True


def _may_lie_in(inner: Match, outer: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether a place that ``inner`` may be lies in a country or division that ``outer`` may be."""
    countries, divisions = gazetteer.areas(outer.rows)
    return bool(
        (countries and not countries.isdisjoint(gazetteer.country[inner.rows].tolist()))
        or (divisions and not divisions.isdisjoint(gazetteer.division[inner.rows].tolist()))
    )


def _people(found: Words) -> set[str]:
    """Give the words that stand in the text as part of a person's name: after a given name or a title, or an initial after those."""
    given, forms, lows, capital = listed("given_names.txt"), found.forms, found.lows, found.capital
    people: set[str] = set()
    for i in compress(range(1, len(forms)), capital[1:]):
        before, gap = lows[i - 1], found.gap(i - 1)
        if len(gap) > LONGEST_GAP:
            continue
        if capital[i - 1] and gap in _SPACES and before in given:
            people.update((forms[i - 1], forms[i]))
        elif (before in TITLES and (gap in _SPACES or gap == ". ")) or (
            len(before) == 1 and capital[i - 1] and i > 1 and forms[i - 2] in people
        ):
            people.add(forms[i])
    return people


def _of_itself(match: Match, found: Words, gazetteer: Gazetteer, *, english: bool) -> float:
    """Weigh the name: a country's, a county's, a city's that many know; one or several words."""
    if match.sites:
        return 4.0 if match.last > match.first else 2.5
    if match.kind in {COUNTRY, DIVISION, REGION}:
        return 3.0
    if match.kind == COUNTY:
        return 2.0 if match.last > match.first else 0.0
    people = int(gazetteer.population[match.rows].max())
    weight = 1.5 if people >= MANY_PEOPLE else 1.0 if people >= SOME_PEOPLE else 0.0
    if english and match.lesser[0]:
        weight -= 1.0
    if match.last > match.first:
        weight += 0.0 if found.lows[match.first] in listed("given_names.txt") else 1.0
    return weight


def _of_word(word: str, lower: str, plain: set[str]) -> float:
    """Weigh a single word: plain English, a given name, a surname, or in lower case elsewhere in the text."""
    weight = _of_form(word)
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


def _of_context(match: Match, found: Words) -> float:
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
    if lower in ADJUNCTS or lower in OFFICES:
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


def _share(matches: list[Match]) -> None:
    """Let one sure mention speak for the others of the same name."""
    best: dict[str, float] = {}
    for match in matches:
        best[match.key] = max(match.weight, best.get(match.key, -9.0))
    for match in matches:
        if best[match.key] >= 3.0 and match.weight > -2.0:
            match.weight += 1.5
