"""The entries of the index: taken in, and given as of a size of the ledger."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from vestige.archive import ArchiveError, BodyPlace, BodyStore, SaltedBody
from vestige.entries import KINDS, decode_body
from vestige.record._entry import Entry
from vestige.record._errors import DamagedIndexError
from vestige.record.index._file import connect, transaction
from vestige.record.index._history import IndexHistory
from vestige.record.index._rows import IndexedEntry, insert_entries, place_of
from vestige.record.rules._void import Void

_COLUMNS = "idx, hash, kind, leaf, commitment, pack, place, length, visibility, replaced_by, replaced_at, withdrawn_by, withdrawn_at, opened_at, person, void"
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
        self.database = connect(path)

    @property
    def size(self) -> int:
        """How many entries the index holds, those beyond its limit included."""
        return self.state[0]

    @property
    def state(self) -> tuple[int, str]:
        """How many entries the index holds, and the root hash of the ledger at that size, in hexadecimal."""
        meta = dict(self.database.execute("SELECT name, value FROM meta"))
        try:
            return int(meta["size"]), meta["root"]
        except (KeyError, ValueError):
            raise DamagedIndexError("the index does not say what it holds", hint="vestige index --rebuild") from None

    def add(self, first: int, entries: Sequence[IndexedEntry], root: bytes) -> None:
        """Take in the entries that follow the first ``first``, in one transaction; ``root`` is the ledger's with them.

        What another process has taken in meanwhile is left as it is.
        """
        with transaction(self.database):
            if self.size >= first + len(entries):
                return
            for offset in range(self.size - first, len(entries), _PAGE):
                insert_entries(self.database, first + offset, entries[offset : offset + _PAGE])
            self.database.execute("UPDATE meta SET value = ? WHERE name = 'size'", (str(first + len(entries)),))
            self.database.execute("UPDATE meta SET value = ? WHERE name = 'root'", (root.hex(),))

    def entry(self, name: str) -> Entry | None:
        """Give the entry with this hash."""
        return next(self._query("hash = ? ORDER BY idx", [bytes.fromhex(name)], void=True), None)

    def at(self, position: int) -> Entry | None:
        """Give the entry at a position in the ledger."""
        return next(self._query("idx = ?", [position], void=True), None)

    def kind_of(self, name: str) -> str | None:
        """Give the kind of the entry with this hash, or None when there is none that counts."""
        query = "SELECT kind FROM entry WHERE hash = ? AND idx < ? AND void IS NULL"
        row = self.database.execute(query, (bytes.fromhex(name), self.limit)).fetchone()
        return row and str(row[0])

    @property
    def _unended(self) -> str:
        return f" AND {unended_by('replaced', self.limit)} AND {unended_by('withdrawn', self.limit)}"

    @property
    def _standing(self) -> str:
        return self._unended + ("" if self._withheld else f" AND {self._public}")

    @property
    def _public(self) -> str:
        """The condition that the body of an entry is public: entered so, or opened since."""
        return f"(visibility = 'public' OR opened_at < {self.limit})"

    def past(self, position: int) -> IndexHistory:
        """Give what the rules must know of the entries before a position."""
        return IndexHistory(self.database, position)

    def _query(self, condition: str, parameters: Sequence[Any], *, void: bool = False) -> Iterator[Entry]:
        condition = condition if void else f"void IS NULL AND {condition}"
        query = f"SELECT {_COLUMNS} FROM entry WHERE idx < ? AND {condition}"  # noqa: S608 - conditions are ours
        for row in self.database.execute(query, [self.limit, *parameters]):
            yield self._entry(row)

    def _entry(self, row: Sequence[Any]) -> Entry:
        position, name, kind, leaf, commitment, pack, place, length, visibility = row[:9]
        replaced_by, replaced_at, withdrawn_by, withdrawn_at, opened_at, person, void = row[9:17]
        kept, opened = None, opened_at is not None and opened_at < self.limit
        if pack is not None and withdrawn_by is None and (visibility == "public" or opened or self._withheld):
            kept = self._body(BodyPlace(visibility == "withheld", pack, place, length), commitment.hex(), name.hex())
        return Entry(
            index=position,
            hash=name.hex(),
            leaf=leaf,
            body=decode_body(kind, kept.body) if kept and void is None and kind in KINDS else None,
            body_json=kept.body if kept else None,
            salt=kept.salt if kept else None,
            replaced_by=replaced_by.hex() if replaced_by and replaced_at < self.limit else None,
            withdrawn_by=withdrawn_by.hex() if withdrawn_by and withdrawn_at < self.limit else None,
            opened=opened,
            person=person,
            void=Void(*void.split(" ", 2)) if void else None,
        )

    def salted(self, name: str) -> SaltedBody | None:
        """Give the body of an entry with its salt, also a withheld one; None where the archive does not hold it."""
        query = "SELECT visibility, pack, place, length, commitment FROM entry WHERE hash = ? AND void IS NULL"
        row = self.database.execute(query, (bytes.fromhex(name),)).fetchone()
        place = place_of(row[:4]) if row else None
        return self._bodies.find(place, row[4].hex()) if place else None

    def _body(self, place: BodyPlace, commitment: str, name: str) -> SaltedBody | None:
        """Give a body; None when a withdrawal beside this reader has ended it meanwhile. Raises ArchiveError when it is lost."""
        found = self._bodies.find(place, commitment)
        if found is None and not self._withdrawn_later(name):
            raise ArchiveError(
                f"expected the body of the entry {name}, got none that it commits to",
                where=self._bodies.address_of(place.first, withheld=place.withheld),
                hint="check the record: vestige verify",
            )
        return found

    def close(self) -> None:
        """Let go of the database."""
        self.database.close()


def unended_by(how: str, limit: int) -> str:
    """Give the condition that an entry was not replaced, or not withdrawn, by an entry before the limit."""
    return f"{how}_at IS NULL" if limit == _NO_LIMIT else f"({how}_at IS NULL OR {how}_at >= {limit})"
