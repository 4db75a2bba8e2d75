"""From tiles to chips: pieces are cut out of each tile and put together to windows, with the evidence of every byte."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np

from vestige.observing.scenes._chips import Chip, Evidence, FileResult, as_floats
from vestige.observing.scenes._decode import Pixels, decode_tile
from vestige.observing.scenes._faults import FaultKind, Finding, ReadFault
from vestige.observing.scenes._guard import shown
from vestige.observing.scenes._plan import FileRead
from vestige.observing.scenes._windows import Cut, Tile, tiles_under


class Piece(NamedTuple):
    """Pixels of one window out of one tile, and where in the window they go."""

    site: str
    row: int
    col: int
    pixels: Pixels


class RangePieces(NamedTuple):
    """What one range of a file gave: pieces, the evidence of its tiles, and the bytes that were asked for."""

    pieces: list[Piece]
    evidence: dict[int, Evidence]
    asked: int


def pieces_of(file: FileRead, tile: Tile, data: bytes) -> Iterator[Piece]:
    """Unpack a tile as far as the windows need it, and cut from it what each of them covers."""
    layout = file.layout
    top = tile.index // layout.across * layout.tile_height
    left = tile.index % layout.across * layout.tile_width
    cuts = [cut for cut in file.cuts if tile.index in tiles_under(cut, layout)]
    last = min(max(cut.row + cut.height for cut in cuts) - top, layout.tile_height, layout.height - top)
    pixels = (
        decode_tile(data, layout, rows=last, where=shown(file.href))[:, :, 0] if tile.length else _absent(file, last)
    )
    for cut in cuts:
        rows = slice(max(cut.row - top, 0), cut.row + cut.height - top)
        cols = slice(max(cut.col - left, 0), cut.col + cut.width - left)
        piece = pixels[rows, cols].copy()
        yield Piece(cut.site, max(top - cut.row, 0), max(left - cut.col, 0), piece)


def _absent(file: FileRead, rows: int) -> Pixels:
    dtype = np.dtype(file.layout.dtype).newbyteorder("=")
    return np.full((rows, file.layout.tile_width), float(file.nodata or 0), dtype)


def assemble(file: FileRead, parts: Iterable[RangePieces]) -> FileResult:
    """Put pieces together to the chips of a file; a window without a valid pixel becomes a finding."""
    parts = list(parts)
    dtype = np.dtype(file.layout.dtype).newbyteorder("<")
    windows = {cut.site: np.zeros((cut.height, cut.width), dtype) for cut in file.cuts}
    for piece in (piece for part in parts for piece in part.pieces):
        height, width = piece.pixels.shape
        windows[piece.site][piece.row : piece.row + height, piece.col : piece.col + width] = piece.pixels
    evidence = {index: proof for part in parts for index, proof in part.evidence.items()}
    empty = tuple(site for site, pixels in windows.items() if np.isnan(as_floats(pixels, file.nodata)).all())
    chips = tuple(_chip(file, cut, windows[cut.site], evidence) for cut in file.cuts if cut.site not in empty)
    findings = (_finding(file, FaultKind.EMPTY, "the windows hold no valid pixel", empty),) if empty else ()
    return FileResult(
        chips=chips,
        findings=findings,
        requests=sum(1 for part in parts if part.asked),
        bytes=sum(part.asked for part in parts),
    )


def _chip(file: FileRead, cut: Cut, pixels: Pixels, evidence: dict[int, Evidence]) -> Chip:
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
        evidence=tuple(evidence[index] for index in tiles_under(cut, file.layout)),
    )


def lost(file: FileRead, fault: ReadFault) -> FileResult:
    """Give the result of a file that could not be read: a finding for all its sites."""
    return FileResult(findings=(_finding(file, fault.kind, fault.message, tuple(cut.site for cut in file.cuts)),))


def _finding(file: FileRead, kind: FaultKind, message: str, sites: tuple[str, ...]) -> Finding:
    return Finding(
        kind=kind, message=message, scene=file.scene.id, band=file.band, sites=sites, href=shown(file.href)
    )  # fmt: skip
