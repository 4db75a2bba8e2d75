"""The recovery study: how long after fighting, and after harm, until a place is out of danger or restored."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd

from vestige.studying._errors import EditionError, EmptyStudyError, StudyInputError
from vestige.studying._study import Figure, Study, Table
from vestige.studying.data._editions import load_editions
from vestige.studying.data._reasons import load_reasons, with_reason
from vestige.studying.data._restoration import load_judgements, restoration_spells
from vestige.studying.data._tables import Dropped, Source
from vestige.studying.data._terminations import fighting_years, load_terminations
from vestige.studying.data._violence import check_years, deaths_by_country_year, load_country_years
from vestige.studying.recovery._lulls import by_lull
from vestige.studying.recovery._words import (
    REMOVAL_LIMITS,
    REMOVAL_METHOD,
    REMOVAL_REFERENCES,
    RESTORATION_LIMITS,
    RESTORATION_METHOD,
    removal_findings,
    restoration_findings,
)
from vestige.studying.report._figures import survival_figure
from vestige.studying.statistics._competing import cumulative_incidence
from vestige.studying.statistics._spells import LULLS, peace_spells
from vestige.studying.statistics._survival import survival_curve

HORIZON: Final = 15


@dataclass(frozen=True, kw_only=True)
class _Part:
    """One of the two clocks, studied."""

    findings: tuple[str, ...]
    method: tuple[str, ...]
    limits: tuple[str, ...]
    references: tuple[str, ...]
    denominators: tuple[str, ...]
    tables: tuple[Table, ...]
    figures: tuple[Figure, ...]
    sources: tuple[Source, ...]
    dropped: tuple[Dropped, ...]


def recovery_study(
    *,
    sites: Sequence[Path] = (),
    terminations: Path | None = None,
    violence: Path | None = None,
    record: Path | None = None,
    reasons: Path | None = None,
) -> Study:
    """Study time to recovery: from the end of fighting to removal from the List in Danger, and from harm to restoration.

    The first needs ``sites`` (UNESCO exports), ``terminations`` and ``violence`` (UCDP); the second a ``record``. Either may be left out.
    ``reasons`` is a table of why properties were listed, instead of the one of this package.
    Raises a `StudyInputError` for unusable or missing files, `EmptyStudyError` when there is no spell to follow.
    """
    given = (bool(sites), terminations is not None, violence is not None)
    if any(given) and not all(given):
        raise StudyInputError(
            "time to removal needs --sites, --terminations and --violence together", hint="or give --record alone"
        )
    if not any(given) and record is None:
        raise StudyInputError(
            "there is nothing to study", hint="give --record, or --sites, --terminations and --violence"
        )
    parts = []
    if terminations is not None and violence is not None:
        parts.append(_removal(sites, terminations, violence, reasons))
    if record is not None:
        parts.append(_restoration(record))
    return Study(
        name="recovery",
        title="From the end of fighting to recovery",
        question="How long does it take until a place is out of danger after fighting ends, or restored after it was harmed?",
        findings=tuple(line for part in parts for line in part.findings),
        method=tuple(line for part in parts for line in part.method),
        denominators=tuple(line for part in parts for line in part.denominators),
        limits=tuple(line for part in parts for line in part.limits),
        references=tuple(line for part in parts for line in part.references),
        tables=tuple(table for part in parts for table in part.tables),
        figures=tuple(figure for part in parts for figure in part.figures),
        sources=tuple(source for part in parts for source in part.sources),
        dropped=tuple(drop for part in parts for drop in part.dropped),
        options={"horizon_years": HORIZON},
    )


def _removal(sites: Sequence[Path], terminations: Path, violence: Path, reasons: Path | None) -> _Part:
    editions, ends, deaths = load_editions(sites), load_terminations(terminations), load_country_years(violence)
    why = load_reasons(reasons)
    last = min(int(ends.table["year"].max()), int(deaths.table["year"].max()), editions.table.attrs["edition"] - 1)
    if last <= int(deaths.table["year"].min()):
        raise EditionError("the files have no year in common", where=terminations.name)
    check_years(deaths.table, 1989, last, violence.name)
    fighting = fighting_years(ends.table, deaths_by_country_year(deaths.table))

    def spells_of(lull: int) -> pd.DataFrame:
        return with_reason(peace_spells(editions.table, fighting, ends.table, last, lull), why.table)

    spells = spells_of(LULLS[0])
    if spells.empty:
        raise EmptyStudyError("no property in danger has seen an end of fighting in its country", where=sites[0].name)
    lulls = by_lull({lull: spells_of(lull) for lull in LULLS})
    conflict = spells[spells["reason"] == "conflict"]
    curves = pd.concat([survival_curve(rows, group, HORIZON) for group, rows in _groups(spells)], ignore_index=True)
    incidence = cumulative_incidence(conflict, HORIZON) if len(conflict) else pd.DataFrame()
    return _Part(
        findings=removal_findings(spells, curves, incidence, lulls),
        method=REMOVAL_METHOD,
        limits=REMOVAL_LIMITS,
        references=REMOVAL_REFERENCES,
        denominators=(_counted(spells, conflict, last),),
        tables=(
            Table(
                name="removal-lulls",
                title="Listed for conflict, by the lull that makes an end",
                data=lulls,
                on_page=True,
            ),
            Table(name="removal-summary", title="Spells of peace by how they ended", data=_summary(spells)),
            Table(name="removal-incidence", title="Removed, or fighting returned (Aalen-Johansen)", data=incidence),
            Table(name="removal-spells", title="Spells from the end of fighting", data=spells),
            Table(name="listing-reasons", title="Why these properties were listed", data=_listings(spells, why.table)),
        ),
        figures=(
            _curve_figure(
                "removal-curve", "Not yet removed from the List in Danger, by years since fighting ended", curves
            ),
        ),
        sources=(*editions.sources, *ends.sources, *deaths.sources, *why.sources),
        dropped=(*editions.dropped, *ends.dropped),
    )


def _counted(spells: pd.DataFrame, conflict: pd.DataFrame, last: int) -> str:
    return (
        f"{len(spells)} spells of {spells['id_no'].nunique()} properties, ends of fighting 1989 to {last - 1}, followed to {last}; "
        f"{len(conflict)} of {conflict['id_no'].nunique()} properties in {conflict['cluster'].nunique()} countries were listed for "
        f"conflict, {int((spells['reason'] == 'other').sum())} for other reasons, of {int((spells['reason'] == 'unknown').sum())} the "
        "reason is unknown."
    )


def _listings(spells: pd.DataFrame, reasons: pd.DataFrame) -> pd.DataFrame:
    listings = spells[["id_no", "name", "listed", "reason"]].drop_duplicates(["id_no", "listed"])
    return listings.merge(reasons[["id_no", "listed", "says", "source"]], on=["id_no", "listed"], how="left").fillna("")


def _groups(spells: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    titles = {"conflict": "listed for conflict", "other": "other reasons", "unknown": "reason unknown"}
    parts = [(title, spells[spells["reason"] == reason]) for reason, title in titles.items()]
    return [(title, rows) for title, rows in parts if len(rows)]


def _summary(spells: pd.DataFrame) -> pd.DataFrame:
    keys = ["reason", "category", "outcome", "why"]
    counts = spells.groupby(keys)["exit"].agg(spells="size", median_years="median").reset_index()
    table = counts.rename(columns={"outcome": "fighting_ended_by", "why": "spell_ended_by"})
    return table.sort_values(["reason", "category", "fighting_ended_by", "spell_ended_by"], ignore_index=True)


def _restoration(record: Path) -> _Part:
    judgements, loaded = load_judgements(record)
    spells = restoration_spells(judgements)
    if spells.empty:
        raise EmptyStudyError(
            "no site of the record was found destroyed or in very bad condition by assessors who agree",
            where=str(record),
        )
    seen = spells[spells["exit"] > 0]
    once = len(spells) - len(seen)
    dropped = loaded.dropped
    if once:
        dropped = (
            *dropped,
            Dropped(what="sites", count=once, why="not assessed again after the harm: nothing is known of them since"),
        )
    horizon = int(np.ceil(seen["exit"].max())) if len(seen) else 0
    curves = survival_curve(seen, "sites of the record", horizon) if len(seen) else pd.DataFrame()
    return _Part(
        findings=restoration_findings(spells, seen, curves),
        method=RESTORATION_METHOD,
        limits=RESTORATION_LIMITS,
        references=("Kaplan and Meier 1958, JASA 53: 457-481.",),
        denominators=(
            f"{len(judgements)} site-windows; {len(spells)} sites destroyed or in very bad condition, {len(seen)} assessed again.",
        ),
        tables=(
            Table(
                name="restoration-spells",
                title="Sites from harm to restoration",
                data=spells,
                on_page=len(spells) <= 12,
            ),
        ),
        figures=(
            _curve_figure("restoration-curve", "Not yet in fair or good condition, by years since the harm", curves),
        )
        if len(seen)
        else (),
        sources=loaded.sources,
        dropped=dropped,
    )


def _curve_figure(name: str, title: str, curves: pd.DataFrame) -> Figure:
    said = "; ".join(
        f"{group}: {', '.join(f'year {int(row.years)} {row.share:.0%}' for row in rows.itertuples() if row.years in {0, 2, 5, 10, 15})}"
        for group, rows in curves.groupby("group", sort=False)
    )
    alt = f"Kaplan-Meier curves with 95 % intervals over countries. Share not yet: {said}."
    return survival_figure(name, title, alt, curves, "years")
