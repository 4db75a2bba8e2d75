"""From a point on the ground to the pixels around it and the tiles that hold them. Pure."""

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple, Protocol

import msgspec

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._sites import Site
from vestige.observing.scenes._tiff import Affine, Header, Layout
from vestige.observing.scenes.stated._masks import MaskLayout, MaskPlaces

MAX_GAP = 4096
"""Bytes between two tiles that are read along rather than asked around: a COG puts 8 there, alignment a few hundred."""
MAX_RANGE = 16 << 20


class Cut(msgspec.Struct, frozen=True):
    """The window of one site in one file, in pixels from the upper left corner."""

    site: str
    col: int
    row: int
    width: int
    height: int


class Tile(msgspec.Struct, frozen=True):
    """A tile and where it lies in its file; a length of 0 is a tile that was left out, all nodata."""

    index: int
    start: int
    length: int


class ByteRange(msgspec.Struct, frozen=True):
    """What one request asks for: neighbouring tiles, read together."""

    start: int
    length: int
    tiles: tuple[Tile, ...]


class Grid(NamedTuple):
    """What two files must share for their pixels to be the same places."""

    epsg: int
    step: tuple[float, float, float, float]
    phase: tuple[float, float]
    """Offset of the pixel grid from the origin of the projection, as a part of a pixel."""


def grid_of(header: Header, where: str) -> Grid:
    """Give the grid of a file. Raises `ReadFault` (*no map grid*) where its projection has no EPSG code."""
    a, b, _, d, e, _ = header.transform
    if header.epsg is None or a * e - b * d == 0:
        raise ReadFault(FaultKind.UNGRIDDED, "the projection of the file has no EPSG code", where=where)
    col, row = _pixel(header.transform, 0.0, 0.0)
    step = (round(a, 9), round(b, 9), round(d, 9), round(e, 9))
    return Grid(header.epsg, step, (round(col % 1, 3) % 1, round(row % 1, 3) % 1))


def _pixel(transform: Affine, x: float, y: float) -> tuple[float, float]:
    a, b, c, d, e, f = transform
    scale = a * e - b * d
    return (e * (x - c) - b * (y - f)) / scale, (a * (y - f) - d * (x - c)) / scale


@lru_cache(maxsize=256)
def _transformer(epsg: int) -> Any:
    import pyproj

    return pyproj.Transformer.from_crs(4326, epsg, always_xy=True)


class Projected:
    """Sites in the projections of files, each projected once."""

    def __init__(self, sites: Sequence[Site]) -> None:
        self._sites = sites
        self._places: dict[int, dict[str, tuple[float, float]]] = {}

    def place(self, site: Site, epsg: int) -> tuple[float, float]:
        """Give x and y of a site; infinite where the projection does not reach."""
        if epsg not in self._places:
            x, y = _transformer(epsg).transform([s.lon for s in self._sites], [s.lat for s in self._sites])
            self._places[epsg] = {s.id: (float(i), float(j)) for s, i, j in zip(self._sites, x, y, strict=True)}
        return self._places[epsg][site.id]


def cut_around(site: Site, place: tuple[float, float], header: Header, pixels: int) -> Cut | None:
    """Give the window of ``pixels`` by ``pixels`` whose middle pixel holds ``place``; None unless wholly in the image."""
    col, row = _pixel(header.transform, *place)
    if not (abs(col) < 1e9 and abs(row) < 1e9):
        return None
    left, top = int(col // 1) - pixels // 2, int(row // 1) - pixels // 2
    inside = 0 <= left <= header.layout.width - pixels and 0 <= top <= header.layout.height - pixels
    return Cut(site.id, left, top, pixels, pixels) if inside else None


def turns(epsg: int) -> tuple[float, ...]:
    """Give what may be added to a longitude of ±180 in a projection: whole turns where it is in degrees."""
    return (0.0, 360.0, -360.0) if 4000 <= epsg < 5000 else (0.0,)


class Packed(Protocol):
    """What knows how a file's pixels lie: its header, or the part of a plan that was made of it."""

    @property
    def layout(self) -> Layout: ...
    @property
    def alpha(self) -> int | None: ...
    @property
    def mask(self) -> MaskLayout | MaskPlaces | None: ...


def tiles_under(cut: Cut, layout: Layout) -> Iterable[int]:
    """Give the numbers of the tiles (of the first sample) that a window touches."""
    return _under(cut, layout)


def _under(cut: Cut, layout: Layout | MaskLayout) -> Iterable[int]:
    for down in range(cut.row // layout.tile_height, (cut.row + cut.height - 1) // layout.tile_height + 1):
        for across in range(cut.col // layout.tile_width, (cut.col + cut.width - 1) // layout.tile_width + 1):
            yield down * layout.across + across


def tiles_of(cut: Cut, file: Packed) -> Iterable[int]:
    """Give the numbers of all tiles that a window needs: of the first sample, of alpha, and of the mask, which follow all others."""
    layout = file.layout
    yield from tiles_under(cut, layout)
    if file.alpha is not None and layout.planar == 2:
        yield from (index + file.alpha * layout.across * layout.down for index in tiles_under(cut, layout))
    if file.mask is not None:
        mask = file.mask.layout if isinstance(file.mask, MaskPlaces) else file.mask
        yield from (index + tiles_in(layout) for index in _under(cut, mask))


def tiles_in(layout: Layout) -> int:
    """Give how many tiles a file's image has; those of its mask are numbered from there."""
    return layout.across * layout.down * (layout.samples if layout.planar == 2 else 1)


def byte_ranges(header: Header, cuts: Iterable[Cut], where: str) -> tuple[ByteRange, ...]:
    """Give the requests that fetch every tile under the windows once, neighbours together.

    Raises `ReadFault` (*truncated*) where a tile would lie beyond the end of the file.
    """
    numbers = {index for cut in cuts for index in tiles_of(cut, header)}
    starts, counts = header.starts, header.counts
    if header.mask is not None:
        starts, counts = (*starts, *header.mask.starts), (*counts, *header.mask.counts)
    tiles = sorted(
        (Tile(index, starts[index], counts[index]) for index in numbers),
        key=lambda tile: (tile.start if tile.length else 0, tile.index),
    )
    for tile in tiles:
        if tile.start + tile.length > header.size:
            raise ReadFault(
                FaultKind.TRUNCATED,
                f"tile {tile.index} ends at byte {tile.start + tile.length}, the file at {header.size}",
                where=where,
            )
    return tuple(_coalesced(tiles))


def _coalesced(tiles: Iterable[Tile]) -> Iterable[ByteRange]:
    run: list[Tile] = []
    for tile in tiles:
        if run and not _joins(run, tile):
            yield _range(run)
            run = []
        run.append(tile)
    if run:
        yield _range(run)


def _joins(run: list[Tile], tile: Tile) -> bool:
    if not run[-1].length or not tile.length:
        return run[-1].length == tile.length
    gap = tile.start - run[-1].start - run[-1].length
    return 0 <= gap <= MAX_GAP and tile.start + tile.length - run[0].start <= MAX_RANGE


def _range(run: list[Tile]) -> ByteRange:
    start, end = run[0].start, run[-1].start + run[-1].length
    return ByteRange(start, end - start, tuple(run)) if run[-1].length else ByteRange(0, 0, tuple(run))
