"""Counting what a record holds, from what is remembered of its things. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from vestige.publishing._registry import ALL
from vestige.publishing.kinds._kind import Tallied
from vestige.publishing.memory._things import Tally
from vestige.publishing.views._views import Counts


def count_record(tallies: Sequence[Tally], standing: Mapping[str, int], size: int) -> Counts:
    """Give the counts of a record of ``size`` entries; ``standing`` counts its standing entries a kind."""
    counts: dict[str, int] = {}
    for kind in ALL:
        own = [tally for tally in tallies if tally.kind == kind.name]
        counts |= kind.counts(_tallied(own, standing.get(kind.name, 0)))
    return counts | {"withdrawn": standing.get("withdrawal", 0), "entries": size}


def _tallied(tallies: Sequence[Tally], entries: int) -> Tallied:
    states: dict[str, int] = {}
    for tally in tallies:
        states[tally.state] = states.get(tally.state, 0) + tally.count
    located, sensitive = sum(tally.located for tally in tallies), sum(tally.sensitive for tally in tallies)
    return Tallied(sum(states.values()), states, located, sensitive, entries)


def count_countries(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """Count the sites by country and state of their finding; a site in two countries counts in both, one in none under ""."""
    counts: dict[str, dict[str, int]] = {}
    for tally in tallies:
        if tally.kind == "site":
            for country in tally.countries or ("",):
                states = counts.setdefault(country, {})
                states[tally.state] = states.get(tally.state, 0) + tally.count
    return counts
