"""Counting what a record holds, from what is remembered of its things. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from vestige.publishing._registry import ALL
from vestige.publishing.kinds._kind import Tallied
from vestige.publishing.memory._things import Tally
from vestige.publishing.views._views import Counts


def count_record(
    tallies: Sequence[Tally],
    standing: Mapping[str, int],
    size: int,
    tally_facet: Callable[[str, str], Mapping[str, int]],
) -> Counts:
    """Give the counts of a record of ``size`` entries; ``standing`` counts its standing entries a kind, ``tally_facet`` the values of a facet."""
    counts: dict[str, int] = {}
    for kind in ALL:
        own = [tally for tally in tallies if tally.kind == kind.name]
        words = _words(tally_facet(kind.name, kind.counted)) if kind.counted else {}
        counts |= kind.counts(_tallied(own, standing.get(kind.name, 0), words))
    return counts | {"withdrawn": standing.get("withdrawal", 0), "entries": size}


def _words(values: Mapping[str, int]) -> dict[str, int]:
    """Count the words of which the values of a facet are made."""
    counts: dict[str, int] = {}
    for value, count in values.items():
        for word in value.split():
            counts[word] = counts.get(word, 0) + count
    return counts


def _tallied(tallies: Sequence[Tally], entries: int, facets: Mapping[str, int]) -> Tallied:
    states: dict[str, int] = {}
    for tally in tallies:
        states[tally.state] = states.get(tally.state, 0) + tally.count
    located, sensitive = sum(tally.located for tally in tallies), sum(tally.sensitive for tally in tallies)
    return Tallied(sum(states.values()), states, located, sensitive, entries, facets)


def count_countries(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """Count the sites by country and state of their finding; a site in two countries counts in both, one in none under ""."""
    counts: dict[str, dict[str, int]] = {}
    for tally in tallies:
        if tally.kind == "site":
            for country in tally.countries or ("",):
                states = counts.setdefault(country, {})
                states[tally.state] = states.get(tally.state, 0) + tally.count
    return counts
