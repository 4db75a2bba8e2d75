"""The index: a small query interface over SQLite, derived from ledger and archive, disposable.

Readers never wait for a writer (write-ahead log). The public view, which is the default, gives no withheld body.
"""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vestige.archive import ArchiveError, BodyPlace, BodyStore, SaltedBody
from vestige.entries import Assessment, Body, Finding, Site, decode_body, derive_findings
from vestige.record._entry import Entry
from vestige.record._index_rows import IndexedEntry, connect, insert_entries
from vestige.record._schema import fold

_COLUMNS = "idx, hash, kind, leaf, commitment, pack, place, length, visibility, replaced_by, replaced_at, withdrawn_by, withdrawn_at"
_NO_LIMIT = 1 << 62
_PAGE = 1000


class Index:
    """Answers questions about one record. ``required_assessors`` is that of the policy in force; without a path it lives in memory.

    With ``size`` it answers as it would have when the ledger had so many entries: what came later is not there, and has ended nothing.
    ``withdrawn_later`` says whether the ledger has an entry, beyond those that the index answers for, that withdraws one.
    """

    def __init__(
        self,
        path: Path | None,
        bodies: BodyStore,
        *,
        withheld: bool = False,
        size: int | None = None,
        withdrawn_later: Callable[[str], bool] = lambda _name: False,
    ) -> None:
        self._bodies = bodies
        self._withheld = withheld
        self._withdrawn_later = withdrawn_later
        self.limit = _NO_LIMIT if size is None else size
        self.required_assessors = 2
        self._database = connect(path)

    @property
    def size(self) -> int:
        """How many entries the index holds, those beyond its limit included."""
        return self.state[0]

    @property
    def state(self) -> tuple[int, str]:
        """How many entries the index holds, and the root hash of the ledger at that size, in hexadecimal."""
        meta = dict(self._database.execute("SELECT name, value FROM meta"))
        return int(meta["size"]), meta["root"]

    def add(self, first: int, entries: Sequence[IndexedEntry], root: bytes) -> None:
        """Take in the entries that follow the first ``first``, in one transaction; ``root`` is the ledger's with them.

        What another process has taken in meanwhile is left as it is.
        """
        with self._transaction() as database:
            if self.size >= first + len(entries):
                return
            for offset in range(self.size - first, len(entries), _PAGE):
                insert_entries(database, first + offset, entries[offset : offset + _PAGE])
            database.execute("UPDATE meta SET value = ? WHERE name = 'size'", (str(first + len(entries)),))
            database.execute("UPDATE meta SET value = ? WHERE name = 'root'", (root.hex(),))

    def entry(self, name: str) -> Entry | None:
        """Give the entry with this hash."""
        return next(self._query("hash = ?", [bytes.fromhex(name)]), None)

    def at(self, position: int) -> Entry | None:
        """Give the entry at a position in the ledger."""
        return next(self._query("idx = ?", [position]), None)

    def kind_of(self, name: str) -> str | None:
        """Give the kind of the entry with this hash, or None when there is none."""
        query = "SELECT kind FROM entry WHERE hash = ? AND idx < ?"
        row = self._database.execute(query, (bytes.fromhex(name), self.limit)).fetchone()
        return row and str(row[0])

    def knows(self, about: str) -> bool:
        """Whether any entry is about this thing."""
        query = "SELECT 1 FROM entry WHERE about = ? AND idx < ? LIMIT 1"
        return self._database.execute(query, (about, self.limit)).fetchone() is not None

    def unfinished_withdrawals(self) -> list[tuple[str, str, BodyPlace]]:
        """Give hash, commitment and place of each body that a withdrawal ended and that is still in the archive."""
        rows = self._database.execute(
            "SELECT hash, commitment, visibility, pack, place, length FROM entry WHERE withdrawn_by IS NOT NULL AND pack IS NOT NULL"
        )
        return [(row[0].hex(), row[1].hex(), BodyPlace(row[2] == "withheld", *row[3:])) for row in rows]

    def entries(self, kind: str | None = None, *, current: bool = False, after: int = -1) -> Iterator[Entry]:
        """Give the entries after a position in ledger order, all kinds or one.

        ``current`` leaves out those replaced or withdrawn, and, in the public view, those withheld.
        """
        condition = "idx > ?" + (" AND kind = ?" if kind else "") + (self._standing if current else "")
        while True:
            parameters = [after, *([kind] if kind else [])]
            page = list(self._query(f"{condition} ORDER BY idx LIMIT {_PAGE}", parameters))
            yield from page
            if len(page) < _PAGE:
                return
            after = page[-1].index

    def current(self, about: str) -> Entry | None:
        """Give the newest entry about a thing that stands and is public."""
        return next(
            self._query(f"about = ? AND visibility = 'public'{self._unended} ORDER BY idx DESC LIMIT 1", [about]), None
        )

    def exact(self, site: str) -> Site | None:
        """Give a site with its exact place, from its withheld companion where it has one; in the public view, the public one."""
        found = list(
            self._query(f"about = ?{self._standing} ORDER BY visibility = 'withheld' DESC, idx DESC LIMIT 1", [site])
        )
        return found[0].body if found and isinstance(found[0].body, Site) else None

    def history(self, about: str) -> list[Entry]:
        """Give every entry about a thing, oldest first."""
        return list(self._query("about = ? ORDER BY idx", [about]))

    def cited_by(self, name: str) -> list[Entry]:
        """Give the entries that rest on this one."""
        return list(
            self._query("idx IN (SELECT idx FROM citation WHERE cited = ?) ORDER BY idx", [bytes.fromhex(name)])
        )

    def linked(self, target: str, kind: str) -> list[Entry]:
        """Give the standing entries of a kind that name a thing: a site, a source, an actor, a statement."""
        condition = f"idx IN (SELECT idx FROM link WHERE target = ? AND kind = ?){self._standing} ORDER BY idx"
        return list(self._query(condition, [target, kind]))

    def of_site(self, site: str, kind: str) -> list[Entry]:
        """Give the standing statements, assessments or observations of a site."""
        return self.linked(site, kind)

    def of_source(self, source: str) -> list[Entry]:
        """Give the standing statements of a source."""
        return self.linked(source, "statement")

    def search(self, text: str, kind: str | None = None, limit: int = 50) -> list[Entry]:
        """Give standing entries in which every word of the text begins a word, best first; any script, case and accents aside."""
        words = " ".join(f'"{word}"*' for word in fold(text).replace('"', " ").split())
        if not words:
            return []
        condition = f"idx IN (SELECT rowid FROM words WHERE words MATCH ?){self._standing}" + (
            " AND kind = ?" if kind else ""
        )
        ranked = f"{condition} ORDER BY (SELECT rank FROM words WHERE words MATCH ? AND rowid = idx), idx LIMIT ?"
        return list(self._query(ranked, [words, *([kind] if kind else []), words, limit]))

    def within(self, west: float, south: float, east: float, north: float) -> list[Entry]:
        """Give the standing sites inside a box of WGS 84 degrees; a box whose west is larger than its east crosses 180 degrees."""
        if west > east:
            return sorted(
                self.within(west, south, 180, north) + self.within(-180, south, east, north), key=lambda e: e.index
            )
        boxes = "SELECT idx FROM box WHERE west >= ? AND east <= ? AND south >= ? AND north <= ?"
        near = 1e-4  # R*Tree keeps 32-bit floats, rounded outwards; the exact place decides below
        found = self._query(
            f"idx IN ({boxes}){self._standing} ORDER BY idx", [west - near, east + near, south - near, north + near]
        )
        return [entry for entry in found if _inside(entry.body, west, south, east, north)]

    def by_identifier(self, scheme: str, value: str) -> list[Entry]:
        """Give the standing entries that another register names so."""
        condition = f"idx IN (SELECT idx FROM identifier WHERE value = ? AND scheme = ?){self._standing} ORDER BY idx"
        return list(self._query(condition, [value, scheme]))

    def counts(self) -> dict[str, int]:
        """Count the standing entries a kind."""
        rows = self._database.execute(
            f"SELECT kind, count(*) FROM entry WHERE idx < ?{self._standing} GROUP BY kind ORDER BY kind", (self.limit,)
        )
        return dict(rows.fetchall())

    def findings(self, site: str | None = None) -> list[Finding]:
        """Derive the findings of one site, or of all, from the standing assessments."""
        entries = self.of_site(site, "assessment") if site else self.entries("assessment", current=True)
        pairs = [(entry.hash, entry.body) for entry in entries if isinstance(entry.body, Assessment)]
        return derive_findings(pairs, required=self.required_assessors)

    def file_users(self, name: str) -> list[Entry]:
        """Give every entry that refers to a preserved file and was not withdrawn."""
        return list(
            self._query(
                f"idx IN (SELECT idx FROM file WHERE hash = ?) AND {_unended_by('withdrawn', self.limit)} ORDER BY idx",
                [name],
            )
        )

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @property
    def _unended(self) -> str:
        return f" AND {_unended_by('replaced', self.limit)} AND {_unended_by('withdrawn', self.limit)}"

    @property
    def _standing(self) -> str:
        return self._unended + ("" if self._withheld else " AND visibility = 'public'")

    def _query(self, condition: str, parameters: Sequence[Any]) -> Iterator[Entry]:
        query = f"SELECT {_COLUMNS} FROM entry WHERE idx < ? AND {condition}"
        for row in self._database.execute(query, [self.limit, *parameters]):
            yield self._entry(row)

    def _entry(self, row: Sequence[Any]) -> Entry:
        position, name, kind, leaf, commitment, pack, place, length, visibility = row[:9]
        replaced_by, replaced_at, withdrawn_by, withdrawn_at = row[9:]
        kept = None
        if pack is not None and withdrawn_by is None and (visibility == "public" or self._withheld):
            kept = self._body(BodyPlace(visibility == "withheld", pack, place, length), commitment.hex(), name.hex())
        return Entry(
            index=position,
            hash=name.hex(),
            leaf=leaf,
            body=decode_body(kind, kept.body) if kept else None,
            body_json=kept.body if kept else None,
            salt=kept.salt if kept else None,
            replaced_by=replaced_by.hex() if replaced_by and replaced_at < self.limit else None,
            withdrawn_by=withdrawn_by.hex() if withdrawn_by and withdrawn_at < self.limit else None,
        )

    def _body(self, place: BodyPlace, commitment: str, name: str) -> SaltedBody | None:
        """Give a body; None when a withdrawal beside this reader has ended it meanwhile. Raises ArchiveError when it is lost."""
        found = self._bodies.find(place, commitment)
        if found is None and not self._withdrawn_later(name):
            raise ArchiveError(
                f"expected the body of the entry {name}, got none that it commits to",
                where=str(self._bodies.path_of(place.first, withheld=place.withheld)),
                hint="check the record: vestige verify",
            )
        return found

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def _unended_by(how: str, limit: int) -> str:
    """Give the condition that an entry was not replaced, or not withdrawn, by an entry before the limit."""
    return f"{how}_at IS NULL" if limit == _NO_LIMIT else f"({how}_at IS NULL OR {how}_at >= {limit})"


def _inside(body: Body | None, west: float, south: float, east: float, north: float) -> bool:
    place = body.location if isinstance(body, Site) else None
    return place is not None and west <= place.longitude <= east and south <= place.latitude <= north
