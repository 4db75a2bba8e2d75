"""The texts most similar to a new one, among those entered before, without looking at all of them.

The terms of a text are looked up in the order of what each adds to a cosine, which for most is that of rarity, until so many entries
have been seen; the texts that gain most from these are then compared in full. A text that was not met shares no term with the part that
was looked up, so that its cosine is at most the length of the part that was not (prefix filtering, Bayardo, Ma and Srikant 2007).
"""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from vestige.reading.related._columns import Column
from vestige.reading.related._stories import LEAST_DENSITY, NEIGHBOURS, WEAKEST, Terms, idf
from vestige.reading.related._terms import TermIndex

FETCHED = 20_000  # entries looked through for one text, those of its most telling terms
COMPARED = 40  # texts compared in full with one text
WEIGHED_ANEW = 2  # texts whose length is renewed for each that is entered: all of them before their number has doubled

Similar = tuple[NDArray[np.int64], NDArray[np.float64]]


class SimilarTexts:
    """Texts by term, with each text's similar ones among those before it."""

    def __init__(self) -> None:
        self._index = TermIndex(commonest=FETCHED)
        self._texts: list[tuple[NDArray[np.int32], NDArray[np.float32]]] = []
        self._similar: list[Similar] = []
        self._norms = Column(np.float64)
        self._nearest = Column(np.float64, NEIGHBOURS)
        self._density = Column(np.float64)
        self._sums = Column(np.float64)
        self._last = Column(np.int64)
        self._next_weighed = 0

    def scaled(self, text: int) -> Similar:
        """Give the texts before a text that are similar to it, and how much, scaled by both texts' density as it is now."""
        others, cosines = self._similar[text]
        return others, cosines / np.sqrt(self._density.rows[text] * self._density.rows[others])

    def among(self, texts: list[int]) -> Iterator[tuple[int, int, float]]:
        """Give the scaled similarities that matter among texts in ascending order, by their places in the list."""
        within = np.array(texts)
        lists, cosines = zip(*(self._similar[text] for text in texts), strict=True)
        others = np.concatenate(lists)
        a = np.minimum(np.searchsorted(within, others), len(within) - 1)
        b = np.repeat(np.arange(len(within)), [*map(len, lists)])
        inside = within[a] == others
        a, b = a[inside], b[inside]
        density = self._density.rows[within]
        similarity = np.concatenate(cosines)[inside] / np.sqrt(density[a] * density[b])
        kept = similarity >= WEAKEST
        return zip(a[kept].tolist(), b[kept].tolist(), similarity[kept].tolist(), strict=True)

    def cosines(self, text: int) -> dict[int, float]:
        """Give the cosines of a text with the similar ones before it."""
        others, cosines = self._similar[text]
        return dict(zip(others.tolist(), cosines.tolist(), strict=True))

    def add(self, own: Terms) -> None:
        """Enter a text, and compare it with the most similar ones before it."""
        terms = self._index.number(own[0])
        order = np.argsort(terms)
        terms, weights = terms[order], own[1][order]
        others, cosines = self._compare(terms, weights)
        kept = cosines >= WEAKEST * LEAST_DENSITY
        self._enter(terms, weights, (others[kept], cosines[kept]))

    def _compare(self, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> Similar:
        """Choose texts by the most telling terms and compare them in full."""
        frequency = self._index.frequency(terms)
        factor = idf(frequency, len(self._texts) + 1)
        vector = weights * factor
        order = np.argsort(-vector)
        order = order[np.cumsum(frequency[order]) <= FETCHED]
        at, met, payload = self._index.find(terms[order])
        others, products = self._summed(met, (vector * factor)[order][at] * payload)
        if not len(others):
            return others, products
        if len(others) > COMPARED:
            partial = products / self._norms.rows[others]
            others = others[np.argpartition(-partial, COMPARED)[:COMPARED]]
        norm = float(np.sqrt((vector**2).sum())) or 1.0
        return others, self._products(terms, vector * factor, others) / (norm * self._norms.rows[others])

    def _summed(self, texts: NDArray[np.int64], values: NDArray[np.float64]) -> Similar:
        """Give each text once with the sum of its values, without sorting and without a pass over all texts."""
        sums, last = self._sums.rows, self._last.rows
        np.add.at(sums, texts, values)
        entries = np.arange(len(texts))
        last[texts] = entries
        once = texts[last[texts] == entries]
        summed = sums[once]
        sums[once] = 0.0
        return once, summed

    def _products(
        self, terms: NDArray[np.int32], vector: NDArray[np.float64], others: NDArray[np.int64]
    ) -> NDArray[np.float64]:
        """Multiply a vector with the weights of some texts, all in one pass."""
        theirs, weights = zip(*(self._texts[other] for other in others.tolist()), strict=True)
        joined = np.concatenate(theirs)
        at = np.minimum(np.searchsorted(terms, joined), len(terms) - 1)
        products = np.where(terms[at] == joined, vector[at] * np.concatenate(weights), 0.0)
        starts = np.cumsum([0, *map(len, theirs[:-1])])
        sums: NDArray[np.float64] = np.add.reduceat(products, starts)
        return sums

    def _enter(self, terms: NDArray[np.int32], weights: NDArray[np.float32], similar: Similar) -> None:
        number = len(self._texts)
        for column in (self._norms, self._nearest, self._density, self._sums, self._last):
            column.reach(number + 1)
        self._texts.append((terms, weights))
        self._similar.append(similar)
        self._index.add(number, terms, weights)
        self._norms.rows[number] = self._norm(number)
        self._draw_near(number, *similar)
        for _ in range(WEIGHED_ANEW):
            self._norms.rows[self._next_weighed] = self._norm(self._next_weighed)
            self._next_weighed = (self._next_weighed + 1) % len(self._texts)

    def _draw_near(self, number: int, others: NDArray[np.int64], cosines: NDArray[np.float64]) -> None:
        """Renew the nearest neighbours, and by them the density, of a text and of those that it is similar to."""
        nearest = np.sort(cosines)[-NEIGHBOURS:]
        self._nearest.rows[number, : len(nearest)] = nearest
        theirs, each = self._nearest.rows[others], np.arange(len(others))
        lowest = theirs.argmin(1)
        theirs[each, lowest] = np.maximum(theirs[each, lowest], cosines)
        self._nearest.rows[others] = theirs
        changed = np.append(others, number)
        self._density.rows[changed] = np.maximum(self._nearest.rows[changed].mean(1), LEAST_DENSITY)

    def _norm(self, text: int) -> float:
        """Give the length of a text's vector by what terms are rare by now."""
        terms, weights = self._texts[text]
        return float(np.sqrt(((weights * idf(self._index.frequency(terms), len(self._texts))) ** 2).sum())) or 1.0
