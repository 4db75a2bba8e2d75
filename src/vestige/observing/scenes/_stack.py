"""Chips of many dates become time lines: one `Series` a site and viewing geometry."""

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vestige.errors import InputError
from vestige.observing._series import Series
from vestige.observing.scenes._chips import Chip


def stack(chips: Iterable[Chip], *, bands: Sequence[str], pixels: int) -> tuple[Series, ...]:
    """Give the middle ``pixels`` by ``pixels`` of each chip as one series a site and track, dates ascending.

    Bands come in the order of ``bands``; a band that a date lacks is NaN there. Platform, processor and scene go along with
    each date, so that the test can guard them. A scene without a track (optical) is named by its collection.
    Raises `InputError` where the chips are smaller than ``pixels``.
    """
    ordered = sorted(chips, key=lambda c: (c.site, geometry(c), c.scene.time, c.scene.id, c.band))
    return tuple(
        _series(list(group), bands, pixels) for _, group in groupby(ordered, key=lambda c: (c.site, geometry(c)))
    )


def geometry(chip: Chip) -> str:
    """Name the viewing geometry of a chip: burst or relative orbit, or the collection where there is neither."""
    return chip.scene.track or chip.scene.collection or "any"


def _series(chips: list[Chip], bands: Sequence[str], pixels: int) -> Series:
    dates = [list(group) for _, group in groupby(chips, key=lambda c: c.scene.time)]
    values = np.full(
        (len(dates), len(bands), pixels, pixels), np.nan, np.result_type(*{c.values().dtype for c in chips})
    )
    places = {band.lower(): index for index, band in enumerate(bands)}
    for date, group in enumerate(dates):
        for chip in group:
            values[date, places[chip.band.lower()]] = middle(chip, pixels)
    scenes = [group[0].scene for group in dates]
    return Series(
        times=np.array([scene.time.replace(tzinfo=None) for scene in scenes], "datetime64[s]"),
        values=values,
        bands=tuple(band.upper() for band in bands),
        orbit=geometry(chips[0]),
        platform=_known([scene.platform for scene in scenes]),
        processor=_known([scene.processor for scene in scenes]),
        site=chips[0].site,
        scenes=tuple(scene.id for scene in scenes),
    )


def middle(chip: Chip, pixels: int) -> NDArray[np.floating[Any]]:
    """Give the middle of a chip, the pixel that holds the site in its middle."""
    height, width = chip.shape
    if min(height, width) < pixels:
        raise InputError(f"expected chips of at least {pixels} pixels, got {width} by {height}", where=chip.href)
    top, left = height // 2 - pixels // 2, width // 2 - pixels // 2
    return chip.values()[top : top + pixels, left : left + pixels]


def _known(names: list[str]) -> tuple[str, ...] | None:
    return tuple(names) if any(names) else None
