"""The index from ledger and archive alone: from nothing, or from where it stopped."""

import itertools
from collections.abc import Callable, Iterator

from vestige.archive import BodyPlace, BodyStore, SaltedBody
from vestige.ledger import EMPTY_ROOT, Checkpoint, Tiles, TileSource, leaf_hash, range_root
from vestige.record._errors import RecordError
from vestige.record.index._history import policy_in_force
from vestige.record.index._index import Index
from vestige.record.index._rows import IndexedEntry
from vestige.record.rules._ledger import Leaf, LedgerRules, read_leaf, signed_leaves

_CHUNK = 1000


def catch_up(
    index: Index,
    bodies: BodyStore,
    source: TileSource,
    checkpoint_now: Callable[[], Checkpoint],
    vouched: Callable[[int], bool] = lambda _position: False,
) -> Checkpoint:
    """Bring the index to the checkpoint, and give it.

    ``vouched`` says whether this process signed an entry itself, so that its signature need not be verified.

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
    for part in _parts(index, bodies, tiles, size, vouched):
        size += len(part)
        reached = checkpoint.root if size == checkpoint.size else range_root(tiles.node, 0, size)
        index.add(size - len(part), part, reached)
    return checkpoint


def _parts(
    index: Index, bodies: BodyStore, tiles: Tiles, start: int, vouched: Callable[[int], bool]
) -> Iterator[list[IndexedEntry]]:
    entries = _read(index, bodies, tiles, start, vouched)
    while part := list(itertools.islice(entries, _CHUNK)):
        yield part


def _read(
    index: Index, bodies: BodyStore, tiles: Tiles, start: int, vouched: Callable[[int], bool]
) -> Iterator[IndexedEntry]:
    """Give the entries from ``start`` on with those bodies that the archive still holds, each judged by the rules of the record."""
    history = index.past(start)
    rules = LedgerRules(history, policy_in_force(index.database, bodies, start))
    held = _Held(bodies, start, tiles.size)
    leaves = enumerate(tiles.leaves(start), start)
    while part := list(itertools.islice(leaves, _CHUNK)):
        data = dict(part)
        read = [read_leaf(position, leaf_hash(leaf), leaf) for position, leaf in part]
        for run in signed_leaves(read, rules, held.body, vouched):
            for leaf, fits in run:
                history.position = leaf.index
                place, body = held.find(leaf)
                verdict = rules.judge(leaf, body, signed=fits, salt_of=held.salt_of)
                key = rules.rules.key_of(leaf.envelope.by) if leaf.envelope else None
                # a body that was needed to find the entry void stays, so that readers of what is published find the same
                needed = verdict.void is None or verdict.void.of_body or verdict.body is not None
                kept = place if needed else None
                person = key.person if key else ""
                yield IndexedEntry(leaf.name, data[leaf.index], leaf.envelope, verdict.body, kept, person, verdict.void)


class _Held:
    """The bodies of the archive as the entries of the ledger come, those of one append in memory at a time."""

    def __init__(self, bodies: BodyStore, start: int, size: int) -> None:
        self._bodies = bodies
        appends = [first for first in bodies.appends() if first < size]
        earlier = max((first for first in appends if first <= start), default=0)
        self._waiting = [earlier, *(first for first in appends if first > start)]
        self._held: dict[str, tuple[BodyPlace, SaltedBody]] = {}
        self._salts: dict[str, bytes] = {}

    def find(self, leaf: Leaf) -> tuple[BodyPlace | None, bytes | None]:
        """Give the place and the body of a leaf, where the archive has it."""
        while self._waiting and self._waiting[0] <= leaf.index:
            self._held = {
                salted.commitment: (place, salted) for place, salted in self._bodies.held(self._waiting.pop(0))
            }
        found = self._held.get(leaf.envelope.body) if leaf.envelope else None
        if found is None:
            return None, None
        if found[0].withheld:
            self._salts[leaf.name.hex()] = found[1].salt
        return found[0], found[1].body

    def body(self, leaf: Leaf) -> bytes | None:
        """Give the body of a leaf."""
        return self.find(leaf)[1]

    def salt_of(self, name: str) -> bytes | None:
        """Give the salt of a withheld body that came before, where it did."""
        return self._salts.get(name)
