"""How a log grows: which files an append adds, as plain data; a caller writes them, then the checkpoint.

Nothing that a signed checkpoint speaks of is ever changed: full tiles and bundles stay, partial ones are superseded by wider ones.
So a kill between any two writes leaves the last checkpoint valid, and what it does not speak of is written again.
"""

from collections.abc import Sequence

from vestige.ledger._merkle import full_root, leaf_hash, range_root
from vestige.ledger._tiles import WIDTH, Tiles, TileSource, join_bundle, tile_path


class Extension:
    """The files that an append of leaves adds to a log, the size and root that come of it, and the partial files it supersedes.

    ``hashes`` are the hashes of the leaves, where whoever appends has them.
    """

    def __init__(
        self, source: TileSource, size: int, leaves: Sequence[bytes], hashes: list[bytes] | None = None
    ) -> None:
        self.files: dict[str, bytes] = {}
        self.superseded: list[str] = []
        self.size = size + len(leaves)
        self.hashes = [leaf_hash(leaf) for leaf in leaves] if hashes is None else hashes
        before = Tiles(source, size)
        self._add_bundles(before, leaves)
        self._add_tiles(before)
        self.root = range_root(Tiles(_Overlay(self.files, source), self.size).node, 0, self.size)

    def _add_bundles(self, before: Tiles, leaves: Sequence[bytes]) -> None:
        first, kept = divmod(before.size, WIDTH)
        pending = [*(before.bundle(first) if kept else []), *leaves]
        if kept:
            self.superseded.append(tile_path("entries", first, kept))
        for offset in range(0, len(pending), WIDTH):
            part = pending[offset : offset + WIDTH]
            self.files[tile_path("entries", first + offset // WIDTH, len(part))] = join_bundle(part)

    def _add_tiles(self, before: Tiles) -> None:
        level, start, new = 0, before.size, self.hashes
        while new:
            first, kept = divmod(start, WIDTH)
            pending = [*(before.hashes(level, first) if kept else []), *new]
            if kept:
                self.superseded.append(tile_path(level, first, kept))
            new = []
            for offset in range(0, len(pending), WIDTH):
                part = pending[offset : offset + WIDTH]
                self.files[tile_path(level, first + offset // WIDTH, len(part))] = b"".join(part)
                if len(part) == WIDTH:
                    new.append(full_root(part))
            level, start = level + 1, start // WIDTH


class _Overlay:
    """New files over an older source."""

    def __init__(self, files: dict[str, bytes], below: TileSource) -> None:
        self._files = files
        self._below = below

    def read(self, path: str) -> bytes | None:
        data = self._files.get(path)
        return self._below.read(path) if data is None else data
