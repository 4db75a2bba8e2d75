"""Since when? How likely each gap between two images is to hold the onset, and the bracket that holds it at 95 %.

An onset is as likely at one instant of the time looked at as at any other before it was seen; each gap between two images weighs as its
length times the likelihood of a step, of any size, from its end on. Three things are told apart: a step within the window, which is
bracketed; a change that grows through the window; and one that began before it. The last two have no bracket, since the images do not
hold the instant that it would speak of.
"""

import numpy as np

from vestige.observing._bracket import Onset, OnsetKind
from vestige.observing._covariance import Floats
from vestige.observing._forecast import Forecast, forecast
from vestige.observing._robust import estimate_steps
from vestige.observing._series import Times
from vestige.observing._window import MIN_BEFORE, Prepared

LOOK_BACK = np.timedelta64(60, "D")
"""So long before the window an earlier onset is looked for."""
MOST_LOOKED_BACK = 10  # dates
CLEARLY = 3.0
"""Likelihood ratio from which on a change is said to grow, or to have begun earlier."""
OVER = 20.0
"""Likelihood ratio of the best departure that ended within the window to the best step, from which on it is said to be over."""


def onset_of(one: Prepared, i: int, found: Forecast) -> Onset:
    """Give how the change of a series began, the ``i``-th of the forecast."""
    times = one.series.times
    edges = np.concatenate([times[one.before][-1:], times[one.after]])
    only = _only(found, i)
    steps = np.triu(np.ones((len(edges) - 1, len(edges) - 1)))
    chance = likelihoods(only, steps) * np.diff(edges).astype(float)
    kind = OnsetKind.EARLIER if _began_earlier(one) else OnsetKind.STEP
    if kind is OnsetKind.STEP and _grows(only, edges, steps):
        kind = OnsetKind.GRADUAL
    return Onset(edges, chance / chance.sum(), kind)


def _only(found: Forecast, i: int) -> Forecast:
    spread = found.spread[:, i : i + 1] if found.spread.shape[1] > 1 else found.spread
    weight = found.weight[:, i : i + 1]
    return Forecast(found.error[:, i : i + 1], spread, found.scatter[:, i : i + 1], found.degrees, weight)


def likelihoods(found: Forecast, shapes: Floats) -> Floats:
    """Give the likelihood of changes of each of the ``shapes`` (S, m), of any size, of a single series (S,), up to a common factor."""
    precision = np.linalg.inv(found.spread[:, 0])
    noise = estimate_steps(found).noise[:, 0]
    weight = np.einsum("sm,kmj->ksj", shapes, precision)
    total = np.einsum("ksj,sj->ks", weight, shapes)
    size = np.einsum("ksj,kjb->ksb", weight, found.error[:, 0]) / total[:, :, None]
    inverse = np.linalg.inv(found.scale[:, 0] * noise[:, None, None])
    gain = total * np.einsum("ksb,kbc,ksc->ks", size, inverse, size)
    bands = found.error.shape[3]
    log = 0.5 * gain - 0.5 * bands * np.log(total) + np.log(found.weight)
    return np.asarray(np.exp(log - log.max()).sum(axis=0))


def is_over(found: Forecast, i: int) -> bool:
    """Whether some dates of the window departed and the last were as before, far more likely than any step: the ``i``-th of the forecast.

    Snow on three images, a flood, a ship at the quay: what has returned is no change that lasts.
    """
    dates = found.error.shape[2]
    if dates < 3:
        return False
    steps = np.triu(np.ones((dates, dates)))
    spells = [steps[first] - steps[last] for first in range(dates) for last in range(first + 1, dates)]
    both = likelihoods(_only(found, i), np.concatenate([steps, spells]))
    return bool(both[dates:].max() > OVER * both[:dates].max())


def _grows(found: Forecast, edges: Times, steps: Floats) -> bool:
    """Whether a slope from some image to the end of the window fits clearly better than any step."""
    dates = len(edges) - 1
    if dates < 4:
        return False
    days = (edges - edges[0]).astype(float)
    ramps = np.clip((days[None, 1:] - days[: dates - 2, None]) / (days[-1] - days[: dates - 2, None]), 0, None)
    both = likelihoods(found, np.concatenate([steps, ramps]))
    return bool(both[dates:].mean() > CLEARLY * both[:dates].max())


def _began_earlier(one: Prepared) -> bool:
    """Whether the last images before the window show the change already: the past without them is asked again."""
    times = one.series.times
    past = np.flatnonzero(one.before)
    late = past[times[past] >= times[one.after][0] - LOOK_BACK][-MOST_LOOKED_BACK:]
    if len(late) < 2 or len(past) - len(late) < MIN_BEFORE:
        return False
    kept = past[: len(past) - len(late)]
    seen = np.concatenate([late, np.flatnonzero(one.after)])
    found = forecast(one.pattern_of(kept, seen), one.decibels[None, kept], one.decibels[None, seen]).given(one.own)
    edges = times[np.concatenate([kept[-1:], seen])]
    chance = likelihoods(found, np.triu(np.ones((len(seen), len(seen))))) * np.diff(edges).astype(float)
    before, after = chance[: len(late)].sum(), chance[len(late) :].sum()
    return bool(before > CLEARLY * after)
