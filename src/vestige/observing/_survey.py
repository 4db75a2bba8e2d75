"""Many sites, one question: which of them changed in this window.

Do the sites of a list move together? Rain, snow or a new calibration moves a whole region, and no site of it.

A list of series without controls has one control all the same: the other sites. Where more of them moved one way than chance
allows, the list says so, and each site is judged again by its departure from theirs, their median taken from it day by day. (Controls in the model would not do: a spell that the
past never saw is not learned from it.) What remains is what a site did beyond
its region; a change that all sites share is then not found, and cannot be told from weather by these series.
"""

import warnings
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.stats import binomtest

from vestige.observing._change import test_changes
from vestige.observing._combine import Dependence, Ranked, Rule, combine, rank
from vestige.observing._result import Change
from vestige.observing._series import Series
from vestige.observing._window import Window

FEWEST: Final = 5
"""Other sites that a day needs to say what the region did."""
LEAST_DB: Final = 0.5
CHANCE: Final = 0.001
"""Sites move together where as many one way has less than this chance and their median is `LEAST_DB` or more; ten sites or fewer never do."""
ENOUGH: Final = 20
"""Sites of one orbit that would have been seen to move together, had the instrument changed by a decibel: each is a control of the others."""


def survey(
    batch: Iterable[Series],
    after: Window,
    before: Window | None = None,
    *,
    controls: Iterable[Sequence[Series]] | None = None,
    rule: Rule = "simes",
    dependence: Dependence = "positive",
) -> list[Ranked]:
    """Test every series, join the orbits of each site (`combine`), and rank the sites with q-values (`rank`).

    ``controls`` holds a list of controls for each series, as in `test_changes`. A series without a ``site`` is a site of its own.
    """
    return rank(
        [combine(changes, rule) for changes in by_site(test_changes(batch, after, before, controls))], dependence
    )


def by_site(changes: Iterable[Change]) -> list[list[Change]]:
    """Gather results by their site, in the order of first appearance."""
    sites: dict[str | int, list[Change]] = {}
    for i, change in enumerate(changes):
        sites.setdefault(i if change.site is None else change.site, []).append(change)
    return list(sites.values())


@dataclass(frozen=True)
class Together:
    """Sites of one orbit that moved one way: how many of how many, in which band, and by what median in decibels."""

    orbit: str
    band: str
    same: int
    sites: int
    median_db: float

    def __str__(self) -> str:
        """Say it in one sentence."""
        return (
            f"{self.same} of {self.sites} sites of orbit {self.orbit} moved the same way in {self.band} (median {self.median_db:+.1f} dB): "
            "weather, or something that the whole region shares; each is judged against the rest"
        )


def moved_together(changes: Sequence[Change]) -> list[Together]:
    """Give the orbits whose sites moved together, each with the band in which they did so most surely."""
    found = []
    for orbit in dict.fromkeys(change.orbit for change in changes):
        here = [change.change_db for change in changes if change.orbit == orbit and change.p_value is not None]
        bands = dict.fromkeys(band for one in here for band in one)
        most = min(((_chance(here, band), band) for band in bands), default=(1.0, ""))
        if most[0] < CHANCE:
            found.append(_together(orbit, most[1], here))
    return found


def _values(here: Sequence[dict[str, float]], band: str) -> np.ndarray:
    return np.array([one[band] for one in here if band in one])


def _chance(here: Sequence[dict[str, float]], band: str) -> float:
    values = _values(here, band)
    if abs(float(np.median(values))) < LEAST_DB:
        return 1.0
    return float(binomtest(int((values > 0).sum()), len(values)).pvalue)


def _together(orbit: str, band: str, here: Sequence[dict[str, float]]) -> Together:
    values = _values(here, band)
    median = float(np.median(values))
    return Together(orbit, band, int((np.sign(values) == np.sign(median)).sum()), len(values), median)


def survey_region(
    batch: Iterable[Series],
    after: Window,
    before: Window | None = None,
    *,
    rule: Rule = "simes",
    dependence: Dependence = "positive",
) -> tuple[list[Ranked], list[Together]]:
    """Survey a list without controls (as `survey`), against its region where its sites move together; give that too."""
    series = list(batch)
    changes = test_changes(series, after, before)
    together = moved_together(changes)
    if together:
        orbits = {one.orbit for one in together}
        moved = [
            place for place, one in enumerate(series) if one.orbit in orbits and changes[place].p_value is not None
        ]
        for place, change in zip(
            moved, test_changes(_relative([series[i] for i in moved], after), after, before), strict=True
        ):
            changes[place] = change
    changes = _controlled(changes)
    return rank([combine(one, rule) for one in by_site(changes)], dependence), together


def _controlled(changes: Sequence[Change]) -> list[Change]:
    """Say of the results of an orbit with enough others that each was looked at beside them."""
    heard = Counter(change.orbit for change in changes if change.p_value is not None)
    return [replace(one, controlled=True) if heard[one.orbit] >= ENOUGH else one for one in changes]


def _relative(series: Sequence[Series], after: Window) -> list[Series]:
    """Give each series less what the other sites of its orbit did: the median of their departures from their own past, by day and band.

    A day on which fewer than `FEWEST` others were seen counts as absent.
    """
    departures = [_departures(one, after) for one in series]
    return [_less(one, _region(series, departures, place)) for place, one in enumerate(series)]


def _departures(one: Series, after: Window) -> dict[np.datetime64, np.ndarray]:
    """Give by day the decibels of each band less their median before the window."""
    with np.errstate(all="ignore"), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a day without a usable pixel has no mean, and stays absent
        decibels = 10 * np.log10(np.nanmean(np.where(one.values > 0, one.values, np.nan), axis=(2, 3)))
        level = np.nanmedian(decibels[one.times < np.datetime64(after[0])], axis=0)
    return dict(zip(one.times.astype("datetime64[D]"), decibels - level, strict=True))


def _region(
    series: Sequence[Series], departures: Sequence[dict[np.datetime64, np.ndarray]], place: int
) -> dict[np.datetime64, np.ndarray]:
    own = series[place]
    others = [
        departures[other]
        for other, one in enumerate(series)
        if (one.orbit, one.bands) == (own.orbit, own.bands)
        and other != place
        and (own.site is None or one.site != own.site)
    ]
    found = {}
    for day in departures[place]:
        seen = [one[day] for one in others if day in one]
        if len(seen) >= FEWEST:
            found[day] = np.median(seen, axis=0)
    return found


def _less(one: Series, region: dict[np.datetime64, np.ndarray]) -> Series:
    absent = np.full(len(one.bands), np.nan)
    moved = np.array([region.get(day, absent) for day in one.times.astype("datetime64[D]")])
    values = (one.values / 10 ** (moved[:, :, None, None] / 10)).astype(np.float32)
    return replace(one, values=values)
