"""Findings: what several assessments of one site come to. Derived, never written.

Assessments are compared when their windows overlap or nearly touch (`NEAR_DAYS`). A finding holds the assessments that are all
comparable with each other and to which no further one can be added: a maximal clique of the intervals. Windows being intervals, the
members of a clique share a time, and that time, not the widest of their windows, is what the finding speaks of. So a vague window takes part in the findings of
every narrower one inside it and leads none of them, and one more assessment enlarges findings, or adds one, and takes none apart.
The order of entry plays no part.

What counts as agreement are *persons*, by the keys that signed: a judgement that somebody transcribed is shown under its author's name and counts as
the transcriber's. Of several judgements by one assessor in one finding the narrowest counts, of equally narrow ones the latest in time,
and *Unknown*, which judges nothing, only where there is no other. A finding is

- *agreed* when at least as many persons as the policy requires give the same condition and none gives another,
- *contested* when two assessments give different conditions; all are shown, and `steps` tells neighbours from opposite ends,
- *single* otherwise: those who spoke do not differ, but are fewer than required.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping

import msgspec

from vestige.entries._known_by import known_by
from vestige.entries._values import DateWindow
from vestige.entries.kinds import Assessment

NEAR_DAYS = 3
"""Windows nearly touch when one starts at most so many days after the other ends: sources date one night's event by up to so much apart."""
SCALE = ("Good", "Fair", "Poor", "Very Bad", "Destroyed")
"""EAMENA's condition states in order; *Unknown* stands outside."""
UNKNOWN = "Unknown"


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """What the assessments of one site say of one time.

    ``window`` is the time that they share. ``state`` is agreed, contested or single. ``conditions`` maps each condition state to the hashes of the
    assessments that give it; ``persons`` is how many persons have signed them. ``steps`` is how far apart on the scale the conditions lie: 0 for one
    condition, 1 for neighbours, 4 for opposite ends.
    """

    site: str
    window: DateWindow
    state: str
    conditions: Mapping[str, tuple[str, ...]]
    required: int
    persons: int = 0
    steps: int = 0

    @property
    def assessors(self) -> int:
        """How many assessors have spoken, transcribed ones included."""
        return sum(map(len, self.conditions.values()))

    @property
    def condition(self) -> str | None:
        """The one condition that all give who judge it, *Unknown* where nobody does; None when it is contested."""
        known = [condition for condition in self.conditions if condition != UNKNOWN]
        return None if len(known) > 1 else (*known, UNKNOWN)[0]

    @property
    def rank(self) -> int | None:
        """Where on `SCALE` the worst condition given stands, 0 for the best; None where nobody judges any."""
        return max((SCALE.index(condition) for condition in self.conditions if condition != UNKNOWN), default=None)


Judged = tuple[str, Assessment, str]
"""An assessment with the hash of its entry before it and the person who signed it after it."""


class _Spoken(msgspec.Struct, frozen=True):
    """A judgement with the first and last day, as ordinals, that its window can mean."""

    first: int
    last: int
    judged: Judged


def derive_findings(assessments: Iterable[Judged], *, required: int = 2) -> list[Finding]:
    """Derive the findings of one or several sites from (entry hash, assessment, person who signed), in any order.

    Findings come sorted by site and by the time that they speak of. ``required`` is the policy's number of persons.
    """
    sites: dict[str, list[_Spoken]] = {}
    for judged in assessments:
        first, last = judged[1].window.bounds()
        spoken = _Spoken((first or dt.date.min).toordinal(), last.toordinal(), judged)
        sites.setdefault(judged[1].site, []).append(spoken)
    return [_finding(site, clique, required) for site in sorted(sites) for clique in _cliques(sites[site])]


def _cliques(spoken: Collection[_Spoken]) -> Iterator[list[_Spoken]]:
    """Give the maximal sets of judgements whose windows all overlap or nearly touch, from the earliest to the latest.

    At every first day the set of those under way is one, unless it is a part of the next: nobody has left before that.
    """
    starts = sorted({one.first for one in spoken})
    for start, following in zip(starts, [*starts[1:], None], strict=True):
        clique = [one for one in spoken if one.first <= start <= one.last + NEAR_DAYS]
        if following is None or any(one.last + NEAR_DAYS < following for one in clique):
            yield clique


def _counting(clique: Iterable[_Spoken]) -> list[_Spoken]:
    """Leave one judgement an assessor, or those that he gave for the very same window."""
    heard: dict[tuple[str, str], list[_Spoken]] = {}
    for one in clique:
        heard.setdefault((one.judged[2], _who(one.judged[1])), []).append(one)
    return [one for own in heard.values() for one in own if _rank(one) == min(map(_rank, own))]


def _rank(one: _Spoken) -> tuple[bool, int, int]:
    return one.judged[1].condition == UNKNOWN, one.last - one.first, -one.last


def _who(assessment: Assessment) -> str:
    assessor = assessment.assessor
    return assessor.actor or known_by(assessor.name, assessor.organisation)


def _finding(site: str, clique: list[_Spoken], required: int) -> Finding:
    counting = [one.judged for one in _counting(clique)]
    given = {assessment.condition for _, assessment, _ in counting}
    conditions = {
        condition: tuple(sorted(name for name, assessment, _ in counting if assessment.condition == condition))
        for condition in (*SCALE, UNKNOWN)
        if condition in given
    }
    known = [SCALE.index(condition) for condition in conditions if condition != UNKNOWN]
    agreeing = {person for _, assessment, person in counting if assessment.condition != UNKNOWN}
    return Finding(
        site=site,
        window=_shared(clique),
        state="contested" if len(known) > 1 else "agreed" if len(agreeing) >= required else "single",
        conditions=conditions,
        required=required,
        persons=len({person for _, _, person in counting}),
        steps=known[-1] - known[0] if known else 0,
    )


def _shared(clique: list[_Spoken]) -> DateWindow:
    """Give the time that windows share, or that between them where they only nearly touch; a window that is all of it as it was written."""
    first, last = sorted((max(one.first for one in clique), min(one.last for one in clique)))
    written = sorted(
        (one.judged[1].window for one in clique if (one.first, one.last) == (first, last)),
        key=lambda window: (window.when != "on", window.when, window.start or "", window.end or ""),
    )
    if written:
        return written[0]
    start, end = (dt.date.fromordinal(day).isoformat() for day in (first, last))
    return DateWindow(when="on", start=start) if start == end else DateWindow(when="between", start=start, end=end)
