"""Organized violence by country and year: the UCDP country-year file.

Deaths are UCDP's best estimate over its three types of organized violence (state-based, non-state, one-sided), in the
column ``cumulative_total_deaths_in_orgvio_best_cy``; the low and high estimates and state-based deaths alone are kept for
the robustness tables. Reference: Davies, Engström, Pettersson and Öberg (Journal of Peace Research); CC BY 4.0.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import pandas as pd

from vestige.studying._errors import EditionError, StudyInputError
from vestige.studying.data._countries import WITHOUT_STATE_PARTY, check_ucdp, ucdp_ids
from vestige.studying.data._tables import Loaded, numbers, read_csv

KIND = "UCDP country-year organized violence"
_MEASURES = {
    "best": "cumulative_total_deaths_in_orgvio_best_cy",
    "low": "cumulative_total_deaths_in_orgvio_low_cy",
    "high": "cumulative_total_deaths_in_orgvio_high_cy",
    "state_based": "sb_total_deaths_best_cy",
}
_REQUIRED = ("country_id_cy", "country_cy", "year_cy", *_MEASURES.values())

Deaths: TypeAlias = Mapping[tuple[int, int], float]


def load_country_years(path: Path) -> Loaded:
    """Load the file: ``country_id``, ``country``, ``year`` and deaths ``best``, ``low``, ``high``, ``state_based``."""
    raw, source = read_csv(path, _REQUIRED, KIND)
    table = pd.DataFrame(
        {
            "country_id": numbers(raw, "country_id_cy", path.name).astype(int),
            "country": raw["country_cy"],
            "year": numbers(raw, "year_cy", path.name).astype(int),
            **{name: numbers(raw, column, path.name) for name, column in _MEASURES.items()},
        }
    )
    check_ucdp(table["country_id"], path.name)
    twice = table.duplicated(["country_id", "year"])
    if twice.any():
        first = table[twice].iloc[0]
        raise StudyInputError(f"{first['country']} {first['year']} stands there twice", where=path.name)
    return Loaded(table=table, sources=(source,))


def deaths_by_country_year(table: pd.DataFrame, measure: str = "best") -> dict[tuple[int, int], float]:
    """Give deaths keyed by (UCDP country id, year)."""
    return dict(zip(zip(table["country_id"], table["year"], strict=True), table[measure], strict=True))


def check_years(table: pd.DataFrame, first: int, last: int, where: str) -> None:
    """Raise `EditionError` unless the file covers the years of a panel."""
    lowest, highest = int(table["year"].min()), int(table["year"].max())
    if first < lowest or last > highest:
        raise EditionError(
            f"it covers {lowest} to {highest}, the study needs {first} to {last}",
            where=where,
            hint="give a newer edition, or narrow --years",
        )


def deaths_at(
    deaths: Deaths, id_no: str, states: tuple[str, ...], year: int, *, predecessors: bool = True
) -> float | None:
    """Give the largest number of deaths in any state party of a property in a year; None where UCDP has no row.

    ``predecessors=False`` leaves the years before a state's own UCDP row without a value.
    """
    groups = [ucdp_ids(state, year) for state in states] if states else [(WITHOUT_STATE_PARTY[id_no],)]
    if not predecessors:
        today = [ucdp_ids(state, 9998)[:1] for state in states]
        groups = (
            [tuple(i for i in group if i in now) for group, now in zip(groups, today, strict=True)]
            if states
            else groups
        )
    sums = [sum(values) for group in groups if (values := [deaths[i, year] for i in group if (i, year) in deaths])]
    return max(sums, default=None)
