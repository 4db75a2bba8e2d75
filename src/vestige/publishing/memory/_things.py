"""What is remembered of the things that have pages: where each first stood, its line in lists, what its pages showed."""

import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

from vestige.publishing.views._partials import Summary

TABLES = """
CREATE TABLE thing (about TEXT PRIMARY KEY, kind TEXT, tile INTEGER, idx INTEGER, countries TEXT, state TEXT, located INTEGER,
  sensitive INTEGER, row BLOB) WITHOUT ROWID;
CREATE INDEX thing_place ON thing (kind, idx);
CREATE INDEX thing_tile ON thing (tile, idx);
CREATE INDEX thing_state ON thing (kind, state, idx);
CREATE INDEX thing_tally ON thing (kind, countries, state, located, sensitive);
CREATE TABLE facet (kind TEXT, name TEXT, value TEXT, about TEXT, PRIMARY KEY (kind, name, value, about)) WITHOUT ROWID;
CREATE INDEX facet_of ON facet (about);
CREATE TABLE shown (target TEXT, about TEXT, PRIMARY KEY (target, about)) WITHOUT ROWID;
CREATE INDEX shown_by ON shown (about);
CREATE TABLE preserved (hash TEXT, about TEXT, PRIMARY KEY (hash, about)) WITHOUT ROWID;
CREATE INDEX preserved_by ON preserved (about);
"""
_TABLES = ("thing", "facet", "shown", "preserved")
_summaries = msgspec.msgpack.Decoder(Summary)


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that has pages: where it first stood in the ledger, what lists and counts need of it, what its pages showed.

    ``facets`` are the names and values by which balances count it. ``row`` is the encoded `Summary` of a site.
    """

    about: str
    kind: str
    tile: int
    index: int
    row: bytes = b""
    countries: tuple[str, ...] = ()
    state: str = ""
    located: bool = False
    sensitive: bool = False
    facets: tuple[tuple[str, str], ...] = ()
    shown: tuple[str, ...] = ()
    preserved: tuple[str, ...] = ()


class Tally(msgspec.Struct, frozen=True):
    """How many things of a kind, in these countries and in this state, there are, have a place, and are sensitive."""

    kind: str
    countries: tuple[str, ...]
    state: str
    count: int
    located: int
    sensitive: int


class ThingTable:
    """The things, and what their pages showed."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def forget(self) -> None:
        """Forget everything."""
        for table in _TABLES:
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - ours

    def put(self, things: Sequence[Thing], *, known: bool) -> None:
        """Remember things, in place of what was remembered of them; ``known`` says whether anything was."""
        if known:
            self.drop([thing.about for thing in things])
        self._database.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (t.about, t.kind, t.tile, t.index, f" {' '.join(t.countries)} ", t.state, t.located, t.sensitive, t.row)
                for t in things
            ],
        )
        self._database.executemany(
            "INSERT INTO facet VALUES (?, ?, ?, ?)",
            [(t.kind, name, value, t.about) for t in things for name, value in t.facets],
        )
        self._database.executemany(
            "INSERT INTO shown VALUES (?, ?)", [(target, t.about) for t in things for target in t.shown]
        )
        self._database.executemany(
            "INSERT INTO preserved VALUES (?, ?)", [(h, t.about) for t in things for h in t.preserved]
        )

    def drop(self, abouts: Iterable[str]) -> None:
        """Forget things."""
        rows = [(about,) for about in abouts]
        for table in _TABLES:
            self._database.executemany(f"DELETE FROM {table} WHERE about = ?", rows)  # noqa: S608 - ours

    def place(self, about: str) -> tuple[int, tuple[str, ...]] | None:
        """Give where in the ledger a thing that is remembered first stood, and its countries."""
        row = self._database.execute("SELECT idx, countries FROM thing WHERE about = ?", (about,)).fetchone()
        return (row[0], tuple(row[1].split())) if row else None

    def showing(self, targets: Iterable[str]) -> set[str]:
        """Give the things whose pages showed one of these."""
        query = "SELECT about FROM shown WHERE target = ?"
        return {row[0] for target in targets for row in self._database.execute(query, (target,))}

    def preserved(self) -> set[str]:
        """Give the hashes of the preserved files that some page offers; raises sqlite3.DatabaseError for a row that lost its own."""
        hashes = {row[0] for row in self._database.execute("SELECT DISTINCT hash FROM preserved")}
        if None in hashes:
            raise sqlite3.DatabaseError("a row without its hash")
        return hashes

    def summaries(self, abouts: Iterable[str]) -> list[Summary]:
        """Give the lines of these sites."""
        query = "SELECT row FROM thing WHERE about = ?"
        return [
            _summaries.decode(row[0]) for about in abouts for row in self._database.execute(query, (about,)).fetchall()
        ]

    def sites_in_tile(self, tile: int) -> list[Summary]:
        """Give the lines of the sites that first stood in a tile, in ledger order."""
        query = "SELECT row FROM thing WHERE tile = ? AND kind = 'site' ORDER BY idx"
        return [_summaries.decode(row[0]) for row in self._database.execute(query, (tile,))]

    def sites_in_state(self, state: str, most: int) -> list[Summary]:
        """Give the lines of the first sites whose finding is in a state, in ledger order."""
        query = "SELECT row FROM thing WHERE kind = 'site' AND state = ? ORDER BY idx LIMIT ?"
        return [_summaries.decode(row[0]) for row in self._database.execute(query, (state, most))]

    def groups(self, kind: str, size: int) -> list[int]:
        """Give the groups of so many places in the ledger in which things of a kind first stood."""
        query = "SELECT DISTINCT idx / ? FROM thing WHERE kind = ? ORDER BY 1"
        return [row[0] for row in self._database.execute(query, (size, kind))]

    def group(self, kind: str, size: int, number: int) -> list[str]:
        """Give the ids of the things of a kind in one group, in ledger order."""
        query = "SELECT about FROM thing WHERE kind = ? AND idx >= ? AND idx < ? ORDER BY idx"
        return [row[0] for row in self._database.execute(query, (kind, number * size, (number + 1) * size))]

    def abouts(self, kind: str) -> list[str]:
        """Give the ids of all things of a kind in ledger order."""
        query = "SELECT about FROM thing WHERE kind = ? ORDER BY idx"
        return [row[0] for row in self._database.execute(query, (kind,))]

    def tally(self) -> list[Tally]:
        """Count the things by kind, countries and state."""
        query = "SELECT kind, countries, state, count(*), sum(located), sum(sensitive) FROM thing GROUP BY kind, countries, state"
        return [Tally(row[0], tuple(row[1].split()), *row[2:]) for row in self._database.execute(query)]

    def tally_facet(self, kind: str, name: str) -> dict[str, int]:
        """Count the things of a kind by the value of a facet; those of none under ""."""
        query = "SELECT value, count(*) FROM facet WHERE kind = ? AND name = ? GROUP BY value"
        return dict(self._database.execute(query, (kind, name)))
