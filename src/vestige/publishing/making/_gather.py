"""Taking in what the work of tiles comes to, and noting what of the whole changes by it."""

from collections.abc import Callable, Iterable

import msgspec

from vestige.publishing.data._files import LINKED_ART, PARQUET, PIECED, separator, writes_parquet
from vestige.publishing.making._lists import GROUP
from vestige.publishing.making._tile_work import TileResult
from vestige.publishing.memory._state import State

_SITE = "site:"


class Changed(msgspec.Struct):
    """What of the whole changes by a publication: things, lists of countries, groups of other lists, data files, tiles of Linked Art."""

    things: set[str] = msgspec.field(default_factory=set)
    countries: set[str] = msgspec.field(default_factory=set)
    groups: dict[str, set[int]] = msgspec.field(default_factory=dict)
    files: set[str] = msgspec.field(default_factory=set)
    linked_art: set[int] = msgspec.field(default_factory=set)

    def add(self, about: str, index: int, countries: Iterable[str]) -> None:
        """Take in that a thing changed."""
        kind = about.partition(":")[0]
        if kind == "site":
            self.countries.update(tuple(countries) or ("",))
        self.things.add(about)
        self.groups.setdefault(kind, set()).add(index // GROUP)


class Gatherer:
    """Takes results into the state. ``drop`` removes files that are no more; ``full`` says that nothing is remembered yet."""

    def __init__(self, state: State, drop: Callable[[Iterable[str]], None], *, full: bool) -> None:
        self.changed = Changed()
        self._state = state
        self._drop = drop
        self._full = full

    def take(self, result: TileResult) -> None:
        """Remember a result, and what of the lists and data files changes by it."""
        pieces: dict[int, dict[str, bytes]] = dict(result.pieces)
        if not self._full:
            pieces = {index: {} for index in self._forget_old(result)} | pieces
        for thing in result.things:
            self.changed.add(thing.about, thing.index, thing.countries)
        self._state.things.put(result.things, known=not self._full)
        self._state.lists.put(result.listed)
        self._state.files.add(result.files)
        self._take_pieces(result.tile, pieces)
        if writes_parquet() and any(
            about.startswith(_SITE) for about in (*result.gone, *(thing.about for thing in result.things))
        ):
            # Here, since Arrow takes long to load and the pool's processes do without it.
            from vestige.publishing.data._geoparquet import arrow_part

            sites = self._state.things.sites_in_tile(result.tile)
            if self._state.parts.set(PARQUET, result.tile, arrow_part(sites) if sites else None):
                self.changed.files.add(PARQUET)

    def _forget_old(self, result: TileResult) -> list[int]:
        """Remove what the things of a result had and have no more, and give where they stood."""
        owners: dict[str, list[str]] = {
            about: [] for about in (*result.gone, *(thing.about for thing in result.things))
        }
        abouts = list(owners)
        for file in result.files:
            owners.setdefault(file.owner, []).append(file.path)
        for owner, kept in owners.items():
            self._drop(self._state.files.disowned(owner, kept))
        places = {about: place for about in abouts if (place := self._state.things.place(about)) is not None}
        for about, place in places.items():
            self.changed.add(about, *place)
        self._state.lists.drop(abouts)
        self._state.things.drop(result.gone)
        return [index for index, _ in places.values()]

    def _take_pieces(self, tile: int, pieces: dict[int, dict[str, bytes]]) -> None:
        """Put what the things give into the parts of the data files; what a thing gives no more is taken out."""
        for name in PIECED:
            part = {index: named.get(name) for index, named in pieces.items()}
            if part and self._state.parts.change(name, tile, part, separator(name)):
                if name == LINKED_ART:
                    self.changed.linked_art.add(tile)
                else:
                    self.changed.files.add(name)
