"""Removal with returning fighting as a competing event: cumulative incidence after Aalen and Johansen.

Kaplan-Meier answers what would be if fighting never returned, and needs that returning says nothing of recovery. The
cumulative incidence answers what happened: the share removed, and the share to which fighting returned first, by each year.
At year t it adds S(t-) d(t) / n(t) of its own kind, S falling with events of either kind (Aalen and Johansen 1978, Scandinavian
Journal of Statistics 5: 141-150). Spells may enter late. Intervals draw whole countries again.
"""

from typing import Final

import numpy as np
import pandas as pd

from vestige.studying.statistics._rates import SEED
from vestige.studying.statistics._survival import REPLICATES

EVENTS: Final = {"removed": "removed from the list", "returned": "fighting returned"}


def cumulative_incidence(spells: pd.DataFrame, horizon: int, *, replicates: int = REPLICATES) -> pd.DataFrame:
    """Give ``event years share low high`` for years 0 to ``horizon``, an event of `EVENTS` after the other.

    ``spells`` has ``entry exit why cluster``; an event counts at the year in which the spell ends with it.
    """
    years = np.arange(horizon + 1)
    kinds = np.select([spells["why"] == why for why in EVENTS.values()], [1, 2], 0)
    values = np.column_stack([spells["entry"], spells["exit"], kinds]).astype(int)
    clusters = [values[rows] for rows in spells.reset_index(drop=True).groupby("cluster").indices.values()]
    draws = np.random.default_rng(SEED).integers(0, len(clusters), (replicates, len(clusters)))
    share = aalen_johansen(values, years)
    drawn = np.array([aalen_johansen(np.concatenate([clusters[spot] for spot in draw]), years) for draw in draws])
    low, high = np.percentile(drawn, [2.5, 97.5], axis=0)
    parts = [
        pd.DataFrame({"event": event, "years": years, "share": share[row], "low": low[row], "high": high[row]})
        for row, event in enumerate(EVENTS)
    ]
    return pd.concat(parts, ignore_index=True)


def aalen_johansen(values: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Give the cumulative incidence (kind, year) of rows ``entry exit kind``; kind 0 is censored, 1 and 2 are the events."""
    entry, stop, kind = values.T
    out, left = np.zeros((2, len(years))), 1.0
    for place, year in enumerate(years):
        at_risk = int(((entry < year) & (stop >= year)).sum())
        happened = np.array([((stop == year) & (kind == event)).sum() for event in (1, 2)], dtype=float)
        if place:
            out[:, place] = out[:, place - 1]
        if at_risk:
            out[:, place] += left * happened / at_risk
            left *= 1 - happened.sum() / at_risk
    return out
