"""Dialogues: who of the parties took part, by which source; numbers that contradict each other; what became of undertakings."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from vestige.entries import Figure, Statement, last_day
from vestige.entries.acts import PARTS, Participation, Undertaking
from vestige.errors import InputError
from vestige.keeping.finding import find_entry
from vestige.record import Record


class Claim(msgspec.Struct, frozen=True):
    """A number that somebody gave: the statement, who said it as printed, and the number."""

    statement: str
    speaker: str
    figure: Figure


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


class Progress(msgspec.Struct, frozen=True):
    """What became of an undertaking, by the rule of findings. ``said`` maps each state to those who said so; the bound party counts apart.

    ``state`` is kept, partly, not kept, contested, *single* (fewer spoke than the policy requires) or *nobody has said*.
    """

    undertaking: str
    state: str
    said: dict[str, tuple[str, ...]]
    by_bound: dict[str, tuple[str, ...]]
    overdue: bool


def parties_table(record: Record, gathering: str, parties: Iterable[str] = ()) -> PartiesTable:
    """Give the table of a gathering for the parties of the policy, or for those given."""
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
    claims = _claims(record, gathering)
    return PartiesTable(
        gathering, PARTS, rows, others, claims, tuple(what for what, said in claims.items() if contradict(said))
    )


def _claims(record: Record, act: str) -> dict[str, tuple[Claim, ...]]:
    """Give the numbers that confirmed statements give of an act, by what they count."""
    claims: dict[str, tuple[Claim, ...]] = {}
    for entry in record.index.linked(act, "statement"):
        body = entry.body
        if isinstance(body, Statement) and act in body.acts and body.status == "confirmed":
            speaker = body.speaker.name or body.speaker.organisation or body.speaker.role or body.speaker.actor or ""
            for figure in body.figures:
                claims[figure.counts] = (*claims.get(figure.counts, ()), Claim(entry.about, speaker, figure))
    return claims


def contradict(claims: Iterable[Claim]) -> bool:
    """Whether no one number fits all that was said."""
    ranges = [claim.figure.range() for claim in claims]
    return bool(ranges) and max(low for low, _ in ranges) > min(high for _, high in ranges)


def progress_of(
    undertaking: str, body: Undertaking, statements: Iterable[Statement], required: int, today: dt.date
) -> Progress:
    """Derive what became of an undertaking from the confirmed statements about it, in the order of the ledger.

    A speaker counts once, by the latest word. The bound party's own word is shown and never suffices, though it can contest.
    """
    latest: dict[str, tuple[str, bool]] = {}
    for one in statements:
        if one.status == "confirmed" and one.progress is not None and undertaking in one.acts:
            who = one.speaker.actor or one.speaker.name or one.speaker.organisation or one.speaker.role or ""
            latest[who] = (one.progress, one.speaker.actor in body.bound)
    said = _by_state((who, state) for who, (state, bound) in latest.items() if not bound)
    by_bound = _by_state((who, state) for who, (state, bound) in latest.items() if bound)
    overdue = body.due is not None and last_day(body.due) < today
    return Progress(undertaking, _state(said, by_bound, required), said, by_bound, overdue)


def undertaking_state(record: Record, undertaking: str) -> Progress:
    """Give what became of an undertaking of a record, today; raises InputError when there is none."""
    entry = find_entry(record, undertaking)
    if not isinstance(entry.body, Undertaking):
        raise InputError(f"expected an undertaking, got a {entry.kind}", where=undertaking)
    spoken = record.index.linked(entry.about, "statement")
    statements = [one.body for one in spoken if isinstance(one.body, Statement)]
    today = dt.datetime.now(dt.UTC).date()
    return progress_of(entry.about, entry.body, statements, record.policy.required_assessors, today)


def _by_state(pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, ...]]:
    states: dict[str, tuple[str, ...]] = {}
    for who, state in pairs:
        states[state] = (*states.get(state, ()), who)
    return states


def _state(said: dict[str, tuple[str, ...]], by_bound: dict[str, tuple[str, ...]], required: int) -> str:
    if not said:
        return "nobody has said"
    if len({*said, *by_bound}) > 1:
        return "contested"
    ((state, speakers),) = said.items()
    return state if len(speakers) >= required else "single"
