"""The index from ledger and archive alone: from nothing, or from where it stopped."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

from vestige.archive import BodyPlace, BodyStore
from vestige.entries import InvalidBodyError, decode_body, parse_envelope
from vestige.ledger import EMPTY_ROOT, Checkpoint, Tiles, TileSource, leaf_hash, range_root
from vestige.record._errors import RecordError
from vestige.record.index._index import Index
from vestige.record.index._rows import IndexedEntry

_CHUNK = 1000


def catch_up(
    index: Index, bodies: BodyStore, source: TileSource, checkpoint_now: Callable[[], Checkpoint]
) -> Checkpoint:
    """Bring the index to the checkpoint, and give it.

    Another process may be taking entries in at the same time, so the checkpoint is asked for after the size of the index. Raises RecordError when
    the index has seen another history than the ledger holds now: a checkpoint that was rolled back, or a ledger that was exchanged.
    """
    size, root = index.state
    checkpoint = checkpoint_now()
    if index.limit == checkpoint.size <= size or (size, root) == (checkpoint.size, checkpoint.root.hex()):
        return checkpoint
    tiles = Tiles(source, checkpoint.size)
    expected = EMPTY_ROOT if size == 0 else range_root(tiles.node, 0, size) if size <= checkpoint.size else b""
    if size and expected.hex() != root:
        raise RecordError(
            f"expected the ledger to hold the {size} entries that its index has seen, got {checkpoint.size} that do not begin with them",
            where="ledger/checkpoint",
            hint="check it: vestige verify; to take the ledger as it is: vestige index --rebuild",
        )
    for part in _parts(bodies, tiles, size):
        size += len(part)
        reached = checkpoint.root if size == checkpoint.size else range_root(tiles.node, 0, size)
        index.add(size - len(part), part, reached)
    return checkpoint


def remove_index(path: Path) -> None:
    """Delete an index with what SQLite keeps beside it."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _parts(bodies: BodyStore, tiles: Tiles, start: int) -> Iterator[list[IndexedEntry]]:
    entries = _read(bodies, tiles, start)
    while part := list(itertools.islice(entries, _CHUNK)):
        yield part


def _read(bodies: BodyStore, tiles: Tiles, start: int) -> Iterator[IndexedEntry]:
    """Give the entries from ``start`` on with those bodies that the archive still holds."""
    appends = [first for first in bodies.appends() if first < tiles.size]
    held: dict[str, tuple[BodyPlace, bytes]] = {}
    waiting = [
        max((first for first in appends if first <= start), default=0),
        *(first for first in appends if first > start),
    ]
    for position, leaf in enumerate(tiles.leaves(start), start):
        if waiting and waiting[0] <= position:
            held = {salted.commitment: (place, salted.body) for place, salted in bodies.held(waiting.pop(0))}
        envelope = parse_envelope(leaf)
        place, data = held.get(envelope.body, (None, b""))
        try:
            body = decode_body(envelope.kind, data) if place else None
        except InvalidBodyError:
            body = None  # whoever signed it wrote what this version cannot read; it stays reachable by its hash
        yield IndexedEntry(leaf_hash(leaf), leaf, envelope, body, place)
