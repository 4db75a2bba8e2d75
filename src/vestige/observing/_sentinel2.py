"""Sentinel-2 level 2A as a series: reflectance that means the same at all dates, clouds and shadows left out.

Two hazards change every pixel without anything having changed on the ground. From processing baseline 04.00 digital numbers hold
an offset of +1000, and since archives were processed again the baseline of each file counts, never its date. And cloud, cloud
shadow, cirrus and snow look like change; the scene classification (SCL) marks them, and its edges are too tight by a pixel or so.
ESA (2022), Sentinel-2 Products Specification Document 14.9, sections 3.5.2 and 3.7.
"""

import re
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.ndimage import binary_dilation

from vestige.observing._covariance import Floats
from vestige.observing._errors import SeriesError
from vestige.observing._series import Series, Times
from vestige.observing._window import Mask

OFFSET, QUANTIFICATION = 1000, 10000
CLEAR = (4, 5, 6, 7)
"""SCL classes that show the ground: vegetation, not vegetated, water, unclassified."""
WATER = 6
CLOUDY = (3, 8, 9, 10)
"""Cloud shadow, cloud of medium and high probability, thin cirrus: their edges are widened."""


def reflectance(numbers: NDArray[Any], baseline: str, *, offset_removed: bool = False) -> Floats:
    """Turn digital numbers into surface reflectance; 0 is no data and becomes NaN.

    ``baseline`` is the file's processing baseline, such as ``"04.00"`` (STAC ``s2:processing_baseline``). ``offset_removed`` says
    that the provider has taken the offset away already (``earthsearch:boa_offset_applied``). Raises `SeriesError` where the
    baseline is no baseline: without it the values cannot be compared with others.
    """
    if not re.fullmatch(r"\d{2}\.\d{2}", str(baseline)):
        raise SeriesError(f"expected a processing baseline such as 04.00, got {baseline!r}", where="Sentinel-2")
    numbers = np.asarray(numbers, dtype=float)
    offset = 0 if offset_removed or str(baseline) < "04.00" else OFFSET
    return np.asarray(np.where(numbers == 0, np.nan, (numbers - offset) / QUANTIFICATION))


def clear(classification: NDArray[Any], widen: int = 1) -> Mask:
    """Say which pixels of a scene classification (…, y, x) show the ground; clouds are widened by ``widen`` pixels."""
    shown = np.isin(classification, CLEAR)
    if widen:
        square = np.ones((1,) * (classification.ndim - 2) + (2 * widen + 1,) * 2)
        shown &= ~binary_dilation(np.isin(classification, CLOUDY), square)
    return np.asarray(shown)


def optical_series(
    times: Times,
    numbers: NDArray[Any],
    bands: tuple[str, ...],
    orbit: str,
    *,
    baselines: Sequence[str],
    classification: NDArray[Any],
    offset_removed: bool = False,
    site: str | None = None,
    scenes: Sequence[str] = (),
) -> Series:
    """Make a series of digital numbers (T, B, y, x) with a baseline a date and a scene classification (T, y, x).

    The result goes into `vestige.observing.test_change`, which abstains with a word on clouds where these hide too much.
    """
    if len(baselines) != len(numbers) or classification.shape != (len(numbers), *numbers.shape[2:]):
        raise SeriesError(
            f"expected a baseline a date and a classification (T, y, x) for values of shape {numbers.shape}, got "
            f"{len(baselines)} baselines and shape {classification.shape}",
            where=f"Sentinel-2 {site or orbit}",
        )
    pairs = zip(numbers, baselines, strict=True)
    values = [reflectance(image, baseline, offset_removed=offset_removed) for image, baseline in pairs]
    shown = clear(classification)
    observed = np.maximum((classification != 0).sum(axis=(1, 2)), 1)
    hidden = ((classification != 0) & ~shown).sum(axis=(1, 2)) / observed
    masked = np.where(shown[:, None], np.stack(values), np.nan)
    wet = bool((classification == WATER).sum() > shown.sum() / 2)
    return Series(times, masked, bands, orbit, site=site, scenes=scenes, cloud=tuple(hidden.tolist()), water=wet)
