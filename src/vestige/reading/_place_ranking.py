"""Rank what each name may stand for: explicit containment first, then what the rest of the text is about, then population.

The names of one text are resolved together by probabilistic relaxation (Rosenfeld, Hummel and Zucker 1976): every candidate
has a share of its name, and each round it gains from the shares of other names' candidates that lie near it, in its division or
in its country. So a cluster of small homonyms outweighs their famous namesakes, and one stray name does not.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from vestige.reading._gazetteer import CITY, COUNTRY, COUNTY, DIVISION, REGION, Gazetteer
from vestige.reading._place_matches import Match

EARTH_RADIUS = 6371.0  # kilometres
REACH = 200.0  # kilometres within which two places support each other
ROUNDS = 2
TOGETHER = 100  # names that are resolved together: more than any article has
CONSIDERED = 400  # candidates of all names together, so that a round costs less than a millisecond
W_POPULATION, W_LESSER, W_NEAR, W_DIVISION, W_COUNTRY, W_REGION, W_CONTAINED = 0.9, 1.5, 3.0, 1.5, 1.5, 1.0, 12.0
KIND_PRIOR = {COUNTRY: 5.0, DIVISION: 2.0, REGION: 3.0, COUNTY: 0.0, CITY: 0.0}


class Names:
    """The distinct names of one text with all their candidates side by side: candidate ``c`` belongs to name ``owner[c]``."""

    def __init__(self, matches: Sequence[Match], gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self.keys = list(dict.fromkeys(m.key for m in matches))
        number = {key: i for i, key in enumerate(self.keys)}
        first = {m.key: m for m in reversed(matches)}
        self.rows = np.concatenate([first[key].places.rows for key in self.keys])
        self.lesser = np.concatenate([first[key].places.lesser for key in self.keys])
        self.owner = np.repeat(np.arange(len(self.keys)), [len(first[key].places.rows) for key in self.keys])
        self.starts = np.concatenate(([0], np.cumsum([len(first[key].places.rows) for key in self.keys])))
        self.contained = np.zeros(len(self.rows), bool)
        for match in matches:
            if match.contained_in is not None:
                self._contain(number[match.key], match.contained_in)

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
    """Give for each name its candidates' rows, best first, with their scores; nothing for what only the record knows."""
    matches = [match for match in matches if len(match.places.rows)]
    if not matches:
        return {}
    names = Names(matches, gazetteer)
    score = _prior(names, countries)
    score = _relax(names, score)
    order = np.lexsort((-score, names.owner))
    best = list(zip(names.rows[order].tolist(), score[order].tolist(), strict=True))
    return {key: best[start:end] for key, (start, end) in zip(names.keys, pairwise(names.starts.tolist()), strict=True)}


def _prior(names: Names, countries: dict[int, float]) -> NDArray[np.float64]:
    """Score each candidate by itself."""
    g, rows = names.gazetteer, names.rows
    kind = g.kind[rows]
    prior = np.array([KIND_PRIOR[k] for k in range(5)])[kind]
    score = W_POPULATION * np.log10(g.population[rows] + 100.0) * (kind == CITY) + 3.6 * (kind != CITY) * W_POPULATION
    score = score + prior - W_LESSER * names.lesser + W_CONTAINED * names.contained
    if countries:
        told = np.zeros(len(g.countries))
        for code, weight in countries.items():
            told[code] = weight
        score = score + W_REGION * told[g.country[rows]]
    result: NDArray[np.float64] = score
    return result


def _shares(score: NDArray[np.float64], starts: NDArray[np.intp], owner: NDArray[np.intp]) -> NDArray[np.float64]:
    """Give each candidate's share of its name (softmax)."""
    top = np.maximum.reduceat(score, starts)
    weight = np.exp(score - top[owner])
    shares: NDArray[np.float64] = weight / np.add.reduceat(weight, starts)[owner]
    return shares


def _relax(names: Names, score: NDArray[np.float64]) -> NDArray[np.float64]:
    g = names.gazetteer
    base = score
    kept = _leading(names, score, max(4, CONSIDERED // len(names.keys)))
    near = _nearness(g, names.rows[kept])
    owner = names.owner[kept]
    near[owner[:, None] == owner[None, :]] = 0.0
    small_starts = np.searchsorted(owner, np.arange(len(names.keys)))
    country, division = g.country[names.rows], g.division[names.rows]
    for _ in range(ROUNDS):
        share = _shares(score, names.starts[:-1], names.owner)
        gain = W_COUNTRY * _agreement(country, share, names)
        gain += W_DIVISION * _agreement(division, share, names) * (g.divisions_known[division])
        votes = np.maximum.reduceat(near * share[kept].astype(np.float32)[None, :], small_starts, axis=1).sum(1)
        local = np.zeros(len(score))
        local[kept] = W_NEAR * np.log1p(votes)
        score = base + gain + local
    return score


def _agreement(code: NDArray[np.uint16], share: NDArray[np.float64], names: Names) -> NDArray[np.float64]:
    """Give the weight of other names' candidates under the same code, as log(1 + names)."""
    total = np.bincount(code, share)
    pair = code.astype(np.int64) * len(names.keys) + names.owner
    own = np.bincount(pair, share)  # at most countries or divisions times names, both bounded
    agreement: NDArray[np.float64] = np.log1p(np.maximum(total[code] - own[pair], 0.0))
    return agreement


def _leading(names: Names, score: NDArray[np.float64], count: int) -> NDArray[np.intp]:
    """Give the indexes of the ``count`` best candidates of each name, in order of names."""
    order = np.lexsort((-score, names.owner))
    place = np.arange(len(order)) - names.starts[names.owner[order]]
    return order[place < count]


def _nearness(g: Gazetteer, rows: NDArray[np.int64]) -> NDArray[np.float32]:
    """Give for each pair 1 at the same point, falling to 0 at `REACH` kilometres."""
    lat, lon = np.radians(g.lat[rows]), np.radians(g.lon[rows])
    unit = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
    chord = np.sqrt(np.maximum(2.0 - 2.0 * (unit @ unit.T), 0.0)) * EARTH_RADIUS
    near: NDArray[np.float32] = np.maximum(1.0 - chord / REACH, 0.0).astype(np.float32)
    near *= ((g.kind[rows] == CITY) | (g.kind[rows] == COUNTY))[None, :]
    return near
