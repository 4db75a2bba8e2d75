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
        self._runs: list[tuple[NDArray[np.uint64], NDArray[np.int32], NDArray[np.float32]]] = []
        self._fresh: list[tuple[NDArray[np.uint64], int, NDArray[np.float32]]] = []
        self._fresh_size = 0

    def __len__(self) -> int:
        """Give the number of entries."""
        return sum(len(keys) for keys, _, _ in self._runs) + self._fresh_size

    def add(self, keys: NDArray[np.uint64], document: int, payload: NDArray[np.float32]) -> None:
        """Enter a document under each of the keys, with a number each."""
        self._fresh.append((keys, document, payload))
        self._fresh_size += len(keys)
        if self._fresh_size >= _FIRST_RUN:
            self._settle()

    def count(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """Give for each key the number of its entries, which costs far less than to fetch them."""
        if self._fresh:
            self._settle()
        total = np.zeros(len(keys), np.int64)
        for run, _, _ in self._runs:
            total += np.searchsorted(run, keys, "right") - np.searchsorted(run, keys, "left")
        return total

    def find(self, keys: NDArray[np.uint64]) -> tuple[NDArray[np.intp], NDArray[np.int32], NDArray[np.float32]]:
        """Give all entries under the keys: the position of the key in ``keys``, the document, the payload."""
        if self._fresh:
            self._settle()
        parts = [self._find_in(run, keys) for run in self._runs]
        if not parts:
            return np.zeros(0, np.intp), np.zeros(0, np.int32), np.zeros(0, np.float32)
        at, documents, payloads = zip(*parts, strict=True)
        return np.concatenate(at), np.concatenate(documents), np.concatenate(payloads)

    @staticmethod
    def _find_in(run: Sequence[NDArray[Any]], keys: NDArray[np.uint64]) -> Sequence[NDArray[Any]]:
        low, high = np.searchsorted(run[0], keys, "left"), np.searchsorted(run[0], keys, "right")
        counts = high - low
        at = np.repeat(np.arange(len(keys)), counts)
        entries = np.arange(len(at)) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(low, counts)
        return at, run[1][entries], run[2][entries]

    def _settle(self) -> None:
        keys = np.concatenate([k for k, _, _ in self._fresh])
        documents = np.repeat(np.array([d for _, d, _ in self._fresh], np.int32), [len(k) for k, _, _ in self._fresh])
        payload = np.concatenate([p for _, _, p in self._fresh])
        self._fresh, self._fresh_size = [], 0
        order = np.argsort(keys, kind="stable")
        self._runs.append((keys[order], documents[order], payload[order]))
        while len(self._runs) > 1 and _RATIO * len(self._runs[-1][0]) >= len(self._runs[-2][0]):
            last, before = self._runs.pop(), self._runs.pop()
            keys = np.concatenate([before[0], last[0]])
            order = np.argsort(keys, kind="stable")  # timsort merges two sorted runs in one pass
            self._runs.append(
                (keys[order], np.concatenate([before[1], last[1]])[order], np.concatenate([before[2], last[2]])[order])
            )
