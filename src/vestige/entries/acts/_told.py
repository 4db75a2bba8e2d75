"""What follows from statements about dialogues: what became of an undertaking, and whether numbers contradict each other."""

import datetime as dt
from collections.abc import Iterable

import msgspec

from vestige.entries._values import ThingId, last_day
from vestige.entries.acts._undertaking import Undertaking
from vestige.entries.kinds import Figure, Speaker, Statement


class Claim(msgspec.Struct, frozen=True):
    """A number that somebody gave: the statement, who said it as printed, and the number."""

    statement: str
    speaker: str
    figure: Figure


class Progress(msgspec.Struct, frozen=True):
    """What became of an undertaking, by the rule of findings. ``said`` maps each state to those who said so; the bound party counts apart.

    ``state`` is kept, partly, not kept, contested, *single* (fewer spoke than the policy requires) or *nobody has said*.
    """

    undertaking: str
    state: str
    said: dict[str, tuple[str, ...]]
    by_bound: dict[str, tuple[str, ...]]
    overdue: bool


def claims_of(act: ThingId, statements: Iterable[tuple[ThingId, Statement]]) -> dict[str, tuple[Claim, ...]]:
    """Give the numbers that confirmed statements, each with its id, give of an act, by what they count."""
    claims: dict[str, tuple[Claim, ...]] = {}
    for about, one in statements:
        if act in one.acts and one.status == "confirmed":
            for figure in one.figures:
                claims[figure.counts] = (*claims.get(figure.counts, ()), Claim(about, _printed(one.speaker), figure))
    return claims


def _printed(speaker: Speaker) -> str:
    return speaker.name or speaker.organisation or speaker.role or speaker.actor or ""


def contradict(claims: Iterable[Claim]) -> bool:
    """Whether no one number fits all that was said."""
    ranges = [claim.figure.range() for claim in claims]
    return bool(ranges) and max(low for low, _ in ranges) > min(high for _, high in ranges)


def progress_of(
    undertaking: str, body: Undertaking, statements: Iterable[Statement], required: int, today: dt.date | None = None
) -> Progress:
    """Derive what became of an undertaking from the confirmed statements about it, in the order of the ledger.

    A speaker counts once, by the latest word. Whether it is overdue is told for a day only. The bound party's own word is shown and never suffices, though it can contest.
    """
    latest: dict[str, tuple[str, bool]] = {}
    for one in statements:
        if one.status == "confirmed" and one.progress is not None and undertaking in one.acts:
            who = one.speaker.actor or one.speaker.name or one.speaker.organisation or one.speaker.role or ""
            latest[who] = (one.progress, one.speaker.actor in body.bound)
    said = _by_state((who, state) for who, (state, bound) in latest.items() if not bound)
    by_bound = _by_state((who, state) for who, (state, bound) in latest.items() if bound)
    overdue = body.due is not None and today is not None and last_day(body.due) < today
    return Progress(undertaking, _state(said, by_bound, required), said, by_bound, overdue)


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
