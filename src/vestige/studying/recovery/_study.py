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
from vestige.studying.data._restoration import load_judgements, restoration_spells
from vestige.studying.data._tables import Dropped, Source
from vestige.studying.data._terminations import fighting_years, load_terminations
from vestige.studying.data._violence import check_years, deaths_by_country_year, load_country_years
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
from vestige.studying.statistics._spells import peace_spells
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
) -> Study:
    """Study time to recovery: from the end of fighting to removal from the List in Danger, and from harm to restoration.

    The first needs ``sites`` (UNESCO exports), ``terminations`` and ``violence`` (UCDP); the second a ``record``. Either may be left out.
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
        parts.append(_removal(sites, terminations, violence))
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


def _removal(sites: Sequence[Path], terminations: Path, violence: Path) -> _Part:
    editions, ends, deaths = load_editions(sites), load_terminations(terminations), load_country_years(violence)
    last = min(int(ends.table["year"].max()), int(deaths.table["year"].max()), editions.table.attrs["edition"] - 1)
    if last <= int(deaths.table["year"].min()):
        raise EditionError("the files have no year in common", where=terminations.name)
    check_years(deaths.table, 1989, last, violence.name)
    fighting = fighting_years(ends.table, deaths_by_country_year(deaths.table))
    spells = peace_spells(editions.table, fighting, ends.table, last)
    if spells.empty:
        raise EmptyStudyError("no property in danger has seen an end of fighting in its country", where=sites[0].name)
    curves = pd.concat([survival_curve(rows, group, HORIZON) for group, rows in _groups(spells)], ignore_index=True)
    return _Part(
        findings=removal_findings(spells, curves),
        method=REMOVAL_METHOD,
        limits=REMOVAL_LIMITS,
        references=REMOVAL_REFERENCES,
        denominators=(
            (
                f"{len(spells)} spells of {spells['id_no'].nunique()} properties in {spells['cluster'].nunique()} countries, ends of fighting "
                f"1989 to {last - 1}, followed to {last}: {int(spells['recovered'].sum())} removals."
            ),
        ),
        tables=(
            Table(
                name="removal-summary", title="Spells of peace by how they ended", data=_summary(spells), on_page=True
            ),
            Table(name="removal-spells", title="Spells from the end of fighting", data=spells),
        ),
        figures=(
            _curve_figure(
                "removal-curve", "Not yet removed from the List in Danger, by years since fighting ended", curves
            ),
        ),
        sources=(*editions.sources, *ends.sources, *deaths.sources),
        dropped=(*editions.dropped, *ends.dropped),
    )


def _groups(spells: pd.DataFrame) -> list[tuple[str, pd.DataFrame]]:
    parts = [("all", spells), ("cultural", spells[spells["category"] == "Cultural"])]
    parts.append(("natural and mixed", spells[spells["category"] != "Cultural"]))
    return [(name, rows) for name, rows in parts if len(rows)]


def _summary(spells: pd.DataFrame) -> pd.DataFrame:
    counts = spells.groupby(["category", "outcome", "why"]).size().rename("spells").reset_index()
    years = spells.groupby(["category", "outcome", "why"])["exit"].median().rename("median_years").reset_index()
    table = counts.merge(years).rename(columns={"outcome": "fighting_ended_by", "why": "spell_ended_by"})
    return table.sort_values(["category", "fighting_ended_by", "spell_ended_by"], ignore_index=True)


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
