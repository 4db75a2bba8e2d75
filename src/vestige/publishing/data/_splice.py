"""Making a joined file anew from the one that lies there: what is kept of it, and what is put between. Pure."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from vestige.publishing.kinds._data_file import DataFile

Layout = Sequence[tuple[int, int]]
"""The tiles that have a part in a file, in order, each with the length of its part in bytes."""


class Kept(msgspec.Struct, frozen=True):
    """A stretch of the file that lies there: from a byte up to another."""

    start: int
    end: int


def plan_splice(frame: DataFile, old: Layout, new: Layout, changed: Mapping[int, bytes]) -> list[Kept | bytes]:
    """Say how a file of the layout ``new`` is put together from one of the layout ``old`` and the parts that ``changed``."""
    places = _places(frame, old)
    chunks: list[Kept | bytes] = [frame.head]
    for number, (tile, length) in enumerate(new):
        kept = Kept(places[tile], places[tile] + length) if tile in places and tile not in changed else None
        last = chunks[-1]
        if number and kept and isinstance(last, Kept) and last.end + len(frame.separator) == kept.start:
            chunks[-1] = Kept(last.start, kept.end)
            continue
        chunks += ([frame.separator] if number else []) + [kept or changed[tile]]
    return [*chunks, frame.foot]


def splice(data: bytes, chunks: Iterable[Kept | bytes]) -> Iterator[bytes | memoryview]:
    """Carry a plan out on the bytes of the file that lies there."""
    view = memoryview(data)
    for chunk in chunks:
        yield view[chunk.start : chunk.end] if isinstance(chunk, Kept) else chunk


def _places(frame: DataFile, layout: Layout) -> dict[int, int]:
    """Give where the part of each tile begins."""
    places, position = {}, len(frame.head)
    for tile, length in layout:
        places[tile] = position
        position += length + len(frame.separator)
    return places
