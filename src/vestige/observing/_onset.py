"""Since when? The bracket between the last image that is unchanged and the first that is changed."""

import numpy as np

from vestige.observing._covariance import Floats
from vestige.observing._forecast import Forecast
from vestige.observing._window import Prepared, Span

CREDIBLE = 0.95


def bracket(one: Prepared, i: int, found: Forecast) -> Span:
    """Bracket the onset of a step at 95 %: last unchanged acquisition, first changed one.

    Before it was seen, an onset is as likely at one instant between the last quiet image and the end of the window as at any
    other; each gap between two images then weighs as its length times the likelihood of a step, of any size, from its end on.
    """
    times = one.series.times
    seen = times[one.after]
    edges = np.concatenate([times[one.before][-1:], seen])
    chance = onset_chances(found, i) * np.diff(edges).astype(float)
    order = np.argsort(-chance)
    enough = int(np.searchsorted(np.cumsum(chance[order]), CREDIBLE * chance.sum())) + 1
    kept = order[:enough]
    return edges[kept.min()], edges[kept.max() + 1]


def onset_chances(found: Forecast, i: int) -> Floats:
    """Likelihood of a step that begins at each date of the window, its size integrated out (m,), up to a factor."""
    dates = found.error.shape[2]
    steps = np.triu(np.ones((dates, dates)))
    precision = np.linalg.inv(found.spread[:, i if found.spread.shape[1] > 1 else 0])
    weight = np.einsum("sm,kmj->ksj", steps, precision)
    total = np.einsum("ksj,sj->ks", weight, steps)
    size = np.einsum("ksj,kjb->ksb", weight, found.error[:, i]) / total[:, :, None]
    inverse = np.linalg.inv(found.scale[:, i])
    gain = total * np.einsum("ksb,kbc,ksc->ks", size, inverse, size)
    bands = found.error.shape[3]
    log = 0.5 * gain - 0.5 * bands * np.log(total) + np.log(found.weight[:, i, None])
    return np.asarray(np.exp(log - log.max()).sum(axis=0))
