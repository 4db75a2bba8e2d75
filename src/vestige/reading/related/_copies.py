"""Copies: which news texts carry another's text, whole or in part, edited lightly or set in a page of menus.

A text is known by fingerprints: hashes of five words in a row, of which winnowing (Schleimer, Wilkerson and Aiken 2003) keeps the
smallest in every six. The choice is local, so a passage has the same fingerprints wherever it stands, and any ten words in a
row that two texts share are seen. What counts is containment (Broder 1997): the share of one text's own fingerprints that the
other has anywhere, so that a bare article is found inside a full page. A text's own fingerprints are those of its main passage
of running text (maximum subsequence segmentation, Pasternack and Roth 2009), and long stretches of it may not be missing from the
other: two pages of one site share menus and notices, and each has an article that the other lacks.
"""

import re
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vestige.reading.places._names import hash_keys
from vestige.reading.related._postings import Postings

SHINGLE = 5  # words
WINDOW = 6  # shingles; a shared run of SHINGLE + WINDOW - 1 words always leaves a common fingerprint
CONTAINED = 0.4  # share of a text's own fingerprints from which on it is a copy
LEAST_SHARED = (
    8  # fingerprints in common, some 30 words, below which texts are copies only if all fingerprints are the same
)
LONG_GAP = 8  # fingerprints missing in one stretch, some 30 words: more than an edited word or sentence leaves
MISSING = 0.15  # share of a text's own fingerprints that may be missing in long gaps, or one gap of twice that length
MAIN_SHARE = 0.25  # of all words; a page with less running text is taken as it is, tables and all
COMMONEST = (
    500  # texts under one fingerprint from which on it proposes no candidate (it still counts when texts are compared)
)
_RUNNING, _BROKEN = 10, -4  # a line of ten words or more counts by its words, a shorter one against the passage
_FACTORS = np.array([pow(0x2545F4914F6CDD1D, i, 2**64) for i in range(SHINGLE)], np.uint64)
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u9fff]|[^\W_\u3040-\u30ff\u3400-\u9fff]+"
)  # Chinese and Japanese: by the character


class Prints(NamedTuple):
    """The fingerprints of one text."""

    all: NDArray[np.uint64]
    """Distinct, ascending."""
    own: NDArray[np.uint64]
    """Those of the main passage, in order of the text."""


def fingerprints(text: str) -> Prints:
    """Give the fingerprints of a text."""
    words, start, end = _words(text)
    hashes = hash_keys(words)
    if len(hashes) < SHINGLE:
        whole = np.bitwise_xor.reduce(hashes, keepdims=True) if len(hashes) else hashes
        return Prints(whole, whole)
    count = len(hashes) - SHINGLE + 1
    shingles = np.zeros(count, np.uint64)
    for i, factor in enumerate(_FACTORS):
        shingles += hashes[i : i + count] * factor
    shingles ^= shingles >> np.uint64(29)
    kept = np.arange(count)
    if count > WINDOW:
        windows = np.lib.stride_tricks.sliding_window_view(shingles, WINDOW)
        kept = np.unique(windows.argmin(1) + np.arange(len(windows)))
    own = kept[(kept >= start) & (kept + SHINGLE <= end)]
    if len(own) < MAIN_SHARE * len(kept):
        own = kept
    return Prints(np.unique(shingles[kept]), shingles[own])


def _words(text: str) -> tuple[list[str], int, int]:
    """Give the words of a text, and the bounds of its main passage among them: the lines of the highest total (Kadane)."""
    words: list[str] = []
    best, bounds, current, start = 0, (0, 0), 0, 0
    for line in text.splitlines():
        found = _WORD.findall(line.casefold())
        if not found:
            continue
        if current <= 0:
            current, start = 0, len(words)
        words += found
        current += len(found) if len(found) >= _RUNNING else _BROKEN
        if current > best:
            best, bounds = current, (start, len(words))
    return words, *(bounds if best else (0, len(words)))


def containment(inner: Prints, outer: Prints) -> float:
    """Give the share of ``inner``'s own fingerprints that ``outer`` has; 0 where it is no copy of it."""
    if not len(inner.own) or not len(outer.all):
        return 0.0
    shared = np.isin(inner.own, outer.all)
    share = float(shared.mean())
    if shared.sum() < LEAST_SHARED:
        return share if np.array_equal(inner.all, outer.all) else 0.0
    missing = _in_long_runs(~shared)
    return share if share >= CONTAINED and missing <= max(2 * LONG_GAP, MISSING * len(shared)) else 0.0


def _in_long_runs(flags: NDArray[np.bool_]) -> int:
    """Give how many flags are set in runs of at least `LONG_GAP`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], flags, [False])).astype(np.int8)))
    lengths = edges[1::2] - edges[::2]
    return int(lengths[lengths >= LONG_GAP].sum())


class CopyIndex:
    """Texts by fingerprint, to find the copies of one more without looking at all."""

    def __init__(self) -> None:
        self._postings = Postings()
        self._prints: list[Prints] = []

    def add(self, text: str) -> list[tuple[int, float]]:
        """Enter a text and give the texts before it that it is a copy of or they of it, with their containment."""
        prints = fingerprints(text)
        copies = []
        for other in self._candidates(prints):
            score = max(containment(prints, self._prints[other]), containment(self._prints[other], prints))
            if score:
                copies.append((other, score))
        self._postings.add(prints.all, len(self._prints), np.isin(prints.all, prints.own))
        self._prints.append(prints)
        return copies

    def _candidates(self, prints: Prints) -> list[int]:
        """Give the texts that share enough rare fingerprints, of their own or of this text's."""
        at, documents, theirs = self._postings.find(prints.all, most=COMMONEST)
        if not len(at):
            return []
        others, place = np.unique(documents, return_inverse=True)
        ours = np.isin(prints.all, prints.own)[at]
        within = np.maximum(
            np.bincount(place[ours], minlength=len(others)), np.bincount(place[theirs], minlength=len(others))
        )
        few = min(LEAST_SHARED, len(prints.all), int(0.5 * CONTAINED * len(prints.own)) or 1)
        found: list[int] = others[within >= few].tolist()
        return found
