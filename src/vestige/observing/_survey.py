"""Many sites, one question: which of them changed in this window."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from vestige.observing._change import test_changes
from vestige.observing._combine import Dependence, Ranked, Rule, combine, rank
from vestige.observing._series import Series
from vestige.observing._window import Window

if TYPE_CHECKING:
    from vestige.observing._result import Change


def survey(
    batch: Iterable[Series],
    after: Window,
    before: Window | None = None,
    *,
    controls: "Iterable[Sequence[Series]] | None" = None,
    rule: Rule = "simes",
    dependence: Dependence = "positive",
) -> list[Ranked]:
    """Test every series, join the orbits of each site (`combine`), and rank the sites with q-values (`rank`).

    ``controls`` holds a list of controls for each series, as in `test_changes`. A series without a ``site`` is a site of its own.
    """
    return rank(
        [combine(changes, rule) for changes in by_site(test_changes(batch, after, before, controls))], dependence
    )


def by_site(changes: "Iterable[Change]") -> "list[list[Change]]":
    """Gather results by their site, in the order of first appearance."""
    sites: dict[str | int, list[Change]] = {}
    for i, change in enumerate(changes):
        sites.setdefault(i if change.site is None else change.site, []).append(change)
    return list(sites.values())
