"""What was read once, kept on disk: headers, tiles and finished chips, each by the hash of what it answers.

Headers and chips, which are small, lie in one SQLite file; tiles are appended to pack files that the same database indexes,
because making a file for each of a million tiles costs more than writing it. An item is indexed after it is written, so a
kill leaves nothing half; each carries the SHA-256 of its content, and one that no longer agrees is read anew. Several
threads and processes may share a folder; machines should not (SQLite's write-ahead log needs one machine's memory).
"""

import contextlib
import hashlib
import os
import secrets
import sqlite3
import threading
from pathlib import Path
from typing import Literal

import msgspec

from vestige.durable import own_folder
from vestige.errors import EnvironmentFault
from vestige.user_cache import cache_folder

Room = Literal["headers", "tiles", "chips"]
_PACK_BYTES = 256 << 20
_SCHEMA = """
PRAGMA journal_mode = WAL;
PRAGMA synchronous = NORMAL;
CREATE TABLE IF NOT EXISTS item (room TEXT, key TEXT, digest BLOB, content BLOB, PRIMARY KEY (room, key));
CREATE TABLE IF NOT EXISTS tile (key TEXT PRIMARY KEY, pack TEXT, start INTEGER, length INTEGER, digest BLOB);
CREATE INDEX IF NOT EXISTS tile_pack ON tile (pack);
"""


def default_cache() -> Path:
    """Give the folder that the XDG base directory specification names for caches."""
    return cache_folder() / "observing"


def key_of(*parts: object) -> str:
    """Give the SHA-256, in hex, of the canonical MessagePack encoding of ``parts``."""
    return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()


class Cache:
    """A folder of items; ``tile_bytes`` limits the tiles (the oldest packs go first), 0 keeps none.

    Raises `EnvironmentFault` where the folder cannot be used at all; what fails later costs the cache, not the reading.
    """

    def __init__(self, folder: Path, *, tile_bytes: int = 8 << 30) -> None:
        self.folder, self.tile_bytes = folder, tile_bytes
        self._lock = threading.Lock()
        try:
            own_folder(folder)
            own_folder(folder / "packs")
            self._index = _open(folder / "index.sqlite")
        except (OSError, sqlite3.Error) as error:
            raise EnvironmentFault(
                f"the cache cannot be used: {error}", where=str(folder), hint="name another folder"
            ) from error
        self._pack: _Pack | None = None

    def get(self, room: Room, key: str) -> bytes | None:
        """Give an item's content; None where there is none, or none that is whole."""
        content, digest = b"", b""
        with contextlib.suppress(sqlite3.Error, OSError):
            content, digest = self._tile(key) if room == "tiles" else self._item(room, key)
        if not digest:
            return None
        if hashlib.sha256(content).digest() == digest:
            return content
        self.drop(room, key)
        return None

    def put(self, room: Room, key: str, content: bytes, *, digest: bytes | None = None) -> None:
        """Keep an item; ``digest`` is its SHA-256 where known."""
        digest = digest or hashlib.sha256(content).digest()
        with contextlib.suppress(sqlite3.Error, OSError):
            if room == "tiles":
                self._put_tile(key, content, digest)
            else:
                self._run("INSERT OR REPLACE INTO item VALUES (?, ?, ?, ?)", (room, key, digest, content))

    def drop(self, room: Room, key: str) -> None:
        """Forget an item that turned out to be out of date."""
        table, rest = ("tile", "") if room == "tiles" else ("item", f" AND room = '{room}'")
        with contextlib.suppress(sqlite3.Error):
            self._run(f"DELETE FROM {table} WHERE key = ?{rest}", (key,))  # noqa: S608 - our own three words

    def _run(self, statement: str, values: tuple[object, ...] = ()) -> list[tuple[bytes, ...]]:
        with self._lock:
            return self._index.execute(statement, values).fetchall()

    def _item(self, room: Room, key: str) -> tuple[bytes, bytes]:
        rows = self._run(
            "SELECT CAST(content AS BLOB), CAST(digest AS BLOB) FROM item WHERE room = ? AND key = ?", (room, key)
        )
        return (rows[0][0], rows[0][1]) if rows else (b"", b"")

    def _tile(self, key: str) -> tuple[bytes, bytes]:
        rows: list[tuple[object, ...]] = [
            *self._run("SELECT pack, start, length, digest FROM tile WHERE key = ?", (key,))
        ]
        for pack, start, length, digest in rows:
            with (self.folder / "packs" / str(pack)).open("rb") as file:
                return os.pread(file.fileno(), int(str(length)), int(str(start))), bytes(digest)  # type: ignore[call-overload]
        return b"", b""

    def _put_tile(self, key: str, content: bytes, digest: bytes) -> None:
        if len(content) > self.tile_bytes:
            return
        with self._lock:
            if self._pack is None or self._pack.size > min(_PACK_BYTES, self.tile_bytes // 8):
                self._pack = _Pack(self.folder / "packs")
                self._trim()
            pack, start = self._pack, self._pack.claim(len(content))
        pack.write(start, content)
        self._run(
            "INSERT OR REPLACE INTO tile VALUES (?, ?, ?, ?, ?)", (key, pack.path.name, start, len(content), digest)
        )

    def _trim(self) -> None:
        """Remove the packs that were begun longest ago until the rest leaves room for another."""
        packs = sorted(
            (path.stat().st_mtime_ns, path.stat().st_size, path) for path in (self.folder / "packs").iterdir()
        )
        total = sum(size for _, size, _ in packs)
        for _, size, path in packs:
            if total <= self.tile_bytes - min(_PACK_BYTES, self.tile_bytes // 8):
                break
            path.unlink(missing_ok=True)
            self._index.execute("DELETE FROM tile WHERE pack = ?", (path.name,))
            total -= size


class _Pack:
    """A file that one process appends tiles to; threads claim their place first and then write at the same time."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / secrets.token_hex(8)
        self._file = self.path.open("xb", buffering=0)
        self.size = 0

    def claim(self, length: int) -> int:
        start, self.size = self.size, self.size + length
        return start

    def write(self, start: int, content: bytes) -> None:
        if os.pwrite(self._file.fileno(), content, start) != len(content):
            raise OSError("the disk took only a part")


def _open(path: Path) -> sqlite3.Connection:
    try:
        return _connect(path)
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):
            raise
        path.unlink()  # damaged beyond reading, and nothing in it that cannot be read again
        return _connect(path)


def _connect(path: Path) -> sqlite3.Connection:
    index = sqlite3.connect(path, timeout=60, isolation_level=None, check_same_thread=False)
    index.executescript(_SCHEMA)
    return index
