"""From destruction to restoration, in the assessments of a record.

The clock of a site starts when an assessment first finds it destroyed or in very bad condition, and stops when a later one finds it in
fair or good condition. Both are windows, not days: the start is the last day of the first, the stop the last day of the second, so the
time is to the assessment that says so. What no later assessment says is censored at the site's last assessment. Windows on which
assessors differ (contested) start and stop nothing, and are counted.
"""

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pandas as pd

from vestige.entries import Site
from vestige.record import Record
from vestige.studying._errors import EmptyStudyError
from vestige.studying.data._tables import Dropped, Loaded, Source

HARMED: Final = frozenset({"Destroyed", "Very Bad"})
RESTORED: Final = frozenset({"Fair", "Good"})
_DAYS_A_YEAR: Final = 365.25


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """What the assessors of one site came to for one window: its last day, and the condition, or None where they differ."""

    site: str
    country: str
    day: dt.date
    condition: str | None


def restoration_spells(judgements: Iterable[Judgement]) -> pd.DataFrame:
    """Give a row a site that was found destroyed or in very bad condition: ``site cluster entry exit recovered`` in years."""
    by_site: dict[str, list[Judgement]] = {}
    for judgement in judgements:
        by_site.setdefault(judgement.site, []).append(judgement)
    rows = [row for site in sorted(by_site) if (row := _spell(by_site[site]))]
    return pd.DataFrame(rows, columns=["site", "cluster", "harmed", "entry", "exit", "recovered"])


def _spell(judgements: list[Judgement]) -> dict[str, object] | None:
    ordered = sorted((each for each in judgements if each.condition is not None), key=lambda each: each.day)
    start = next((each for each in ordered if each.condition in HARMED), None)
    if start is None:
        return None
    later = [each for each in ordered if each.day > start.day]
    stop = next((each for each in later if each.condition in RESTORED), None)
    end = stop or (later[-1] if later else start)
    years = (end.day - start.day).days / _DAYS_A_YEAR
    return {
        "site": start.site,
        "cluster": start.country or start.site,
        "harmed": start.day.isoformat(),
        "entry": 0.0,
        "exit": years,
        "recovered": stop is not None,
    }


def load_judgements(path: Path) -> tuple[list[Judgement], Loaded]:
    """Read a record's findings in the public view, through its index.

    The source's fingerprint is over the hashes of the assessments that stand, so that a study entered later leaves it as it is. Raises
    the record's own errors, and `EmptyStudyError` when it holds no assessment.
    """
    with Record.open(path) as record:
        hashes = sorted(entry.hash for entry in record.index.entries("assessment", current=True))
        if not hashes:
            raise EmptyStudyError(
                "the record holds no public assessment", where=str(path), hint="add some: vestige assess"
            )
        findings = record.index.findings()
        countries = {about: _country(record, about) for about in {finding.site for finding in findings}}
        name = record.policy.name
    judgements = [
        Judgement(
            site=finding.site,
            country=countries[finding.site],
            day=finding.window.bounds()[1],
            condition=finding.condition,
        )
        for finding in findings
    ]
    contested = sum(judgement.condition is None for judgement in judgements)
    why = "assessors differ on the condition; the record shows both"
    dropped = (Dropped(what="contested windows", count=contested, why=why),) if contested else ()
    fingerprint = hashlib.sha256("\n".join(hashes).encode()).hexdigest()
    source = Source(name=f"record “{name}”", sha256=fingerprint, rows=len(hashes), kind="assessments that stand")
    return judgements, Loaded(table=pd.DataFrame(), sources=(source,), dropped=dropped)


def _country(record: Record, about: str) -> str:
    entry = record.index.current(about)
    return ",".join(entry.body.countries) if entry is not None and isinstance(entry.body, Site) else ""
