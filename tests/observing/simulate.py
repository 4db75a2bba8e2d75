"""A simulator of Sentinel-1 series: gamma speckle on a level that has a season and moisture with memory.

It shares no code with the test of change and its covariance is another one: moisture is an AR(1) of its own time scale,
speckle is gamma in power, pixels differ in level.
"""

import numpy as np

from vestige.observing import Series


def dates(count=80, step=6, start="2020-01-03T05:00"):
    return np.datetime64(start, "s") + np.arange(count) * np.timedelta64(step, "D")


def values(rng, times, *, pixels=3, looks=10.0, season=1.0, moisture=0.8, memory=20.0, together=0.5):
    """Linear power (T, 2, pixels, pixels); ``season`` and ``moisture`` in dB, ``memory`` in days."""
    days = (times - times[0]) / np.timedelta64(1, "D")
    mixing = np.linalg.cholesky(np.array([[1, together], [together, 1]]))
    state = rng.standard_normal(2)
    levels = []
    for gap in np.diff(days, prepend=days[0]):
        keep = np.exp(-gap / memory)
        state = keep * state + np.sqrt(1 - keep**2) * rng.standard_normal(2)
        levels.append(mixing @ state * moisture)
    cycle = season * np.cos(2 * np.pi * days[:, None] / 365.25 + rng.uniform(0, 2 * np.pi))
    decibels = np.array([-9.0, -16.0]) + cycle + np.array(levels)
    texture = rng.normal(0, 1.5, (1, 2, pixels, pixels))
    power = 10 ** ((decibels[:, :, None, None] + texture) / 10)
    return power * rng.gamma(looks, 1 / looks, power.shape)


def series(rng, *, count=80, step=6, site=None, **kwargs):
    times = dates(count, step)
    return Series(times, values(rng, times, **kwargs), ("VV", "VH"), "T001", site=site)


def stepped(one, since, decibels):
    moved = np.where(
        (one.times >= np.datetime64(since))[:, None, None, None], one.values * 10 ** (decibels / 10), one.values
    )
    return Series(one.times, moved, one.bands, one.orbit, one.platform, one.processor, one.site, one.scenes)


def called(change):
    """The p-value, or 1 where the test abstains: what it does not call."""
    return 1.0 if change.p_value is None else change.p_value
