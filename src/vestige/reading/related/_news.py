"""Related news: copies of one text, and texts that report the same story."""

from collections.abc import Sequence
from itertools import combinations
from typing import Literal

import numpy as np
from msgspec import Struct

from vestige.reading.related._copies import CopyIndex
from vestige.reading.related._similar import SimilarTexts
from vestige.reading.related._stories import THRESHOLD, average_linkage
from vestige.reading.related._words import terms

LinkKind = Literal["copy", "same story"]
_TOUCHED = THRESHOLD / 2  # scaled similarity to one of its texts from which on a story may change
_REGROUPED = 100  # texts whose stories are made anew for one more


class Link(Struct, frozen=True, kw_only=True):
    """Two texts that belong together, by their positions, ``a`` before ``b``."""

    a: int
    b: int
    kind: LinkKind
    score: float
    """Of a copy, the share of the smaller text that the other holds; of a story, the cosine of the texts. From 0 to 1."""


def link(texts: Sequence[str]) -> list[Link]:
    """Give all pairs of texts that are copies or tell the same story, in order; a pair that is both is given as a copy."""
    copies = CopyIndex()
    links = {
        (a, b): Link(a=a, b=b, kind="copy", score=score)
        for b, text in enumerate(texts)
        for a, score in copies.add(text)
    }
    if len(texts) > 1:
        from vestige.reading.related._pairs import cosine, stories

        found, near = stories([terms(text) for text in texts])
        for a, b in (pair for story in found for pair in combinations(story, 2)):
            links.setdefault((a, b), Link(a=a, b=b, kind="same story", score=min(1.0, cosine(near, a, b))))
    return [links[pair] for pair in sorted(links)]


class NewsIndex:
    """News texts as they come in: each is linked to those before it at a cost that hardly depends on how many there are.

    Copies are the same as `link` gives. Stories are made anew by average linkage where the new text touches them, so a story may
    still divide when more is known; `stories` gives them as they stand.
    """

    def __init__(self) -> None:
        self._copies = CopyIndex()
        self._similar = SimilarTexts()
        self._story: list[int] = []
        self._members: dict[int, list[int]] = {}

    def __len__(self) -> int:
        """Give the number of texts entered."""
        return len(self._story)

    @property
    def stories(self) -> list[list[int]]:
        """The stories of two texts or more, by position."""
        return sorted(sorted(members) for members in self._members.values() if len(members) > 1)

    def add(self, text: str) -> list[Link]:
        """Enter one text and give its links to those before it; its position is ``len(index) - 1`` afterwards."""
        number = len(self._story)
        links = {a: Link(a=a, b=number, kind="copy", score=score) for a, score in self._copies.add(text)}
        self._similar.add(terms(text))
        cosines = self._similar.cosines(number)
        self._story.append(number)
        self._members[number] = [number]
        self._regroup(number)
        for a in self._members[self._story[number]]:
            if a != number:
                links.setdefault(a, Link(a=a, b=number, kind="same story", score=min(1.0, cosines.get(a, 0.0))))
        return [links[a] for a in sorted(links)]

    def _regroup(self, number: int) -> None:
        """Make the stories anew that the text's neighbours are in, as far as they hold a bounded number of texts."""
        touched: dict[int, None] = {self._story[number]: None}
        texts = 1
        near, similarity = self._similar.scaled(number)
        close = similarity >= _TOUCHED
        for other in near[close][np.argsort(-similarity[close], kind="stable")].tolist():
            story = self._story[other]
            if story not in touched and texts + len(self._members[story]) <= _REGROUPED:
                touched[story] = None
                texts += len(self._members[story])
        within = sorted(text for story in touched for text in self._members.pop(story))
        for group in average_linkage(len(within), self._similar.among(within), THRESHOLD, singles=True):
            members = [within[i] for i in group]
            self._members[members[0]] = members
            for text in members:
                self._story[text] = members[0]
