"""Do the danger study's figures hang on a choice? The same rates and the same hazard ratio under other joins, lags and measures."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

import pandas as pd

from vestige.studying.data._violence import deaths_by_country_year
from vestige.studying.statistics._hazard import hazard_ratios, with_covariates
from vestige.studying.statistics._panel import CLASS_NAMES, build_panel, year_before

_Properties = Callable[[pd.DataFrame], pd.DataFrame]


def _all(properties: pd.DataFrame) -> pd.DataFrame:
    return properties


def _without_deleted(properties: pd.DataFrame) -> pd.DataFrame:
    return properties[~properties["deleted"]]


def _without_syria(properties: pd.DataFrame) -> pd.DataFrame:
    return properties[~properties["states"].map(lambda states: "sy" in states)]


def _without_libya(properties: pd.DataFrame) -> pd.DataFrame:
    return properties[~properties["states"].map(lambda states: "ly" in states)]


def _one_state(properties: pd.DataFrame) -> pd.DataFrame:
    return properties[properties["states"].map(len) == 1]


#: What is changed, the measure of deaths, changes of the panel's options, and which properties are kept.
_CHOICES: Final[tuple[tuple[str, str, dict[str, object], _Properties], ...]] = (
    ("main", "best", {}, _all),
    ("deaths of the year alone", "best", {"shift": 0}, _all),
    ("the larger of this and last year's deaths", "best", {"shift": 0, "lags": 1}, _all),
    ("the largest of the two years before", "best", {"lags": 1}, _all),
    ("low estimate of deaths", "low", {}, _all),
    ("high estimate of deaths", "high", {}, _all),
    ("state-based deaths only", "state_based", {}, _all),
    ("not at risk in the year of inscription", "best", {"inscription_year": False}, _all),
    ("no predecessor states", "best", {"predecessors": False}, _all),
    ("deleted properties left to vanish", "best", {}, _without_deleted),
    ("without Syria", "best", {}, _without_syria),
    ("without Libya", "best", {}, _without_libya),
    ("properties of one state party only", "best", {}, _one_state),
)


def danger_robustness(properties: pd.DataFrame, country_years: pd.DataFrame, first: int, last: int) -> pd.DataFrame:
    """Give, for cultural properties, a row a choice: rates by class, and the adjusted hazard ratio of war with its interval."""
    cultural = properties[properties["category"] == "Cultural"]
    rows = []
    for name, measure, changes, keep in _CHOICES:
        options = replace(year_before(first, last), **changes)  # type: ignore[arg-type]
        panel = build_panel(keep(cultural), deaths_by_country_year(country_years, measure), options)[0]
        rows.append({"choice": name, **_rates(panel), **_ratio(panel)})
    return pd.DataFrame(rows)


def _rates(panel: pd.DataFrame) -> dict[str, float]:
    out: dict[str, float] = {}
    for event, state, per in (("listing", "at_risk", 1000.0), ("removal", "listed", 100.0)):
        rate = panel[panel[state]].groupby("class")[event].mean().reindex(range(len(CLASS_NAMES))) * per
        out |= {f"{event}_{label}": float(value) for label, value in zip(CLASS_NAMES, rate, strict=True)}
    return out


def _ratio(panel: pd.DataFrame) -> dict[str, object]:
    rows = with_covariates(panel)
    fitted = hazard_ratios(rows[rows["at_risk"]], "listing", ["war"]).iloc[0]
    return {name: fitted[name] for name in ("hazard_ratio", "low", "high", "p_value", "note")}
