"""The danger panel: one row a property and year, with the violence around it and what the Committee did.

A property enters in its year of inscription and leaves after the last edition that shows it. It is *at risk of listing* in
a year when it was not on the List in Danger at the year's start, and *listed* when it was. A listing is a period that
begins in the year, a removal one that ends in it. Where a property left the List in Danger because it was deleted from the
World Heritage List, that is a *deletion*, never a removal: nothing was restored.

Violence is the largest number of deaths, over the years that the options name, in any state party.
"""

from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import pandas as pd

from vestige.studying._errors import EmptyStudyError
from vestige.studying.data._editions import Periods
from vestige.studying.data._tables import Dropped
from vestige.studying.data._violence import Deaths, deaths_at

#: Lower bounds of the classes of deaths a year; 25 and 1,000 are UCDP's own thresholds of armed conflict and of war.
CLASS_BOUNDS: Final = (0, 1, 25, 1000)
CLASS_NAMES: Final = ("0", "1-24", "25-999", "1000+")


@dataclass(frozen=True, kw_only=True)
class PanelOptions:
    """How the panel is made; the danger study takes `year_before`, the others feed its robustness table."""

    first: int = 1989
    last: int = 2022
    lags: int = 1
    predecessors: bool = True
    inscription_year: bool = True
    shift: int = 0
    """Years by which violence is moved: 1 asks about next year's violence (a lead, the placebo)."""


def year_before(first: int, last: int) -> PanelOptions:
    """Give the danger study's choice, the deaths of the year before: those of the year itself may have followed the Committee's session."""
    return PanelOptions(first=first, last=last, lags=0, shift=-1)


def violence_class(deaths: np.ndarray) -> np.ndarray:
    """Give the index of the class of each number of deaths: 0, 1 to 24, 25 to 999, 1,000 and more."""
    return np.searchsorted(CLASS_BOUNDS, deaths, side="right") - 1


def build_panel(
    properties: pd.DataFrame, deaths: Deaths, options: PanelOptions
) -> tuple[pd.DataFrame, tuple[Dropped, ...]]:
    """Make the panel: ``id_no name category region country year deaths class listed at_risk listing removal deletion``.

    ``country`` is the cluster: the state party with the most deaths over all years (the first by code where none has any).
    Raises `EmptyStudyError` when no property-year is left.
    """
    totals = _totals(deaths, options)
    rows = [row for site in properties.itertuples(index=False) for row in _site_years(site, deaths, options, totals)]
    if not rows:
        raise EmptyStudyError(f"no property is on the list in {options.first} to {options.last}")
    panel = pd.DataFrame(rows)
    unknown = panel["deaths"].isna()
    kept = panel[~unknown].reset_index(drop=True)
    if kept.empty:
        raise EmptyStudyError("no property-year has a country that the violence file covers")
    kept["class"] = violence_class(kept["deaths"].to_numpy())
    dropped = []
    if unknown.any():
        places = ", ".join(sorted(panel.loc[unknown, "country"].unique()))
        dropped.append(
            Dropped(what="property-years", count=int(unknown.sum()), why=f"no country-year in UCDP for {places}")
        )
    return kept, tuple(dropped)


def _totals(deaths: Deaths, options: PanelOptions) -> dict[str, float]:
    totals: dict[str, float] = {}

    def total(code: str) -> float:
        if code not in totals:
            years = range(options.first, options.last + 1)
            totals[code] = sum(deaths_at(deaths, "", (code,), year) or 0.0 for year in years)
        return totals[code]

    class Lazy(dict[str, float]):
        def __missing__(self, code: str) -> float:
            return total(code)

    return Lazy()


def _site_years(site: Any, deaths: Deaths, options: PanelOptions, totals: dict[str, float]) -> list[dict[str, object]]:
    states: tuple[str, ...] = site.states
    periods: Periods = site.danger
    country = max(states, key=lambda code: totals[code]) if states else "no state party"
    begin = max(options.first, site.inscribed + (0 if options.inscription_year else 1))
    end = min(options.last, site.last_seen) if site.deleted else options.last
    rows = []
    for year in range(begin, end + 1):
        fixed = {"id_no": site.id_no, "name": site.name, "category": site.category, "region": site.region}
        violence = _violence(site, deaths, year + options.shift, options)
        age = year - site.inscribed
        rows.append(
            {**fixed, "country": country, "year": year, "age": age, "deaths": violence, **_status(site, periods, year)}
        )
    return rows


def _violence(site: Any, deaths: Deaths, year: int, options: PanelOptions) -> float | None:
    known = [
        value
        for lag in range(options.lags + 1)
        if (value := deaths_at(deaths, site.id_no, site.states, year - lag, predecessors=options.predecessors))
        is not None
    ]
    return max(known, default=None)


def _status(site: Any, periods: Periods, year: int) -> dict[str, bool]:
    listed = any(start < year and (end is None or year <= end) for start, end in periods)
    ends = listed and any(end == year for _, end in periods)
    deletion = ends and bool(site.deleted) and year >= site.last_seen
    return {
        "listed": listed,
        "at_risk": not listed,
        "listing": any(start == year for start, _ in periods) and not listed,
        "removal": ends and not deletion,
        "deletion": deletion,
    }
