"""How a change began, and the bracket of images that holds its onset."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from vestige.observing._covariance import Floats
from vestige.observing._series import Times

Instants = tuple[np.datetime64, np.datetime64]

CREDIBLE = 0.97
"""Chance that a bracket is asked to hold, so that it holds 95 % among the changes that are found: those that are found are not all."""


class OnsetKind(StrEnum):
    """How a change began. The value is the sentence for a reader."""

    STEP = "a step within the window"
    GRADUAL = "grows through the window"
    EARLIER = "began before the window"


@dataclass(frozen=True, eq=False)
class Onset:
    """How likely each gap between two images is to hold the onset."""

    edges: Times
    """Images: the last before the window and those within (m + 1,)."""
    chance: Floats
    """Of each gap (m,), summing to 1."""
    kind: OnsetKind

    def bracket(self, credible: float = CREDIBLE) -> Instants | None:
        """Give the last unchanged and the first changed image; None where the change is no step within the window."""
        if self.kind is not OnsetKind.STEP:
            return None
        order = np.argsort(-self.chance, kind="stable")
        enough = int(np.searchsorted(np.cumsum(self.chance[order]), credible)) + 1
        kept = order[:enough]
        return self.edges[kept.min()], self.edges[kept.max() + 1]


def joined(onsets: list[Onset]) -> Onset | None:
    """Join what several orbits say of one onset: the product of their densities over the time that all of them looked at."""
    if not onsets:
        return None
    first, last = max(one.edges[0] for one in onsets), min(one.edges[-1] for one in onsets)
    edges = np.unique(np.concatenate([one.edges for one in onsets]))
    edges = edges[(edges >= first) & (edges <= last)]
    if len(edges) < 2:
        return None
    length = np.diff(edges).astype(float)
    density = np.ones(len(length))
    for one in onsets:
        place = np.searchsorted(one.edges, edges[:-1], side="right") - 1
        density *= one.chance[place] / np.diff(one.edges).astype(float)[place]
    chance = density * length
    kinds = {one.kind for one in onsets}
    kind = kinds.pop() if len(kinds) == 1 else OnsetKind.STEP if OnsetKind.STEP in kinds else OnsetKind.GRADUAL
    return Onset(edges, chance / chance.sum(), kind) if chance.sum() > 0 else None
