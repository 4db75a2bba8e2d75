"""Dialogues: who of the parties took part, by which source; numbers that contradict each other; what became of undertakings."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from vestige.entries import Statement
from vestige.entries.acts import (
    PARTS,
    Claim,
    Gathering,
    Participation,
    Progress,
    Undertaking,
    claims_of,
    contradict,
    progress_of,
)
from vestige.errors import InputError, an
from vestige.keeping.finding import find_entry
from vestige.record import Record


class PartiesTable(msgspec.Struct, frozen=True):
    """For each party of the record's policy, and each way of taking part, the sources that tell of it. Nothing told is an empty cell.

    ``others`` counts confirmed participations of everybody else, by way; ``claims`` are the numbers said of the gathering, by what they count;
    ``contradictory`` names those that cannot all be so.
    """

    gathering: str
    parts: tuple[str, ...]
    rows: dict[str, dict[str, tuple[str, ...]]]
    others: dict[str, int]
    claims: dict[str, tuple[Claim, ...]]
    contradictory: tuple[str, ...]


def parties_table(record: Record, gathering: str, parties: Iterable[str] = ()) -> PartiesTable:
    """Give the table of a gathering for the parties of the policy, or for those given; raises InputError when it is no gathering."""
    entry = find_entry(record, gathering)
    if not isinstance(entry.body, Gathering):
        raise InputError(f"expected a gathering, got another thing: {entry.kind}", where=gathering)
    gathering = entry.about
    rows: dict[str, dict[str, tuple[str, ...]]] = {
        party: dict.fromkeys(PARTS, ()) for party in (tuple(parties) or record.policy.parties)
    }
    others = dict.fromkeys(PARTS, 0)
    for entry in record.index.linked(gathering, "participation"):
        body = entry.body
        if not isinstance(body, Participation) or body.gathering != gathering or body.status != "confirmed":
            continue
        party = next((one for one in (body.represents, body.who.actor) if one in rows), None)
        if party is None:
            others[body.part] += 1
        else:
            rows[party][body.part] = (*rows[party][body.part], body.source)
    spoken = record.index.linked(gathering, "statement")
    claims = claims_of(gathering, ((one.about, one.body) for one in spoken if isinstance(one.body, Statement)))
    return PartiesTable(
        gathering, PARTS, rows, others, claims, tuple(what for what, said in claims.items() if contradict(said))
    )


def undertaking_state(record: Record, undertaking: str) -> Progress:
    """Give what became of an undertaking of a record, today; raises InputError when there is none."""
    entry = find_entry(record, undertaking)
    if not isinstance(entry.body, Undertaking):
        raise InputError(f"expected an undertaking, got {an(entry.kind)}", where=undertaking)
    spoken = record.index.linked(entry.about, "statement")
    statements = [one.body for one in spoken if isinstance(one.body, Statement)]
    today = dt.datetime.now(dt.UTC).date()
    return progress_of(entry.about, entry.body, statements, record.policy.required_assessors, today)
