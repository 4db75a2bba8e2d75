"""What the recovery study says of either clock: findings from the spells, and its method and limits in words."""

from typing import Final

import pandas as pd
from lifelines.statistics import logrank_test

from vestige.studying.statistics._survival import median_time, share_by


def removal_findings(spells: pd.DataFrame, curves: pd.DataFrame) -> tuple[str, ...]:
    """Say how long removal took, and whether agreements differ from other ends of fighting."""
    every = curves[curves["group"] == "all"]
    median = median_time(every)
    five, low, high = share_by(every, 5)
    returned = int((spells["why"] == "fighting returned").sum())
    reached = (
        f"half by year {median:.0f}" if median is not None else "too few are followed long enough to say when half were"
    )
    return (
        f"In {returned} of {len(spells)} spells of peace fighting returned before the property left the List in Danger.",
        f"Where peace held, {five:.0%} [{low:.0%}, {high:.0%}] were removed within five years of the end of fighting, and {reached}.",
        _compare(spells),
    )


def _compare(spells: pd.DataFrame) -> str:
    spells = spells[spells["entry"] == 0]  # the log-rank test knows no delayed entry
    agreed = spells["outcome"] == "agreement or ceasefire"
    if agreed.all() or not agreed.any():
        return "All ends of fighting are of one sort: agreements cannot be compared with other ends."
    one, two = spells[agreed], spells[~agreed]
    test = logrank_test(one["exit"], two["exit"], one["recovered"].astype(int), two["recovered"].astype(int))
    p_value = float(test.p_value)
    verdict = (
        "the data could not tell whether the times to removal differ"
        if not p_value < 0.05
        else "the times to removal differ"
    )
    returns = [float((rows["why"] == "fighting returned").mean()) for rows in (one, two)]
    return (
        f"After an agreement or ceasefire ({len(one)} spells) and after other ends ({len(two)}), {verdict} (log-rank p = {p_value:.2f}); "
        f"fighting returned in {returns[0]:.0%} and {returns[1]:.0%}."
    )


def restoration_findings(spells: pd.DataFrame, seen: pd.DataFrame, curves: pd.DataFrame) -> tuple[str, ...]:
    """Say how many sites were restored, and how long that took."""
    restored = int(spells["recovered"].sum())
    line = f"Of {len(spells)} sites found destroyed or in very bad condition, a later assessment found {restored} in fair or good condition."
    if not len(seen):
        return (line, "None was assessed again, so no time to restoration can be given.")
    median = median_time(curves)
    if median is None:
        return (
            line,
            f"{len(seen)} were assessed again: too few, or too few of them restored, to give the time by which half were.",
        )
    return (line, f"Half of those assessed again were restored by year {median:.0f}.")


REMOVAL_METHOD: Final = (
    (
        "Fighting: a year with an active dyad located in a state party (UCDP terminations) and at least 25 deaths recorded there (UCDP "
        "country-year). It ends in a year that no year of fighting follows."
    ),
    (
        "A spell starts with the end of fighting and is seen from the listing on, if that was before or within five years after. It ends with "
        "removal, or is censored when fighting returns, the property is deleted, or the data end."
    ),
    "Kaplan-Meier with delayed entry (lifelines); intervals from 300 bootstrap draws of whole countries.",
)

REMOVAL_LIMITS: Final = (
    (
        "Few spells and fewer recoveries. A property with several ends of fighting has several spells; the intervals allow for that by countries "
        "only."
    ),
    (
        "Removal from the List in Danger is a decision, not a repair, and countries are large: fighting far from a property stops its clock. "
        "Censoring by returning fighting is not random."
    ),
    "Years, not days: an end and a removal in one calendar year cannot be put in order. All of it is association, never cause.",
)

REMOVAL_REFERENCES: Final = (
    "Kreutz 2010, Journal of Peace Research 47(2): 243-250 (UCDP Conflict Termination), ucdp.uu.se.",
    "UNESCO World Heritage Centre, World Heritage List, whc.unesco.org/en/list.",
)

RESTORATION_METHOD: Final = (
    (
        "From the first finding of destroyed or very bad condition in the record to the first later one of fair or good. Windows on which "
        "assessors differ count for nothing. The time is to the last day of the window that says so, not to the work that was done."
    ),
    (
        "Kaplan-Meier (lifelines); a site that is not assessed as restored is censored at its last assessment; intervals from 300 bootstrap draws of "
        "whole countries."
    ),
)

RESTORATION_LIMITS: Final = (
    (
        "The record's own assessments, in the public view: sites that nobody went back to are not seen to recover, and assessors go where they can. "
        "Nothing here says who harmed or who restored, or why."
    ),
)
