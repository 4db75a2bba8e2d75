"""The file of the index: its names, opening it, and what SQLite says of it in the words of a record."""

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from vestige.durable import own_file
from vestige.errors import EnvironmentFault
from vestige.record._errors import DamagedIndexError
from vestige.record.index._schema import TABLES, VERSION

INDEX = "index.sqlite"
"""The index in the folder of a record."""
INDEX_FILES = tuple(INDEX + suffix for suffix in ("", "-wal", "-shm", "-journal"))
"""The index with what SQLite keeps beside it."""
Database = sqlite3.Connection
"""What the index asks in ordinary SQL: `execute`, `executemany`, `close`. Another database needs these, `_schema`, and the functions below."""


def connect(path: Path | None) -> Database:
    """Open the database, making its tables when it is new; raises EnvironmentFault when that cannot be."""
    try:
        if path is not None:
            with contextlib.suppress(OSError):  # of a folder that cannot be written, SQLite says so itself
                own_file(path)
        database = sqlite3.connect(path or ":memory:", isolation_level=None, check_same_thread=False, timeout=30)
        database.execute("PRAGMA synchronous = OFF")  # derived: a lost index is made again
        database.execute("PRAGMA secure_delete = ON")  # what is taken out leaves no letter behind
        if database.execute("PRAGMA user_version").fetchone()[0] != VERSION:
            database.execute("PRAGMA journal_mode = WAL")
            start = f"INSERT INTO meta VALUES ('size', '0'), ('root', ''); PRAGMA user_version = {VERSION};"  # noqa: S608
            database.executescript(f"BEGIN IMMEDIATE; {_drop_tables(database)}{TABLES}{start} COMMIT;")
        database.execute("SELECT value FROM meta").fetchall()
    except sqlite3.Error as error:
        raise index_fault(error, path) from error
    return database


def index_fault(error: sqlite3.Error, path: Path | None) -> EnvironmentFault:
    """Tell a damaged index from what the machine refuses: a lock, a full disk, a folder that cannot be written."""
    kind = EnvironmentFault if isinstance(error, sqlite3.OperationalError) else DamagedIndexError
    return kind(f"expected an index that can be opened: {error}", where=str(path), hint="vestige index --rebuild")


def _drop_tables(database: Database) -> str:
    """Give the commands that take away the tables of an index of an earlier version."""
    query = "SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = dict(database.execute(query).fetchall())
    virtual = [name for name, sql in tables.items() if sql.startswith("CREATE VIRTUAL")]
    plain = [name for name in tables if not name.startswith(tuple(virtual))]  # a virtual table takes its own along
    return "".join([f"DROP TABLE {name}; " for name in (*virtual, *plain)])


@contextlib.contextmanager
def transaction(database: Database) -> Iterator[None]:
    """Write all that is done meanwhile, or nothing; whoever else writes waits, who reads does not."""
    database.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        database.execute("ROLLBACK")
        raise
    database.execute("COMMIT")


def settle(database: Database) -> None:
    """Leave nothing of what was taken out beside the file of the index."""
    database.execute("PRAGMA wal_checkpoint(TRUNCATE)")


@contextlib.contextmanager
def index_faults(path: Path | None) -> Iterator[None]:
    """Raise DamagedIndexError or EnvironmentFault for what SQLite raises."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise index_fault(error, path) from error


def remove_index(record: Path) -> None:
    """Delete the index of a record."""
    for name in INDEX_FILES:
        (record / name).unlink(missing_ok=True)


def entries_seen(record: Path) -> int | None:
    """Give how many entries the index of a record has seen; None where there is none, or it is damaged and says nothing."""
    index = record / INDEX
    if not index.is_file():
        return None
    with (
        contextlib.suppress(sqlite3.Error, TypeError, ValueError),
        contextlib.closing(sqlite3.connect(f"{index.absolute().as_uri()}?mode=ro", uri=True)) as database,
    ):
        return int(database.execute("SELECT value FROM meta WHERE name = 'size'").fetchone()[0])
    return None
