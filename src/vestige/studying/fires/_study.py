"""The fires study: thermal anomalies near sites, with the same days a year earlier as a placebo.

A thermal anomaly near a site is a lead for someone to look, never damage: pixels are a kilometre wide, fields burn, and works are hot.
Each day of the window is matched with the same day a year before, so that harvest and winter stand on both sides. What the whole
area does between the two years is the yardstick: a rise near sites that is no greater than the rise everywhere is no association.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from scipy.spatial import cKDTree
from scipy.stats import binomtest

from vestige.studying._errors import EditionError, EmptyStudyError
from vestige.studying._study import Figure, Study, Table
from vestige.studying.data._fires import load_fires
from vestige.studying.data._sites import Sites, load_sites
from vestige.studying.fires._words import LIMITS, METHOD, REFERENCES, findings
from vestige.studying.report._figures import interval_figure
from vestige.studying.statistics._near import chord, great_circle, unit_vectors
from vestige.studying.statistics._rates import REPLICATES, SEED

RADII: Final = (1.0, 2.0, 5.0, 10.0)
#: Sites are drawn for the interval by squares of this many degrees, since one large fire is near several sites.
CELL_DEGREES: Final = 0.5
FOOTPRINT: Final = "footprint"


def fires_study(
    sites: Sequence[Path],
    fires: Sequence[Path],
    *,
    window: tuple[dt.date, dt.date] | None = None,
    radii: Sequence[float] = RADII,
) -> Study:
    """Count thermal anomalies near sites in a window of days, and on the same days a year earlier.

    Without a ``window``, it is what the newest year's data and the year before have in common. Raises `EditionError` when the fires do not
    cover the window in both years, `EmptyStudyError` when nothing is near any site in either.
    """
    register, burning = load_sites(sites), load_fires(fires)
    start, end = window or _common_window(burning.table, fires[0].name)
    inside = _matched(burning.table, start, end)
    _check_cover(burning.table, start, end, fires[0].name)
    pairs = _pairs(register, inside, max(radii))
    if pairs.empty:
        hint = "are latitude and longitude in the right columns, and do both files cover the same part of the world?"
        raise EmptyStudyError("no thermal anomaly is near any site in either year", where=sites[0].name, hint=hint)
    leads, area = _leads(register, pairs), inside.groupby("after").size().reindex([True, False], fill_value=0)
    table = _comparison(register, pairs, radii, int(area[True]), int(area[False]))
    return Study(
        name="fires",
        title="Thermal anomalies near cultural sites",
        question=f"Were there more thermal anomalies near sites from {start} to {end} than on the same days a year earlier?",
        findings=findings(table, leads, register, int(area[True]), int(area[False])),
        method=METHOD,
        denominators=(
            (
                f"{len(register.table):,} sites; {int(area[True]):,} thermal anomalies in the window and {int(area[False]):,} on the same days a "
                "year earlier, in the whole area of the files."
            ),
        ),
        limits=LIMITS,
        references=REFERENCES,
        tables=(
            Table(
                name="comparison",
                title="Thermal anomalies near sites, against a year earlier",
                data=table,
                on_page=True,
            ),
            Table(name="leads", title="Leads: sites within the footprint of an anomaly in the window", data=leads),
        ),
        figures=(_figure(table),),
        sources=(*register.sources, *burning.sources),
        dropped=(*register.dropped, *burning.dropped),
        options={"from": start.isoformat(), "to": end.isoformat(), "radii_km": [float(radius) for radius in radii]},
    )


def _common_window(fires: pd.DataFrame, where: str) -> tuple[dt.date, dt.date]:
    days = fires["date"].dt.date
    newest = max(days)
    of_year, before = days[fires["date"].dt.year == newest.year], days[fires["date"].dt.year == newest.year - 1]
    if before.empty:
        raise EditionError(
            f"there is no fire of {newest.year - 1}, the year before the newest",
            where=where,
            hint="give both years with --fires",
        )
    start, end = max(min(of_year), _year_later(min(before))), min(newest, _year_later(max(before)))
    if start > end:
        raise EditionError(f"{newest.year - 1} and {newest.year} have no days in common", where=where)
    return start, end


def _year_later(day: dt.date) -> dt.date:
    later: dt.date = (pd.Timestamp(day) + pd.DateOffset(years=1)).date()
    return later


def _matched(fires: pd.DataFrame, start: dt.date, end: dt.date) -> pd.DataFrame:
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    year = pd.DateOffset(years=1)
    after = fires["date"].between(first, last)
    before = fires["date"].between(first - year, last - year)
    return fires[after | before].assign(after=after[after | before]).reset_index(drop=True)


def _check_cover(fires: pd.DataFrame, start: dt.date, end: dt.date, where: str) -> None:
    """Refuse a window that the files do not reach into in both years; a day without a fire is no gap, a month may be."""
    first, last = pd.Timestamp(start), pd.Timestamp(end)
    year, slack = pd.DateOffset(years=1), pd.Timedelta(days=31)
    for begin, finish in ((first, last), (first - year, last - year)):
        seen = fires["date"][fires["date"].between(begin, finish)]
        if seen.empty or seen.min() > begin + slack or seen.max() < finish - slack:
            raise EditionError(
                f"the fires do not cover {begin.date()} to {finish.date()}",
                where=where,
                hint="give both years with --fires",
            )


def _pairs(sites: Sites, fires: pd.DataFrame, widest: float) -> pd.DataFrame:
    """Give ``site fire distance_km in_footprint after date`` for each site and anomaly within the widest radius or footprint."""
    reach = max(widest, float(fires["reach_km"].max()))
    one = unit_vectors(sites.points["latitude"].to_numpy(), sites.points["longitude"].to_numpy())
    two = unit_vectors(fires["latitude"].to_numpy(), fires["longitude"].to_numpy())
    found = cKDTree(one).sparse_distance_matrix(cKDTree(two), float(chord(reach)), output_type="ndarray")
    distance = great_circle(found["v"])
    frame = pd.DataFrame(
        {
            "site": sites.points["site"].to_numpy()[found["i"]],
            "fire": found["j"],
            "distance_km": distance,
            "in_footprint": distance <= fires["reach_km"].to_numpy()[found["j"]],
            "after": fires["after"].to_numpy()[found["j"]],
            "date": fires["date"].to_numpy()[found["j"]],
        }
    )
    nearest = frame.sort_values(["site", "fire", "distance_km"]).drop_duplicates(["site", "fire"])
    return nearest[nearest["in_footprint"] | (nearest["distance_km"] <= widest)].reset_index(drop=True)


def _leads(sites: Sites, pairs: pd.DataFrame) -> pd.DataFrame:
    hits = pairs[pairs["in_footprint"] & pairs["after"]]
    grouped = hits.groupby("site").agg(
        anomalies=("fire", "size"),
        days=("date", "nunique"),
        first_day=("date", "min"),
        nearest_km=("distance_km", "min"),
    )
    year_before = pairs[pairs["in_footprint"] & ~pairs["after"]].groupby("site").size()
    table = sites.table.loc[grouped.index, ["id", "name"]].reset_index(drop=True)
    table = pd.concat([table, grouped.reset_index(drop=True)], axis=1)
    table["first_day"] = pd.to_datetime(table["first_day"]).dt.strftime("%Y-%m-%d")
    table["year_before"] = year_before.reindex(grouped.index, fill_value=0).to_numpy()
    table["read_as"] = "thermal anomaly near site: a lead, not damage"
    return table.sort_values(["anomalies", "id"], ascending=[False, True], ignore_index=True)


def _comparison(sites: Sites, pairs: pd.DataFrame, radii: Sequence[float], area: int, area_before: int) -> pd.DataFrame:
    rows = []
    for name in (FOOTPRINT, *sorted(float(radius) for radius in radii)):
        near = pairs[pairs["in_footprint"]] if name == FOOTPRINT else pairs[pairs["distance_km"] <= name]
        rows.append(
            {"within": name if name == FOOTPRINT else f"{name:g} km", **_compare(sites, near, area, area_before)}
        )
    return pd.DataFrame(rows)


def _compare(sites: Sites, near: pd.DataFrame, area: int, area_before: int) -> dict[str, object]:
    counts = pd.crosstab(near["site"], near["after"]).reindex(columns=[True, False], fill_value=0)
    after, before = counts[True], counts[False]
    more, fewer = int((after > before).sum()), int((after < before).sum())
    p_value = float(binomtest(more, more + fewer).pvalue) if more + fewer else float("nan")
    total, total_before = int(after.sum()), int(before.sum())
    baseline = area / area_before if area_before else float("nan")
    ratio = (total / total_before) / baseline if total_before and baseline else float("nan")
    low, high = _interval(sites, counts, baseline)
    return {
        "sites_in_window": int((after > 0).sum()),
        "sites_year_before": int((before > 0).sum()),
        "anomalies": total,
        "year_before": total_before,
        "sites_more": more,
        "sites_fewer": fewer,
        "sign_test_p": p_value,
        "ratio_to_area": ratio,
        "low": low,
        "high": high,
    }


def _interval(sites: Sites, counts: pd.DataFrame, baseline: float) -> tuple[float, float]:
    """Give the 95 % interval of the ratio to the area, drawing whole squares of the map with replacement."""
    if counts.empty or not baseline:
        return float("nan"), float("nan")
    points = sites.points.drop_duplicates("site").set_index("site").loc[counts.index]
    cells = np.floor(points[["latitude", "longitude"]].to_numpy() / CELL_DEGREES)
    squares = np.unique(cells, axis=0, return_inverse=True)[1].ravel()
    sums = pd.DataFrame(counts.to_numpy(), columns=["after", "before"]).groupby(squares).sum().to_numpy(dtype=float)
    size = len(sums)
    weights = np.random.default_rng(SEED).multinomial(size, np.full(size, 1 / size), size=REPLICATES)
    with np.errstate(invalid="ignore", divide="ignore"):
        after, before = (weights @ sums).T
        ratios = after / before / baseline
    finite = ratios[np.isfinite(ratios)]
    if len(finite) < 0.95 * REPLICATES:
        return float("nan"), float("nan")
    low, high = np.percentile(finite, [2.5, 97.5])
    return float(low), float(high)


def _figure(table: pd.DataFrame) -> Figure:
    shown = table.rename(columns={"ratio_to_area": "estimate"}).assign(
        label=[f"{row['within']}: {row['anomalies']} / {row['year_before']}" for row in table.to_dict("records")]
    )
    said = "; ".join(
        f"{row['within']}: {row['anomalies']} in the window, {row['year_before']} a year earlier, ratio to the area {row['ratio_to_area']:.2f}"
        for row in table.to_dict("records")
    )
    return interval_figure(
        "ratio",
        "Change near sites over change in the whole area: in window / year before, ratio and 95 % interval",
        f"Ratios by distance; at one both changed alike; an interval that holds one cannot tell. {said}.",
        shown[["label", "estimate", "low", "high"]],
        "ratio of changes (1: as everywhere)",
        log=True,
        null=1.0,
    )
