"""An inverted index that grows: which documents have a key, for millions of keys, in flat arrays.

A log-structured merge: new entries gather in short sorted runs, and a run is merged into the one before it once it has grown to
a quarter of its size, so that there are few runs, each entry is moved a logarithmic number of times, and nothing is ever rebuilt whole.
"""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FIRST_RUN = 1024  # entries gathered before they become a run
_RATIO = 4  # a run is merged into the one before it when it has grown to this share of it


class Postings:
    """Entries (key, document, payload), found by key. Keys are 64-bit hashes."""

    def __init__(self) -> None:
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.bool_]]] = []
        self._fresh: list[tuple[NDArray[np.uint64], int, NDArray[np.bool_]]] = []
        self._fresh_size = 0

    def __len__(self) -> int:
        """Give the number of entries."""
        return sum(len(keys) for keys, _, _ in self._runs) + self._fresh_size

    def add(self, keys: NDArray[np.uint64], document: int, payload: NDArray[np.bool_]) -> None:
        """Enter a document under each of the keys, with a mark each."""
        self._fresh.append((keys, document, payload))
        self._fresh_size += len(keys)
        if self._fresh_size >= _FIRST_RUN:
            self._settle()

    def find(
        self, keys: NDArray[np.uint64], *, most: int | None = None
    ) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.bool_]]:
        """Give the entries under the keys: the position of the key in ``keys``, the document, the mark.

        A key that more than ``most`` documents have gives none of them, and costs no more than one that nobody has.
        """
        if self._fresh:
            self._settle()
        bounds = [self._bounds(run, keys) for run, _, _ in self._runs]
        if not bounds:
            return np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.bool_)
        if most is not None:
            kept = np.sum([high - low for low, high in bounds], axis=0) <= most
            bounds = [(low, np.where(kept, high, low)) for low, high in bounds]
        parts = [self._entries(run, *bound) for run, bound in zip(self._runs, bounds, strict=True)]
        at, documents, payloads = zip(*parts, strict=True)
        return np.concatenate(at), np.concatenate(documents), np.concatenate(payloads)

    @staticmethod
    def _bounds(run: NDArray[np.uint64], keys: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Give the first entry of each key in a run and the one after its last; most keys of a text have none."""
        low = np.searchsorted(run, keys, "left")
        high = low.copy()
        there = np.flatnonzero(run[np.minimum(low, len(run) - 1)] == keys)
        high[there] = np.searchsorted(run, keys[there], "right")
        return low, high

    @staticmethod
    def _entries(run: Sequence[NDArray[Any]], low: NDArray[np.intp], high: NDArray[np.intp]) -> Sequence[NDArray[Any]]:
        counts = high - low
        at = np.repeat(np.arange(len(low)), counts)
        entries = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
        return at, run[1][entries], run[2][entries]

    def _settle(self) -> None:
        keys = np.concatenate([k for k, _, _ in self._fresh])
        documents = np.repeat(np.array([d for _, d, _ in self._fresh], np.int32), [len(k) for k, _, _ in self._fresh])
        payload = np.concatenate([p for _, _, p in self._fresh])
        self._fresh, self._fresh_size = [], 0
        if not len(keys):
            return
        order = np.argsort(keys, kind="stable")
        self._runs.append((keys[order], documents[order], payload[order]))
        while len(self._runs) > 1 and _RATIO * len(self._runs[-1][0]) >= len(self._runs[-2][0]):
            last, before = self._runs.pop(), self._runs.pop()
            order = np.argsort(np.concatenate([before[0], last[0]]), kind="stable")  # timsort: one pass over two runs
            keys = np.concatenate([before[0], last[0]])[order]
            documents = np.concatenate([before[1], last[1]])[order]
            payload = np.concatenate([before[2], last[2]])[order]
            self._runs.append((keys, documents, payload))
