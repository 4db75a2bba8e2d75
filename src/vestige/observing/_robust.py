"""A step that no single date decides, in a window that may be noisier than the past.

Quiet places have dates that no model of them foresees (rain on one image, snow on two, a ship, a fault of the processor), and
windows that are noisier than all before. Two guards keep such dates from being called change:

- the step is estimated again without each date of the window in turn, and the mean of these p-values counts, of two dates the
  larger one. One odd date leaves at least one of them ordinary, so that no date decides alone;
- the noise of the window is judged from how its dates scatter about a step, whenever it begins. Where they scatter more than the past led to
  expect, all errors are widened; where less, nothing is gained, so that the guard only ever raises a p-value.

Both are closed forms of the precision of the forecast errors (Harville, 1997, Matrix Algebra From a Statistician's
Perspective, section 8.5, for the precision of what is left when one variable is left out).
"""

from dataclasses import dataclass

import numpy as np

from vestige.observing._covariance import Floats
from vestige.observing._forecast import Forecast

PRIOR_DATES = 4.0
"""Weight, in degrees of freedom, of the belief that the window is as noisy as the past."""


@dataclass(frozen=True, eq=False)
class Steps:
    """Generalised least squares estimates of the step of N series in B bands under K models."""

    size: Floats
    """From all dates of the window, dB (K, N, B)."""
    variance: Floats
    """Its variance relative to the noise (K, N or 1)."""
    without: Floats
    """Without each date in turn (m, K, N, B)."""
    without_variance: Floats
    """Their variances (m, K, N or 1)."""
    noise: Floats
    """How much noisier the window is than was to be expected, at least 1 (K, N)."""


def estimate_steps(found: Forecast) -> Steps:
    """Estimate the step from all dates of the window, without each in turn, and how noisy the window is.

    A window of one date has no estimate without it; ``without`` is then empty.
    """
    precision = np.linalg.inv(found.spread)
    share = precision.sum(axis=-1)
    total = share.sum(axis=-1)
    pulled = precision @ found.error
    summed = pulled.sum(axis=2)
    size = summed / total[..., None]
    own = np.einsum("knmm->mkn", precision)
    weight = np.moveaxis(share, -1, 0) / own
    rest = total - weight * np.moveaxis(share, -1, 0)
    left = (summed - weight[..., None] * np.moveaxis(pulled, 2, 0)) / rest[..., None]
    dates = found.error.shape[2]
    kept = slice(None) if dates > 1 else slice(0, 0)
    return Steps(size, 1 / total, left[kept], 1 / rest[kept], _window_noise(found, precision, pulled))


def _window_noise(found: Forecast, precision: Floats, pulled: Floats) -> Floats:
    """Scatter of the window's dates about a step, in units of what was expected, shrunk towards 1 and never below.

    The step may begin at any date of the window, the one that leaves the least scatter, since a change that comes late is no noise.
    """
    bands, dates = found.error.shape[3], found.error.shape[2]
    whole = np.einsum("knmb,knmc->knbc", found.error, pulled)
    since = np.flip(np.cumsum(np.flip(pulled, 2), axis=2), 2)
    corner = np.flip(np.cumsum(np.cumsum(np.flip(precision, (-2, -1)), axis=-2), axis=-1), (-2, -1))
    total = np.einsum("knmm->knm", corner)
    scale = found.scale
    explained = np.einsum("knmb,knbc,knmc->knm", since, np.linalg.inv(scale), since) / total
    ratio = np.trace(np.linalg.solve(scale, whole), axis1=-2, axis2=-1) - explained.max(axis=2)
    return np.asarray(np.maximum(1.0, (PRIOR_DATES + ratio) / (PRIOR_DATES + (dates - 1) * bands)))
