"""Event study: listings in the years around the start of a war, with the years before it as placebos.

War starts in the first year with at least 1,000 deaths in a state party after at least ``QUIET_YEARS`` observed years below
that. Listings by year to and since the start are given as they are, with exact binomial intervals (Clopper and Pearson,
statsmodels), since most years hold none. The years before are then pooled into one term of the hazard model, beside the years
since: a lead above one would say that listings rise before the war does.
"""

from typing import Final

import numpy as np
import pandas as pd
from statsmodels.stats.proportion import proportion_confint

from vestige.studying.statistics._hazard import hazard_ratios

WINDOW: Final = 5
QUIET_YEARS: Final = 3
_PER: Final = 1000.0


def war_starts(yearly: pd.DataFrame, threshold: float = 1000.0) -> pd.Series:
    """Give the first start of a war by property from ``id_no year deaths`` (deaths of that year alone)."""
    starts: dict[str, int] = {}
    for id_no, rows in yearly.sort_values("year").groupby("id_no"):
        quiet = 0
        for year, deaths in zip(rows["year"], rows["deaths"], strict=True):
            if deaths >= threshold and quiet >= QUIET_YEARS:
                starts[str(id_no)] = int(year)
                break
            quiet = 0 if deaths >= threshold else quiet + 1
    return pd.Series(starts, dtype=float)


def rates_around_start(panel: pd.DataFrame, starts: pd.Series, event: str = "listing") -> pd.DataFrame:
    """Give ``year_to_start events years rate low high`` for years -5 to +5, per 1,000 property-years at risk.

    Without a start every year holds nothing, and has no rate (NaN).
    """
    rows = panel[panel["at_risk"]]
    relative = rows["year"] - rows["id_no"].map(starts)
    steps = range(-WINDOW, WINDOW + 1)
    counts = rows.groupby(relative)[event].agg(["sum", "count"]).reindex(steps, fill_value=0)
    events, years = counts["sum"].to_numpy(dtype=int), counts["count"].to_numpy(dtype=int)
    low, high = proportion_confint(events, np.maximum(years, 1), method="beta")
    rate = np.where(years > 0, events / np.maximum(years, 1), np.nan)
    return pd.DataFrame(
        {
            "year_to_start": list(steps),
            "events": events,
            "years": years,
            "rate": rate * _PER,
            "low": np.where(years > 0, low, np.nan) * _PER,
            "high": np.where(years > 0, high, np.nan) * _PER,
        }
    )


def leads_and_lags(panel: pd.DataFrame, starts: pd.Series, event: str = "listing") -> pd.DataFrame:
    """Fit the hazard model with the five years before, the five from the start on, and later years, against all others."""
    rows = panel[panel["at_risk"]]
    relative = rows["year"] - rows["id_no"].map(starts)
    terms = {
        "before_war": relative.between(-WINDOW, -1),
        "war_years": relative.between(0, WINDOW),
        "later": relative > WINDOW,
    }
    return hazard_ratios(rows.assign(**{name: flag.astype(int) for name, flag in terms.items()}), event, list(terms))
