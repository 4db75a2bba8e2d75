"""The texts most similar to a new one, among those entered before, without looking at all of them."""

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from vestige.reading._related_postings import Postings
from vestige.reading._related_stories import NEIGHBOURS, Terms, density, idf

FETCHED = 20_000  # entries looked through for one text, those of its most telling terms
COMPARED = 40  # texts compared in full with one text


class SimilarTexts:
    """Texts by term, with each text's similar ones among those before it."""

    def __init__(self) -> None:
        self._postings = Postings()
        self._texts: list[Terms] = []
        self._cosines: list[dict[int, float]] = []
        self._norms = np.zeros(64)
        self._nearest: list[list[float]] = []
        self._density: list[float] = []
        self._norms_made_at = 0

    def scaled(self, text: int) -> dict[int, float]:
        """Give the similarities of a text with those before it, scaled by both texts' density as it is now."""
        own, dense = self._density[text], self._density
        return {other: cosine / sqrt(own * dense[other]) for other, cosine in self._cosines[text].items()}

    def add(self, own: Terms) -> dict[int, float]:
        """Enter a text and give its cosines with the most similar ones before it."""
        others, cosines = self._compare(own)
        similar = dict(zip(others.tolist(), cosines.tolist(), strict=True))
        self._enter(own, similar)
        return similar

    def _compare(self, own: Terms) -> tuple[NDArray[np.intp], NDArray[np.float64]]:
        """Choose texts by the most telling terms and compare them in full."""
        hashes, weights = own
        if not self._texts or not len(hashes):
            return np.zeros(0, np.intp), np.zeros(0)
        frequency = self._postings.count(hashes)
        factor = idf(frequency, len(self._texts) + 1)
        vector = weights * factor
        order = np.argsort(-vector)
        order = order[np.cumsum(frequency[order]) <= FETCHED]
        at, documents, payload = self._postings.find(hashes[order])
        products = np.bincount(documents, (vector * factor)[order][at] * payload, len(self._texts)).astype(np.float64)
        partial = products / self._norms[: len(products)]
        others = np.flatnonzero(partial)
        if len(others) > COMPARED:
            others = others[np.argpartition(-partial[others], COMPARED)[:COMPARED]]
        norm = float(np.sqrt((vector**2).sum())) or 1.0
        full = np.array([self._product(hashes, vector * factor, other) for other in others.tolist()])
        return others, full / (norm * self._norms[others])

    def _product(self, hashes: NDArray[np.uint64], vector: NDArray[np.float64], other: int) -> float:
        theirs, weights = self._texts[other]
        at = np.minimum(np.searchsorted(hashes, theirs), len(hashes) - 1)
        shared = hashes[at] == theirs
        return float((vector[at[shared]] * weights[shared]).sum())

    def _enter(self, own: Terms, similar: dict[int, float]) -> None:
        number = len(self._texts)
        if number == len(self._norms):
            self._norms = np.concatenate([self._norms, np.zeros(number)])
        self._texts.append(own)
        self._cosines.append(similar)
        self._postings.add(own[0], number, own[1])
        self._norms[number] = self._norm(own)
        self._nearest.append(sorted(similar.values())[-NEIGHBOURS:])
        self._density.append(density(self._nearest[-1]))
        for other, cosine in similar.items():
            nearest = self._nearest[other]
            if len(nearest) < NEIGHBOURS or cosine > nearest[0]:
                self._nearest[other] = sorted([*nearest, cosine])[-NEIGHBOURS:]
                self._density[other] = density(self._nearest[other])
        if number + 1 >= 2 * self._norms_made_at:
            self._renew_norms()

    def _norm(self, text: Terms) -> float:
        return float(np.sqrt(((text[1] * idf(self._postings.count(text[0]), len(self._texts))) ** 2).sum())) or 1.0

    def _renew_norms(self) -> None:
        """Weigh all texts anew by what terms are rare by now; done whenever their number has doubled."""
        self._norms_made_at = len(self._texts)
        self._norms[: len(self._texts)] = [self._norm(text) for text in self._texts]
