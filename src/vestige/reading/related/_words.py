"""The words by which news texts are compared, in any script.

Names and numbers tell one event from another of its kind, so a word in lower case counts for a seventh of a capitalised one.
Endings are cut roughly: English by suffix, other scripts to their first letters, which serves for comparison and nothing else.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from vestige.reading.places._names import hash_keys
from vestige.reading.places._words import FUNCTION_WORDS

WORD = re.compile(r"[^\W_]+")
_SUFFIXES = ("'s", "ing", "ed", "es", "s")
_LONGEST = 30  # letters kept of a Latin word
_STEM = 6  # letters kept of a word in a script other than Latin
_PLAIN_WEIGHT = 0.15
_MOST_WORDS = 4000  # of one text: an article has fewer, and a book is not compared word for word


def terms(text: str) -> tuple[NDArray[np.uint64], NDArray[np.float32]]:
    """Give the distinct terms of a text as hashes, ascending, and the weight of each: the log of its weighted count."""
    counts: dict[str, float] = {}
    for word, count in Counter(islice((m.group() for m in WORD.finditer(text)), _MOST_WORDS)).items():
        if (term := _term(word)) is not None:
            stem, weight = term
            counts[stem] = counts.get(stem, 0.0) + count * weight
    hashes, first = np.unique(hash_keys(list(counts)), return_index=True)
    return hashes, np.log1p(np.array(list(counts.values()), np.float32)[first])


@lru_cache(maxsize=100_000)
def _term(word: str) -> tuple[str, float] | None:
    """Give the stem of a word and its weight, nothing for a word that tells nothing."""
    lower = word.lower()
    if len(lower) < 2 or lower in FUNCTION_WORDS:
        return None
    return _stem(lower), _PLAIN_WEIGHT if word[0].islower() else 1.0


def _stem(word: str) -> str:
    if not word[0].isascii():
        return word[:_STEM]
    for suffix in _SUFFIXES:
        if word.endswith(suffix) and len(word) - len(suffix) >= _STEM - 2:
            return word[: -len(suffix)]
    return word[:_LONGEST]
