"""The stories among many texts at once: all pairs of them compared by sparse matrices.

A module of its own, loaded when it is needed: a collection that grows one text at a time (`_related_similar`) does without, and
loading `scipy.sparse` costs more than reading many texts.
"""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from scipy import sparse

from vestige.reading.related._stories import (
    LEAST_DENSITY,
    NEIGHBOURS,
    THRESHOLD,
    WEAKEST,
    Terms,
    average_linkage,
    density,
    idf,
)

_COMMONEST = 0.05  # terms in a larger share of many texts tell no story from another
_BLOCK = 1024  # texts compared with all others at a time


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
