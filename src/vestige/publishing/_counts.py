"""Counting what a record holds, from what is remembered of its things."""

from collections.abc import Mapping

from vestige.publishing._state_things import ThingTable
from vestige.publishing._views import Counts


def count_record(things: ThingTable, standing: Mapping[str, int], size: int) -> Counts:
    """Give the counts of a record of ``size`` entries; ``standing`` counts its standing entries a kind."""
    tally = things.tally()
    located, sensitive = things.tally_places()
    findings = {state: tally.get(("site", state), 0) for state in ("agreed", "contested", "single", "none")}

    def whole(kind: str) -> int:
        return sum(count for (of, _), count in tally.items() if of == kind)

    return Counts(
        sites=whole("site"),
        **findings,
        located=located,
        sensitive=sensitive,
        statements=whole("statement"),
        statements_disputed=tally.get(("statement", "disputed"), 0),
        sources=whole("source"),
        sources_preserved=tally.get(("source", "preserved"), 0),
        assessments=standing.get("assessment", 0),
        observations=standing.get("observation", 0),
        actors=whole("actor"),
        studies=whole("study"),
        withdrawn=standing.get("withdrawal", 0),
        entries=size,
    )
