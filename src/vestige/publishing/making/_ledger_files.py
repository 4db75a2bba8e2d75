"""The ledger as a published folder holds it: tiles and entry bundles at one size, and the way from each tile to the root."""

import base64
from collections.abc import Callable, Container, Iterable, Iterator

import msgspec

from vestige.ledger import Tiles, join_bundle, node_hash, range_root, tile_path
from vestige.publishing.making._output import Output
from vestige.publishing.views._paths import TILE


def write_ledger(
    tiles: Tiles, have: Container[str], names_in: Callable[[str], Iterable[str]], output: Output
) -> set[str]:
    """Write the tiles and bundles of a ledger but those that the folder has for good, and give the paths of all.

    A narrower tile of an earlier checkpoint stays until the full one is there, as C2SP tlog-tiles asks: whoever read that checkpoint a moment ago, or
    keeps it in a cache, still finds its tiles. ``names_in`` gives the names of what was published in a folder. Tiles only grow, so that the bytes of
    the earlier ones are known whatever lies there.
    """
    now = dict(_tile_files(tiles.size))
    wanted = now | {path: tile for full in now.items() for path, tile in _narrower(*full, names_in)}
    for path, (level, number, width) in wanted.items():
        if (path in now and width < TILE) or path not in have:
            output.put(path, _tile_bytes(tiles, level, number, width), "ledger")
    return set(wanted)


def _narrower(
    path: str, tile: tuple[str, int, int], names_in: Callable[[str], Iterable[str]]
) -> Iterator[tuple[str, tuple[str, int, int]]]:
    """Give the narrower tiles that were published in the place of one that is not full yet."""
    level, number, width = tile
    folder = path.rpartition("/")[0]
    for earlier in map(str, range(1, width)) if width < TILE and (names := set(names_in(folder))) else ():
        if earlier in names:
            yield f"{folder}/{earlier}", (level, number, int(earlier))


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


def _tile_bytes(tiles: Tiles, level: str, number: int, width: int) -> bytes:
    """Give the first so many hashes of a tile or, at the level "entries", leaves of an entry bundle, as bytes."""
    if level == "entries":
        return join_bundle(tiles.bundle(number)[:width])
    return b"".join(tiles.hashes(int(level), number)[:width])


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
