"""From a series and a window to decibels that can be compared, or the reason why they cannot."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from vestige.observing._covariance import Floats
from vestige.observing._errors import SeriesError
from vestige.observing._forecast import Pattern, pattern
from vestige.observing._result import Abstention
from vestige.observing._series import Series, Times

Window: TypeAlias = tuple[np.datetime64 | str, np.datetime64 | str]
Span: TypeAlias = tuple[np.datetime64, np.datetime64]
Mask: TypeAlias = NDArray[np.bool_]

MIN_BEFORE = 10
MIN_AFTER = 2
COVERED = 0.5
"""Share of a site's pixels that must be usable for a date to count, and of dates for a pixel."""

ABSURD = 25.0
"""A date that lies so many decibels from the series' median is a fault, no state of a place: it counts as absent."""
FAINTEST, BRIGHTEST = -45.0, 6.0
"""Linear power of land and sea, and reflectance, have their median between these decibels; amplitudes and positive decibels do not."""

FAINT_CROSS, FAINT_CO = -25.0, -14.5
"""Decibels below which the median of the past lies over water: VH or HV where there is one, else VV or HH."""
RESTLESS = 1.5
"""Standard deviation of VV or HH over dates, decibels: speckle of nine pixels alone makes 0.7 to 1."""

DECIBEL = 10 / np.log(10)


@dataclass(frozen=True, eq=False)
class Prepared:
    """One series cut at a window, its pixels joined to one number a date and band."""

    series: Series
    window: Span
    decibels: Floats
    """10 log10 of the mean over pixels of value / the pixel's own mean before the window (T, B); NaN where not usable."""
    before: Mask
    after: Mask
    abstained: Abstention | None
    own: int
    """How many of the bands are the series' own; those after are its controls'."""
    platforms: NDArray[np.int32]
    """The platform and processor of each date, numbered (T,)."""

    def pattern(self) -> Pattern:
        """Factorise for its dates and platforms."""
        return self.pattern_of(np.flatnonzero(self.before), np.flatnonzero(self.after))

    def pattern_of(self, past: NDArray[np.intp], seen: NDArray[np.intp]) -> Pattern:
        """Factorise for these dates, by their positions in the series."""
        times, numbers = self.series.times, self.platforms
        return pattern(times[past], times[seen], (numbers[past], numbers[seen]))


def span(window: Window, what: str) -> Span:
    """Read a window given as dates or text; raises `SeriesError` where it is none."""
    try:
        start, end = (np.datetime64(edge).astype("datetime64[s]") for edge in window)
    except (TypeError, ValueError) as error:
        raise SeriesError(f"expected two dates, got {window!r}", where=what) from error
    if np.isnat(start) or np.isnat(end) or start >= end:
        raise SeriesError(f"expected a start before an end, got {start} and {end}", where=what)
    return start, end


def prepare(series: Series, after: Span, before: Span | None, controls: Sequence[Series] = ()) -> Prepared:
    """Choose the dates, join the pixels and see whether the test can know anything.

    What the ``controls`` show is appended as further bands: the mean of their decibels on the same dates.
    """
    window = (series.times >= after[0]) & (series.times < after[1])
    past = series.times < after[0]
    if before is not None:
        past &= (series.times >= before[0]) & (series.times < before[1])
    decibels = _join_pixels(series, past)
    own = decibels.shape[1]
    if controls:
        _check_controls(series, controls)
        around = _join_controls(tuple(controls), series.times.tobytes(), past.tobytes())
        decibels = np.hstack([decibels, around])
    usable = np.isfinite(decibels).all(axis=1) & _plausible(decibels)
    seen = window & usable
    past &= usable
    kept, guard = _guard(series, past, seen)
    reason = _abstention(series, window, past, seen, kept)
    if reason is Abstention.TOO_FEW_AFTER and seen.sum() >= MIN_AFTER:
        reason = guard
    return Prepared(series, after, decibels, past, kept, reason, own, _numbered(series))


def _numbered(series: Series) -> NDArray[np.int32]:
    """Give each date a number for its platform and processor, in the order of first appearance; one for all where they are not known."""
    labels = zip(series.platform or ("",) * len(series), series.processor or ("",) * len(series), strict=True)
    seen: dict[tuple[str, str], int] = {}
    return np.array([seen.setdefault(label, len(seen)) for label in labels], "int32")


def _join_pixels(series: Series, past: Mask) -> Floats:
    """Mean over pixels of each pixel's ratio to its own past, so that a pixel that is absent on a date shifts nothing."""
    values = series.values.reshape(*series.values.shape[:2], -1).astype(float)
    valid = np.isfinite(values)
    counted = valid[past].sum(axis=0)
    pixel = (counted > 0) & (counted >= COVERED * valid[past].any(axis=2).sum(axis=0)[:, None])
    valid &= pixel
    values = np.where(valid, values, 0.0)
    level = values[past].sum(axis=0) / np.maximum(counted, 1)
    ratio = values / np.where(pixel, level, 1.0)
    count = valid.sum(axis=2)
    enough = count >= np.maximum(COVERED * pixel.sum(axis=1), 1)
    mean = ratio.sum(axis=2) / np.maximum(count, 1)
    return np.asarray(DECIBEL * np.log(mean, where=enough, out=np.full(mean.shape, np.nan)))


