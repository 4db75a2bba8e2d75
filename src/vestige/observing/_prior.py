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

SHARES = np.array(
    [
        [[0.143, 0.028, 0.013], [0.020, 0.017, 0.013]],
        [[0.318, 0.107, 0.019], [0.081, 0.055, 0.019]],
        [[0.020, 0.022, 0.024], [0.036, 0.037, 0.028]],
    ]
).ravel()
"""Share of quiet series that each model describes."""

NOISE = 0.4
"""Prior noise variance of one image, dB squared."""


def freedom(bands: int) -> int:
    """Give the degrees of freedom of the prior on the covariance between bands: weak, but proper."""
    return bands + 2
