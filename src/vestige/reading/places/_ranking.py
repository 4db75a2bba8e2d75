"""Rank what each name may stand for: explicit containment first, then what the rest of the text is about, then population.

The names of one text are resolved together by probabilistic relaxation (Rosenfeld, Hummel and Zucker 1976): every candidate
has a share of its name, and each round it gains from the shares of other names' candidates that lie near it, in its division or
in its country. So a cluster of small homonyms outweighs their famous namesakes, and one stray name does not.
"""

from collections.abc import Iterator, Sequence
from itertools import accumulate, pairwise

import numpy as np
from numpy.typing import NDArray

from vestige.reading.places._gazetteer import Gazetteer
from vestige.reading.places._kinds import CITY, COUNTRY, COUNTY, DIVISION, REGION
from vestige.reading.places._matches import Match

EARTH_RADIUS = 6371.0  # kilometres
REACH = 200.0  # kilometres within which two places support each other
ROUNDS = 2
TOGETHER = 100  # names that are resolved together: more than any article has
CONSIDERED = 400  # candidates of all names together, so that a round costs less than a millisecond
W_POPULATION, W_LESSER, W_NEAR, W_DIVISION, W_COUNTRY, W_REGION, W_CONTAINED, W_KNOWN = (
    0.9,
    1.5,
    3.0,
    1.5,
    1.5,
    1.0,
    12.0,
    8.0,
)
KIND_PRIOR = {COUNTRY: 5.0, DIVISION: 2.0, REGION: 3.0, COUNTY: 0.0, CITY: 0.0}
_KIND_PRIORS = np.array([KIND_PRIOR[kind] for kind in range(len(KIND_PRIOR))])
DIGITS = 3  # of a score, after the point
NOT_A_CITY = 3.6
"""What a country, a division, a county or a region counts for, in place of the logarithm of its population."""


