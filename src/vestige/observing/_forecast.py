"""Forecast a window from a site's quiet past, averaged over models of how quiet places vary.

For each model k the decibels Y (dates, bands) have one unknown mean per band, covariance K_k between dates and an unknown
covariance between bands with an inverse Wishart prior. All three are integrated out: the mean with a flat prior as in kriging,
the rest in closed form, so that the error of a forecast has a multivariate t distribution and the past has a marginal
likelihood, which together with the prior share of each model (`vestige.observing._prior`) gives the model's weight.
Rasmussen and Williams (2006), section 2.7; Gelman and others (2013), Bayesian Data Analysis, section 3.6.

What does not depend on the values is factorised once for each pattern of dates and shared by all series that have it.
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from scipy.linalg.lapack import dtrtrs

from vestige.observing._covariance import Floats, covariances, parts
from vestige.observing._prior import MODELS, NOISE, SHARES, freedom

OFFSET = 0.3
"""Variance of what a whole window may be off by, relative to the noise: a wet season, a processor's version, a slow trend."""
PLATFORM = 1.0
"""Variance of what one platform sees higher or lower than another, relative to the noise."""


@dataclass(frozen=True, eq=False)
class Pattern:
    """The factorised covariances of one pattern of dates: n before, m after, K models."""

    factor: Floats
    """Lower Cholesky factors of the past (K, n, n)."""
    level: Floats
    """Factor solved for the constant 1 (K, n)."""
    precision: Floats
    """Precision of the mean, relative to the noise (K,)."""
    bridge: Floats
    """Factor solved for the covariance with the window (K, n, m)."""
    spread: Floats
    """Covariance of the forecast errors, relative to the noise (K, m, m)."""
    volume: Floats
    """Log determinant of the past without its mean (K,)."""


@lru_cache(maxsize=32)
def _pattern(before: bytes, after: bytes, platforms: tuple[bytes, bytes] | None) -> Pattern:
    a, b = (np.frombuffer(days, dtype="int32") for days in (before, after))
    past, window = (_with_noise(covariances(MODELS, parts(days, days))) for days in (a, b))
    bridge = covariances(MODELS, parts(a, b))
    window += OFFSET
    if platforms:
        old, new = np.frombuffer(platforms[0], "int32"), np.frombuffer(platforms[1], "int32")
        past += PLATFORM * np.equal.outer(old, old)
        window += PLATFORM * np.equal.outer(new, new)
        bridge += PLATFORM * np.equal.outer(old, new)
    factor = np.linalg.cholesky(past)
    right = np.concatenate([np.ones((len(MODELS), len(a), 1)), bridge], axis=2)
    solved = np.stack([solve(*pair) for pair in zip(factor, right, strict=True)])
    level, bridge = solved[:, :, 0], solved[:, :, 1:]
    precision = np.sum(level**2, axis=1)
    rest = 1 - np.einsum("kn,knm->km", level, bridge)
    spread = (
        window - np.swapaxes(bridge, 1, 2) @ bridge + rest[:, :, None] * rest[:, None, :] / precision[:, None, None]
    )
    volume = 2 * np.log(np.einsum("knn->kn", factor)).sum(axis=1) + np.log(precision)
    return Pattern(factor, level, precision, bridge, spread, volume)


def _with_noise(covariance: Floats) -> Floats:
    """Add the noise of each image, the unit of variance, to covariances (K, n, n), in place."""
    np.einsum("knn->kn", covariance)[...] += 1
    return covariance


def pattern(
    before: NDArray[np.datetime64],
    after: NDArray[np.datetime64],
    platforms: tuple[NDArray[np.int32], NDArray[np.int32]] | None = None,
) -> Pattern:
    """Factorise for dates ``before`` and ``after``; only differences in whole days matter.

    ``platforms`` numbers the platform (and processor) of each date: what one sees higher or lower than another is learned from the
    past, as far as the past has seen both.
    """
    first = before[0]
    days = [((times - first) / np.timedelta64(1, "D")).round().astype("int32").tobytes() for times in (before, after)]
    several = platforms is not None and len({*platforms[0].tolist(), *platforms[1].tolist()}) > 1
    return _pattern(*days, (platforms[0].tobytes(), platforms[1].tobytes()) if several and platforms else None)


def solve(factor: Floats, right: Floats) -> Floats:
    """Solve with a lower factor; LAPACK reads rows as columns, so the factor is passed as an upper one to be transposed."""
    return np.asarray(dtrtrs(factor.T, right, lower=0, trans=1)[0])


@dataclass(frozen=True, eq=False)
class Forecast:
    """Errors of the forecast of N series in B bands under K models, and how far they were to be expected."""

    error: Floats
    """Seen minus forecast, dB (K, N, m, B)."""
    spread: Floats
    """Covariance of the errors between dates, relative to the noise (K, N or 1, m, m)."""
    scatter: Floats
    """Prior and past scatter of the noise between bands, dB squared (K, N, B, B)."""
    degrees: float
    """Degrees of freedom of the scatter."""
    weight: Floats
    """Posterior share of each model (K, N)."""

    @property
    def freedom(self) -> float:
        """Degrees of freedom of the errors' t distribution."""
        return self.degrees - int(self.error.shape[-1]) + 1

    @property
    def scale(self) -> Floats:
        """Covariance of the noise between bands, dB squared (K, N, B, B)."""
        return self.scatter / self.freedom

    def given(self, own: int) -> "Forecast":
        """Forecast the first ``own`` bands once the errors of the others, the controls, are known.

        The regression of the bands on the controls is integrated out too: its own uncertainty widens the errors where the
        controls are far from what was expected (Box and Tiao, 1973, Bayesian Inference in Statistical Analysis, section 8.5).
        """
        if own == self.error.shape[-1]:
            return self
        cross, inner = self.scatter[..., own:, :own], self.scatter[..., own:, own:]
        slope = np.linalg.solve(inner, cross)
        seen = self.error[..., own:]
        widened = self.spread + seen @ np.linalg.solve(inner, np.swapaxes(seen, -1, -2))
        rest = self.scatter[..., :own, :own] - np.swapaxes(cross, -1, -2) @ slope
        return Forecast(self.error[..., :own] - seen @ slope, widened, rest, self.degrees, self.weight)


def forecast(dates: Pattern, before: Floats, after: Floats, shares: Floats = SHARES) -> Forecast:
    """Forecast N series of decibels: ``before`` (N, n, B) and ``after`` (N, m, B); ``shares`` are the models' before that."""
    series, past, bands = before.shape
    flat = np.ascontiguousarray(before.transpose(1, 0, 2)).reshape(past, -1)
    prior = freedom(bands) * NOISE * np.eye(bands)
    errors, scatters = [], []
    for factor, level, precision, bridge in zip(dates.factor, dates.level, dates.precision, dates.bridge, strict=True):
        white = solve(factor, flat)
        mean = level @ white / precision
        white -= level[:, None] * mean
        expected = (mean + bridge.T @ white).reshape(-1, series, bands).transpose(1, 0, 2)
        errors.append(after - expected)
        white = white.reshape(past, series, bands).transpose(1, 2, 0)
        scatters.append(prior + white @ np.swapaxes(white, 1, 2))
    scatter = np.stack(scatters)
    degrees = freedom(bands) + past - 1
    evidence = -0.5 * (bands * dates.volume[:, None] + degrees * np.linalg.slogdet(scatter)[1])
    evidence += np.log(shares)[:, None]
    weight = np.exp(evidence - evidence.max(axis=0))
    return Forecast(np.stack(errors), dates.spread[:, None], scatter, degrees, weight / weight.sum(axis=0))
