"""Same story: which news texts report one event, by the words they share and how their neighbours compare.

Texts are TF-IDF vectors (Salton and Buckley 1988) that favour names and numbers (`_related_words`). A cosine means more in a thin
story than in one that fifty papers told in the same words, so it is divided by how similar either text is to its own nearest
neighbours (local scaling, Zelnik-Manor and Perona 2004); what remains is compared with one threshold. Texts then join in
stories by average linkage, so that one chance resemblance does not chain two events together.
"""

import heapq
from collections.abc import Iterable, Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BACKGROUND = (
    200  # texts that every collection is thought to hold besides its own, so that few texts have sound term weights
)
BACKGROUND_FREQUENCY = 1.5  # of any term among them
NEIGHBOURS = 8
LEAST_DENSITY = 0.25  # mean cosine with the nearest neighbours is taken to be at least this: a lone text has no story
THRESHOLD = 0.51  # tuned on ECB+ topics 1-20
WEAKEST = 0.1  # scaled similarities below this are taken as none
_COMMONEST = 0.05  # terms in a larger share of many texts tell no story from another
_BLOCK = 1024  # texts compared with all others at a time

Terms = tuple[NDArray[np.uint64], NDArray[np.float32]]


def idf(frequency: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    """Give the inverse document frequency of terms that so many of the texts have."""
    result: NDArray[np.float64] = np.log((texts + BACKGROUND + 1) / (frequency + BACKGROUND_FREQUENCY))
    return result


def density(nearest: Sequence[float]) -> float:
    """Give a text's density from its similarities to its nearest neighbours, at most `NEIGHBOURS`; fewer count as zeros."""
    return max(float(sum(nearest)) / NEIGHBOURS, LEAST_DENSITY)


def stories(texts: Sequence[Terms]) -> tuple[list[list[int]], sparse.csr_matrix]:
    """Give the stories of two texts or more, and the cosines of the pairs that are similar at all."""
    cosines = _cosines(_vectors(texts))
    bounds = pairwise(cosines.indptr.tolist())
    dense = np.array([density(np.sort(cosines.data[a:b])[-NEIGHBOURS:].tolist()) for a, b in bounds])
    pairs = sparse.triu(cosines, 1).tocoo()
    scaled = pairs.data / np.sqrt(dense[pairs.row] * dense[pairs.col])
    kept = scaled >= WEAKEST
    edges = zip(pairs.row[kept].tolist(), pairs.col[kept].tolist(), scaled[kept].tolist(), strict=True)
    return average_linkage(len(texts), edges, THRESHOLD), cosines


def _vectors(texts: Sequence[Terms]) -> sparse.csr_matrix:
    count = len(texts)
    hashes = np.concatenate([t for t, _ in texts])
    vocabulary, columns, frequency = np.unique(hashes, return_inverse=True, return_counts=True)
    weights = np.concatenate([w for _, w in texts]).astype(np.float64) * idf(frequency, count)[columns]
    bounds = np.cumsum([0, *(len(t) for t, _ in texts)])
    vectors = sparse.csr_matrix((weights, columns, bounds), shape=(count, max(1, len(vocabulary))))
    norms = np.sqrt(np.asarray(vectors.multiply(vectors).sum(1)).ravel())
    scaled = sparse.diags(1.0 / np.maximum(norms, 1e-12)) @ vectors
    if count * _COMMONEST > NEIGHBOURS * 25:
        scaled = scaled[:, np.nonzero(frequency <= count * _COMMONEST)[0]]
    return scaled.tocsr()


def _cosines(vectors: sparse.csr_matrix) -> sparse.csr_matrix:
    """Multiply all pairs block by block and keep those that could matter, without the diagonal."""
    blocks, transposed = [], vectors.T.tocsr()
    for start in range(0, vectors.shape[0], _BLOCK):
        block = (vectors[start : start + _BLOCK] @ transposed).tocoo()
        kept = (block.data >= WEAKEST * LEAST_DENSITY) & (block.row + start != block.col)
        blocks.append(sparse.csr_matrix((block.data[kept], (block.row[kept], block.col[kept])), shape=block.shape))
    return sparse.vstack(blocks).tocsr()


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