class Names:
    """The distinct names of one text with all their candidates side by side: candidate ``c`` belongs to name ``owner[c]``."""

    def __init__(self, matches: Sequence[Match], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        places = {match.key: match.places for match in reversed(matches)}
        self.keys = list(dict.fromkeys(match.key for match in matches))
        self.counts = [len(places[key].rows) for key in self.keys]
        self.rows = np.concatenate([places[key].rows for key in self.keys])
        self.lesser = np.concatenate([places[key].lesser for key in self.keys])
        self.owner = np.arange(len(self.keys)).repeat(self.counts)
        self.starts = np.array([0, *accumulate(self.counts)])
        self.contained = np.zeros(len(self.rows), bool)
        self.known = np.zeros(len(self.rows), bool)
        """The best known candidate of a name that a slash joins to another: "New York/Geneva" are no neighbours."""
        for first, second in pairwise(matches):
            if second.start == first.end + 1 and first.slashed:
                self._know(self.keys.index(first.key))
                self._know(self.keys.index(second.key))
        for match in matches:
            if match.contained_in is not None:
                self._contain(self.keys.index(match.key), match.contained_in)

    def _know(self, name: int) -> None:
        part = slice(self.starts[name], self.starts[name + 1])
        self.known[self.starts[name] + int(np.argmax(self.gazetteer.population[self.rows[part]]))] = True

    def _contain(self, name: int, outer: Match) -> None:
        g, part = self.gazetteer, slice(self.starts[name], self.starts[name + 1])
        rows = self.rows[part]
        for areas, code, kind in zip(
            g.areas(outer.places.rows), (g.country, g.division), (COUNTRY, DIVISION), strict=True
        ):
            for area in areas:
                self.contained[part] |= (code[rows] == area) & (g.kind[rows] != kind)


def groups(matches: Sequence[Match]) -> Iterator[list[Match]]:
    """Cut a long text's matches into stretches of at most `TOGETHER` names, each resolved by itself, so that time stays linear."""
    group: list[Match] = []
    keys: set[str] = set()
    for match in matches:
        if len(keys) == TOGETHER and match.key not in keys:
            yield group
            group, keys = [], set()
        group.append(match)
        keys.add(match.key)
    if group:
        yield group


def rank(
    matches: Sequence[Match], gazetteer: Gazetteer, countries: dict[int, float]
) -> dict[str, list[tuple[int, float]]]:
    """Give for each name its candidates' rows, best first, with their scores, rounded; nothing for what only the record knows."""
    matches = [match for match in matches if len(match.places.rows)]
    if not matches:
        return {}
    names = Names(matches, gazetteer)
    score = _prior(names, countries)
    score = _relax(names, score)
    order = np.lexsort((-score, names.owner))
    best = list(zip(names.rows[order].tolist(), score[order].round(DIGITS).tolist(), strict=True))
    return {key: best[start:end] for key, (start, end) in zip(names.keys, pairwise(names.starts.tolist()), strict=True)}


def _prior(names: Names, countries: dict[int, float]) -> NDArray[np.float64]:
    """Score each candidate by itself."""
    g, rows = names.gazetteer, names.rows
    kind = g.kind[rows]
    known = np.where(kind == CITY, np.log10(g.population[rows] + 100.0), NOT_A_CITY)
    score: NDArray[np.float64] = (
        W_POPULATION * known
        + _KIND_PRIORS[kind]
        - W_LESSER * names.lesser
        + W_CONTAINED * names.contained
        + W_KNOWN * names.known
    )
    if countries:
        told = np.zeros(len(g.countries))
        for code, weight in countries.items():
            told[code] = weight
        score += W_REGION * told[g.country[rows]]
    return score


def _shares(score: NDArray[np.float64], starts: NDArray[np.intp], owner: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give each candidate's share of its name (softmax)."""
    weight = np.exp(score - np.maximum.reduceat(score, starts)[owner])
    shares: NDArray[np.float64] = weight / np.add.reduceat(weight, starts)[owner]
    return shares


def _relax(names: Names, score: NDArray[np.float64]) -> NDArray[np.float64]:
    base = score
    kept = _leading(names, score, max(4, CONSIDERED // len(names.keys)))
    owner = names.owner[kept]
    near, starts = _nearness(names.gazetteer, names.rows[kept], owner), owner.searchsorted(np.arange(len(names.keys)))
    areas = _Areas(names)
    for _ in range(ROUNDS):
        share = _shares(score, names.starts[:-1], names.owner)
        votes = np.maximum.reduceat(near * share[kept].astype(np.float32), starts, axis=1).sum(1)
        score = base + areas.agreement(share)
        score[kept] += W_NEAR * np.log1p(votes)
    return score


class _Areas:
    """The countries and the divisions of the candidates, in one column: what lies in the same one speaks for each other."""

    def __init__(self, names: Names) -> None:
        g, rows = names.gazetteer, names.rows
        division = g.division[rows]
        self._code = np.concatenate((g.country[rows], division + np.int64(len(g.countries))))
        self._pair = self._code * len(names.keys) + np.concatenate((names.owner, names.owner))
        self._weight = np.concatenate((np.full(len(rows), W_COUNTRY), W_DIVISION * g.divisions_known[division]))

    def agreement(self, share: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give for each candidate the weight of other names' candidates in its country and its division, as log(1 + names)."""
        twice = np.concatenate((share, share))
        total = np.bincount(self._code, twice)
        own = np.bincount(self._pair, twice)  # at most countries and divisions times names, both bounded
        others = np.maximum(total[self._code] - own[self._pair], 0.0)
        agreement: NDArray[np.float64] = (self._weight * np.log1p(others)).reshape(2, -1).sum(0)
        return agreement


def _leading(names: Names, score: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Give the indexes of the ``count`` best candidates of each name, in order of names."""
    if max(names.counts) <= count:
        return np.arange(len(score))
    order = np.lexsort((-score, names.owner))
    place = np.arange(len(order)) - names.starts[names.owner[order]]
    best: NDArray[np.intp] = order[place < count]
    return best


def _nearness(g: Gazetteer, rows: NDArray[np.int64], owner: NDArray[np.intp]) -> NDArray[np.float32]:
    """Give for each pair of two names' candidates 1 at the same point, falling to 0 at `REACH` kilometres from a town or county."""
    unit, kind = g.unit[rows], g.kind[rows]
    chord = np.sqrt(np.maximum(2.0 - 2.0 * (unit @ unit.T), 0.0)) * EARTH_RADIUS
    near: NDArray[np.float32] = np.maximum(1.0 - chord / REACH, 0.0)
    near[(owner[:, None] == owner) | ((kind != CITY) & (kind != COUNTY))] = 0.0
    return near
