"""Spells of peace on the List in Danger: from the end of fighting to removal.

A spell belongs to one period of a property on the List in Danger and to one end of fighting in its state party. The clock starts with
the last year of fighting; the spell is seen from the listing on. It ends with removal from the List in Danger (recovery), or is
censored: when fighting returns, when the property is deleted from the World Heritage List, or when the data end. A listing more than
``REACH`` years after the last fighting is not counted as one that war left behind.
"""

from typing import Any, Final

import pandas as pd

from vestige.studying.data._countries import WITHOUT_STATE_PARTY, ucdp_ids
from vestige.studying.data._terminations import Fighting, fighting_near, outcome_at

REACH: Final = 5
FIRST: Final = 1989
LULLS: Final = (1, 2, 3, 5)
"""Lulls that are compared, in years; the first is the main one."""


def peace_spells(
    properties: pd.DataFrame, fighting: Fighting, terminations: pd.DataFrame, last: int, lull: int = LULLS[0]
) -> pd.DataFrame:
    """Give the spells: ``id_no name category cluster listed fighting_ended outcome entry exit recovered why``, in years.

    ``last`` is the last year in which both the list and the fighting are known; ``lull`` years without fighting make an end.
    """
    sites = properties.itertuples(index=False)
    rows = [row for site in sites for row in _of_site(site, fighting, terminations, last, lull)]
    columns = [
        "id_no", "name", "category", "cluster", "listed", "fighting_ended", "outcome", "entry", "exit", "recovered", "why",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _of_site(
    site: Any, fighting: Fighting, terminations: pd.DataFrame, last: int, lull: int
) -> list[dict[str, object]]:
    if not site.danger:
        return []
    fought = fighting_near(fighting, site.id_no, site.states, FIRST, last)
    ends = sorted(
        year for year in fought if year + lull <= last and fought.isdisjoint(range(year + 1, year + lull + 1))
    )
    rows = []
    for start, end in site.danger:
        before = [year for year in ends if start - REACH <= year <= start][-1:]
        during = [year for year in ends if year > start and (end is None or year < end)]
        for year in before + during:
            entry, stop, recovered, why = _follow(site, start, end, year, fought, last)
            if stop > entry:
                countries = _ids(site, year)
                rows.append(
                    {
                        "id_no": site.id_no,
                        "name": site.name,
                        "category": site.category,
                        "cluster": ",".join(site.states) or "no state party",
                        "listed": start,
                        "fighting_ended": year,
                        "outcome": outcome_at(terminations, countries, year),
                        "entry": entry,
                        "exit": stop,
                        "recovered": recovered,
                        "why": why,
                    }
                )
    return rows


def _follow(
    site: Any, start: int, end: int | None, ended: int, fought: frozenset[int], last: int
) -> tuple[int, int, bool, str]:
    returns = min(
        (year for year in fought if year > ended), default=last + 1
    )  # fighting after the data end is not known
    seen = min(last, site.last_seen)
    stop = min(end if end is not None else seen, returns, seen)
    deletion = bool(site.deleted) and end is not None and end >= site.last_seen
    recovered = end is not None and stop == end and end < returns and not deletion
    why = (
        "removed from the list"
        if recovered
        else "fighting returned"
        if stop == returns
        else "deleted"
        if deletion
        else "data end"
    )
    return max(0, start - ended), stop - ended, recovered, why


def _ids(site: Any, year: int) -> frozenset[int]:
    if not site.states:
        return frozenset({WITHOUT_STATE_PARTY[site.id_no]})
    return frozenset(ucdp for state in site.states for ucdp in ucdp_ids(state, year))
