"""The p-value of a step in several bands at once, when the errors follow a multivariate t distribution.

Which departures should count as most surprising? Polarisations mostly move together when a place changes, though not always
and not equally. The statistic is the one with the greatest power on average over steps drawn from a normal distribution with
standard deviation `STEP` in each band and correlation `TOGETHER` (Andrews and Ploberger, 1994, Econometrica 62, 1383-1414):
a quadratic form of the error. It sets where power goes; the p-value is exact for any choice.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc

from vestige.observing._covariance import Floats

STEP = 2.0
"""Typical size of a step worth finding, dB."""

TOGETHER = 0.6
"""Correlation of the step between bands."""


def step_p_values(error: Floats, scale: Floats, freedom: Floats | float) -> Floats:
    """Give the p-value of each error (N, B) under a t distribution with ``scale`` (N, B, B) and ``freedom`` (N,).

    In the eigenbasis of the step relative to the scale the statistic is a weighted sum of squares of a spherical t vector:
    its radius has an F distribution and its direction is uniform, so that the tail is an average of F tails over directions.
    """
    bands = error.shape[1]
    step = STEP**2 * (TOGETHER + (1 - TOGETHER) * np.eye(bands))
    whiten = np.linalg.inv(np.linalg.cholesky(scale))
    ratio, axes = np.linalg.eigh(whiten @ step @ np.swapaxes(whiten, 1, 2))
    weight = ratio / (1 + ratio)
    along = np.einsum("nji,njk,nk->ni", axes, whiten, error)
    statistic = np.sum(weight * along**2, axis=1)
    radius = statistic[:, None] / (weight @ _squared_directions(bands).T)
    return np.asarray(_tail(radius, bands, np.reshape(freedom, (-1, 1))).mean(axis=1))


def _tail(radius: Floats, bands: int, freedom: Floats) -> Floats:
    """Chance that the squared radius of a spherical t vector exceeds ``radius``."""
    if bands == 2:
        return (1 + radius / freedom) ** (-freedom / 2)
    return np.asarray(betainc(freedom / 2, bands / 2, freedom / (freedom + radius)))


def _squared_directions(bands: int) -> NDArray[np.floating[Any]]:
    """Squared components of directions spread evenly over the sphere: (D, B)."""
    if bands == 1:
        return np.ones((1, 1))
    if bands == 2:
        angle = (np.arange(32) + 0.5) / 32 * np.pi / 2
        return np.column_stack([np.cos(angle) ** 2, np.sin(angle) ** 2])
    normal = np.random.default_rng(bands).standard_normal((2048, bands)) ** 2
    return np.asarray(normal / normal.sum(axis=1, keepdims=True))
