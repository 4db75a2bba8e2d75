"""Open water, told from a series' own past: there the model of a quiet place does not hold, and wind would be called change.

Radar: at C band calm or rough water returns little in cross-polarisation, and in co-polarisation little on average but by several
decibels more or less with the wind. Sand and salt pans return as little, steadily. The bounds are those that part the sea chips of one
track over California, and the site off Cyprus among the OPERA validation sites, from all land at hand (docs/observing.md).
Optical: the scene classification of Sentinel-2 says so.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from vestige.observing._series import Series

FAINT_CROSS, FAINT_CO = -25.0, -14.5
"""Decibels below which the median of the past lies over water: VH or HV where there is one, else VV or HH."""
RESTLESS = 1.5
"""Standard deviation of VV or HH over dates, decibels: speckle of nine pixels alone makes 0.7 to 1."""


def is_water(series: Series, past: NDArray[np.bool_]) -> bool:
    """Say whether a site was open water in its ``past`` (dates that count, at least two)."""
    if series.water is not None:
        return series.water
    levels = _levels(series, past)
    co = next((levels[band] for band in ("VV", "HH") if band in levels), None)
    cross = next((levels[band] for band in ("VH", "HV") if band in levels), None)
    if co is None:
        return False
    faint = np.median(co) < FAINT_CO if cross is None else np.median(cross) < FAINT_CROSS
    return bool(faint and np.std(co) > RESTLESS)


def _levels(series: Series, past: NDArray[np.bool_]) -> dict[str, NDArray[Any]]:
    """Give the decibels of the site's mean on each date of the past, a band."""
    values = series.values[past].reshape(int(past.sum()), len(series.bands), -1)
    valid = np.isfinite(values)
    mean = np.where(valid, values, 0).sum(axis=2) / np.maximum(valid.sum(axis=2), 1)
    whole = (mean > 0).all(axis=1)
    return (
        dict(zip((band.upper() for band in series.bands), 10 * np.log10(mean[whole].T), strict=True))
        if whole.any()
        else {}
    )
