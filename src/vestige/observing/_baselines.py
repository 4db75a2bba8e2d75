"""The t tests in common use, as baselines to compare with: they take images for independent, which they are not.

Pooled: the pixel-wise t test (PWTT) of Ballinger (2024), arXiv:2405.06323, in its plain form, without filters or footprints.
Welch: the same with unequal variances, Welch (1947), Biometrika 34, 28-35. Both work on the logarithm of power. On quiet places
they call far more windows changed than they state (`docs/observing.md` gives measured rates), so `test_change` is to be preferred.
"""

from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from scipy.stats import ttest_ind

from vestige.observing._result import Abstention
from vestige.observing._series import Series
from vestige.observing._window import Window, span

Variances: TypeAlias = Literal["pooled", "welch"]


@dataclass(frozen=True, eq=False)
class PixelTest:
    """Two-sample t tests of the window against the time before, pixel by pixel."""

    statistic: NDArray[np.floating[Any]]
    """Student's t, positive where the window is brighter (B, y, x); NaN where a side has fewer than two dates."""
    p_value: NDArray[np.floating[Any]]
    """Two-sided, of each pixel and band (B, y, x)."""
    method: str

    @property
    def largest(self) -> NDArray[np.floating[Any]]:
        """The largest absolute t over bands (y, x): what PWTT maps."""
        absolute = np.abs(self.statistic)
        return np.where(np.isnan(absolute).all(axis=0), np.nan, np.nanmax(np.nan_to_num(absolute, nan=-1), axis=0))

    @property
    def abstained(self) -> Abstention | None:
        """Why there is no statistic at all, if so."""
        return Abstention.NO_COVERAGE if np.isnan(self.statistic).all() else None


def pixel_t_test(
    series: Series, after: Window, before: Window | None = None, *, variances: Variances = "pooled"
) -> PixelTest:
    """Compare the window with all that is earlier, or with ``before``, by a t test on log power of each pixel and band."""
    start, end = span(after, "after")
    window = (series.times >= start) & (series.times < end)
    past = series.times < start
    if before is not None:
        first, last = span(before, "before")
        past &= (series.times >= first) & (series.times < last)
    log = np.log(series.values.astype(float))
    enough = np.minimum(np.isfinite(log[window]).sum(axis=0), np.isfinite(log[past]).sum(axis=0)) >= 2
    statistic, p_value = np.full((2, *enough.shape), np.nan)
    if enough.any():
        result = ttest_ind(
            log[window][:, enough], log[past][:, enough], equal_var=variances == "pooled", nan_policy="omit"
        )
        statistic[enough], p_value[enough] = result.statistic, result.pvalue
    return PixelTest(statistic, p_value, f"pixel-wise t test, {variances} variance")
