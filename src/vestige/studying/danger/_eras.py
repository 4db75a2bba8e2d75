"""Is the hazard ratio of war one number? By era, with the test that it is the same in all, and against natural properties."""

from typing import Final

import pandas as pd

from vestige.studying.statistics._hazard import ADJUSTMENT, equality_p, hazard_ratios

STARTS: Final = (2001, 2012)
"""Years in which the second and the third era begin: the study's years in three parts of about the same length."""


def by_era(at_risk: pd.DataFrame, first: int, last: int, adjustment: str = ADJUSTMENT) -> tuple[pd.DataFrame, float]:
    """Give the hazard ratio of war in each era, of one model, and the p-value that they are equal: a test of proportional hazards."""
    begins = [first, *(year for year in STARTS if first < year <= last)]
    ends = [*(year - 1 for year in begins[1:]), last]
    terms = [f"war_{begin}_{end}" for begin, end in zip(begins, ends, strict=True)]
    rows = at_risk.assign(
        **{
            term: at_risk["war"] * at_risk["year"].between(begin, end)
            for term, begin, end in zip(terms, begins, ends, strict=True)
        }
    )
    return hazard_ratios(rows, "listing", terms, adjustment), equality_p(rows, "listing", terms, adjustment)


def against_natural(panel: pd.DataFrame) -> pd.DataFrame:
    """Give how many times the hazard ratio of war of cultural properties is that of natural ones, of one model of both."""
    both = panel[panel["at_risk"] & panel["category"].isin(["Cultural", "Natural"])]
    cultural = (both["category"] == "Cultural").astype(int)
    rows = both.assign(cultural=cultural, war_cultural=both["war"] * cultural)
    return hazard_ratios(rows, "listing", ["war", "war_cultural"], f"cultural + {ADJUSTMENT}").tail(1)