def _plausible(decibels: Floats) -> Mask:
    """Tell dates that no change of a place explains: fill values and faults lie far from the others of the series."""
    seen = np.isfinite(decibels).all(axis=1)
    middle = np.median(decibels[seen], axis=0) if seen.any() else np.zeros(decibels.shape[1])
    away = np.zeros_like(decibels)
    away[seen] = np.abs(decibels[seen] - middle)
    return np.asarray(away.max(axis=1) <= ABSURD)


@lru_cache(maxsize=8)
def _join_controls(controls: tuple[Series, ...], times: bytes, past: bytes) -> Floats:
    """Mean decibels of ``controls`` on ``times``; kept for the next site, since neighbours share their surroundings."""
    wanted = np.frombuffer(times, "datetime64[s]")
    stack = np.stack([_join_pixels(_on_dates(control, wanted), np.frombuffer(past, bool)) for control in controls])
    count = np.isfinite(stack).sum(axis=0)
    return np.where(count > 0, np.nansum(stack, axis=0) / np.maximum(count, 1), np.nan)


def _on_dates(series: Series, times: Times) -> Series:
    """Give the series at ``times``, absent where it has no such date."""
    place = np.searchsorted(series.times, times).clip(max=len(series) - 1)
    values = np.where((series.times[place] == times)[:, None, None, None], series.values[place], np.nan)
    return Series(times, values, series.bands, series.orbit)


def _check_controls(series: Series, controls: Sequence[Series]) -> None:
    for control in controls:
        if control.orbit != series.orbit or control.bands != series.bands or not len(control):
            raise SeriesError(
                f"expected controls of orbit {series.orbit} in {series.bands}, got {control.orbit} in {control.bands}",
                where=f"controls of {series.site or series.orbit}",
            )


def _guard(series: Series, past: Mask, seen: Mask) -> tuple[Mask, Abstention | None]:
    """Keep only those dates of the window whose platform and processor the past has seen often enough."""
    kept, reason = seen, None
    for names, why in (
        (series.platform, Abstention.MIXED_PLATFORMS),
        (series.processor, Abstention.MIXED_PROCESSORS),
    ):
        if names is None:
            continue
        array = np.asarray(names)
        known, often = np.unique(array[past], return_counts=True)
        familiar = np.isin(array, known[often >= MIN_BEFORE])
        if (kept & ~familiar).any():
            kept, reason = kept & familiar, why
    return kept, reason


def _abstention(series: Series, window: Mask, past: Mask, seen: Mask, kept: Mask) -> Abstention | None:
    """Why the test cannot know: nothing seen at all, too little seen, or, where it is so, clouds."""
    if series.negative:
        return Abstention.NOT_POSITIVE
    if _looks_otherwise(series):
        return Abstention.NOT_POWER
    blank = bool(window.any()) and not np.isfinite(series.values[window]).any()
    few = Abstention.TOO_FEW_BEFORE if past.sum() < MIN_BEFORE else Abstention.TOO_FEW_AFTER
    if not blank and past.sum() >= MIN_BEFORE and kept.sum() >= MIN_AFTER:
        return Abstention.OPEN_WATER if is_water(series, past) else None
    clouded = np.asarray(series.cloud) > COVERED if series.cloud else np.zeros(len(series), bool)
    short_after, short_before = seen.sum() < MIN_AFTER, past.sum() < MIN_BEFORE
    saved_after = (seen | (window & clouded)).sum() >= MIN_AFTER
    saved_before = (past | (clouded & ~window)).sum() >= MIN_BEFORE
    if clouded.any() and ((short_after and saved_after) or (short_before and saved_before)):
        return Abstention.CLOUD
    return Abstention.NO_COVERAGE if blank else few


def _looks_otherwise(series: Series) -> bool:
    """Whether a band's median is none of linear power or reflectance: amplitudes, digital numbers, decibels without their sign."""
    for band in range(series.values.shape[1]):
        values = series.values[:, band]
        finite = values[np.isfinite(values)]
        if finite.size and not FAINTEST <= DECIBEL * np.log(np.median(finite)) <= BRIGHTEST:
            return True
    return False


def is_water(series: Series, past: Mask) -> bool:
    """Say whether a site was open water in its ``past``: dark, and by decibels brighter or darker with the wind; sand is dark and steady.

    The bounds part the sea chips and the sea site at hand from all land (docs/observing.md). Optical images say it themselves.
    """
    if series.water is not None:
        return series.water
    levels = _levels(series, past)
    co = next((levels[band] for band in ("VV", "HH") if band in levels), None)
    cross = next((levels[band] for band in ("VH", "HV") if band in levels), None)
    if co is None:
        return False
    faint = np.median(co) < FAINT_CO if cross is None else np.median(cross) < FAINT_CROSS
    return bool(faint and np.std(co) > RESTLESS)


def _levels(series: Series, past: Mask) -> dict[str, Floats]:
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
