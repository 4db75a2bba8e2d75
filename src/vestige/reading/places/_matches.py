"""Find the runs of words in a text that a gazetteer, or the record's own sites, know as names of places."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from vestige.reading._model import Candidate
from vestige.reading.places._gazetteer import Gazetteer, Named
from vestige.reading.places._inflection import uninflected
from vestige.reading.places._kinds import REGION
from vestige.reading.places._sites import SiteIndex
from vestige.reading.places._tokens import Words, ngrams

_ONLY_SITES = Named(np.zeros(0, np.int64), np.zeros(0, bool), REGION, 0, first_lesser=False)


@dataclass(slots=True)
class Match:
    """A run of words that the gazetteer knows as a name."""

    first: int
    last: int
    start: int
    end: int
    key: str
    places: Named
    weight: float = 0.0
    contained_in: "Match | None" = None
    """The state or country printed after it: "Paris, Texas"."""
    contains: bool = False
    slashed: bool = False
    """Whether a slash joins it to the next name: "New York/Geneva"."""
    sites: tuple[Candidate, ...] = ()
    """Sites of the record that go by the name."""

    @property
    def kind(self) -> int:
        """Kind of the best-known place of that name."""
        return self.places.kind


def find_matches(found: Words, gazetteer: Gazetteer, language: str, sites: SiteIndex) -> list[Match]:
    """Give the longest names of the gazetteer and of the record's sites, from left to right, without overlap."""
    longest = _longest(found, gazetteer, language)
    named = sites.find(found)
    matches, at = [], 0
    for first in sorted({*longest, *named}):
        if first < at:
            continue
        last, key, hit = longest.get(first, (-1, "", _ONLY_SITES))
        end, known = named.get(first, (-1, ()))
        if not known and any(named.get(inner, (-1,))[0] > last for inner in range(first + 1, last + 1)):
            continue  # "La Chapelle" is no town where the record knows a "Chapelle Saint-Roch"
        if end > last:
            last, hit = end, _ONLY_SITES
            key = "site " + " ".join(found.lows[first : end + 1])
        match = Match(first, last, found.starts[first], found.end(last), key, hit)
        match.sites = known if end == last else ()
        matches.append(match)
        at = last + 1
    return matches


def _longest(found: Words, gazetteer: Gazetteer, language: str) -> dict[int, tuple[int, str, Named]]:
    """Give for each word that a name begins at the last word of its longest name, its key and its places."""
    runs = ngrams(found)
    line = found.text.replace("\n", " ").replace("\r", " ")
    forms, starts = found.forms, found.starts
    names = [forms[first] if first == last else line[starts[first] : found.end(last)] for first, last in runs]
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
) -> Iterator[tuple[tuple[int, int], str, Named]]:
    """Give the runs whose names the gazetteer knows, with key and places."""
    for run, (key, hit) in zip(runs, gazetteer.named(names), strict=True):
        if hit is not None:
            yield run, key, hit
