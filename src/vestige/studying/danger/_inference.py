"""Does the danger study's ratio stand under harder inference? Few countries carry all wars, so the usual interval flatters it.

Three questions: does the ratio hold within countries (fixed effects), how wide is the interval when whole countries are left out
in turn (cluster jackknife, CV3 of MacKinnon, Nielsen and Webb 2023, 10.1016/j.jeconom.2022.04.001), and how often does a world
in which wars fell on other countries of the region, or in other years, look as strong (a permutation test of Rao's score)?
Draws are seeded and their number is fixed, so that a second run gives the same figures in the same time.
"""

from collections.abc import Callable
from typing import Any, Final

import numpy as np
import pandas as pd
from patsy import dmatrix
from scipy import stats

from vestige.studying.data._violence import Deaths, deaths_at
from vestige.studying.statistics._hazard import ADJUSTMENT, WAR_DEATHS, hazard_ratios
from vestige.studying.statistics._rates import SEED

DRAWS: Final = 999
WITHIN: Final = "C(country) + C(period) + log_age"
"""The adjustment within countries: a country's own level takes the place of its region."""
_NONE: Final = {"hazard_ratio": np.nan, "low": np.nan, "high": np.nan, "p_value": np.nan}
_STEPS: Final = 50


def harder_inference(at_risk: pd.DataFrame, deaths: Deaths, draws: int = DRAWS) -> pd.DataFrame:
    """Give ``check hazard_ratio low high p_value note`` of war for rows at risk of a listing with their covariates."""
    main = hazard_ratios(at_risk, "listing", ["war"]).iloc[0]
    head = {name: main[name] for name in (*_NONE, "note")}
    if np.isnan(main["hazard_ratio"]):
        return pd.DataFrame([{"check": "main model, clustered by country", **head}])
    among, shifted = permuted(at_risk, deaths, draws)
    said = f"{draws} draws; no interval"
    return pd.DataFrame(
        [
            {"check": "main model, clustered by country", **head, "note": _carried(at_risk)},
            {"check": "whole countries left out in turn (jackknife)", **jackknife(at_risk)},
            {"check": "within countries (fixed effects)", **within_countries(at_risk)},
            {
                "check": "war histories permuted among the countries of a region",
                **_NONE,
                "p_value": among,
                "note": said,
            },
            {
                "check": "war histories shifted in time within their country",
                **_NONE,
                "p_value": shifted,
                "note": said,
            },
        ]
    )


def with_inference(robustness: pd.DataFrame, harder: pd.DataFrame) -> pd.DataFrame:
    """Add the checks to the robustness table; the first is its main row, with what carries the ratio as its note."""
    rows = harder.iloc[1:].rename(columns={"check": "choice"})
    noted = robustness.assign(note=robustness["note"].mask(robustness["choice"] == "main", harder["note"].iloc[0]))
    return pd.concat([noted, rows], ignore_index=True) if len(rows) else noted


def _carried(at_risk: pd.DataFrame) -> str:
    listed = at_risk[at_risk["listing"] & (at_risk["war"] == 1)]
    return f"{len(listed)} listings after war in {listed['country'].nunique()} countries"


def within_countries(at_risk: pd.DataFrame) -> dict[str, object]:
    """Fit the model with a level for each country; one without a listing says nothing of it, and is left out."""
    listed = at_risk.groupby("country")["listing"].transform("any")
    rows = at_risk[listed]
    fitted = hazard_ratios(rows, "listing", ["war"], WITHIN).iloc[0]
    return {name: fitted[name] for name in _NONE} | {
        "note": fitted["note"] or f"{rows['country'].nunique()} countries with a listing"
    }


def jackknife(at_risk: pd.DataFrame) -> dict[str, object]:
    """Give the ratio of war with the interval of a jackknife over countries, by t with countries less one degrees of freedom."""
    design, happened = _design(at_risk, f"war + {ADJUSTMENT}")
    groups = pd.factorize(at_risk["country"])[0]
    whole = fit_cloglog(design, happened, np.zeros(design.shape[1]))
    left = []
    for group in range(groups.max() + 1):
        kept = groups != group
        left.append(fit_cloglog(design[kept], happened[kept], whole)[1])
    moved, count = np.array(left) - whole[1], len(left)
    error = float(np.sqrt((count - 1) / count * np.sum(moved**2)))
    if not np.isfinite(error) or error == 0:
        return _NONE | {"note": "left out in turn, a country leaves nothing to fit"}
    wide = float(stats.t.ppf(0.975, count - 1)) * error
    low, ratio, high = np.exp([whole[1] - wide, whole[1], whole[1] + wide])
    chance = 2 * float(stats.t.sf(abs(whole[1]) / error, count - 1))
    return {"hazard_ratio": ratio, "low": low, "high": high, "p_value": chance, "note": f"{count} countries"}


