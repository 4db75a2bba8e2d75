"""The stories among many texts at once: each text compared with all others by the lists of texts that hold its terms.

A module of its own, loaded when it is needed: a collection that grows one text at a time (`_similar`) does without.
"""

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

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

Near = tuple[NDArray[np.int64], NDArray[np.float64]]
"""The texts that are similar to one at all, ascending, and the cosines with them."""


def stories(texts: Sequence[Terms]) -> tuple[list[list[int]], list[Near]]:
    """Give the stories of two texts or more, and for each text those that are similar to it with their cosines."""
    near = list(_similar(texts))
    dense = np.array([density(np.sort(cosines)[-NEIGHBOURS:].tolist()) for _, cosines in near])
    first = np.repeat(np.arange(len(near)), [len(others) for others, _ in near])
    second, cosines = (np.concatenate(column) for column in zip(*near, strict=True))
    scaled = cosines / np.sqrt(dense[first] * dense[second])
    kept = (first < second) & (scaled >= WEAKEST)
    edges = zip(first[kept].tolist(), second[kept].tolist(), scaled[kept].tolist(), strict=True)
    return average_linkage(len(texts), edges, THRESHOLD), near


def cosine(near: Sequence[Near], a: int, b: int) -> float:
    """Give the cosine of two texts; 0 where they are not similar at all."""
    others, cosines = near[a]
    at = int(np.searchsorted(others, b))
    return float(cosines[at]) if at < len(others) and others[at] == b else 0.0


def _similar(texts: Sequence[Terms]) -> Iterator[Near]:
    """Compare each text with all others, and keep those that could matter."""
    count = len(texts)
    rows, columns, weights = _weighted(texts)
    bounds = np.searchsorted(rows, np.arange(count + 1))
    order = np.argsort(columns, kind="stable")
    holders, held = rows[order], weights[order]
    frequency = np.bincount(columns)
    starts = np.cumsum(frequency) - frequency
    for text in range(count):
        own = slice(bounds[text], bounds[text + 1])
        lengths = frequency[columns[own]]
        # The places of all holders of all terms of the text: a list a term, one after another.
        places = np.arange(lengths.sum()) + np.repeat(starts[columns[own]] - (np.cumsum(lengths) - lengths), lengths)
        products = np.repeat(weights[own], lengths) * held[places]
        cosines = np.bincount(holders[places], products, minlength=count).astype(np.float64)
        cosines[text] = 0.0
        others = np.nonzero(cosines >= WEAKEST * LEAST_DENSITY)[0].astype(np.int64)
        yield others, cosines[others]


def _weighted(texts: Sequence[Terms]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
    """Give the text, the column and the weight of each term of each text, texts ascending; the weights of a text have the length 1.

    Of many texts, the terms that too many hold are left out then.
    """
    count = len(texts)
    rows = np.repeat(np.arange(count), [len(terms) for terms, _ in texts])
    hashes = np.concatenate([terms for terms, _ in texts])
    _, columns, frequency = np.unique(hashes, return_inverse=True, return_counts=True)
    weights = np.concatenate([given for _, given in texts]).astype(np.float64) * idf(frequency, count)[columns]
    lengths = np.sqrt(np.bincount(rows, weights * weights, minlength=count))
    weights /= np.maximum(lengths, 1e-12)[rows]
    if count * _COMMONEST > NEIGHBOURS * 25:
        rare = frequency[columns] <= count * _COMMONEST
        rows, columns, weights = rows[rare], columns[rare], weights[rare]
    return rows, columns, weights
