"""Rates with their denominators, and intervals by a bootstrap over countries."""

from typing import Final

import numpy as np
import pandas as pd

from vestige.studying.statistics._panel import CLASS_NAMES

SEED: Final = 20_260_101
REPLICATES: Final = 2000


def rates_by_class(panel: pd.DataFrame, *, replicates: int = REPLICATES) -> pd.DataFrame:
    """Give listings per 1,000 property-years at risk and removals per 100 listed property-years, by class of violence.

    Columns: ``class listings at_risk listing_rate listing_low listing_high removals listed removal_rate removal_low
    removal_high deletions``. Intervals are 95 % percentile intervals; whole countries are drawn with replacement, because
    the properties of one country share its wars and its committees.
    """
    listing = rate_with_interval(panel[panel["at_risk"]], "listing", 1000.0, replicates)
    removal = rate_with_interval(panel[panel["listed"]], "removal", 100.0, replicates)
    deletions = panel.groupby("class")["deletion"].sum().reindex(range(len(CLASS_NAMES)), fill_value=0)
    left = listing.rename(columns={"events": "listings", "years": "at_risk", **_prefixed("listing")})
    right = removal.rename(columns={"events": "removals", "years": "listed", **_prefixed("removal")})
    return pd.concat([left, right.drop(columns="class")], axis=1).assign(deletions=deletions.to_numpy())


def _prefixed(name: str) -> dict[str, str]:
    return {"rate": f"{name}_rate", "low": f"{name}_low", "high": f"{name}_high"}


def rate_with_interval(rows: pd.DataFrame, event: str, per: float, replicates: int = REPLICATES) -> pd.DataFrame:
    """Give ``class events years rate low high`` of an event (bool column); a class without years has no rate (NaN)."""
    grid = pd.MultiIndex.from_product(
        [sorted(rows["country"].unique()), range(len(CLASS_NAMES))], names=["country", "class"]
    )
    counts = rows.groupby(["country", "class"])[event].agg(["sum", "count"]).reindex(grid, fill_value=0)
    shape = (-1, len(CLASS_NAMES))
    events = counts["sum"].to_numpy(dtype=float).reshape(shape)
    years = counts["count"].to_numpy(dtype=float).reshape(shape)
    low, high = cluster_bootstrap(events, years, replicates)
    total, denominator = events.sum(axis=0), years.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        rate = total / denominator * per
    values = {"class": CLASS_NAMES, "events": total.astype(int), "years": denominator.astype(int)}
    return pd.DataFrame({**values, "rate": rate, "low": low * per, "high": high * per})


def cluster_bootstrap(events: np.ndarray, years: np.ndarray, replicates: int) -> tuple[np.ndarray, np.ndarray]:
    """Give the 2.5 and 97.5 percentiles of Σ events / Σ years when clusters (rows) are drawn with replacement.

    ``events`` and ``years`` are (cluster, class). Drawing n clusters of n is a multinomial weight on each, so that the
    resampling is one matrix product; the generator is seeded, so a second run gives the same interval.
    """
    clusters = len(events)
    if clusters == 0:
        empty = np.full(events.shape[1], np.nan)
        return empty, empty.copy()
    weights = np.random.default_rng(SEED).multinomial(clusters, np.full(clusters, 1 / clusters), size=replicates)
    with np.errstate(invalid="ignore", divide="ignore"):
        draws = (weights @ events) / (weights @ years)
    out = np.full((2, events.shape[1]), np.nan)
    for column in range(events.shape[1]):
        finite = draws[np.isfinite(draws[:, column]), column]
        if len(finite):
            out[:, column] = np.percentile(finite, [2.5, 97.5])
    return out[0], out[1]