def fit_cloglog(design: np.ndarray, happened: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Fit a binomial regression with a complementary log-log link by Fisher scoring from ``start``; NaN where it does not settle.

    It has settled when no fitted hazard moves: a period without an event has a level of minus infinity, which stops nothing.
    """
    beta = start if start.any() else _level(design, happened)
    before = np.full(len(happened), np.inf)
    for _ in range(_STEPS):
        hazard = np.exp(np.clip(design @ beta, -30, 3))
        if np.abs(hazard - before).max() < 1e-9:
            return beta
        before = hazard
        chance = -np.expm1(-hazard)
        slope = hazard * np.exp(-hazard)
        weight = slope / np.maximum(chance * (1 - chance), 1e-12)
        score = design.T @ (weight * (happened - chance))
        try:
            step = np.linalg.solve((design * (weight * slope)[:, None]).T @ design, score)
        except np.linalg.LinAlgError:
            break
        beta = beta + step / max(1.0, float(np.abs(step).max()))  # far from the top a whole step would leave it
    return np.full(len(beta), np.nan)


def _level(design: np.ndarray, happened: np.ndarray) -> np.ndarray:
    start = np.zeros(design.shape[1])
    start[0] = np.log(-np.log1p(-min(max(happened.mean(), 1e-9), 0.99)))
    return start


def _design(rows: pd.DataFrame, terms: str) -> tuple[np.ndarray, np.ndarray]:
    matrix = np.asarray(dmatrix(terms.replace("war + ", ""), rows), dtype=float)
    kept = matrix[:, matrix.any(axis=0)]
    if terms.startswith("war + "):
        kept = np.insert(kept, 1, rows["war"].to_numpy(dtype=float), axis=1)
    return kept, rows["listing"].to_numpy(dtype=float)


def permuted(at_risk: pd.DataFrame, deaths: Deaths, draws: int) -> tuple[float, float]:
    """Give the share of worlds at least as strong as this one: histories on other countries of the region, and in other years.

    A history is a country's years of war, by the deaths of the year before. The score of war is taken at the model
    without it, so that a world costs one product and no fit.
    """
    histories, country, year = _histories(at_risk, deaths)
    strength = _score(at_risk)
    real = strength(histories[country, year])
    regions = at_risk.groupby("country")["region"].first().to_numpy()
    random = np.random.default_rng(SEED)
    among = [strength(histories[_within(regions, random)][country, year]) for _ in range(draws)]
    shifted = [strength(_shift(histories, random)[country, year]) for _ in range(draws)]
    return _p_value(among, real), _p_value(shifted, real)


def _histories(at_risk: pd.DataFrame, deaths: Deaths) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Give war by country (in order of name) and year, and for each row its country and year in it."""
    names, years = sorted(at_risk["country"].unique()), sorted(at_risk["year"].unique())
    seen = at_risk.groupby(["country", "year"])["war"].max()
    table = np.array([[_war(name, int(year), seen, deaths) for year in years] for name in names], dtype=float)
    return table, np.searchsorted(names, at_risk["country"]), np.searchsorted(years, at_risk["year"])


def _war(name: str, year: int, seen: pd.Series, deaths: Deaths) -> float:
    if (name, year) in seen.index:
        return float(seen[name, year])
    states = (name,) if len(name) == 2 else ()  # a property without a state party has no history beyond its rows
    return float((deaths_at(deaths, "", states, year - 1) or 0) >= WAR_DEATHS) if states else 0.0


def _score(at_risk: pd.DataFrame) -> Callable[[np.ndarray], float]:
    design, happened = _design(at_risk, ADJUSTMENT)
    beta = fit_cloglog(design, happened, np.zeros(design.shape[1]))
    hazard = np.exp(design @ beta)
    chance = -np.expm1(-hazard)
    slope = hazard * np.exp(-hazard)
    weight = slope / (chance * (1 - chance))
    residual, information = weight * (happened - chance), weight * slope
    weighted = design * information[:, None]
    inverse = np.linalg.inv(design.T @ weighted)

    def strength(war: np.ndarray) -> float:
        along = war @ weighted
        variance = float(war**2 @ information - along @ inverse @ along)
        return float(war @ residual) / np.sqrt(variance) if variance > 1e-9 else 0.0

    return strength


def _within(regions: np.ndarray, random: Any) -> np.ndarray:
    order = np.arange(len(regions))
    for region in np.unique(regions):
        place = np.flatnonzero(regions == region)
        order[place] = random.permutation(place)
    return order


def _shift(histories: np.ndarray, random: Any) -> np.ndarray:
    count, years = histories.shape
    begin = random.integers(0, years, count)
    moved: np.ndarray = np.take_along_axis(histories, (np.arange(years) + begin[:, None]) % years, axis=1)
    return moved


def _p_value(worlds: list[float], real: float) -> float:
    return (1 + sum(abs(world) >= abs(real) for world in worlds)) / (1 + len(worlds))
