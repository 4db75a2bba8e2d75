"""From tiles to chips: pieces are cut out of each tile and put together to windows, with the evidence of every byte."""

import threading
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from vestige.observing.scenes._chips import Chip, Evidence, FileResult, as_floats
from vestige.observing.scenes._decode import Pixels, decode_tile, unpacked_size
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._plan import FileRead
from vestige.observing.scenes._tiff import Layout
from vestige.observing.scenes._windows import Cut, Tile, tiles_in, tiles_of, tiles_under
from vestige.observing.scenes.stated._masks import MaskLayout, decode_mask

_LARGE_FROM = 1 << 25
_LARGE = threading.Lock()
"""Tiles of more than 32 MB are unpacked one at a time, however many threads ask: real ones have some MB."""


class Piece(NamedTuple):
    """Pixels of one window out of one tile, and where in the window they go."""

    site: str
    row: int
    col: int
    pixels: Pixels
    counts: bool = False
    """Whether the pixels are no values but say which values count: 0 hides one."""


class RangePieces(NamedTuple):
    """What one range of a file gave: pieces, the evidence of its tiles, and the bytes that were asked for."""

    pieces: list[Piece]
    evidence: dict[int, Evidence]
    asked: int


def pieces_of(file: FileRead, tile: Tile, data: bytes) -> Iterator[Piece]:
    """Unpack a tile as far as the windows need it, and cut from it what each of them covers."""
    layout = file.layout
    if file.mask is not None and tile.index >= tiles_in(layout):
        yield from _mask_pieces(file, file.mask, tile.index - tiles_in(layout), data)
        return
    plane, index = divmod(tile.index, layout.across * layout.down)
    placed = _Placed(index, layout, [cut for cut in file.cuts if index in tiles_under(cut, layout)], layout.height)
    if not tile.length:
        yield from placed.pieces(_absent(file, placed.rows), counts=plane > 0)
        return
    with _LARGE if unpacked_size(layout) > _LARGE_FROM else nullcontext():
        samples = decode_tile(data, layout, rows=placed.rows, where=shown(file.href))
        yield from placed.pieces(samples[:, :, 0], counts=plane > 0)
        if file.alpha is not None and layout.planar != 2:
            yield from placed.pieces(samples[:, :, file.alpha], counts=True)


def _mask_pieces(file: FileRead, mask: MaskLayout, index: int, data: bytes) -> Iterator[Piece]:
    touched = {cut: set(tiles_of(cut, file)) for cut in file.cuts}
    cuts = [cut for cut, numbers in touched.items() if index + tiles_in(file.layout) in numbers]
    placed = _Placed(index, mask, cuts, file.layout.height)
    yield from placed.pieces(decode_mask(data, mask, rows=placed.rows, where=shown(file.href)), counts=True)


class _Placed(NamedTuple):
    """A tile at its place in the image, and the windows that touch it."""

    number: int
    layout: Layout | MaskLayout
    cuts: list[Cut]
    height: int

    @property
    def top(self) -> int:
        return self.number // self.layout.across * self.layout.tile_height

    @property
    def rows(self) -> int:
        """Rows of the tile that the windows need."""
        last = max(cut.row + cut.height for cut in self.cuts)
        return min(last - self.top, self.layout.tile_height, self.height - self.top)

    def pieces(self, pixels: Pixels, *, counts: bool) -> Iterator[Piece]:
        top, left = self.top, self.number % self.layout.across * self.layout.tile_width
        for cut in self.cuts:
            yield _piece(cut, pixels, top, left, counts=counts)


def _piece(cut: Cut, pixels: Pixels, top: int, left: int, *, counts: bool) -> Piece:
    rows = slice(max(cut.row - top, 0), cut.row + cut.height - top)
    cols = slice(max(cut.col - left, 0), cut.col + cut.width - left)
    return Piece(cut.site, max(top - cut.row, 0), max(left - cut.col, 0), pixels[rows, cols].copy(), counts)


def _absent(file: FileRead, rows: int) -> Pixels:
    dtype = np.dtype(file.layout.dtype).newbyteorder("=")
    return np.full((rows, file.layout.tile_width), float(file.nodata or 0), dtype)


def assemble(file: FileRead, parts: Iterable[RangePieces]) -> FileResult:
    """Put pieces together to the chips of a file; a window without a valid pixel becomes a finding."""
    parts = list(parts)
    dtype = np.dtype(file.layout.dtype).newbyteorder("<")
    windows = {cut.site: np.zeros((cut.height, cut.width), dtype) for cut in file.cuts}
    hidden = {cut.site: np.zeros((cut.height, cut.width), bool) for cut in file.cuts}
    for piece in (piece for part in parts for piece in part.pieces):
        height, width = piece.pixels.shape
        place = np.s_[piece.row : piece.row + height, piece.col : piece.col + width]
        if piece.counts:
            hidden[piece.site][place] |= piece.pixels == 0
        else:
            windows[piece.site][place] = piece.pixels
    evidence = {index: proof for part in parts for index, proof in part.evidence.items()}
    empty = tuple(
        site for site, pixels in windows.items() if np.isnan(as_floats(pixels, file.nodata, hidden[site])).all()
    )
    chips = tuple(
        _chip(file, cut, windows[cut.site], hidden[cut.site], evidence) for cut in file.cuts if cut.site not in empty
    )
    findings = (_finding(file, FaultKind.EMPTY, "the windows hold no valid pixel", empty),) if empty else ()
    return FileResult(
        chips=chips,
        findings=findings,
        requests=sum(1 for part in parts if part.asked),
        bytes=sum(part.asked for part in parts),
    )


def _chip(file: FileRead, cut: Cut, pixels: Pixels, hidden: NDArray[np.bool_], evidence: dict[int, Evidence]) -> Chip:
    a, b, c, d, e, f = file.transform
    return Chip(
        site=cut.site,
        scene=file.scene,
        band=file.band,
        data=pixels.tobytes(),
        dtype=pixels.dtype.str,
        shape=(cut.height, cut.width),
        nodata=file.nodata,
        epsg=file.epsg,
        transform=(a, b, c + a * cut.col + b * cut.row, d, e, f + d * cut.col + e * cut.row),
        col=cut.col,
        row=cut.row,
        href=file.href,
        etag=file.etag,
        evidence=tuple(evidence[index] for index in tiles_of(cut, file)),
        units=file.units,
        valid=(~hidden).astype(np.uint8).tobytes() if hidden.any() else b"",
    )


def lost(file: FileRead, fault: ReadFault) -> FileResult:
    """Give the result of a file that could not be read: a finding for all its sites."""
    return FileResult(findings=(_finding(file, fault.kind, fault.message, tuple(cut.site for cut in file.cuts)),))


def _finding(file: FileRead, kind: FaultKind, message: str, sites: tuple[str, ...]) -> Finding:
    return Finding(
        kind=kind, message=message, scene=file.scene.id, band=file.band, sites=sites, href=shown(file.href)
    )  # fmt: skip
