"""What a keeper holds of a crowd outside the record: tags that tell doubles, sealed openings, what waits for a sheet. It dies with the call.

One SQLite file in a folder that its owner alone can read. No address and no name stands in it; a tag is a keyed hash whose key lies beside
it, so the folder is as much to be guarded as the mailbox, and is to be destroyed at the call's ``keep_until``.
"""

import contextlib
import hmac
import os
import secrets
import sqlite3
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple, Self

from vestige.calling import tag_of
from vestige.errors import InputError

_TABLES = """
CREATE TABLE IF NOT EXISTS about (name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT;
CREATE TABLE IF NOT EXISTS seen (message BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS signature (
  leaf BLOB PRIMARY KEY, tag TEXT NOT NULL UNIQUE, country TEXT, domain TEXT NOT NULL,
  sheet INTEGER, ended TEXT, told INTEGER NOT NULL DEFAULT 0) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS sealed (leaf BLOB NOT NULL, holder TEXT NOT NULL, data BLOB NOT NULL, PRIMARY KEY (leaf, holder)) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS refused (reason TEXT PRIMARY KEY, number INTEGER NOT NULL) STRICT, WITHOUT ROWID;
"""


_FILE = "crowd.sqlite"
_BESIDE = ("", "-journal", "-wal", "-shm")
"""What SQLite may write beside its file."""


class Held(NamedTuple):
    """What a collection holds: signatures, sealed openings, and of the signatures those that no sheet and of the endings those that no tally tells yet."""

    signatures: int
    openings: int
    waiting: int
    endings_waiting: int


class Waiting(NamedTuple):
    """A signature that was taken in: its commitment, and where its mailbox and its signer are."""

    leaf: bytes
    tag: str
    country: str | None
    domain: str


