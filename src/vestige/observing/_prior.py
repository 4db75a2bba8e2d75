"""What quiet places are like before anything is known of one of them.

`SHARES` were learned by `bench/observing/learn_prior.py` from quiet Sentinel-1 series; how, and what they mean for places of
other kinds, stands in `docs/observing.md`.
"""

from itertools import product

import numpy as np

from vestige.observing._covariance import Covariance

MODELS = tuple(
    Covariance(season=season, fast=0.6, slow=slow, drift=drift)
    for season, slow, drift in product((0.1, 0.7, 5.0), (0.1, 0.8), (0.05, 0.4, 3.0))
)
"""The models of a quiet past that are averaged over."""

SHARES = np.full(len(MODELS), 1 / len(MODELS))
"""Share of quiet series that each model describes."""

NOISE = 0.4
"""Prior noise variance of one image, dB squared."""


def freedom(bands: int) -> int:
    """Give the degrees of freedom of the prior on the covariance between bands: weak, but proper."""
    return bands + 2
