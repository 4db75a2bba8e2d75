"""What the rules must know of earlier entries, asked of the index."""

from __future__ import annotations

from typing import TYPE_CHECKING

from vestige.entries import Policy, decode_body, parse_envelope
from vestige.record.index._rows import place_of
from vestige.record.rules._history import Known, Memory
from vestige.record.rules._policy import PolicyInForce

if TYPE_CHECKING:
    from vestige.archive import BodyStore
    from vestige.record.index._file import Database

_COUNTS = "(void IS NULL OR of_body)"


class IndexHistory:
    """The entries of an index before ``position``, under those that are being taken in."""

    def __init__(self, database: Database, position: int) -> None:
        self.complete = True
        self._database = database
        self._new = Memory()
        self._seen: dict[str, Known | None] = {}
        self.position = position

    def entry(self, name: str) -> Known | None:
        """Give the entry with this hash, if it counts."""
        known = self._new.entry(name)
        if known is None and name not in self._seen:
            self._seen[name] = self._ask(name)
        return known or self._seen[name]

    def beginner(self, about: str) -> str | None:
        """Give the person who signed the first entry about a thing."""
        query = f"SELECT person FROM entry WHERE about = ? AND idx < ? AND {_COUNTS} ORDER BY idx LIMIT 1"  # noqa: S608 - ours
        row = self._database.execute(query, (about, self.position)).fetchone()
        return str(row[0]) if row else self._new.beginner(about)

    def add(self, name: bytes, known: Known) -> None:
        """Take in an entry that counts."""
        self._new.add(name, known)
        self._seen.pop(name.hex(), None)

    def _ask(self, name: str) -> Known | None:
        query = f"""SELECT idx, about, person, visibility, followed_at, withdrawn_at, opened_at, leaf FROM entry
            WHERE hash = ? AND idx < ? AND {_COUNTS} ORDER BY idx LIMIT 1"""  # noqa: S608 - ours
        row = self._database.execute(query, (bytes.fromhex(name), self.position)).fetchone()
        if row is None:
            return None
        replaced, withdrawn, opened = [at is not None and at < self.position for at in row[4:7]]
        opens = parse_envelope(row[7]).cites[0] if row[1].startswith("opening:") else None
        return Known(
            row[0],
            row[1],
            row[2],
            row[3] == "withheld",
            replaced=replaced,
            withdrawn=withdrawn,
            opened=opened,
            opens=opens,
        )


def policy_in_force(database: Database, bodies: BodyStore, position: int) -> PolicyInForce:
    """Follow the policies of an index up to a position."""
    rules = PolicyInForce()
    query = """SELECT hash, commitment, visibility, pack, place, length FROM entry
        WHERE kind = 'policy' AND void IS NULL AND idx < ? ORDER BY idx"""
    for name, commitment, *where in database.execute(query, (position,)).fetchall():
        place = place_of(where)
        found = bodies.find(place, commitment.hex()) if place else None
        body = decode_body("policy", found.body) if found else None
        if isinstance(body, Policy):
            rules.take(body, name.hex())
    return rules
