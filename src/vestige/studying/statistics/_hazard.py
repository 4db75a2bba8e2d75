"""Hazard of a listing in a year: discrete-time models on the panel, with countries as clusters.

The model is a binomial regression with a complementary log-log link, whose exponentiated coefficients are hazard ratios of
the grouped proportional hazards model (Prentice and Gloeckler 1978). statsmodels estimates it, with the covariance
clustered by country. An estimate is an association between war and a decision of the Committee, never a cause.
"""

import warnings
from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import pandas as pd
import statsmodels.api as sm
import statsmodels.formula.api as smf
from statsmodels.tools.sm_exceptions import PerfectSeparationError

#: The main adjustment: UNESCO region, period of five years, and years since inscription (logarithm).
ADJUSTMENT: Final = "C(region) + C(period) + log_age"
WAR_DEATHS: Final = 1000
LARGEST_LOG_RATIO: Final = 15.0
"""A larger logarithm of a hazard ratio (3 million) is no estimate: the likelihood grows without end (separation)."""


def with_covariates(panel: pd.DataFrame) -> pd.DataFrame:
    """Add the covariates: ``war`` (0 or 1), ``minor`` (1-24), ``conflict`` (25-999), ``period``, ``log_age``."""
    return panel.assign(
        war=(panel["deaths"] >= WAR_DEATHS).astype(int),
        minor=panel["deaths"].between(1, 24).astype(int),
        conflict=panel["deaths"].between(25, 999).astype(int),
        period=(panel["year"] - 1989) // 5,
        log_age=np.log1p(panel["age"].clip(lower=0)),
    )


def hazard_ratios(rows: pd.DataFrame, event: str, terms: Sequence[str], adjustment: str = ADJUSTMENT) -> pd.DataFrame:
    """Fit the model of ``event`` and give ``term hazard_ratio low high p_value events years countries note`` for some terms.

    A term whose class holds no event, or no variation, has no finite estimate, and neither has a model that cannot be fitted; it is given
    as NaN with the note that says so.
    """
    happened = int(rows[event].sum())
    context = {"events": happened, "years": len(rows), "countries": int(rows["country"].nunique())}
    usable = [term for term in terms if _events_in(rows, event, term) > 0]
    fitted = _tried(rows, event, usable, adjustment) if usable else {}
    missing = {
        "hazard_ratio": np.nan,
        "low": np.nan,
        "high": np.nan,
        "p_value": np.nan,
        "note": "no event in this class",
    }
    return pd.DataFrame([{"term": term, **fitted.get(term, missing), **context} for term in terms])


def _tried(rows: pd.DataFrame, event: str, terms: Sequence[str], adjustment: str) -> Mapping[str, dict[str, object]]:
    try:
        return _fit(rows, event, terms, adjustment)
    except (np.linalg.LinAlgError, ValueError, PerfectSeparationError):
        none = {
            "hazard_ratio": np.nan,
            "low": np.nan,
            "high": np.nan,
            "p_value": np.nan,
            "note": "the model cannot be fitted",
        }
        return {term: dict(none) for term in terms}


def _events_in(rows: pd.DataFrame, event: str, term: str) -> int:
    exposed = rows[term] > 0
    return 0 if exposed.all() else int(rows.loc[exposed, event].sum())


def equality_p(rows: pd.DataFrame, event: str, terms: Sequence[str], adjustment: str = ADJUSTMENT) -> float:
    """Give the p-value of the Wald test that terms of one model have one hazard ratio; NaN where fewer than two can be estimated."""
    usable = [term for term in terms if _events_in(rows, event, term) > 0]
    if len(usable) < 2:
        return float("nan")
    try:
        fit = _model(rows, event, usable, adjustment)
    except (np.linalg.LinAlgError, ValueError, PerfectSeparationError):
        return float("nan")
    return float(fit.wald_test(", ".join(f"{usable[0]} = {term}" for term in usable[1:]), scalar=True).pvalue)


def _fit(rows: pd.DataFrame, event: str, terms: Sequence[str], adjustment: str) -> Mapping[str, dict[str, object]]:
    fit = _model(rows, event, terms, adjustment)
    intervals = fit.conf_int()
    if max(abs(fit.params[term]) for term in terms) > LARGEST_LOG_RATIO:
        raise PerfectSeparationError("a class splits the years with an event from those without")
    return {
        term: {
            "hazard_ratio": float(np.exp(fit.params[term])),
            "low": float(np.exp(intervals.loc[term, 0])),
            "high": float(np.exp(intervals.loc[term, 1])),
            "p_value": float(fit.pvalues[term]),
            "note": "",
        }
        for term in terms
    }


def _model(rows: pd.DataFrame, event: str, terms: Sequence[str], adjustment: str) -> Any:
    formula = f"outcome ~ {' + '.join(terms)}" + (f" + {adjustment}" if adjustment else "")
    family = sm.families.Binomial(sm.families.links.CLogLog())
    clusters = pd.factorize(rows["country"])[0]
    if len(set(clusters)) < 2:
        raise ValueError("errors clustered by country want two countries at least")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # separation is looked for in the estimates
        model = smf.glm(formula, rows.assign(outcome=rows[event].astype(int)), family=family)
        return model.fit(cov_type="cluster", cov_kwds={"groups": clusters})
