"""Time to recovery: Kaplan-Meier curves by lifelines, with intervals over clusters.

Spells of one country share its peace, so the usual interval (Greenwood) is too narrow. Whole countries are drawn with replacement and
the curve is estimated again, by statsmodels, which is quicker at it and agrees; the interval is the 2.5 and 97.5 percentiles year
by year.
"""

from typing import Final

import numpy as np
import pandas as pd
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError
from statsmodels.duration.survfunc import SurvfuncRight

from vestige.studying.statistics._rates import SEED

REPLICATES: Final = 300
LEAST_AT_RISK: Final = 5


def survival_curve(spells: pd.DataFrame, group: str, horizon: int, *, replicates: int = REPLICATES) -> pd.DataFrame:
    """Give ``group years share low high at_risk events`` for years 0 to ``horizon``.

    ``spells`` has ``entry`` and ``exit`` (years since the start of the clock; entry above zero where a spell is only seen later),
    ``recovered`` (bool) and ``cluster``. ``share`` is the part not yet recovered.
    """
    years = np.arange(horizon + 1)
    share = _share(spells, years)
    low, high = _interval(spells, years, replicates)
    at_risk = [
        int(((spells["entry"] < year) & (spells["exit"] >= year)).sum()) if year else len(spells) for year in years
    ]
    events = [int((spells["recovered"] & (spells["exit"] == year)).sum()) for year in years]
    curve = {"years": years, "share": share, "low": low, "high": high, "at_risk": at_risk, "events": events}
    return pd.DataFrame({"group": group, **curve})


def _share(spells: pd.DataFrame, years: np.ndarray) -> np.ndarray:
    fitter = KaplanMeierFitter()
    try:
        fitter.fit(spells["exit"], spells["recovered"], entry=spells["entry"])
    except (
        StatError
    ):  # with late entries, all who are at risk early may recover; lifelines then asks for another estimator
        return _quick_share(spells[["exit", "recovered", "entry"]].to_numpy(dtype=float), years)
    values: np.ndarray = fitter.survival_function_at_times(years).to_numpy()
    return values


def _interval(spells: pd.DataFrame, years: np.ndarray, replicates: int) -> tuple[np.ndarray, np.ndarray]:
    values = spells[["exit", "recovered", "entry"]].to_numpy(dtype=float)
    clusters = [values[rows] for rows in spells.reset_index(drop=True).groupby("cluster").indices.values()]
    draws = np.random.default_rng(SEED).integers(0, len(clusters), (replicates, len(clusters)))
    curves = np.array([_quick_share(np.concatenate([clusters[spot] for spot in draw]), years) for draw in draws])
    low, high = np.percentile(curves, [2.5, 97.5], axis=0)
    return low, high


def _quick_share(values: np.ndarray, years: np.ndarray) -> np.ndarray:
    stop, recovered, entry = values.T
    if not recovered.any():
        return np.ones(len(years))
    curve = SurvfuncRight(stop, recovered, entry=entry if entry.any() else None)
    before = np.searchsorted(curve.surv_times, years, side="right")
    share: np.ndarray = np.concatenate([[1.0], curve.surv_prob])[before]
    return share


def median_time(curve: pd.DataFrame) -> float | None:
    """Give the first year by which half have recovered, or None where the curve never falls that far.

    A year that fewer than ``LEAST_AT_RISK`` spells reach is not given: one recovery among two would halve the curve.
    """
    reached = curve[(curve["share"] <= 0.5) & (curve["at_risk"] >= LEAST_AT_RISK)]
    return None if reached.empty else float(reached["years"].iloc[0])


def share_by(curve: pd.DataFrame, year: int) -> tuple[float, float, float]:
    """Give the share recovered by a year, with its interval."""
    row = curve[curve["years"] == year].iloc[0]
    return 1 - float(row["share"]), 1 - float(row["high"]), 1 - float(row["low"])
