"""How a quiet place varies in time: Gaussian process covariances of backscatter in decibels.

A quiet site's backscatter is a constant, plus a yearly cycle that is never twice quite the same, plus departures that die
away after days (rain, dew, wind), after weeks (crops, soil moisture) and after years (growth, slow drift), plus the noise of
each image (speckle). Each part is stationary, so covariances depend on differences in days alone, and dates need not be
evenly spaced. The relative size of the parts differs from site to site: `MODELS` spans the range, and a site's own past
decides between them (`vestige.observing._forecast`).

Rasmussen and Williams (2006), Gaussian Processes for Machine Learning, sections 4.2 and 5.4.3.
"""

from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.floating[Any]]
Days: TypeAlias = NDArray[np.int32]

YEAR = 365.25
FAST, SLOW, DRIFT, CYCLE = 4.0, 40.0, 700.0, 1500.0
"""Days in which a departure, or the likeness of two years' cycles, falls to 1/e."""

HALF_YEAR = 0.1
"""Variance of the half-yearly harmonic, relative to the yearly one."""


@dataclass(frozen=True)
class Covariance:
    """Variances of the parts, each relative to the noise of one image."""

    season: float
    fast: float
    slow: float
    drift: float


def parts(a: Days, b: Days) -> Floats:
    """Give the correlations of the four parts between whole days ``a`` (n,) and ``b`` (m,): shape (4, n, m)."""
    gap = np.abs(a[:, None] - b[None, :])
    longest = int(gap.max(initial=0))
    return np.asarray(_correlations(1 << longest.bit_length())[:, gap])


@lru_cache(maxsize=16)
def _correlations(days: int) -> Floats:
    """Give the correlations of the four parts over gaps of 0 to ``days`` - 1 days: shape (4, days).

    Dates repeat their gaps, so looking them up is several times faster than working them out for every pair.
    """
    gap = np.arange(days)
    angle = 2 * np.pi / YEAR * gap
    cycle = (np.cos(angle) + HALF_YEAR * np.cos(2 * angle)) * np.exp(-gap / CYCLE)
    return np.stack([cycle, np.exp(-gap / FAST), np.exp(-gap / SLOW), np.exp(-gap / DRIFT)])


def covariances(models: tuple[Covariance, ...], correlations: Floats) -> Floats:
    """Weigh `parts` (4, n, m) by each model's variances: shape (model, n, m). Noise is not included."""
    return np.tensordot(_variances(models), correlations, axes=1)


@lru_cache(maxsize=8)
def _variances(models: tuple[Covariance, ...]) -> Floats:
    """Give the variances of the parts as an array (model, 4)."""
    return np.array([astuple(model) for model in models])
