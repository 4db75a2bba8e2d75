"""What is remembered of the data files: one part a tile of the ledger, with the places at which it is cut into the pieces of its things."""

import sqlite3
from collections.abc import Mapping

import msgspec

TABLES = """
CREATE TABLE part (name TEXT, tile INTEGER, data BLOB, cuts BLOB, PRIMARY KEY (name, tile)) WITHOUT ROWID;
"""
Pieces = Mapping[int, bytes | None]
"""What things put into a data file, by where each first stood in the ledger; None takes its piece out."""

_cuts = msgspec.msgpack.Decoder(list[tuple[int, int]])


class PartTable:
    """The parts of the data files."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        self._before: dict[str, list[tuple[int, int]]] = {}
        self._changed: dict[str, set[int]] = {}

    def forget(self) -> None:
        """Forget everything."""
        self._database.execute("DELETE FROM part")

    def change(self, name: str, tile: int, pieces: Pieces, separator: bytes) -> bool:
        """Put the pieces of some things into a part, and say whether that changed it."""
        row = self._database.execute("SELECT data, cuts FROM part WHERE name = ? AND tile = ?", (name, tile)).fetchone()
        held = _split(row[0], _cuts.decode(row[1]), len(separator)) if row else {}
        merged = {index: piece for index, piece in {**held, **pieces}.items() if piece is not None}
        if merged == held:
            return False
        if not merged:
            return self.set(name, tile, None)
        cuts = [(index, len(merged[index])) for index in sorted(merged)]
        return self.set(name, tile, separator.join([merged[index] for index, _ in cuts]), msgspec.msgpack.encode(cuts))

    def set(self, name: str, tile: int, data: bytes | None, cuts: bytes = b"\x90") -> bool:
        """Remember a part as a whole, or take it out, and say whether that changed it."""
        if self.of_tile(name, tile) == data:
            return False
        if name not in self._before:
            self._before[name] = self._layout(name)
        self._changed.setdefault(name, set()).add(tile)
        if data is None:
            self._database.execute("DELETE FROM part WHERE name = ? AND tile = ?", (name, tile))
        else:
            self._database.execute("INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?)", (name, tile, data, cuts))
        return True

    def layouts(self, name: str) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
        """Give the tiles of a data file with the lengths of their parts: as they were before anything changed, and as they are."""
        now = self._layout(name)
        return self._before.get(name, now), now

    def changed_parts(self, name: str) -> dict[int, bytes]:
        """Give the parts of a data file that changed and are still there."""
        parts = {tile: self.of_tile(name, tile) for tile in self._changed.get(name, ())}
        return {tile: part for tile, part in parts.items() if part is not None}

    def _layout(self, name: str) -> list[tuple[int, int]]:
        query = "SELECT tile, length(data) FROM part WHERE name = ? ORDER BY tile"
        return self._database.execute(query, (name,)).fetchall()

    def of_tile(self, name: str, tile: int) -> bytes | None:
        """Give one part of one data file."""
        row = self._database.execute("SELECT data FROM part WHERE name = ? AND tile = ?", (name, tile)).fetchone()
        return row[0] if row else None

    def all(self, name: str) -> list[bytes]:
        """Give the parts of one data file in ledger order."""
        return [row[0] for row in self._database.execute("SELECT data FROM part WHERE name = ? ORDER BY tile", (name,))]


def _split(data: bytes, cuts: list[tuple[int, int]], gap: int) -> dict[int, bytes]:
    """Cut a part into its pieces."""
    pieces, position = {}, 0
    for index, length in cuts:
        pieces[index] = data[position : position + length]
        position += length + gap
    return pieces
