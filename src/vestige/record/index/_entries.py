"""The entries of the index: taken in, and given as of a size of the ledger."""

import contextlib
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vestige.archive import ArchiveError, BodyPlace, BodyStore, SaltedBody
from vestige.entries import KINDS, decode_body
from vestige.record._entry import Entry
from vestige.record.index._rows import IndexedEntry, connect, insert_entries

_COLUMNS = "idx, hash, kind, leaf, commitment, pack, place, length, visibility, replaced_by, replaced_at, withdrawn_by, withdrawn_at"
_NO_LIMIT = 1 << 62
_PAGE = 1000


class IndexedEntries:
    """The entries of one record in SQLite; without a path, in memory.

    With ``size`` they are given as they were when the ledger had so many: what came later is not there, and has ended nothing.
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
        self._database = connect(path)

    @property
    def size(self) -> int:
        """How many entries the index holds, those beyond its limit included."""
        return self.state[0]

    @property
    def state(self) -> tuple[int, str]:
        """How many entries the index holds, and the root hash of the ledger at that size, in hexadecimal."""
        meta = dict(self._database.execute("SELECT name, value FROM meta"))
        try:
            return int(meta["size"]), meta["root"]
        except (KeyError, ValueError):
            raise sqlite3.DatabaseError("the index does not say what it holds") from None

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

    @property
    def _unended(self) -> str:
        return f" AND {unended_by('replaced', self.limit)} AND {unended_by('withdrawn', self.limit)}"

    @property
    def _standing(self) -> str:
        return self._unended + ("" if self._withheld else " AND visibility = 'public'")

    def _query(self, condition: str, parameters: Sequence[Any]) -> Iterator[Entry]:
        query = f"SELECT {_COLUMNS} FROM entry WHERE idx < ? AND {condition}"  # noqa: S608 - conditions are ours
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
            body=decode_body(kind, kept.body) if kept and kind in KINDS else None,
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

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()

    @contextlib.contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield self._database
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")


def unended_by(how: str, limit: int) -> str:
    """Give the condition that an entry was not replaced, or not withdrawn, by an entry before the limit."""
    return f"{how}_at IS NULL" if limit == _NO_LIMIT else f"({how}_at IS NULL OR {how}_at >= {limit})"
