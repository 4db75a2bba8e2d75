"""Findings: what several assessments of one site come to. Derived, never written.

Assessments speak of the same window when the first and last day that their windows can mean are equal. An assessor counts once a
window: the latest of their assessments. A finding is

- *agreed* when at least as many assessors as the policy requires give the same condition and none gives another,
- *contested* when two give different conditions; all are shown,
- *single* otherwise: those who spoke do not differ, but are fewer than required.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

import msgspec

from vestige.entries._values import DateWindow
from vestige.entries.kinds import Assessment


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the assessments of one site say of one window.

    ``state`` is agreed, contested or single. ``conditions`` maps each condition state to the hashes of the assessments that give it.
    """

    site: str
    window: DateWindow
    state: str
    conditions: Mapping[str, tuple[str, ...]]
    required: int

    @property
    def assessors(self) -> int:
        """How many assessors have spoken."""
        return sum(map(len, self.conditions.values()))


Window = tuple[dt.date | None, dt.date]


def derive_findings(assessments: Iterable[tuple[str, Assessment]], *, required: int = 2) -> list[Finding]:
    """Derive the findings of one or several sites from (entry hash, assessment) pairs in ledger order.

    Findings come sorted by site and by the last day of their window. ``required`` is the policy's number of assessors.
    """
    spoken: dict[tuple[str, Window], dict[str, tuple[str, Assessment]]] = {}
    for entry, assessment in assessments:
        key = (assessment.site, assessment.window.bounds())
        spoken.setdefault(key, {})[_who(assessment)] = (entry, assessment)
    order = sorted(spoken, key=lambda key: (key[0], key[1][1], key[1][0] or dt.date.min))
    return [_finding(site, spoken[site, window], required) for site, window in order]


def _who(assessment: Assessment) -> str:
    assessor = assessment.assessor
    return assessor.actor or " ".join(f"{assessor.name} / {assessor.organisation or ''}".casefold().split())


def _finding(site: str, by_assessor: Mapping[str, tuple[str, Assessment]], required: int) -> Finding:
    conditions: dict[str, tuple[str, ...]] = {}
    for entry, assessment in by_assessor.values():
        conditions[assessment.condition] = (*conditions.get(assessment.condition, ()), entry)
    state = "contested" if len(conditions) > 1 else "agreed" if len(by_assessor) >= required else "single"
    window = next(iter(by_assessor.values()))[1].window
    return Finding(site=site, window=window, state=state, conditions=conditions, required=required)
