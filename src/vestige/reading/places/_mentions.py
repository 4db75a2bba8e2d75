"""Tell which of the names found in a text mean places: what speaks for each is weighed against what speaks against it.

A gazetteer of 240,000 places holds most surnames and many plain words, so a match alone means little: what decides is the words
around it ("in X", "X, Ohio", "Mayor X", "X said"), whether X stands in the same text as part of a person's name or in lower
case, and how well known a place X is. The weights are rules of thumb in one common unit; `THRESHOLD` of them makes a mention.
"""

import re
from functools import cache
from itertools import compress, pairwise

from vestige.reading.places._gazetteer import Gazetteer
from vestige.reading.places._kinds import CITY, COUNTRY, DIVISION, REGION
from vestige.reading.places._matches import Match
from vestige.reading.places._tokens import Words
from vestige.reading.places._weights import NEVER, of_context, of_itself, of_word
from vestige.reading.places._words import (
    ABBREVIATED,
    ADJUNCTS,
    CALENDAR,
    FUNCTION_WORDS,
    LOCATIVE,
    TITLES,
    listed,
)

THRESHOLD = 1.0
THRESHOLD_ELSEWHERE = 0.5  # fewer of the words around a name are known in other languages than English
_WITHIN = frozenset(
    (", ", " (", ",\n", " in ", ", in ", " en ", ", en ", " в ", ", в ", " у ", ", у ", "، ", " في ", "، في ", ", the ")
) | {" au ", ", au "}
_NOT = bytes([True]) + bytes(255)
_SPACES = frozenset((" ", "\u00a0"))
_LISTED = re.compile(r",? (?:and|or|&) |, [A-Z]")
"""After the second of several names side by side: "Georgia, Alabama and Mississippi" says nothing of what lies where."""
_PARTS = frozenset(("old city", "old town", "new town", "upper town", "lower town", "city centre", "city center"))
"""Parts of any town, which are homonyms of some places too: the Old City of Mosul."""
_TOGETHER = frozenset((", ", " and ", ", and ", " & "))
_TOWNS = frozenset((CITY, DIVISION))
"""What a town may be named with: a country is of another level."""
LONGEST_GAP = 2  # characters between the parts of a person's name


def weigh(found: Words, matches: list[Match], gazetteer: Gazetteer, language: str) -> list[Match]:
    """Give the matches that mean places, with their weights and what each is printed as part of."""
    _contain(found.text, matches, gazetteer)
    people = _people(found)
    plain = set(compress(found.forms, found.named.translate(_NOT)))
    for match in matches:
        match.weight = of_itself(match, found, english=language == "en") + of_context(match, found)
        if match.first == match.last:
            word, low = found.forms[match.first], found.lows[match.first]
            match.weight += of_word(word, low, plain, country=match.kind == COUNTRY) - 3 * (
                word in people and match.kind == CITY
            )
        if match.key in _PARTS and match.contained_in is None and not match.sites:
            match.weight = NEVER
    _share(matches)
    least = THRESHOLD if language == "en" else THRESHOLD_ELSEWHERE
    _coordinate(found.text, matches, gazetteer, least)
    return [m for m in matches if m.weight >= least and not (m.key in ABBREVIATED and not m.contains)]


def _contain(text: str, matches: list[Match], gazetteer: Gazetteer) -> None:
    """Note "City, State", "City, Country", "City (Country)" and "City in Country"."""
    for inner, outer in pairwise(matches):
        gap = text[inner.end : outer.start] if outer.start - inner.end <= 5 else ""
        inner.slashed = gap == "/"
        if gap not in _WITHIN or inner.kind == REGION or not _may_lie_in(inner, outer, gazetteer):
            continue
        if inner.kind == COUNTRY and not (
            gap == ", " and outer.kind == DIVISION and not _LISTED.match(text, outer.end)
        ):
            continue
        if outer.kind == CITY and not gap.startswith((",", " (")):
            continue
        inner.contained_in, outer.contains = outer, True


def _may_lie_in(inner: Match, outer: Match, gazetteer: Gazetteer) -> bool:
    """Tell whether a place that ``inner`` may be lies in a country or division that ``outer`` may be."""
    countries, divisions = gazetteer.areas(outer.places.rows)
    return bool(
        (countries and not countries.isdisjoint(gazetteer.country[inner.places.rows].tolist()))
        or (divisions and not divisions.isdisjoint(gazetteer.division[inner.places.rows].tolist()))
    )


@cache
def _given() -> frozenset[str]:
    """Give the given names that are no words of grammar too: "In Mariupol" names nobody. Of months, see `_people`."""
    return listed("given_names.txt") - (ADJUNCTS | LOCATIVE | FUNCTION_WORDS)


@cache
def _before_names() -> frozenset[str]:
    """Give the words that may tell a name from a place's after them: given names, titles, initials."""
    return _given() | TITLES | frozenset(chr(code) for code in range(0x590) if chr(code).islower())


def _people(found: Words) -> set[str]:
    """Give the words that stand in the text as part of a person's name: after a given name or a title, or an initial after those."""
    given, surnames, forms, lows, capital = _given(), listed("surnames.txt"), found.forms, found.lows, found.capital
    people: set[str] = set()
    telling = _before_names()
    for i in compress(range(1, len(forms)), capital[1:]):
        before = lows[i - 1]
        if before not in telling or len(gap := found.gap(i - 1)) > LONGEST_GAP:
            continue
        if before in CALENDAR and lows[i] not in surnames:
            continue
        if capital[i - 1] and gap in _SPACES and before in given:
            people.update((forms[i - 1], forms[i]))
        elif (before in TITLES and (gap in _SPACES or gap == ". ")) or (
            len(before) == 1 and capital[i - 1] and i > 1 and forms[i - 2] in people
        ):
            people.add(forms[i])
    return people


def _coordinate(text: str, matches: list[Match], gazetteer: Gazetteer, least: float) -> None:
    """Let a place speak for the little-known name of one country that is named with it: "Aghdam and Fuzuli were shelled"."""
    pairs = [(a, b) for a, b in pairwise(matches) if text[a.end : b.start] in _TOGETHER]
    for known, other in (*pairs, *((b, a) for a, b in reversed(pairs))):
        lifted = known.weight >= least > other.weight >= -1 and known.kind in _TOWNS and other.kind == CITY
        if lifted and gazetteer.country[known.places.rows[0]] in gazetteer.country[other.places.rows]:
            other.weight = least


def _share(matches: list[Match]) -> None:
    """Let one sure mention speak for the others of the same name."""
    best: dict[str, float] = {}
    for match in matches:
        best[match.key] = max(match.weight, best.get(match.key, -9.0))
    for match in matches:
        if best[match.key] >= 3.0 and match.weight > -2.0:
            match.weight += 1.5
