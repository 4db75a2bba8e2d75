"""The rows of the index: how entries fill its tables."""

from collections.abc import Sequence
from typing import Any

import msgspec

from vestige.archive import BodyPlace
from vestige.entries import Body, Envelope, Site, files_of, links_of
from vestige.record.index._file import Database
from vestige.record.index._words import insert_words
from vestige.record.rules._void import Void


class IndexedEntry(msgspec.Struct, frozen=True):
    """What the index takes in of one entry: its hash and bytes, its body with its place, where there is one, who signed it, and why it is void.

    ``envelope`` is None when the bytes of the leaf are none.
    """

    hash: bytes
    leaf: bytes
    envelope: Envelope | None
    body: Body | None
    place: BodyPlace | None
    person: str
    void: Void | None


def insert_entries(database: Database, first: int, entries: Sequence[IndexedEntry]) -> None:
    """Fill the tables with entries that follow the first ``first``, inside a transaction. A void entry has its row and nothing else."""
    numbered = list(enumerate(entries, first))
    database.executemany(
        "INSERT INTO entry VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, NULL, NULL, NULL, NULL, NULL, NULL, ?, ?, ?)",
        [_row(idx, entry) for idx, entry in numbered],
    )
    standing = [(idx, entry, entry.envelope) for idx, entry in numbered if entry.envelope and not entry.void]
    database.executemany(
        "INSERT OR IGNORE INTO citation VALUES (?, ?)",
        [(bytes.fromhex(cited), idx) for idx, _, envelope in standing for cited in envelope.cites],
    )
    _insert_bodies(
        database, [(idx, envelope.kind, entry.body) for idx, entry, envelope in standing if entry.body is not None]
    )
    _end_entries(database, numbered, standing)


def _end_entries(
    database: Database,
    numbered: Sequence[tuple[int, IndexedEntry]],
    standing: Sequence[tuple[int, IndexedEntry, Envelope]],
) -> None:
    """Mark the entries that these replace, withdraw or open."""
    replaced = [(idx, entry, envelope.replaces) for idx, entry, envelope in standing if envelope.replaces]
    withdrawn = [(idx, entry, envelope.cites[0]) for idx, entry, envelope in standing if envelope.kind == "withdrawal"]
    for how, pairs in (("replaced", replaced), ("withdrawn", withdrawn)):
        database.executemany(
            f"UPDATE entry SET {how}_by = ?, {how}_at = ? WHERE hash = ?",  # noqa: S608 - ours
            [(entry.hash, idx, bytes.fromhex(ended)) for idx, entry, ended in pairs],
        )
    opened = [(idx, envelope.cites[0]) for idx, _, envelope in standing if envelope.kind == "opening"]
    followed = [
        (idx, entry.envelope.replaces)
        for idx, entry in numbered
        if entry.envelope and entry.envelope.replaces and (entry.void is None or entry.void.of_body)
    ]
    for how, marks in (("opened", opened), ("followed", followed)):
        database.executemany(
            f"UPDATE entry SET {how}_at = ? WHERE hash = ?",  # noqa: S608 - ours
            [(idx, bytes.fromhex(name)) for idx, name in marks],
        )


def _row(idx: int, entry: IndexedEntry) -> tuple[Any, ...]:
    envelope, place = entry.envelope, entry.place
    where = (place.first, place.offset, place.length) if place else (None, None, None)
    head = (envelope.kind, envelope.about, envelope.visibility) if envelope else ("", "", "withheld")
    commitment = bytes.fromhex(envelope.body) if envelope else bytes(32)
    void = f"{entry.void.finding} {entry.void.rule} {entry.void.message}" if entry.void else None
    of_body = entry.void is not None and entry.void.of_body
    return (idx, entry.hash, *head, entry.leaf, commitment, *where, entry.person, void, of_body)


def place_of(columns: Sequence[Any]) -> BodyPlace | None:
    """Give the place of a body from its row's visibility, pack, place and length; None when the archive does not hold it."""
    visibility, pack, place, length = columns
    return None if pack is None else BodyPlace(visibility == "withheld", pack, place, length)


def _insert_bodies(database: Database, bodies: Sequence[tuple[int, str, Body]]) -> None:
    """Fill the tables that answer what bodies say."""
    insert_words(database, ((idx, body) for idx, _, body in bodies))
    database.executemany(
        "INSERT INTO link VALUES (?, ?, ?)",
        [(target, kind, idx) for idx, kind, body in bodies for target in links_of(body)],
    )
    database.executemany(
        "INSERT INTO file VALUES (?, ?)", [(name, idx) for idx, _, body in bodies for name in files_of(body)]
    )
    database.executemany(
        "INSERT OR IGNORE INTO identifier VALUES (?, ?, ?)",
        [(one.value, one.scheme, idx) for idx, _, body in bodies for one in getattr(body, "identifiers", ())],
    )
    sites = [(idx, body) for idx, _, body in bodies if isinstance(body, Site)]
    database.executemany(
        "INSERT INTO box VALUES (?, ?, ?, ?, ?)",
        [
            (idx, place.longitude, place.longitude, place.latitude, place.latitude)
            for idx, site in sites
            if (place := site.location) is not None
        ],
    )
