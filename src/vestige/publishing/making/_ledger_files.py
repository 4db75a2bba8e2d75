"""The ledger as a published folder holds it: tiles and entry bundles at one size, and the way from each tile to the root."""

import base64
from collections.abc import Container, Iterator

import msgspec

from vestige.ledger import Tiles, join_bundle, node_hash, range_root, tile_path
from vestige.publishing.making._output import Output
from vestige.publishing.views._paths import TILE


def write_ledger(tiles: Tiles, have: Container[str], output: Output) -> set[str]:
    """Write the tiles and bundles of a ledger but the full ones that the folder has, and give the paths of all."""
    wanted = dict(_tile_files(tiles.size))
    for path, (level, number, width) in wanted.items():
        if width < TILE or path not in have:
            output.put(path, _tile_bytes(tiles, level, number), "ledger")
    return set(wanted)


def _tile_files(size: int) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Give the path of every tile and entry bundle of a ledger of this size, with its level, number and width."""
    level, count = 0, size
    while count > 0:
        for number in range(-(-count // TILE)):
            width = min(TILE, count - number * TILE)
            yield f"ledger/{tile_path(level, number, width)}", (str(level), number, width)
            if level == 0:
                yield f"ledger/{tile_path('entries', number, width)}", ("entries", number, width)
        level, count = level + 1, count // TILE


def _tile_bytes(tiles: Tiles, level: str, number: int) -> bytes:
    """Give the bytes of a tile or, at the level "entries", of an entry bundle."""
    return join_bundle(tiles.bundle(number)) if level == "entries" else b"".join(tiles.hashes(int(level), number))


def proofs(tiles: Tiles, root: bytes) -> bytes:
    """Give the way from each tile of 256 entries to the root of the checkpoint, as JSON."""
    roots = [range_root(tiles.node, first, min(first + TILE, tiles.size)) for first in range(0, tiles.size, TILE)]
    ways = [{"tile": tile, "path": [piece.hex() for piece in way]} for tile, way in enumerate(_ways_up(roots)[1])]
    head = {"size": tiles.size, "root": root.hex(), "root_base64": base64.b64encode(root).decode()}
    return msgspec.json.encode({**head, "tiles": ways}) + b"\n"


def _ways_up(roots: list[bytes]) -> tuple[bytes, list[list[bytes]]]:
    """Give the root over these roots, and the proof of each, as RFC 9162 splits a tree: at the largest power of two below its size.

    Tiles are full but for the last, so the split of the entries and that of their tiles are the same.
    """
    if len(roots) == 1:
        return roots[0], [[]]
    middle = 1 << (len(roots) - 1).bit_length() - 1
    left, left_ways = _ways_up(roots[:middle])
    right, right_ways = _ways_up(roots[middle:])
    ways = [[*way, right] for way in left_ways] + [[*way, left] for way in right_ways]
    return node_hash(left, right), ways
