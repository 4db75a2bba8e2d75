"""Every tile against the leaves, and all of it against the signed root; and, where they differ, which file was altered.

Hashes are computed upwards from the entry bundles, one tile a level in memory. Where a computed tile and the stored one differ, the
level above, and at last the signed root, say which of the two is the old one.
"""

import hashlib
from collections.abc import Callable

from vestige.ledger import Checkpoint, TileError, Tiles, TileSource, full_root, leaf_hash, range_root, tile_path
from vestige.record.verify._report import Discrepancy

_WIDTH = 256
Found = Callable[[Discrepancy], None]


class TreeCheck:
    """Feed it the bundles in order; it reports altered and missing files and tells which leaves are to be trusted."""

    def __init__(self, source: TileSource, checkpoint: Checkpoint, found: Found) -> None:
        self._source = _Measured(source)
        self._checkpoint = checkpoint
        self._tiles = Tiles(self._source, checkpoint.size)
        self._found = found
        self._levels: list[list[bytes]] = [[]]
        self._numbers = [0]
        self._clean = True

    def check_bundle(self, number: int) -> list[tuple[int, bytes, bytes]]:
        """Check one entry bundle with its tile, and give (index, leaf hash, leaf) of each leaf that is as it was signed."""
        path = tile_path("entries", number, self._width(0, number))
        try:
            leaves = self._tiles.bundle(number)
        except TileError as error:
            self._report_file(error, path)
            leaves = []
        else:
            self._check_end(path, sum(2 + len(leaf) for leaf in leaves))
        computed = [leaf_hash(leaf) for leaf in leaves]
        settled = self._settle(0, number, computed)
        if len(settled) == _WIDTH:
            self._push(1, full_root(settled))
        first = number * _WIDTH
        return [
            (first + i, name, leaves[i]) for i, name in enumerate(settled) if i < len(leaves) and computed[i] == name
        ]

    def finish(self) -> None:
        """Check the partial tiles of the upper levels and the root."""
        for level in range(1, len(self._levels)):
            if self._levels[level]:
                self._settle(level, self._numbers[level], self._levels[level])
        try:
            root = range_root(self._tiles.node, 0, self._checkpoint.size)
        except TileError:
            return
        if root != self._checkpoint.root and self._clean:
            self._report(
                "modified",
                "ledger/checkpoint",
                "the tree has another root than the checkpoint",
                self._checkpoint.root,
                root,
            )

    def _push(self, level: int, name: bytes) -> None:
        if level == len(self._levels):
            self._levels.append([])
            self._numbers.append(0)
        self._levels[level].append(name)
        if len(self._levels[level]) == _WIDTH:
            settled = self._settle(level, self._numbers[level], self._levels[level])
            self._levels[level] = []
            self._numbers[level] += 1
            self._push(level + 1, full_root(settled))

    def _settle(self, level: int, number: int, computed: list[bytes]) -> list[bytes]:
        """Compare a computed tile with the stored one and give the one that was signed; report the other."""
        path = tile_path(level, number, self._width(level, number))
        try:
            stored = self._tiles.hashes(level, number)
        except TileError as error:
            self._report_file(error, path)
            return computed
        self._check_end(path, sum(map(len, stored)))
        if computed == stored:
            return computed
        if len(computed) == len(stored) and self._fits(level, number, computed):
            self._report(
                "modified", f"ledger/{path}", "not the hashes of what it covers", _digest(computed), _digest(stored)
            )
            return computed
        if not self._fits(level, number, stored):
            self._report("modified", f"ledger/{path}", "does not lead to the signed root", None, _digest(stored))
        if computed:
            self._report_below(level, number, computed, stored)
        return stored

    def _check_end(self, path: str, held: int) -> None:
        """Report a file that goes on after what was signed."""
        rest = self._source.sizes.pop(path, held) - held
        if rest > 0:
            self._found(Discrepancy("modified", f"ledger/{path}", f"{rest} bytes follow what was signed"))

    def _report_below(self, level: int, number: int, computed: list[bytes], stored: list[bytes]) -> None:
        """Name the entries, or the tiles and bundles below, whose hashes are not those that were signed."""
        for i, expected in enumerate(stored):
            got = computed[i] if i < len(computed) else None
            if got == expected:
                continue
            index = number * _WIDTH + i
            if level == 0:
                file = tile_path("entries", number, self._width(0, number))
                self._clean = False
                self._found(
                    Discrepancy(
                        "modified",
                        f"ledger/{file}",
                        "an entry was altered",
                        expected.hex(),
                        index,
                        expected.hex(),
                        _hex(got),
                    )
                )
            else:
                self._report(
                    "modified", f"ledger/{tile_path(level - 1, index)}", "and what it covers was altered", expected, got
                )

    def _fits(self, level: int, number: int, hashes: list[bytes]) -> bool:
        """Whether a tile with these hashes leads to what stands above it."""
        try:
            if len(hashes) == _WIDTH and self._checkpoint.size >> 8 * (level + 1):
                above = self._tiles.hashes(level + 1, number // _WIDTH)
                return above[number % _WIDTH] == full_root(hashes)
            tiles = Tiles(
                _Replaced(self._source, tile_path(level, number, len(hashes)), b"".join(hashes)), self._checkpoint.size
            )
            return range_root(tiles.node, 0, self._checkpoint.size) == self._checkpoint.root
        except TileError:
            return False

    def _width(self, level: int, number: int) -> int:
        return min(_WIDTH, (self._checkpoint.size >> 8 * level) - number * _WIDTH)

    def _report_file(self, error: TileError, path: str) -> None:
        present = self._source.read(path) is not None
        self._clean = False
        self._found(Discrepancy("modified" if present else "missing", f"ledger/{path}", error.message))

    def _report(self, kind: str, file: str, message: str, expected: bytes | None, got: bytes | None) -> None:
        self._clean = False
        self._found(Discrepancy(kind, file, message, expected=_hex(expected), got=_hex(got)))


class _Measured:
    """A source that remembers how long each file was, until that is asked for."""

    def __init__(self, source: TileSource) -> None:
        self._source = source
        self.sizes: dict[str, int] = {}

    def read(self, path: str) -> bytes | None:
        data = self._source.read(path)
        if data is not None:
            self.sizes[path] = len(data)
        return data


class _Replaced:
    """A source in which one file has other bytes."""

    def __init__(self, source: TileSource, path: str, data: bytes) -> None:
        self._source = source
        self._path = path
        self._data = data

    def read(self, path: str) -> bytes | None:
        return self._data if path == self._path else self._source.read(path)


def _digest(hashes: list[bytes]) -> bytes:
    """Give one hash for a whole tile, as a file hash would give it."""
    return hashlib.sha256(b"".join(hashes)).digest()


def _hex(name: bytes | None) -> str | None:
    return None if name is None else name.hex()
