"""What the recovery study says of either clock: findings from the spells, and its method and limits in words."""

from typing import Final

import pandas as pd
from lifelines.statistics import logrank_test

from vestige.studying.statistics._survival import median_time, share_by


def removal_findings(
    spells: pd.DataFrame, curves: pd.DataFrame, incidence: pd.DataFrame, lulls: pd.DataFrame
) -> tuple[str, ...]:
    """Say how long removal took after conflict, what returned first, how that hangs on the lull, and what other listings show."""
    conflict = spells[spells["reason"] == "conflict"]
    if conflict.empty:
        return (
            "No listing is known to have been made for conflict, so nothing can be said of recovery after it.",
            _apart(spells),
        )
    returned = int((conflict["why"] == "fighting returned").sum())
    five = incidence[incidence["years"] == 5].set_index("event")
    removed, again = (five.loc[event] for event in ("removed", "returned"))
    return (
        (
            f"Of {len(conflict)} spells of peace on the List in Danger of properties listed for conflict, {int(conflict['recovered'].sum())} "
            f"ended with removal and {returned} with new fighting. By year five {_share(removed)} were removed and to {_share(again)} "
            "fighting had returned first (Aalen-Johansen)."
        ),
        _if_peace_held(curves[curves["group"] == "listed for conflict"]),
        _of_lulls(lulls),
        _apart(spells),
        _compare(conflict),
    )


def _share(row: pd.Series) -> str:
    return f"{row['share']:.0%} [{row['low']:.0%}, {row['high']:.0%}]"


def _if_peace_held(curve: pd.DataFrame) -> str:
    share, low, high = share_by(curve, 5)
    median = median_time(curve)
    half = f"half by year {median:.0f}" if median is not None else "too few are followed to say when half were"
    return (
        f"Had fighting never returned, and did its return say nothing of recovery, {share:.0%} [{low:.0%}, {high:.0%}] would have been "
        f"removed by year five (Kaplan-Meier), {half}."
    )


def _of_lulls(lulls: pd.DataFrame) -> str:
    told = "; ".join(
        f"{int(row.lull_years)}: {int(row.conflict)} spells, {row.removed:.0%} [{row.removed_low:.0%}, {row.removed_high:.0%}]"
        for row in lulls[lulls["conflict"] > 0].itertuples()
    )
    return f"An end here is one year without fighting. By lull in years, removed by year five: {told}. Within a lull fighting cannot return."


def _apart(spells: pd.DataFrame) -> str:
    rows = {reason: spells[spells["reason"] == reason] for reason in ("other", "unknown")}
    counts = {reason: (len(part), int(part["recovered"].sum())) for reason, part in rows.items()}
    return (
        f"Not counted as recovery: {counts['other'][0]} spells of properties listed for other reasons ({counts['other'][1]} removals) and "
        f"{counts['unknown'][0]} whose reason is unknown ({counts['unknown'][1]})."
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
        else "the times to removal differ, if the spells of one country are taken for independent"
    )
    returns = [int((rows["why"] == "fighting returned").sum()) for rows in (one, two)]
    return (
        f"After an agreement or ceasefire ({len(one)} spells) and after other ends ({len(two)}), {verdict} (log-rank p = {p_value:.2f}); "
        f"fighting returned in {returns[0]} of {len(one)} and {returns[1]} of {len(two)}, which was not tested."
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
        "country-year). It ends in a year that a lull follows: one year without fighting, and 2, 3 and 5 beside it."
    ),
    (
        "A spell starts with the end of fighting and is seen from the listing on, if that was before or within five years after. It ends with "
        "removal or with new fighting, or is censored when the property is deleted or the data end."
    ),
    (
        "Only listings count whose reason was conflict: UNESCO's pages name war, armed conflict, armed groups or mines (table listing-reasons, with "
        "sources). Returning fighting competes with removal: cumulative incidence (Aalen-Johansen), and Kaplan-Meier beside it (lifelines), both with "
        "delayed entry; intervals from 300 bootstrap draws of whole countries."
    ),
)

REMOVAL_LIMITS: Final = (
    (
        "Few spells and fewer recoveries. A property with several ends of fighting has several spells; the intervals allow for that by countries "
        "only."
    ),
    (
        "Removal from the List in Danger is a decision, not a repair, and countries are large: fighting far from a property stops its clock. "
        "Few listings name one reason; where conflict is among them, the listing counts."
    ),
    "Years, not days: an end and a removal in one calendar year cannot be put in order. All of it is association, never cause.",
)

REMOVAL_REFERENCES: Final = (
    "Kreutz 2010, Journal of Peace Research 47(2): 243-250 (UCDP Conflict Termination), ucdp.uu.se.",
    "UNESCO World Heritage Centre, World Heritage List and state of conservation, whc.unesco.org/en/list, whc.unesco.org/en/soc.",
    "Aalen and Johansen 1978, Scandinavian Journal of Statistics 5: 141-150.",
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
