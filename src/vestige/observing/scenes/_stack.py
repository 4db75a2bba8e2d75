"""Chips of many dates become time lines: one `Series` a site and viewing geometry."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vestige.errors import InputError
from vestige.observing._sentinel2 import OFFSET, optical_series
from vestige.observing._series import Series
from vestige.observing.scenes._chips import Chip

CLASSIFICATION = "scl"
"""Sentinel-2's scene classification, by the name of its asset."""


def stack(chips: Iterable[Chip], *, bands: Sequence[str], pixels: int) -> tuple[Series, ...]:
    """Give the middle ``pixels`` by ``pixels`` of each chip as one series a site and track, dates ascending.

    Bands come in the order of ``bands``; a band that a date lacks is NaN there. Platform, processor and scene go along with
    each date, so that the test can guard them. A scene without a track (optical) is named by its collection.
    Sentinel-2 becomes reflectance by the processing baseline of each file, with clouds and shadows left out by its
    scene classification, which is no band of the series. Raises `InputError` where the chips are smaller than ``pixels``.
    """
    ordered = sorted(chips, key=lambda c: (c.site, geometry(c), c.scene.time, c.scene.id, c.band))
    groups = (list(group) for _, group in groupby(ordered, key=lambda c: (c.site, geometry(c))))
    stacked = (
        _optical(group, bands, pixels) if is_optical(group[0]) else _radar(group, bands, pixels) for group in groups
    )
    return tuple(series for series in stacked if series is not None)


def surroundings(wide: Series, pixels: int) -> Series:
    """Give a series of whole chips without the ``pixels`` by ``pixels`` in their middle and a margin as wide around them.

    It is a control for the test: what the surroundings show too, weather above all, is no change of the site itself. The
    margin keeps the site's own change, and the shadow that it casts, out of its control.
    """
    height, width = wide.values.shape[2:]
    top, left = height // 2 - pixels // 2, width // 2 - pixels // 2
    values = wide.values.copy()
    values[:, :, max(top - pixels, 0) : top + 2 * pixels, max(left - pixels, 0) : left + 2 * pixels] = np.nan
    return replace(wide, values=values)


def geometry(chip: Chip) -> str:
    """Name the viewing geometry of a chip: burst or relative orbit, or the collection where there is neither."""
    return chip.scene.track or chip.scene.collection or "any"


def is_optical(chip: Chip) -> bool:
    """Say whether a chip is Sentinel-2's."""
    return chip.scene.platform.startswith("S2")


def _dates(chips: list[Chip]) -> list[dict[str, Chip]]:
    """Gather the chips of each date by their band in lower case."""
    return [{c.band.lower(): c for c in group} for _, group in groupby(chips, key=lambda c: c.scene.time)]


def _radar(chips: list[Chip], bands: Sequence[str], pixels: int) -> Series:
    dates = _dates(chips)
    values = np.full(
        (len(dates), len(bands), pixels, pixels), np.nan, np.result_type(*{c.values().dtype for c in chips})
    )
    for date, found in enumerate(dates):
        for index, band in enumerate(bands):
            if band.lower() in found:
                values[date, index] = middle(found[band.lower()].values(), pixels, found[band.lower()].href)
    scenes = [next(iter(found.values())).scene for found in dates]
    return Series(
        times=_times(dates),
        values=values,
        bands=tuple(band.upper() for band in bands),
        orbit=geometry(chips[0]),
        platform=_known([scene.platform for scene in scenes]),
        processor=_known([scene.processor for scene in scenes]),
        site=chips[0].site,
        scenes=tuple(scene.id for scene in scenes),
    )


def _optical(chips: list[Chip], bands: Sequence[str], pixels: int) -> Series | None:
    """Stack Sentinel-2; a date without its classification or its baseline cannot be judged and is left out."""
    shown = [band.lower() for band in bands if band.lower() != CLASSIFICATION]
    dates = [found for found in _dates(chips) if CLASSIFICATION in found and set(shown) & set(found)]
    dates = [found for found in dates if found[CLASSIFICATION].scene.processor]
    if not dates or not shown:
        return None
    numbers = np.zeros((len(dates), len(shown), pixels, pixels))
    classes = np.zeros((len(dates), pixels, pixels), int)
    for date, found in enumerate(dates):
        for index, band in enumerate(shown):
            if band in found:
                numbers[date, index] = middle(_numbers(found[band]), pixels, found[band].href)
        like = next(found[band] for band in shown if band in found)
        classes[date] = middle(_sampled(found[CLASSIFICATION], like), pixels, like.href)
    scenes = [found[CLASSIFICATION].scene for found in dates]
    return optical_series(
        _times(dates), numbers, tuple(band.upper() for band in shown), geometry(chips[0]),
        baselines=[scene.processor for scene in scenes], classification=classes, site=chips[0].site,
        scenes=tuple(scene.id for scene in scenes),
    )  # fmt: skip


def _numbers(chip: Chip) -> NDArray[Any]:
    """Give digital numbers as ESA wrote them: where a provider took the offset away, it is put back; 0 stays no data."""
    stored = chip.numbers().astype(float)
    if chip.scene.offset_removed and chip.scene.processor >= "04.00":
        stored = np.where(stored == 0, 0, stored + OFFSET)
    return stored


def _sampled(chip: Chip, like: Chip) -> NDArray[Any]:
    """Give the pixel of ``chip`` under the middle of each pixel of ``like``, whose pixels may be finer; 0 where there is none."""
    height, width = like.shape
    row, col = np.mgrid[:height, :width] + 0.5
    a, b, c, d, e, f = like.transform
    x, y = a * col + b * row + c, d * col + e * row + f
    a, b, c, d, e, f = chip.transform
    scale = a * e - b * d
    across = np.floor((e * (x - c) - b * (y - f)) / scale).astype(int)
    down = np.floor((a * (y - f) - d * (x - c)) / scale).astype(int)
    inside = (across >= 0) & (across < chip.shape[1]) & (down >= 0) & (down < chip.shape[0])
    if chip.epsg != like.epsg:
        return np.zeros(like.shape)
    return np.where(inside, chip.numbers()[np.where(inside, down, 0), np.where(inside, across, 0)], 0)


def _times(dates: list[dict[str, Chip]]) -> NDArray[np.datetime64]:
    return np.array([next(iter(found.values())).scene.time.replace(tzinfo=None) for found in dates], "datetime64[s]")


def middle(values: NDArray[Any], pixels: int, where: str) -> NDArray[Any]:
    """Give the middle of a window, the pixel that holds the site in its middle."""
    height, width = values.shape
    if min(height, width) < pixels:
        raise InputError(f"expected chips of at least {pixels} pixels, got {width} by {height}", where=where)
    top, left = height // 2 - pixels // 2, width // 2 - pixels // 2
    return values[top : top + pixels, left : left + pixels]


def _known(names: list[str]) -> tuple[str, ...] | None:
    return tuple(names) if any(names) else None
