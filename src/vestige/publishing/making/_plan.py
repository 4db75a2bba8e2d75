"""What has to be made: everything, or what changed since the last time.

A change reaches a page in three ways: the page is about a thing that a new entry is about or names, or the page has shown a thing that a new
entry is about, or it will show one beside its own, such as a statement about the same site. The second is remembered by the
state, the others are read off the new entries.
"""

import re

import msgspec

from vestige.entries import parse_envelope
from vestige.ledger import FolderSource, Tiles
from vestige.publishing._registry import ALL, PAGED
from vestige.publishing.memory._state import State
from vestige.publishing.views._paths import TILE
from vestige.record import Entry, RecordReader

_THING = re.compile(rb'"([a-z]{1,20}:[a-z2-7]{16})"')


class Task(msgspec.Struct, frozen=True):
    """The work of one tile: the things that first stood in it whose pages are to be made, and whether to make its ledger page.

    ``lone`` are those of the things that a single entry is about.
    """

    tile: int
    abouts: list[str]
    lone: frozenset[str] = frozenset()
    ledger: bool = True


class Plan(msgspec.Struct, frozen=True):
    """The things whose pages are to be made, by the tile in which each first stood; and the tiles whose ledger pages are."""

    things: dict[int, list[str]]
    tiles: frozenset[int]
    several: frozenset[str] | None = None
    """The things that several entries are about; None when that was not looked at."""

    @property
    def count(self) -> int:
        """How many things."""
        return sum(map(len, self.things.values()))

    def tasks(self) -> list[Task]:
        """Give the work of each tile, in order of tile."""
        return [self._task(tile) for tile in sorted(self.tiles | self.things.keys())]

    def _task(self, tile: int) -> Task:
        abouts = self.things.get(tile, [])
        lone = frozenset(abouts) - self.several if self.several is not None else frozenset()
        return Task(tile, abouts, lone, tile in self.tiles)


def plan_all(record: RecordReader, size: int) -> Plan:
    """Plan to make everything in the first ``size`` entries. Reads envelopes only."""
    first: dict[str, int] = {}
    several: set[str] = set()
    tiles, void = Tiles(FolderSource(record.path / "ledger"), size), record.index.void()
    for index, leaf in enumerate(tiles.leaves()):
        envelope = None if index in void else parse_envelope(leaf)
        if envelope and envelope.kind in PAGED and first.setdefault(envelope.about, index) != index:
            several.add(envelope.about)
    return Plan(_by_tile(first), frozenset(range(-(-size // TILE))), frozenset(several))


def plan_changes(
    record: RecordReader,
    state: State,
    old_size: int,
    size: int,
    retied: frozenset[str] = frozenset(),
    *,
    another_day: bool = False,
) -> Plan:
    """Plan to make what the entries from ``old_size`` to ``size`` change; ``retied`` are the sources with other ties than before.

    On ``another_day`` than the last publication, the pages that name the day are made too.
    """
    index = record.index
    fresh = list(index.entries(after=old_size - 1))
    ended = [entry for entry in map(index.entry, _ended(fresh)) if entry]
    changed = {entry.about for entry in (*fresh, *ended)}
    named = {name for entry in (*fresh, *ended) for name in _named(entry)}  # what an opening opens was not shown before
    cited = {entry.about for entry in map(index.entry, {name for e in fresh for name in e.envelope.cites}) if entry}
    dirty = {
        about for about in changed | named | cited | state.things.showing(changed) if about.partition(":")[0] in PAGED
    }
    dirty |= _beside(record, state, fresh)
    dirty |= {about for kind in ALL for about in kind.ages(record)} if another_day else set()
    dirty |= retied | {about for about in state.things.showing(retied) if about.startswith("statement:")}
    first = {about: history[0].index for about in dirty if (history := index.history(about))}
    tiles = {entry.index // TILE for entry in (*fresh, *ended)}
    tiles |= {max(0, old_size - 1) // TILE, *range(old_size // TILE, -(-size // TILE))}
    # Whether a thing still has a page shows on the ledger page of every entry about it.
    tiles |= {entry.index // TILE for about in {e.about for e in ended} for entry in index.history(about)}
    return Plan(_by_tile(first), frozenset(tile for tile in tiles if tile * TILE < size))


def _beside(record: RecordReader, state: State, fresh: list[Entry]) -> set[str]:
    """Give the things that new entries do not name and whose pages will show them, as each kind says."""
    return {about for kind in ALL for about in kind.beside(record, state.things.showing, fresh)}


def _ended(fresh: list[Entry]) -> set[str]:
    """Give the hashes of the entries that new ones replace, withdraw or open."""
    replaced = {entry.envelope.replaces for entry in fresh if entry.envelope.replaces}
    return replaced | {entry.envelope.cites[0] for entry in fresh if entry.kind in {"withdrawal", "opening"}}


def _named(entry: Entry) -> list[str]:
    """Give the things that a body names, wherever in it."""
    return [match.decode() for match in _THING.findall(entry.body_json or b"")]


def _by_tile(first: dict[str, int]) -> dict[int, list[str]]:
    tiles: dict[int, list[str]] = {}
    for about, index in sorted(first.items(), key=lambda item: item[1]):
        tiles.setdefault(index // TILE, []).append(about)
    return tiles
