"""What a site is told by before all else: the worst condition that an assessor documents, and what followed. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from vestige.entries import SCALE, Finding
from vestige.publishing.views._partials import Lead

COURSE = "course"
"""Under which name it is remembered how a site is counted by the worst that is documented of it."""
COURSES = ("destroyed", "damaged", "unharmed", "better")
"""How sites are counted: the worst is Destroyed; Fair, Poor or Very Bad; Good; and those of the first two that were judged better since."""
_MOST_NAMED = 3


def worst_of(findings: Iterable[Finding]) -> Finding | None:
    """Give the finding whose worst condition is the worst, of several alike the first; None where no condition is known.

    A contested finding counts by the worst that an assessor gives: what is shown of it names both.
    """
    ranked = [(rank, finding) for finding in findings if (rank := finding.rank) is not None]
    top = max((rank for rank, _ in ranked), default=0)
    return next((finding for rank, finding in ranked if rank == top), None)


def lead_of(findings: Sequence[Finding], assessors: Mapping[str, str]) -> Lead | None:
    """Give what leads; ``assessors`` names, by the hash of each assessment, who judged. None where no condition is known."""
    worst = worst_of(findings)
    if worst is None:
        return None
    hashes = [name for condition in _worst_first(worst) for name in worst.conditions[condition]]
    newest = [rank for finding in findings if (rank := finding.rank) is not None][-1]
    return Lead(
        conditions=_worst_first(worst),
        state=worst.state,
        window=worst.window,
        assessors=tuple(dict.fromkeys(assessors[name] for name in hashes))[:_MOST_NAMED],
        better_since=newest < (worst.rank or 0),
    )


def course_of(lead: Lead) -> str:
    """Give the courses of a site, parted by a blank."""
    rank = SCALE.index(lead.condition)
    course = "unharmed" if rank == 0 else "destroyed" if lead.condition == "Destroyed" else "damaged"
    return f"{course} better" if lead.better_since else course


def _worst_first(finding: Finding) -> tuple[str, ...]:
    known = (condition for condition in finding.conditions if condition in SCALE)
    return tuple(sorted(known, key=SCALE.index, reverse=True))
