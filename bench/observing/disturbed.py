"""How often simulated sites that did not change are called changed: undisturbed, under snow, with odd dates, and with a step that no label tells of.

usage: disturbed.py [SITES]        default 1500 a row

A site has 60 dates of past and 5 of window, 12 days apart, in two bands: moisture (AR(1), 0.5 from date to date, 0.7 dB) under gamma speckle (5 looks,
9 pixels). Snow takes 5 dB from three dates in a row in half of the winters, that of the window among them: somewhere in the winter, or within the window.
Then a true step, and what of it is found. In the last rows a site has the mean of sixteen others around it as its control, with which it shares
a part of its moisture, and the step is of all of them, as of an instrument, or of the site alone.
"""

import sys

import numpy as np

from vestige.observing import Series, test_changes

PAST, WINDOW = 60, 5
DAYS = 12 * np.arange(PAST + WINDOW)
TIMES = np.datetime64("2020-01-03T05:00", "s") + DAYS * np.timedelta64(86_400, "s")
AFTER = (TIMES[PAST], TIMES[-1] + np.timedelta64(1, "D"))
WINTERS = [PAST - 1 - round(365.25 / 12) * years for years in (2, 1, 0)]


def snow(first, last):
    """Take 5 dB from three dates in a row of half the winters; they begin from the ``first`` date of a winter to before the ``last``."""

    def disturb(rng, level):
        for winter in WINTERS:
            begin = winter + rng.integers(first, last)
            if rng.random() < 0.5:
                level[max(0, begin) : begin + 3] -= 5

    return disturb


def odd(rng, level):
    """Take 3 to 9 dB from three dates of a hundred."""
    hit = rng.random(len(level)) < 0.03
    level[hit] -= rng.uniform(3, 9, hit.sum())[:, None]


def step(decibels):
    """Move the window."""

    def disturb(_rng, level):
        level[PAST:] += decibels

    return disturb


ROWS = {
    "nothing": step(0.0),
    "snow, three dates of half the winters": snow(0, 6),
    "the same, within the window": snow(1, 4),
    "odd dates, 3 %, of -3 to -9 dB": odd,
    "the window 0.5 dB higher, without a label": step(0.5),
    "the window 1 dB higher, without a label": step(1.0),
    "a true step of -2 dB": step(-2.0),
}
RINGS = (
    ("nothing", 0.0, 0.0),
    ("all of it 1 dB higher, without a label", 1.0, 0.0),
    ("a true step of -2 dB of the site", 0.0, -2.0),
)


def site(rng, disturb):
    """One series."""
    level = 0.7 * moisture(rng)
    disturb(rng, level)
    return seen(rng, level, 3)


def moisture(rng):
    """Draw an AR(1) of unit variance in two bands (dates, 2)."""
    mixing = np.linalg.cholesky(np.array([[1, 0.5], [0.5, 1]]))
    drawn = rng.standard_normal((len(DAYS), 2)) @ mixing.T
    level = np.zeros((len(DAYS), 2))
    for t, one in enumerate(drawn):
        level[t] = 0.5 * level[t - 1] + np.sqrt(0.75) * one if t else one
    return level


def seen(rng, level, pixels):
    """Give a series of a level in decibels, under speckle."""
    power = 10 ** ((level - [9, 16])[:, :, None, None] / 10) * rng.gamma(5, 1 / 5, (len(DAYS), 2, pixels, pixels))
    return Series(TIMES, power, ("VV", "VH"), "T001")


def with_ring(rng, shared, everywhere, own):
    """Give a site and its ring, which share a part of the variance of their moisture; all move in the window, and the site by more."""
    common, alone, ring = np.sqrt(shared) * moisture(rng), moisture(rng), moisture(rng)
    site = 0.7 * (common + np.sqrt(1 - shared) * alone)
    around = 0.7 * (common + np.sqrt((1 - shared) / 16) * ring)
    site[PAST:] += everywhere + own
    around[PAST:] += everywhere
    return seen(rng, site, 3), [seen(rng, around, 12)]


def main():
    """Print a row a disturbance."""
    sites = int(sys.argv[1]) if len(sys.argv) > 1 else 1500
    print("| disturbed by | called at 0.05 | at 0.01 | at 0.001 | told to be over |\n|---|---|---|---|---|")
    for name, disturb in ROWS.items():
        rng = np.random.default_rng(0)
        told(name, test_changes([site(rng, disturb) for _ in range(sites)], AFTER))
    for shared in (0.0, 0.3, 0.5, 0.8):
        for what, everywhere, own in RINGS:
            rng = np.random.default_rng(0)
            batch, controls = zip(*(with_ring(rng, shared, everywhere, own) for _ in range(sites)), strict=True)
            told(
                f"with a ring that shares {shared:g} of the moisture: {what}",
                test_changes(batch, AFTER, controls=controls),
            )


def told(name, found):
    """Print a row."""
    p = np.array([1.0 if one.p_value is None else one.p_value for one in found])
    called = " | ".join(f"{np.mean(p <= level):.3f}" for level in (0.05, 0.01, 0.001))
    print(f"| {name} | {called} | {np.mean([one.p_value is None for one in found]):.3f} |", flush=True)


if __name__ == "__main__":
    if {"-h", "--help"} & set(sys.argv[1:]):
        sys.exit(__doc__)
    main()
