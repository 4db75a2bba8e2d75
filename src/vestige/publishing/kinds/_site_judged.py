"""What several persons judged of a site together, remembered so that agreement is counted without reading a site again.

What is compared are the windows of findings that at least two persons, told apart by the keys that signed, gave a condition. *Unknown* judges
nothing and counts as missing; so does a person who signed two different conditions for one window. The text of a site holds the grades of each
such window as digits, ``"01 33"``: two persons who differ by one step, and two who agree on *Very Bad*.
"""

from collections.abc import Iterable, Mapping

from vestige.entries import SCALE, Finding
from vestige.publishing.views._marks import CONDITIONS

GRADES = len(SCALE)
"""The grades of the condition scale, Good to Destroyed; Unknown, which stands after them, is none."""
FACET = "judged together"
"""Under which name a site's text is remembered."""


def judged_together(findings: Iterable[Finding], persons: Mapping[str, str]) -> str:
    """Give the grades of a site's windows that several persons judged; ``persons`` are those who signed, by the hash of the assessment."""
    windows = []
    for finding in findings:
        given: dict[str, set[int]] = {}
        for condition, hashes in finding.conditions.items():
            if (grade := CONDITIONS.index(condition)) < GRADES:
                for name in hashes:
                    given.setdefault(persons[name], set()).add(grade)
        grades = sorted(next(iter(own)) for own in given.values() if len(own) == 1)
        if len(grades) > 1:
            windows.append("".join(map(str, grades)))
    return " ".join(windows)
