"""Findings: what several assessments of one site come to. Derived, never written.

Assessments speak of the same window when the first and last day that their windows can mean are equal. An assessor counts once a
window: the latest of their assessments. What counts as agreement are *persons*, by the keys that signed: a judgement that somebody transcribed is
shown under its author's name and counts as the transcriber's. A finding is

- *agreed* when at least as many persons as the policy requires give the same condition and none gives another,
- *contested* when two assessments give different conditions; all are shown,
- *single* otherwise: those who spoke do not differ, but are fewer than required.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping

import msgspec

from vestige.entries._values import DateWindow
from vestige.entries.kinds import Assessment


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the assessments of one site say of one window.

    ``state`` is agreed, contested or single. ``conditions`` maps each condition state to the hashes of the assessments that give it;
    ``persons`` is how many persons have signed them.
    """

    site: str
    window: DateWindow
    state: str
    conditions: Mapping[str, tuple[str, ...]]
    required: int
    persons: int = 0

    @property
    def assessors(self) -> int:
        """How many assessors have spoken, transcribed ones included."""
        return sum(map(len, self.conditions.values()))


Window = tuple[dt.date | None, dt.date]
Judged = tuple[str, Assessment, str]
"""An assessment with the hash of its entry before it and the person who signed it after it."""


def derive_findings(assessments: Iterable[Judged], *, required: int = 2) -> list[Finding]:
    """Derive the findings of one or several sites from (entry hash, assessment, person who signed) in ledger order.

    Findings come sorted by site and by the last day of their window. ``required`` is the policy's number of persons.
    """
    spoken: dict[tuple[str, Window], dict[tuple[str, str], Judged]] = {}
    for judged in assessments:
        _, assessment, person = judged
        key = (assessment.site, assessment.window.bounds())
        spoken.setdefault(key, {})[person, _who(assessment)] = judged
    order = sorted(spoken, key=lambda key: (key[0], key[1][1], key[1][0] or dt.date.min))
    return [_finding(site, spoken[site, window].values(), required) for site, window in order]


def _who(assessment: Assessment) -> str:
    assessor = assessment.assessor
    return assessor.actor or " ".join(f"{assessor.name} / {assessor.organisation or ''}".casefold().split())


def _finding(site: str, spoken: Collection[Judged], required: int) -> Finding:
    conditions: dict[str, tuple[str, ...]] = {}
    for entry, assessment, _ in spoken:
        conditions[assessment.condition] = (*conditions.get(assessment.condition, ()), entry)
    persons = len({person for _, _, person in spoken})
    state = "contested" if len(conditions) > 1 else "agreed" if persons >= required else "single"
    window = next(iter(spoken))[1].window
    return Finding(site=site, window=window, state=state, conditions=conditions, required=required, persons=persons)
