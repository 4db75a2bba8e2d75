"""What a publisher remembers between two publications of one record into one folder: derived, disposable.

For every file its SHA-256 and what it belongs to; for every thing its line in lists and the things that its pages showed; for every tile of the ledger
the parts of the data files that come from it. Lost or foreign, it is made again by publishing in full.
"""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Self

from vestige.durable import own_file
from vestige.publishing.memory import _files as files
from vestige.publishing.memory import _lists as lists
from vestige.publishing.memory import _parts as parts
from vestige.publishing.memory import _things as things

_VERSION = 13
_TABLES = f"""
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
{files.TABLES}{things.TABLES}{lists.TABLES}{parts.TABLES}
"""


class State:
    """The memory of one published folder, in SQLite. Everything of one publication is one transaction."""

    def __init__(self, path: Path | None) -> None:
        if path is not None:
            with contextlib.suppress(OSError):  # of a folder that cannot be written, SQLite says so itself
                own_file(path)
        self._database = sqlite3.connect(path or ":memory:", isolation_level=None)
        # Derived: no need to force it to the disk. Large pages and a map: whole data files are read from it.
        pragmas = ("page_size = 65536", "journal_mode = MEMORY", "synchronous = OFF", "cache_size = -65536")
        for pragma in (*pragmas, "mmap_size = 1073741824"):
            self._database.execute(f"PRAGMA {pragma}")
        if self._database.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
            self._reset()
        self.files = files.FileTable(self._database)
        self.things = things.ThingTable(self._database)
        self.lists = lists.ListTable(self._database)
        self.parts = parts.PartTable(self._database)

    @classmethod
    def open(cls, path: Path) -> Self:
        """Open the memory of a folder at a path; where nothing can be kept there, one that lasts as long as this publication.

        A file that is no memory of ours is replaced. Raises sqlite3.OperationalError when another publication has it locked.
        """
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            try:
                return cls(path)
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                path.unlink()
                return cls(path)
        except (OSError, sqlite3.Error) as error:
            if "locked" in str(error):
                raise
            return cls(None)

    def _reset(self) -> None:
        tables = [row[0] for row in self._database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            self._database.execute(f"DROP TABLE {table}")
        self._database.executescript(f"{_TABLES} PRAGMA user_version = {_VERSION};")

    def forget(self) -> None:
        """Forget everything but the files, so that those which are not made again can be removed."""
        self._database.execute("DELETE FROM meta")
        for table in (self.files, self.things, self.lists, self.parts):
            table.forget()

    @contextlib.contextmanager
    def transaction(self) -> Iterator[None]:
        """Keep everything that is written inside, or nothing."""
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # of a damaged file nothing can be taken back
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

    def close(self) -> None:
        """Let go of the database."""
        self._database.close()
