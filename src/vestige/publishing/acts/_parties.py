"""The parties table of a dialogue: by which source each party took part, blanks in sight, and the numbers said of it side by side."""

from vestige.entries import Name, Statement
from vestige.entries.acts import PARTS, Gathering, Participation, claims_of, contradict
from vestige.publishing.views import _partials as partials
from vestige.publishing.views._collect import Collector


class Row(partials.View, frozen=True, kw_only=True):
    """One party: its names, its page, and for each way of taking part the sources that tell of it, in the order of `PARTS`."""

    id: str
    names: tuple[Name, ...]
    page: str | None
    cells: tuple[tuple[partials.Link, ...], ...]


class Said(partials.View, frozen=True, kw_only=True):
    """A number that somebody gave: who, as printed; how many, and how exactly; and the statement."""

    speaker: str
    number: int
    said: str
    statement: partials.Link | None


class Numbers(partials.View, frozen=True, kw_only=True):
    """What was said of one number, and whether it cannot all be so."""

    counts: str
    claims: tuple[Said, ...]
    contradictory: bool


class Parties(partials.View, frozen=True, kw_only=True):
    """The table: its ways of taking part, a row a party, and the numbers said."""

    parts: tuple[str, ...]
    rows: tuple[Row, ...]
    numbers: tuple[Numbers, ...]


def parties_of(collector: Collector, about: str, _body: Gathering) -> Parties:
    """Give the table of a dialogue: the parties of the record's policy first, then everybody whom somebody represented there."""
    cells: dict[str, dict[str, dict[str, partials.Link]]] = {party: {} for party in collector.policy.parties}
    for entry in collector.linked(about, "participation"):
        body = entry.body
        if isinstance(body, Participation) and body.gathering == about and body.status == "confirmed":
            party = body.represents or body.who.actor
            source = collector.link(body.source)
            if party and source:
                cells.setdefault(party, {}).setdefault(body.part, {})[body.source] = source
    rows = tuple(row for party, told in cells.items() if (row := _row(collector, party, told)))
    return Parties(parts=PARTS, rows=rows, numbers=numbers_of(collector, about))


def numbers_of(collector: Collector, about: str) -> tuple[Numbers, ...]:
    """Give the numbers that confirmed statements give of an act, by what they count."""
    spoken = collector.linked(about, "statement")
    claims = claims_of(about, ((one.about, one.body) for one in spoken if isinstance(one.body, Statement)))
    return tuple(
        Numbers(
            counts=what,
            claims=tuple(
                Said(
                    speaker=claim.speaker,
                    number=claim.figure.number,
                    said=claim.figure.said,
                    statement=collector.link(claim.statement),
                )
                for claim in said
            ),
            contradictory=contradict(said),
        )
        for what, said in claims.items()
    )


def _row(collector: Collector, party: str, told: dict[str, dict[str, partials.Link]]) -> Row | None:
    link = collector.link(party)
    if link is None:
        return None
    cells = tuple(tuple(told.get(part, {}).values()) for part in PARTS)
    return Row(id=party, names=link.names, page=link.page, cells=cells)
