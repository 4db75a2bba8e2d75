"""What is remembered of the files of a published folder: hash and owner of each, the lines of the manifest, the stamps of the folders.

The lines of the manifest are kept in segments of a few hundred, so that a change makes only those anew in which a file has changed.
"""

import itertools
import sqlite3
from collections.abc import Iterable, Sequence

import msgspec

TABLES = """
CREATE TABLE file (path TEXT PRIMARY KEY, sha TEXT, owner TEXT) WITHOUT ROWID;
CREATE INDEX file_owner ON file (owner);
CREATE TABLE segment (first TEXT PRIMARY KEY, lines BLOB);
CREATE TABLE folder (path TEXT PRIMARY KEY, stamp TEXT, checked INTEGER) WITHOUT ROWID;
"""
_SEGMENT = 200
_AFTER_ALL = "\U0010ffff"


class Written(msgspec.Struct, frozen=True):
    """A file of the site: its path, the SHA-256 of its bytes, and what it belongs to."""

    path: str
    sha: str
    owner: str


class Folder(msgspec.Struct, frozen=True):
    """A folder as it was found whole: its path, its stamp then, and the time of looking in nanoseconds."""

    path: str
    stamp: str
    checked: int


class FileTable:
    """The files, the segments of the manifest, and the folders."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._touched: set[str] = set()

    @property
    def touched(self) -> set[str]:
        """Give the folders in which files were added, changed or removed, with all above them."""
        folders = {""}
        for folder in self._touched:
            inner = folder
            while inner not in folders:
                folders.add(inner)
                inner = inner.rpartition("/")[0]
        return folders

    def forget(self) -> None:
        """Forget what the files belong to, the manifest and the folders."""
        self._database.execute("UPDATE file SET owner = ''")
        self._database.execute("DELETE FROM segment")
        self._database.execute("DELETE FROM folder")

    def sha_of(self, path: str) -> str | None:
        """Give the SHA-256 of a file as it was published."""
        row = self._database.execute("SELECT sha FROM file WHERE path = ?", (path,)).fetchone()
        return row[0] if row else None

    def add(self, files: Iterable[Written]) -> None:
        """Remember files that were written or found unchanged."""
        rows = [(file.path, file.sha, file.owner) for file in files]
        segmented = self._database.execute("SELECT 1 FROM segment LIMIT 1").fetchone() is not None
        if segmented:
            self._outdate([path for path, sha, _ in rows if self.sha_of(path) != sha])
        else:
            self._touch([path for path, _, _ in rows])
        self._database.executemany("INSERT OR REPLACE INTO file VALUES (?, ?, ?)", rows)

    def remove(self, paths: Iterable[str]) -> None:
        """Forget files."""
        paths = list(paths)
        self._outdate(paths)
        self._database.executemany("DELETE FROM file WHERE path = ?", [(path,) for path in paths])

    def disowned(self, owner: str, kept: Iterable[str]) -> list[str]:
        """Give the files that belong to an owner and are not among those kept."""
        paths = {row[0] for row in self._database.execute("SELECT path FROM file WHERE owner = ?", (owner,))}
        return sorted(paths - set(kept))

    def owned(self, owner: str) -> list[str]:
        """Give the files that belong to an owner."""
        return self.disowned(owner, ())

    def count(self) -> int:
        """Count the files."""
        return int(self._database.execute("SELECT count(*) FROM file").fetchone()[0])

    def names_in(self, folder: str) -> set[str]:
        """Give the names of the files that stand in a folder itself; the empty path is the root."""
        prefix = f"{folder}/" if folder else ""
        names: set[str] = set()
        end = _after(prefix)
        query = "SELECT path FROM file WHERE path >= ? AND path < ? ORDER BY path"
        rows = self._database.execute(query, (prefix, end))
        while (row := next(rows, None)) is not None:
            name, slash, _ = row[0].removeprefix(prefix).partition("/")
            if slash:  # past all that lies in the inner folder
                rows = self._database.execute(query, (_after(f"{prefix}{name}/"), end))
            else:
                names.add(name)
        return names

    def pages_in(self, folder: str) -> list[str]:
        """Give the paths of the pages in a folder and those within it, in order."""
        query = "SELECT path FROM file WHERE path >= ? AND path < ? AND path LIKE '%.html' ORDER BY path"
        return [row[0] for row in self._database.execute(query, (f"{folder}/", _after(f"{folder}/")))]

    def manifest_lines(self) -> list[bytes]:
        """Give ``<SHA-256>  <path>`` of every file, one a line, in order of path; in segments."""
        execute = self._database.execute
        if execute("SELECT 1 FROM segment LIMIT 1").fetchone() is None:
            self._write_segments("", _AFTER_ALL)
        for (first,) in execute("SELECT first FROM segment WHERE lines IS NULL").fetchall():
            following = execute("SELECT min(first) FROM segment WHERE first > ?", (first,)).fetchone()[0]
            execute("DELETE FROM segment WHERE first = ?", (first,))
            self._write_segments(first, following or _AFTER_ALL)
        return [row[0] for row in execute("SELECT lines FROM segment ORDER BY first")]

    def folders(self) -> list[Folder]:
        """Give the folders as they were found whole."""
        return [Folder(*row) for row in self._database.execute("SELECT path, stamp, checked FROM folder")]

    def set_folders(self, folders: Iterable[Folder], gone: Iterable[str] = ()) -> None:
        """Remember folders, and forget others."""
        self._database.executemany("DELETE FROM folder WHERE path = ?", [(path,) for path in gone])
        self._database.executemany(
            "INSERT OR REPLACE INTO folder VALUES (?, ?, ?)", [(f.path, f.stamp, f.checked) for f in folders]
        )

    def _touch(self, paths: Sequence[str]) -> None:
        """Note the folders of these paths."""
        self._touched.update([path.rpartition("/")[0] for path in paths])

    def _outdate(self, paths: Sequence[str]) -> None:
        """Mark the segments that hold, or would hold, these paths, and note their folders."""
        self._touch(paths)
        self._database.executemany(
            "UPDATE segment SET lines = NULL WHERE first = (SELECT max(first) FROM segment WHERE first <= ?)",
            [(path,) for path in paths],
        )

    def _write_segments(self, first: str, following: str) -> None:
        """Write the segments of the paths from ``first`` up to ``following``; the first segment keeps its name, so that every path has one."""
        query = "SELECT path, sha FROM file WHERE path >= ? AND path < ? ORDER BY path"
        rows = self._database.execute(query, (first, following))
        name: str | None = first
        while part := list(itertools.islice(rows, _SEGMENT)):
            lines = "".join([f"{sha}  {path}\n" for path, sha in part]).encode()
            self._database.execute("INSERT INTO segment VALUES (?, ?)", (part[0][0] if name is None else name, lines))
            name = None
        if name is not None:
            self._database.execute("INSERT INTO segment VALUES (?, ?)", (name, b""))


def _after(prefix: str) -> str:
    """Give a text after all that begin with a prefix that ends in a slash, and before all others that follow it."""
    return f"{prefix[:-1]}0" if prefix else _AFTER_ALL
