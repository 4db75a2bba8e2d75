"""What pages name of related news: the links that the publisher was given, and the ties that they make."""

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import msgspec

MOST_NAMED = 30
"""A page names at most so many related sources, the closest first, and says when there are more."""


class TextLink(Protocol):
    """Two of the given texts that belong together, by their positions."""

    @property
    def a(self) -> int:
        """The first."""

    @property
    def b(self) -> int:
        """The second."""

    @property
    def kind(self) -> str:
        """``copy`` or ``same story``."""

    @property
    def score(self) -> float:
        """From 0 to 1: of a copy the share of the smaller text that the other holds, of a story the cosine of the texts."""


Linker = Callable[[Sequence[str]], Sequence[TextLink]]
"""Gives the links among texts; the same texts in the same order always have the same links."""


class Tie(msgspec.Struct, frozen=True):
    """A source that another is linked to: its id, how, and how closely (hundredths)."""

    source: str
    kind: str
    score: float


Ties = Mapping[str, tuple[Tie, ...]]
"""The ties of each source that has any, the closest first."""
