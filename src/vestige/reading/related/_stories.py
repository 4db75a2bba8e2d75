"""Same story: which news texts report one event, by the words they share and how their neighbours compare.

Texts are TF-IDF vectors (Salton and Buckley 1988) that favour names and numbers (`_related_words`). A cosine means more in a thin
story than in one that fifty papers told in the same words, so it is divided by how similar either text is to its own nearest
neighbours (local scaling, Zelnik-Manor and Perona 2004); what remains is compared with one threshold. Texts then join in
stories by average linkage, so that one chance resemblance does not chain two events together.
"""

import heapq
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

BACKGROUND = (
    200  # texts that every collection is thought to hold besides its own, so that few texts have sound term weights
)
BACKGROUND_FREQUENCY = 1.5  # of any term among them
NEIGHBOURS = 8
LEAST_DENSITY = 0.25  # mean cosine with the nearest neighbours is taken to be at least this: a lone text has no story
THRESHOLD = 0.51  # tuned on ECB+ topics 1-20
WEAKEST = 0.1  # scaled similarities below this are taken as none

Terms = tuple[NDArray[np.uint64], NDArray[np.float32]]


def idf(frequency: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """Give the inverse document frequency of terms that so many of the texts have."""
    result: NDArray[np.float64] = np.log((texts + BACKGROUND + 1) / (frequency + BACKGROUND_FREQUENCY))
    return result


def density(nearest: Sequence[float]) -> float:
    """Give a text's density from its similarities to its nearest neighbours, at most `NEIGHBOURS`; fewer count as zeros."""
    return max(float(sum(nearest)) / NEIGHBOURS, LEAST_DENSITY)


def average_linkage(
    count: int, edges: Iterable[tuple[int, int, float]], threshold: float, *, singles: bool = False
) -> list[list[int]]:
    """Join the two groups of the highest mean similarity until none reaches the threshold; absent pairs count as 0.

    Each merge moves the smaller neighbourhood into the larger; stale heap items are recognised by their outdated mean.
    """
    groups = {i: [i] for i in range(count)}
    totals: list[dict[int, float]] = [{} for _ in range(count)]
    heap = []
    for a, b, similarity in edges:
        totals[a][b] = totals[b][a] = similarity
        if similarity >= threshold:
            heap.append((-similarity, a, b))
    heapq.heapify(heap)
    while heap:
        mean, a, b = heapq.heappop(heap)
        if a not in groups or b not in groups or -mean != _mean(totals, groups, a, b):
            continue
        if len(totals[a]) < len(totals[b]):
            a, b = b, a
        groups[a] += groups.pop(b)
        _absorb(totals, a, b)
        for c in totals[a]:
            if (joint := _mean(totals, groups, a, c)) >= threshold:
                heapq.heappush(heap, (-joint, a, c))
    return [sorted(members) for members in groups.values() if singles or len(members) > 1]


def _mean(totals: list[dict[int, float]], groups: dict[int, list[int]], a: int, b: int) -> float:
    return totals[a].get(b, 0.0) / (len(groups[a]) * len(groups[b]))


def _absorb(totals: list[dict[int, float]], a: int, b: int) -> None:
    totals[a].pop(b, None)
    for c, total in totals[b].items():
        if c != a:
            totals[a][c] = totals[c][a] = totals[a].get(c, 0.0) + total
            totals[c].pop(b, None)
    totals[b] = {}
