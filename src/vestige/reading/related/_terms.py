"""Which texts have a term, and how many: a number for every term, and the texts of the terms that are not too common."""

from array import array

import numpy as np
from numpy.typing import NDArray

from vestige.reading.related._columns import Column

_ENTRY = np.dtype([("text", np.uint32), ("weight", np.float32)])


class TermIndex:
    """Terms by their hash, numbered as they come, each with the texts that have it and its weight in them.

    A term in more than ``commonest`` texts keeps its count and loses its texts: it tells no story from another, and to look through
    its texts would cost a pass over a share of the collection.
    """

    def __init__(self, commonest: int) -> None:
        self._commonest = commonest
        self._numbers: dict[int, int] = {}
        self._texts: list[array[int]] = []  # a text and the weight's bits in each 64
        self._frequency = Column(np.int64)

    def number(self, hashes: NDArray[np.uint64]) -> NDArray[np.int32]:
        """Give the numbers of the terms; new ones get the next."""
        numbers = self._numbers
        found = [numbers.setdefault(term, len(numbers)) for term in hashes.tolist()]
        while len(self._texts) < len(numbers):
            self._texts.append(array("Q"))
        self._frequency.reach(len(numbers))
        return np.array(found, np.int32)

    def frequency(self, terms: NDArray[np.int32]) -> NDArray[np.int64]:
        """Give for each term the number of texts that have it."""
        counts: NDArray[np.int64] = self._frequency.rows[terms]
        return counts

    def add(self, text: int, terms: NDArray[np.int32], weights: NDArray[np.float32]) -> None:
        """Enter a text under each of its terms."""
        self._frequency.rows[terms] += 1
        entries = np.zeros(len(terms), _ENTRY)
        entries["text"], entries["weight"] = text, weights
        common = self._frequency.rows[terms] > self._commonest
        for term, entry in zip(terms[~common].tolist(), entries[~common].view(np.uint64).tolist(), strict=True):
            self._texts[term].append(entry)
        for term in terms[common].tolist():
            if self._texts[term]:
                self._texts[term] = array("Q")

    def find(self, terms: NDArray[np.int32]) -> tuple[NDArray[np.intp], NDArray[np.int64], NDArray[np.float32]]:
        """Give the entries of terms: the position of the term in ``terms``, the text, the weight."""
        lists = [self._texts[term] for term in terms.tolist()]
        entries = np.frombuffer(b"".join(lists), _ENTRY)
        return (
            np.repeat(np.arange(len(lists)), [len(texts) for texts in lists]),
            entries["text"].astype(np.int64),
            entries["weight"],
        )
