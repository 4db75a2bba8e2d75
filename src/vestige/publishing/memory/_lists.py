"""What is remembered of the lists of sites: the order of each, as one reader's language has it, and what its pages were made from."""

import sqlite3
from collections.abc import Iterable

import msgspec

TABLES = """
CREATE TABLE listed (list TEXT, sort TEXT, about TEXT, name TEXT, PRIMARY KEY (list, sort, about)) WITHOUT ROWID;
CREATE INDEX listed_by ON listed (about);
CREATE TABLE digest (path TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
"""


class Listed(msgspec.Struct, frozen=True, gc=False):
    """A site in a list: the list, the key that it is ordered by, its id, the name that the list shows."""

    list: str
    sort: str
    about: str
    name: str


class ListTable:
    """The order of the lists, and the digests of their pages."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def forget(self) -> None:
        """Forget everything."""
        self._database.execute("DELETE FROM listed")
        self._database.execute("DELETE FROM digest")

    def put(self, lines: Iterable[Listed]) -> None:
        """Remember where sites stand in lists. What stood there of them before is to be dropped first."""
        self._database.executemany(
            "INSERT INTO listed VALUES (?, ?, ?, ?)", [(line.list, line.sort, line.about, line.name) for line in lines]
        )

    def drop(self, abouts: Iterable[str]) -> None:
        """Forget where sites stand in lists."""
        self._database.executemany("DELETE FROM listed WHERE about = ?", [(about,) for about in abouts])

    def order(self, name: str) -> list[tuple[str, str]]:
        """Give id and shown name of every site of a list, in its order."""
        query = "SELECT about, name FROM listed WHERE list = ? ORDER BY sort, about"
        return self._database.execute(query, (name,)).fetchall()

    def digest(self, path: str) -> str | None:
        """Give what a page was made from when it was last made."""
        row = self._database.execute("SELECT value FROM digest WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def set_digest(self, path: str, value: str) -> None:
        """Remember what a page was made from."""
        self._database.execute("INSERT OR REPLACE INTO digest VALUES (?, ?)", (path, value))
