"""Alerts that others made: OPERA DIST-ALERT-S1 granules through time, and since when a place shows a disturbance in them.

Each granule compares one Sentinel-1 acquisition with earlier ones of the same viewing geometry and gives, per 30 m pixel, a
status for that acquisition: 0 no disturbance, 1 to 3 a disturbance of low confidence, 4 to 6 of high confidence, 7 and 8 one
that has ended, 255 not observed. A granule says nothing where it did not observe; such dates are abstentions, never "unchanged".
OPERA (2025), DIST-ALERT-S1 product specification, NASA Jet Propulsion Laboratory.
"""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from vestige.errors import MissingExtraError
from vestige.observing._errors import SeriesError
from vestige.observing._rasters import open_geotiff
from vestige.observing._result import Abstention
from vestige.observing._series import Times
from vestige.observing._window import COVERED, Mask, Span

_NAME = re.compile(r"(OPERA_L3_DIST-ALERT-S1_\w+?_(\d{8}T\d{6})Z_.+)_GEN-DIST-STATUS(-ACQ)?\.tif")
NOT_OBSERVED = 255
DISTURBED = range(1, 7)
CONFIRMATIONS = 2
"""Acquisitions in a row that must show a disturbance for its first to count."""


@dataclass(frozen=True, eq=False)
class Alerts:
    """The status layers of one tile through time."""

    times: Times
    status: NDArray[np.uint8]
    """(T, y, x); `NOT_OBSERVED` where the acquisition did not see the pixel."""
    granules: tuple[str, ...]

    def __post_init__(self) -> None:
        if self.status.ndim != 3 or len(self.times) != len(self.status) or (np.diff(self.times).astype(int) <= 0).any():
            raise SeriesError(f"expected ascending times (T,) and a status (T, y, x), got shape {self.status.shape}")

    @property
    def observed(self) -> Mask:
        """Dates on which at least half of the pixels were observed (T,)."""
        seen = np.mean(self.status != NOT_OBSERVED, axis=(1, 2))
        return np.asarray((seen > 0) & (seen >= COVERED))

    @property
    def abstentions(self) -> tuple[Abstention | None, ...]:
        """Why each date says nothing, None where it speaks."""
        return tuple(None if seen else Abstention.NO_COVERAGE for seen in self.observed)

    @property
    def shares(self) -> NDArray[np.floating[Any]]:
        """Share of observed pixels that show a disturbance, by date (T,); NaN where a date abstains."""
        disturbed = np.isin(self.status, DISTURBED).sum(axis=(1, 2))
        count = np.maximum((self.status != NOT_OBSERVED).sum(axis=(1, 2)), 1)
        return np.where(self.observed, disturbed / count, np.nan)

    def onsets(self) -> NDArray[np.int64]:
        """Index of the first changed acquisition of each pixel (y, x); -1 where no disturbance was confirmed.

        Acquisitions that did not observe the pixel are passed over.
        """
        onset = np.full(self.status.shape[1:], -1)
        first = np.zeros_like(onset)
        run = np.zeros_like(onset)
        for i, layer in enumerate(self.status):
            seen, disturbed = layer != NOT_OBSERVED, np.isin(layer, DISTURBED)
            run = np.where(seen, np.where(disturbed, run + 1, 0), run)
            first = np.where(disturbed & (run == 1), i, first)
            onset = np.where((onset < 0) & (run == CONFIRMATIONS), first, onset)
        return onset

    def first_seen(self) -> Span | None:
        """Bracket shared by most of the pixels that changed: last acquisition that shows none, first that shows it.

        None where no pixel changed, or where they had been disturbed since the first acquisition.
        """
        onset = self.onsets()
        brackets: Counter[tuple[int, int]] = Counter()
        for row, column in np.argwhere(onset > 0):
            before = np.flatnonzero(self.status[: onset[row, column], row, column] != NOT_OBSERVED)
            if before.size:
                brackets[int(before[-1]), int(onset[row, column])] += 1
        if not brackets:
            return None
        last, first = brackets.most_common(1)[0][0]
        return self.times[last], self.times[first]


def read_alerts(folder: Path) -> Alerts:
    """Read the status layers of all granules below ``folder``; raises `SeriesError` where they do not belong together."""
    try:
        import rasterio
    except ImportError as error:
        raise MissingExtraError("observing", "rasterio") from error
    found = [(match, path) for path in sorted(folder.rglob("*.tif")) if (match := _NAME.fullmatch(path.name))]
    if not found:
        raise SeriesError("found no DIST-ALERT-S1 status layer (*_GEN-DIST-STATUS-ACQ.tif)", where=str(folder))
    found.sort(key=lambda pair: pair[0][2])
    layers, frames = [], set()
    for _, path in found:
        try:
            with open_geotiff(path) as dataset:
                layers.append(dataset.read(1))
                frames.add((dataset.crs, dataset.transform, dataset.shape))
        except rasterio.RasterioIOError as error:
            raise SeriesError(f"cannot be read as a GeoTIFF: {error}", where=str(path)) from error
    if len(frames) > 1:
        raise SeriesError(
            "the layers differ in projection, place or size", where=str(folder), hint="give one tile a folder"
        )
    stamps = [match[2] for match, _ in found]
    iso = [f"{s[:4]}-{s[4:6]}-{s[6:11]}:{s[11:13]}:{s[13:15]}" for s in stamps]
    return Alerts(np.array(iso, "datetime64[s]"), np.stack(layers), tuple(match[1] for match, _ in found))
