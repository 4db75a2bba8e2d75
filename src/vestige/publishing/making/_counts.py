"""Counting what a record holds, from what is remembered of its things. Pure."""

from collections.abc import Iterable, Mapping, Sequence

from vestige.publishing.memory._things import Tally
from vestige.publishing.views._views import Counts


def count_record(tallies: Sequence[Tally], standing: Mapping[str, int], size: int) -> Counts:
    """Give the counts of a record of ``size`` entries; ``standing`` counts its standing entries a kind."""
    sites = [tally for tally in tallies if tally.kind == "site"]
    findings = {state: _sum(sites, state) for state in ("agreed", "contested", "single", "none")}

    def whole(kind: str, state: str | None = None) -> int:
        return _sum((tally for tally in tallies if tally.kind == kind), state)

    return Counts(
        sites=whole("site"),
        **findings,
        located=sum(tally.located for tally in sites),
        sensitive=sum(tally.sensitive for tally in sites),
        statements=whole("statement"),
        statements_disputed=whole("statement", "disputed"),
        sources=whole("source"),
        sources_preserved=whole("source", "copy"),
        sources_abstracts=whole("source", "abstract"),
        assessments=standing.get("assessment", 0),
        observations=standing.get("observation", 0),
        actors=whole("actor"),
        studies=whole("study"),
        withdrawn=standing.get("withdrawal", 0),
        entries=size,
    )


def count_countries(tallies: Iterable[Tally]) -> dict[str, dict[str, int]]:
    """Count the sites by country and state of their finding; a site in two countries counts in both, one in none under ""."""
    counts: dict[str, dict[str, int]] = {}
    for tally in tallies:
        if tally.kind == "site":
            for country in tally.countries or ("",):
                states = counts.setdefault(country, {})
                states[tally.state] = states.get(tally.state, 0) + tally.count
    return counts


def _sum(tallies: Iterable[Tally], state: str | None) -> int:
    return sum(tally.count for tally in tallies if state in {None, tally.state})