class Collector:
    """The folder of one call's collection; a context manager. Raises InputError when it is another call's, or no such folder."""

    def __init__(self, folder: Path, call: str) -> None:
        self.folder = folder
        try:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            file = folder / _FILE
            file.touch(mode=0o600)
            self._base = sqlite3.connect(file, isolation_level=None)
            self._base.execute("PRAGMA secure_delete = ON")
            self._base.executescript(_TABLES)
        except (OSError, sqlite3.DatabaseError) as error:
            raise InputError(f"expected the folder of a collection: {error}", where=str(folder)) from error
        whose = self._about("call", call.encode()).decode()
        if whose != call:
            self._base.close()
            raise InputError(f"expected the collection of {call}, got that of {whose}", where=str(folder))
        self._key = self._about("key", secrets.token_bytes(32))

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._base.close()

    def numbers(self) -> Held:
        """Give how much it holds."""
        query = "SELECT (SELECT count(*) FROM signature), (SELECT count(*) FROM sealed), (SELECT count(*) FROM signature WHERE sheet IS NULL)"
        signatures, openings, waiting = self._base.execute(query).fetchone()
        return Held(signatures, openings, waiting, sum(map(len, self.untold().values())))

    def destroy(self) -> None:
        """Overwrite and delete its files, and the folder where nothing else lies in it. Raises InputError, with all of it kept, while another process uses it."""
        try:
            self._base.execute("PRAGMA busy_timeout = 0")
            self._base.execute("BEGIN EXCLUSIVE")
            for table in ("about", "seen", "signature", "sealed", "refused"):
                self._base.execute(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
            self._base.execute("COMMIT")
        except sqlite3.OperationalError as error:
            raise InputError(
                f"cannot be destroyed now: {error}", where=str(self.folder), hint="Wait until no other command uses it"
            ) from error
        self._base.close()
        for name in files_of_collection(self.folder):
            _overwrite((self.folder / name).resolve())
            (self.folder / name).unlink()
        with contextlib.suppress(OSError):  # what else lies there is not the collection's
            self.folder.rmdir()

    def _about(self, name: str, value: bytes) -> bytes:
        query = "SELECT value FROM about WHERE name = ?"
        found = self._base.execute(query, (name,)).fetchone()
        if found is None:  # asked first, so that who only reads waits for nobody who writes
            self._base.execute("INSERT OR IGNORE INTO about VALUES (?, ?)", (name, value))
            found = self._base.execute(query, (name,)).fetchone()
        return bytes(found[0])

    @contextlib.contextmanager
    def all_or_none(self) -> Iterator[None]:
        """Keep everything that is written within, or nothing of it when something is raised."""
        self._base.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._base.execute("ROLLBACK")
            raise
        self._base.execute("COMMIT")

    def tag(self, address: str) -> str:
        """Give the tag of a mailbox in this collection."""
        return tag_of(address, self._key)

    def new(self, message: str) -> bool:
        """Whether a message, by its identifier, was not taken in before; it is remembered as a keyed hash."""
        digest = hmac.digest(self._key, message.encode(), "sha256")
        return self._base.execute("INSERT OR IGNORE INTO seen VALUES (?)", (digest,)).rowcount == 1

    def add(self, one: Waiting, sealed: Iterable[tuple[str, bytes]]) -> bool:
        """Take a signature in with its sealed openings; False when its mailbox has one already."""
        row = (one.leaf, one.tag, one.country, one.domain)
        taken = self._base.execute(
            "INSERT OR IGNORE INTO signature (leaf, tag, country, domain) VALUES (?, ?, ?, ?)", row
        )
        if taken.rowcount != 1:
            return False
        self._base.executemany("INSERT INTO sealed VALUES (?, ?, ?)", [(one.leaf, *pair) for pair in sealed])
        return True

    def sealed(self, leaf: bytes) -> list[tuple[str, bytes]]:
        """Give the sealed openings of a commitment, each with the name of who can open it."""
        found = self._base.execute("SELECT holder, data FROM sealed WHERE leaf = ? ORDER BY holder", (leaf,))
        return [(holder, bytes(data)) for holder, data in found]

    def refuse(self, reason: str) -> None:
        """Count a message that was not taken."""
        self._base.execute(
            "INSERT INTO refused VALUES (?, 1) ON CONFLICT (reason) DO UPDATE SET number = number + 1", (reason,)
        )

    def refused(self) -> dict[str, int]:
        """Give how many messages were not taken, by reason."""
        return dict(self._base.execute("SELECT reason, number FROM refused"))

    def waiting(self) -> list[bytes]:
        """Give the commitments that stand in no sheet yet; those that ended before they did left no trace."""
        found = self._base.execute("SELECT leaf FROM signature WHERE sheet IS NULL").fetchall()
        return [bytes(leaf) for (leaf,) in found]

    def in_sheet(self, leaves: Iterable[bytes], sheet: int) -> None:
        """Note in which sheet commitments stand."""
        self._base.executemany("UPDATE signature SET sheet = ? WHERE leaf = ?", ((sheet, leaf) for leaf in leaves))

    def in_sheets(self) -> int:
        """Give how many stand in a sheet."""
        return int(self._base.execute("SELECT count(*) FROM signature WHERE sheet IS NOT NULL").fetchone()[0])

    def end(self, leaves: Iterable[bytes], why: str) -> int:
        """End signatures; give how many ended by this. One that stands in no sheet yet is gone at once."""
        ended = 0
        for leaf in leaves:
            gone = self._base.execute("DELETE FROM signature WHERE leaf = ? AND sheet IS NULL", (leaf,)).rowcount
            ended += gone or (
                self._base.execute(
                    "UPDATE signature SET ended = ? WHERE leaf = ? AND ended IS NULL", (why, leaf)
                ).rowcount
            )
            self._base.execute("DELETE FROM sealed WHERE leaf = ?", (leaf,))
        return ended

    def leaf_of(self, tag: str) -> bytes | None:
        """Give the commitment of a mailbox by its tag, or None."""
        found = self._base.execute("SELECT leaf FROM signature WHERE tag = ?", (tag,)).fetchone()
        return bytes(found[0]) if found else None

    def untold(self) -> dict[str, list[bytes]]:
        """Give the commitments that ended and of which no tally tells yet, by reason."""
        found: dict[str, list[bytes]] = {}
        for why, leaf in self._base.execute(
            "SELECT ended, leaf FROM signature WHERE ended IS NOT NULL AND sheet IS NOT NULL AND told = 0"
        ):
            found.setdefault(why, []).append(bytes(leaf))
        return found

    def told(self, leaves: Iterable[bytes]) -> None:
        """Note that a tally tells of endings."""
        self._base.executemany("UPDATE signature SET told = 1 WHERE leaf = ?", ((leaf,) for leaf in leaves))

    def standing(self, column: str) -> dict[str, int]:
        """Give how many stand, as the sheets tell it, by ``country`` or ``domain``; what nobody gave is called by an empty text."""
        query = {
            "country": "SELECT coalesce(country, ''), count(*) FROM signature WHERE sheet IS NOT NULL AND told = 0 GROUP BY 1",
            "domain": "SELECT domain, count(*) FROM signature WHERE sheet IS NOT NULL AND told = 0 GROUP BY 1",
        }[column]
        return dict(self._base.execute(query))


def files_of_collection(folder: Path) -> list[str]:
    """Give the names of the files of a collection that are there; empty where a folder holds none, or is none."""
    return [_FILE + end for end in _BESIDE if (folder / (_FILE + end)).is_file()]


def _overwrite(file: Path) -> None:
    """Write over all bytes of a file, so that a file system that writes in place keeps nothing of it."""
    with file.open("r+b") as opened:
        left = file.stat().st_size
        while left > 0:
            left -= opened.write(bytes(min(left, 1 << 20)))
        opened.flush()
        os.fsync(opened.fileno())
