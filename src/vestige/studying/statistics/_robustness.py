"""Does an association hang on a choice? One table over radius, precision of place, town points and lag.

For World Heritage properties in the countries and years of the events: the share on the List in Danger at the end of a year, among
property-years with at least one event within the radius ``lag`` years before, against those without. The interval is a
bootstrap over properties. A cell without a comparison says why; a ratio of one within its interval is a null, and stays.
"""

from collections.abc import Sequence
from typing import Final

import numpy as np
import pandas as pd

from vestige.studying.data._events import year_spans, years_of
from vestige.studying.data._sites import Sites
from vestige.studying.statistics._centroids import on_town_points
from vestige.studying.statistics._near import Places, count_near
from vestige.studying.statistics._rates import REPLICATES, SEED

PRECISIONS: Final = ((1, True), (2, True), (4, True), (2, False))
"""The largest ``where_prec``, and whether events on points that repeat (towns) are kept."""
LAGS: Final = (0, 1, 2)
FIRST: Final = 1989


def robustness_table(sites: Sites, events: pd.DataFrame, radii: Sequence[float]) -> pd.DataFrame:
    """Give a row a radius, precision, kind of points and lag: ``exposed unexposed exposed_listed unexposed_listed ratio low high note``."""
    local = _local(sites, events) if sites.heritage is not None else []
    rows = []
    for precision, towns in PRECISIONS:
        kept = events[(events["where_prec"] <= precision) & (towns | ~on_town_points(events))]
        exposed = _exposed(sites, local, kept, radii) if len(kept) and local else {}
        for radius in radii:
            near = exposed.get(float(radius), set())
            rows += [
                {
                    "radius_km": radius,
                    "precision": precision,
                    "town_points": towns,
                    "lag": lag,
                    **_compare(sites, local, near, lag),
                }
                for lag in LAGS
            ]
    return pd.DataFrame(rows)


def variation_table(sites: Sites, events: pd.DataFrame, radius: float) -> pd.DataFrame:
    """Give a row a country of the events: ``country properties years exposed listed varies``, what a comparison could rest on.

    ``years`` are property-years in the years of its events, ``exposed`` those with an event within ``radius``, ``listed`` those in danger
    at the end of the year; ``varies`` tells whether both differ between its property-years.
    """
    local = _local(sites, events) if sites.heritage is not None else []
    near = _exposed(sites, local, events, [radius])[float(radius)] if local else set()
    names = sorted({sites.table["countries"][site] for site, _ in local})
    columns = ["country", "properties", "years", "exposed", "listed", "varies"]
    rows = [_variation(sites, name, local, near) for name in names]
    return pd.DataFrame(rows, columns=columns)


def listing_varies(sites: Sites) -> list[str]:
    """Give the countries in which some properties have been in danger since 1989 and others never, by code."""
    if sites.heritage is None:
        return []
    ever = [any(end is None or end > FIRST for _, end in periods) for periods in sites.heritage["danger"]]
    kinds: dict[str, set[bool]] = {}
    for country, listed in zip(sites.table["countries"], ever, strict=True):
        kinds.setdefault(country, set()).add(listed)
    return sorted(country for country, found in kinds.items() if len(found) == 2 and "," not in country)


def _variation(
    sites: Sites, name: str, local: Sequence[tuple[int, range]], near: set[tuple[int, int]]
) -> dict[str, object]:
    here = [(site, years) for site, years in local if sites.table["countries"][site] == name]
    exposed, exposed_listed, unexposed, unexposed_listed = (
        int(value) for value in _counts(sites, here, near, 0).sum(axis=0)
    )
    years, listed = exposed + unexposed, exposed_listed + unexposed_listed
    varies = 0 < exposed < years and 0 < listed < years
    return {
        "country": name, "properties": len(here), "years": years, "exposed": exposed, "listed": listed, "varies": varies,
    }  # fmt: skip


def _local(sites: Sites, events: pd.DataFrame) -> list[tuple[int, range]]:
    """Give the rows of sites in a country that has events, with the years that the events of that country span."""
    spans = year_spans(events)
    found = ((row, years_of(text, spans)) for row, text in enumerate(sites.table["countries"]))
    return [(row, years) for row, years in found if years is not None]


def _exposed(
    sites: Sites, local: Sequence[tuple[int, range]], events: pd.DataFrame, radii: Sequence[float]
) -> dict[float, set[tuple[int, int]]]:
    out: dict[float, set[tuple[int, int]]] = {float(radius): set() for radius in radii}
    points = sites.points[sites.points["site"].isin([site for site, _ in local])]
    for piece in count_near(points, Places.of(events, ["events"]), radii):
        for radius, rows in piece.groupby("radius_km"):
            out[float(radius)].update(zip(rows["site"].tolist(), rows["period"].tolist(), strict=True))
    return out


def _compare(
    sites: Sites, local: Sequence[tuple[int, range]], near: set[tuple[int, int]], lag: int
) -> dict[str, object]:
    if sites.heritage is None or not local:
        return _row(np.zeros((0, 4)), "no property on the World Heritage List in a country of the events")
    return _row(_counts(sites, local, near, lag), "")


def _counts(sites: Sites, local: Sequence[tuple[int, range]], near: set[tuple[int, int]], lag: int) -> np.ndarray:
    """Count property-years by property: exposed, exposed and listed, unexposed, unexposed and listed."""
    if sites.heritage is None:
        return np.zeros((0, 4))
    counts = np.zeros((len(local), 4))
    danger, inscribed = sites.heritage["danger"], sites.heritage["inscribed"]
    for spot, (site, years) in enumerate(local):
        for year in range(max(years.start, int(inscribed[site])), years.stop):
            listed = any(start <= year + lag and (end is None or year + lag < end) for start, end in danger[site])
            column = 0 if (site, year) in near else 2
            counts[spot, column] += 1
            counts[spot, column + 1] += listed
    return counts


def _row(counts: np.ndarray, note: str) -> dict[str, object]:
    exposed, exposed_listed, unexposed, unexposed_listed = counts.sum(axis=0) if len(counts) else np.zeros(4)
    ratio, low, high = float("nan"), float("nan"), float("nan")
    if not note and not (exposed and unexposed):
        note = "every property-year is on the same side: no comparison"
    elif not note and not exposed_listed + unexposed_listed:
        note = "no property-year is listed: nothing to compare"
    elif not note and exposed_listed + unexposed_listed == exposed + unexposed:
        note = "every property-year is listed: nothing to compare"
    elif not note and not unexposed_listed:
        note = "no unexposed property-year is listed: the ratio has no finite value"
    elif not note:
        ratio = (exposed_listed / exposed) / (unexposed_listed / unexposed)
        low, high = _interval(counts)
    return {
        "exposed": int(exposed),
        "exposed_listed": int(exposed_listed),
        "unexposed": int(unexposed),
        "unexposed_listed": int(unexposed_listed),
        "ratio": ratio,
        "low": low,
        "high": high,
        "note": note,
    }


def _interval(counts: np.ndarray) -> tuple[float, float]:
    size = len(counts)
    weights = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=REPLICATES)
    exposed, exposed_listed, unexposed, unexposed_listed = (weights @ counts).T
    with np.errstate(invalid="ignore", divide="ignore"):
        ratios = (exposed_listed / exposed) / (unexposed_listed / unexposed)
    finite = ratios[np.isfinite(ratios)]
    if len(finite) < REPLICATES / 2:
        return float("nan"), float("nan")
    low, high = np.percentile(finite, [2.5, 97.5])
    return float(low), float(high)
