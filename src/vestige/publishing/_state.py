"""What a publisher remembers between two publications of one record into one folder: derived, disposable.

For every file its SHA-256 and what it belongs to; for every thing its line in lists and the things that its pages showed; for every tile of the ledger the parts of the data files that come from it. Lost or foreign, it is made again by publishing in full.
"""

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from vestige.publishing._views import Summary

_VERSION = 5
_TABLES = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE file (path TEXT PRIMARY KEY, sha TEXT, owner TEXT) WITHOUT ROWID;
CREATE INDEX file_owner ON file (owner);
CREATE TABLE thing (about TEXT PRIMARY KEY, kind TEXT, tile INTEGER, idx INTEGER, countries TEXT, state TEXT, located INTEGER,
  sensitive INTEGER, row BLOB) WITHOUT ROWID;
CREATE INDEX thing_place ON thing (kind, tile, idx);
CREATE INDEX thing_tile ON thing (tile, idx);
CREATE INDEX thing_state ON thing (kind, state, idx);
CREATE TABLE shown (target TEXT, about TEXT, PRIMARY KEY (target, about)) WITHOUT ROWID;
CREATE INDEX shown_by ON shown (about);
CREATE TABLE preserved (hash TEXT, about TEXT, PRIMARY KEY (hash, about)) WITHOUT ROWID;
CREATE INDEX preserved_by ON preserved (about);
CREATE TABLE digest (path TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE part (name TEXT, tile INTEGER, data BLOB, PRIMARY KEY (name, tile)) WITHOUT ROWID;
"""


class Thing(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that has pages: where it first stood in the ledger, its line in lists, what its pages showed."""

    about: str
    kind: str
    tile: int
    index: int
    row: bytes
    countries: tuple[str, ...] = ()
    state: str = ""
    located: bool = False
    sensitive: bool = False
    shown: tuple[str, ...] = ()
    preserved: tuple[str, ...] = ()


class Written(msgspec.Struct, frozen=True):
    """A file of the site: its path, the SHA-256 of its bytes, and what it belongs to."""

    path: str
    sha: str
    owner: str


class State:
    """The memory of one published folder, in SQLite. Everything of one publication is one transaction."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._database = sqlite3.connect(path, isolation_level=None)
        self._database.execute("PRAGMA journal_mode = MEMORY")
        self._database.execute("PRAGMA synchronous = OFF")
        self._database.execute("PRAGMA cache_size = -65536")
        if self._database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            self._reset()

    def _reset(self) -> None:
        tables = [row[0] for row in self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            self._database.execute(f"DROP TABLE {table}")
        self._database.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")

    def forget(self) -> None:
        """Forget everything but the files, so that those which are not made again can be removed."""
        for table in ("meta", "thing", "shown", "preserved", "digest", "part"):
            self._database.execute(f"DELETE FROM {table}")  # noqa: S608 - ours
        self._database.execute("UPDATE file SET owner = ''")

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything that is written inside, or nothing."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.execute("ROLLBACK")
            raise
        self._database.execute("COMMIT")

    def recall(self, name: str) -> str | None:
        """Give a remembered value."""
        row = self._database.execute("SELECT value FROM meta WHERE name = ?", (name,)).fetchone()
        return row[0] if row else None

    def remember(self, **values: str) -> None:
        """Remember values."""
        self._database.executemany("INSERT OR REPLACE INTO meta VALUES (?, ?)", values.items())

    def sha_of(self, path: str) -> str | None:
        """Give the SHA-256 of a file as it was published."""
        row = self._database.execute("SELECT sha FROM file WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def add_files(self, files: Iterable[Written]) -> None:
        """Remember files that were written or found unchanged."""
        rows = [(file.path, file.sha, file.owner) for file in files]
        self._database.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)

    def disowned(self, owner: str, kept: Iterable[str]) -> list[str]:
        """Give the files that belong to an owner and are not among those kept."""
        paths = {row[0] for row in self._database.execute("SELECT path FROM file WHERE owner = ?", (owner,))}
        return sorted(paths - set(kept))

    def owned(self, owner: str) -> list[str]:
        """Give the files that belong to an owner."""
        return self.disowned(owner, ())

    def remove_files(self, paths: Iterable[str]) -> None:
        """Forget files."""
        self._database.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in paths])

    def files(self) -> Iterator[tuple[str, str]]:
        """Give every file's path and SHA-256, in order of path."""
        yield from self._database.execute("SELECT path, sha FROM file ORDER BY path")

    def count_files(self) -> int:
        """Count the files."""
        return int(self._database.execute("SELECT count(*) FROM file").fetchone()[0])

    def paths(self) -> set[str]:
        """Give the path of every file."""
        return {row[0] for row in self._database.execute("SELECT path FROM file")}

    def put(self, things: Sequence[Thing]) -> None:
        """Remember things, in place of what was remembered of them."""
        self.drop([thing.about for thing in things])
        self._database.executemany(
            "INSERT INTO thing VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (t.about, t.kind, t.tile, t.index, f" {' '.join(t.countries)} ", t.state, t.located, t.sensitive, t.row)
                for t in things
            ],
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
        for table in ("thing", "shown", "preserved"):
            self._database.executemany(f"DELETE FROM {table} WHERE about = ?", rows)  # noqa: S608 - ours

    def place(self, about: str) -> tuple[int, tuple[str, ...]] | None:
        """Give where in the ledger a thing that is remembered first stood, and its countries."""
        row = self._database.execute("SELECT idx, countries FROM thing WHERE about = ?", (about,)).fetchone()
        return (row[0], tuple(row[1].split())) if row else None

    def showing(self, targets: Iterable[str]) -> set[str]:
        """Give the things whose pages showed one of these."""
        found: set[str] = set()
        for target in targets:
            found.update(
                row[0] for row in self._database.execute("SELECT about FROM shown WHERE target = ?", (target,))
            )
        return found

    def preserved(self) -> set[str]:
        """Give the hashes of the preserved files that some page offers."""
        return {row[0] for row in self._database.execute("SELECT DISTINCT hash FROM preserved")}

    def rows(self, kind: str, *, tile: int | None = None, country: str | None = None) -> list[bytes]:
        """Give the lines of a kind in ledger order: all, those of a tile, or those of a country."""
        condition, values = "kind = ?", [kind]
        if tile is not None:
            condition, values = condition + " AND tile = ?", [*values, str(tile)]
        if country is not None:
            condition, values = condition + " AND countries LIKE ?", [*values, f"% {country} %" if country else "  "]
        query = f"SELECT row FROM thing WHERE {condition} ORDER BY tile, idx"  # noqa: S608 - ours
        return [row[0] for row in self._database.execute(query, values)]

    def sites(self, *, tile: int | None = None, country: str | None = None) -> list[Summary]:
        """Give the lines of sites; the empty country has those that name none."""
        return [_summaries.decode(row) for row in self.rows("site", tile=tile, country=country)]

    def groups(self, kind: str, size: int) -> list[int]:
        """Give the groups of so many places in the ledger in which things of a kind first stood."""
        query = "SELECT DISTINCT idx / ? FROM thing WHERE kind = ? ORDER BY 1"
        return [row[0] for row in self._database.execute(query, (size, kind))]

    def group(self, kind: str, size: int, number: int) -> list[str]:
        """Give the ids of the things of a kind in one group, in ledger order."""
        query = "SELECT about FROM thing WHERE kind = ? AND idx / ? = ? ORDER BY idx"
        return [row[0] for row in self._database.execute(query, (kind, size, number))]

    def abouts(self, kind: str) -> list[str]:
        """Give the ids of all things of a kind in ledger order."""
        return [
            row[0] for row in self._database.execute("SELECT about FROM thing WHERE kind = ? ORDER BY idx", (kind,))
        ]

    def tally(self) -> dict[tuple[str, str], int]:
        """Count the things by kind and state."""
        query = "SELECT kind, state, count(*) FROM thing GROUP BY kind, state"
        return {(kind, state): count for kind, state, count in self._database.execute(query)}

    def tally_places(self) -> tuple[int, int]:
        """Count the sites that have a place, and those that are sensitive."""
        row = self._database.execute("SELECT sum(located), sum(sensitive) FROM thing WHERE kind = 'site'").fetchone()
        return row[0] or 0, row[1] or 0

    def tally_countries(self) -> dict[str, dict[str, int]]:
        """Count the sites by country and state of their finding; a site in two countries counts in both, one in none under ""."""
        query = "SELECT countries, state, count(*) FROM thing WHERE kind = 'site' GROUP BY countries, state"
        counts: dict[str, dict[str, int]] = {}
        for countries, state, count in self._database.execute(query):
            for country in countries.split() or [""]:
                states = counts.setdefault(country, {})
                states[state] = states.get(state, 0) + count
        return counts

    def in_state(self, kind: str, state: str, most: int) -> list[bytes]:
        """Give the first lines of a kind that are in a state, in ledger order."""
        query = "SELECT row FROM thing WHERE kind = ? AND state = ? ORDER BY idx LIMIT ?"
        return [row[0] for row in self._database.execute(query, (kind, state, most))]

    def digest(self, path: str) -> str | None:
        """Give what a page was made from when it was last made."""
        row = self._database.execute("SELECT value FROM digest WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def set_digest(self, path: str, value: str) -> None:
        """Remember what a page was made from."""
        self._database.execute("INSERT OR REPLACE INTO digest VALUES (?, ?)", (path, value))

    def in_tile(self, tile: int) -> list[str]:
        """Give the ids of the things that first stood in a tile, in ledger order."""
        return [
            row[0] for row in self._database.execute("SELECT about FROM thing WHERE tile = ? ORDER BY idx", (tile,))
        ]

    def put_parts(self, tile: int, parts: dict[str, bytes]) -> set[str]:
        """Remember the parts of a tile, and give the names of the data files that change by it."""
        old = dict(self._database.execute("SELECT name, data FROM part WHERE tile = ?", (tile,)))
        changed = {name for name in old.keys() | parts.keys() if old.get(name) != parts.get(name)}
        self._database.executemany("DELETE FROM part WHERE name = ? AND tile = ?", [(name, tile) for name in changed])
        self._database.executemany(
            "INSERT INTO part VALUES (?, ?, ?)", [(n, tile, parts[n]) for n in changed if n in parts]
        )
        return changed

    def parts(self, name: str) -> list[bytes]:
        """Give the parts of one data file in ledger order."""
        return [row[0] for row in self._database.execute("SELECT data FROM part WHERE name = ? ORDER BY tile", (name,))]

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()


_summaries = msgspec.msgpack.Decoder(Summary)
