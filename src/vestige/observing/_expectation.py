"""What a quiet past led to expect on every date: the band that a time line is drawn with."""

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from vestige.observing._covariance import Floats
from vestige.observing._forecast import Forecast, Pattern, forecast, solve
from vestige.observing._result import Abstention
from vestige.observing._series import Series, Times
from vestige.observing._threads import one_thread
from vestige.observing._window import Mask, Span, Window, prepare, span


@dataclass(frozen=True, eq=False)
class Expectation:
    """Decibels that were seen and expected, relative to the site's own past mean, on each usable date."""

    times: Times
    bands: tuple[str, ...]
    seen: Floats
    """(T, B)."""
    expected: Floats
    """(T, B): of a date in the past from all other past dates, of a date in the window from the past."""
    half: Floats
    """(T, B): half the width of the band that holds 95 % of quiet dates."""
    inside: Mask
    """Which dates lie in the window (T,)."""
    window: Span


def expectation(series: Series, after: Window, before: Window | None = None) -> Expectation | Abstention:
    """Give what was expected of ``series`` on each date, or why `test_change` abstains."""
    one = prepare(series, span(after, "after"), None if before is None else span(before, "before"))
    if one.abstained:
        return one.abstained
    dates = one.pattern()
    past, window = one.decibels[one.before], one.decibels[one.after]
    with one_thread():
        found = forecast(dates, past[None], window[None])
        ahead = _mix(found, found.error[:, 0], np.einsum("kmm->km", found.spread[:, 0]))
        behind = _mix(found, *_left_out(dates, past))
    error, half = (np.concatenate(pair) for pair in zip(behind, ahead, strict=True))
    seen = np.concatenate([past, window])
    inside = np.arange(len(seen)) >= len(past)
    times = np.concatenate([series.times[one.before], series.times[one.after]])
    return Expectation(times, series.bands, seen, seen - error, half, inside, one.window)


def _left_out(dates: Pattern, past: Floats) -> tuple[Floats, Floats]:
    """Errors (K, n, B) and relative variances (K, n) of each past date forecast from all others."""
    inverse = np.stack([solve(factor, np.eye(len(past))) for factor in dates.factor])
    precision = np.swapaxes(inverse, 1, 2) @ inverse
    constant = np.einsum("kij,ki->kj", inverse, dates.level)
    precision -= constant[:, :, None] * constant[:, None, :] / dates.precision[:, None, None]
    own = np.einsum("kii->ki", precision)
    return (precision @ past) / own[:, :, None], 1 / own


def _mix(found: Forecast, error: Floats, variance: Floats) -> tuple[Floats, Floats]:
    """Mean error over models (T, B), and half the width of the band around it."""
    weight = found.weight[:, 0, None, None]
    mean = np.sum(weight * error, axis=0)
    own = variance[:, :, None] * np.einsum("kbb->kb", found.scale[:, 0])[:, None, :]
    total = np.sum(weight * (own + (error - mean) ** 2), axis=0)
    return mean, stdtrit(found.freedom, 0.975) * np.sqrt(total)
