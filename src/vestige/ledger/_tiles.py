"""The tlog-tiles layout (C2SP): a Merkle tree in files that never change once full.

A tile of level L holds up to 256 node hashes of tree level 8·L; an entry bundle holds up to 256 leaves, each behind its length as
16-bit big-endian number. The last of each may be partial: its path then ends in ``.p/<width>``, and a wider one may stand in for it,
since it begins with the same bytes.
"""

import functools
import struct
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from vestige.ledger._errors import TileError
from vestige.ledger._merkle import node_hash

WIDTH = 256
_HEIGHT = 8
_HASH = 32
"""Bytes of a node hash."""


class TileSource(Protocol):
    """Where the files of a log come from: a folder, an HTTP server, memory."""

    def read(self, path: str) -> bytes | None:
        """Give the bytes at a path relative to the log's root, or None where there is nothing."""


class FolderSource:
    """The files of a log in a folder, which another process may be appending to."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def read(self, path: str) -> bytes | None:
        """Give the bytes of a file, or None where there is none; a wider partial file stands in for one that it has superseded."""
        data = _read(self._folder / path)
        partial, mark, width = path.rpartition(".p/")
        if data is not None or not mark:
            return data
        for wider in sorted(_widths(self._folder / f"{partial}.p")):
            data = _read(self._folder / f"{partial}.p" / str(wider)) if wider > int(width) else None
            if data is not None:
                return _narrowed(data, path, int(width))
        return None


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return None


def _narrowed(data: bytes, path: str, width: int) -> bytes:
    """Give what a tile or bundle of a smaller width holds, as its path promises."""
    if path.startswith("tile/entries/"):
        return join_bundle(split_bundle(data, width, path))
    return data[: _HASH * width]


def _widths(folder: Path) -> list[int]:
    try:
        return [int(path.name) for path in folder.iterdir() if path.name.isascii() and path.name.isdigit()]
    except (FileNotFoundError, NotADirectoryError):
        return []


def tile_path(level: int | str, number: int, width: int = WIDTH) -> str:
    """Give the path of a tile, or of an entry bundle when ``level`` is "entries"."""
    groups = [f"{number % 1000:03d}"]
    while number >= 1000:
        number //= 1000
        groups.append(f"x{number % 1000:03d}")
    partial = f".p/{width}" if width < WIDTH else ""
    return f"tile/{level}/{'/'.join(reversed(groups))}{partial}"


def join_bundle(leaves: list[bytes]) -> bytes:
    """Put leaves into the bytes of an entry bundle."""
    return b"".join(struct.pack(">H", len(leaf)) + leaf for leaf in leaves)


def split_bundle(data: bytes, count: int, where: str) -> list[bytes]:
    """Take the first ``count`` leaves out of an entry bundle; raises TileError when it is truncated or malformed."""
    leaves: list[bytes] = []
    position = 0
    for _ in range(count):
        start = position + 2
        position = start + int.from_bytes(data[position:start], "big")
        if start > len(data) or position > len(data):
            raise TileError(f"expected {count} entries, got {len(leaves)} and a part", where=where)
        leaves.append(data[start:position])
    return leaves


class Tiles:
    """The tree of the first ``size`` leaves, read from a source of tiles. Keeps the tiles that it used last."""

    def __init__(self, source: TileSource, size: int) -> None:
        self.size = size
        self._source = source
        self._levels = functools.lru_cache(maxsize=64)(self._read_levels)

    def node(self, level: int, index: int) -> bytes:
        """Give the hash of the full node (level, index); raises TileError when its tile is missing or truncated."""
        tile_level, inner = divmod(level, _HEIGHT)
        number, position = divmod(index << inner, WIDTH)
        return self._levels(tile_level, number)[inner][position >> inner]

    def hashes(self, level: int, number: int) -> list[bytes]:
        """Give the node hashes that a tile holds."""
        return self._levels(level, number)[0]

    def leaves(self, start: int = 0, end: int | None = None) -> Iterator[bytes]:
        """Give the leaves [start, end) in order, one bundle in memory at a time."""
        end = self.size if end is None else end
        for number in range(start // WIDTH, -(-end // WIDTH)):
            first = number * WIDTH
            bundle = self.bundle(number)
            yield from bundle[max(0, start - first) : end - first]

    def bundle(self, number: int) -> list[bytes]:
        """Give the leaves of one entry bundle."""
        width = self._width(0, number)
        return split_bundle(self._bytes("entries", number, width), width, tile_path("entries", number, width))

    def _width(self, level: int, number: int) -> int:
        """How many hashes a tile holds in a tree of this size."""
        total = self.size >> (_HEIGHT * level)
        width = min(WIDTH, total - number * WIDTH)
        if width <= 0:
            raise TileError(f"expected a tile inside a tree of {self.size} leaves, got tile {number} of level {level}")
        return width

    def _bytes(self, level: int | str, number: int, width: int) -> bytes:
        for path in {tile_path(level, number, width): None, tile_path(level, number): None}:
            data = self._source.read(path)
            if data is not None:
                return data
        raise TileError("expected a file, got none", where=tile_path(level, number, width))

    def _read_levels(self, level: int, number: int) -> list[list[bytes]]:
        """Read a tile and compute the full nodes inside it, lowest first."""
        width = self._width(level, number)
        data = self._bytes(level, number, width)
        if len(data) < width * _HASH:
            raise TileError(f"expected {width * _HASH} bytes, got {len(data)}", where=tile_path(level, number, width))
        levels = [[data[_HASH * i : _HASH * (i + 1)] for i in range(width)]]
        while len(levels) < _HEIGHT:
            below = levels[-1]
            levels.append([node_hash(below[i], below[i + 1]) for i in range(0, len(below) - 1, 2)])
        return levels
