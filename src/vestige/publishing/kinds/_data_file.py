"""A data file of the record: what it is called, what it holds, its columns, how the pieces of all things are put together.

A data file is a head, the pieces of all things in ledger order with a separator between, and a foot. The head of a CSV, its description
as a Frictionless Data Package and the line of the page of open data all come from here.
"""

import msgspec


class Column(msgspec.Struct, frozen=True):
    """A column of a flat file: its name, what it means, its Frictionless type. Without a meaning its name says it."""

    name: str
    meaning: str = ""
    type: str = "string"

    @property
    def description(self) -> str:
        """What it means, in words."""
        return self.meaning or self.name.replace("_", " ")


class DataFile(msgspec.Struct, frozen=True):
    """One data file. ``order`` is where it stands in lists of them: flat files first, then nested ones, then the rest."""

    name: str
    holds: str
    head: bytes
    separator: bytes
    foot: bytes
    columns: tuple[Column, ...] = ()
    order: int = 2


def flat_file(name: str, holds: str, *columns: Column) -> DataFile:
    """Give a CSV (RFC 4180) of these columns. It begins with the mark of UTF-8, without which Excel takes it for another encoding."""
    head = "\ufeff" + ",".join(column.name for column in columns) + "\r\n"
    return DataFile(name, holds, head.encode(), b"", b"", columns, 0)


def nested_file(name: str, holds: str) -> DataFile:
    """Give a JSON array."""
    return DataFile(name, holds, b"[\n", b",\n", b"\n]\n", (), 1)


def columns(*names: str) -> tuple[Column, ...]:
    """Give columns of text whose names say what they mean."""
    return tuple(map(Column, names))


ID = Column("id", "Id of the thing, stable through corrections")
ENTRY = Column("entry", "SHA-256 leaf hash of the ledger entry that says this")
WINDOW = (
    Column("window_first_day", "First day that the window can mean; empty for 'before'"),
    Column("window_last_day", "Last day that the window can mean"),
)
COUNTRIES = Column("countries", "ISO 3166-1 alpha-2 codes, in the order entered")
SITE = Column("site", "Id of the site")
SOURCE = Column("source", "Id of the source")
CONTENT = Column("content", "Verbatim text of the statement")
