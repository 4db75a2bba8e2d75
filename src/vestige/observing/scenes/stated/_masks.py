"""What hides pixels within a TIFF beside its value for no data: a mask of its own (TIFF 6.0, tag 254) and an alpha sample (tag 338).

A mask is a further image of the file, one bit a pixel (eight in some), 1 where the pixel counts. GDAL writes it packed by deflate
whatever packs the image; what is packed otherwise is refused by name, since pixels whose mask is not read may be rubbish.
"""

import zlib

import msgspec
import numpy as np
from numpy.typing import NDArray

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._tiff_tags import Tags

MOST_IMAGES = 64
"""Images in one file that are looked at: an image, its mask, and overviews of both are far fewer."""
_MASK = 4
_NONE, _DEFLATE = 1, (8, 32946)


class MaskLayout(msgspec.Struct, frozen=True, kw_only=True):
    """How the mask of a file is packed; it has the size of the image."""

    tile_width: int
    tile_height: int
    across: int
    """Tiles in a row of tiles."""
    bits: int
    """1 or 8 a pixel."""
    compression: int


class MaskPlaces(msgspec.Struct, frozen=True, kw_only=True):
    """A mask and where its tiles lie."""

    layout: MaskLayout
    starts: tuple[int, ...]
    counts: tuple[int, ...]


def alpha_of(tags: Tags) -> int | None:
    """Give the number of the sample that is alpha (tag 338: 1 or 2), from 0; None without one."""
    extra, samples = tags.integers(338), tags.integer(277, 1)
    first = samples - len(extra)
    found = [first + place for place, kind in enumerate(extra) if kind in {1, 2}]
    return found[0] if found and 0 < found[0] < samples else None


def mask_of(tags: Tags, size: tuple[int, int], where: str) -> MaskPlaces | None:
    """Give the mask of a file's first image, of ``size`` (width, height); None without one. Raises `ReadFault`."""
    seen = set()
    for _ in range(MOST_IMAGES):
        if not tags.next or tags.next in seen:
            return None
        seen.add(tags.next)
        tags = tags.follow()
        if tags.integer(254, 0) & _MASK and (tags.integer(256, 0), tags.integer(257, 0)) == size:
            return _places(tags, size, where)
    return None


def _places(tags: Tags, size: tuple[int, int], where: str) -> MaskPlaces:
    width, height = size
    tiled = 324 in tags.places
    tile_width = tags.integer(322, width)
    tile_height = tags.integer(323) if tiled else min(tags.integer(278, height), height)
    bits, compression = tags.integer(258, 1), tags.integer(259, 1)
    if (
        bits not in {1, 8}
        or compression not in {_NONE, *_DEFLATE}
        or tags.integer(277, 1) != 1
        or tags.integer(266, 1) != 1
    ):
        message = (
            f"its mask has {bits} bits and compression {compression}; 1 or 8 bits, not packed or by deflate, are read"
        )
        raise ReadFault(FaultKind.UNREADABLE, message, where=where)
    if min(tile_width, tile_height) < 1 or tile_width * tile_height > 1 << 26:
        raise ReadFault(FaultKind.UNREADABLE, f"mask tiles of {tile_width} by {tile_height} are not read", where=where)
    across = -(-width // tile_width)
    starts, counts = tags.integers(324 if tiled else 273), tags.integers(325 if tiled else 279)
    if not len(starts) == len(counts) == across * -(-height // tile_height):
        raise ReadFault(FaultKind.UNREADABLE, f"its mask has {len(starts)} tiles", where=where)
    layout = MaskLayout(
        tile_width=tile_width, tile_height=tile_height, across=across, bits=bits, compression=compression
    )
    return MaskPlaces(layout=layout, starts=starts, counts=counts)


def decode_mask(data: bytes, layout: MaskLayout, *, rows: int, where: str) -> NDArray[np.bool_]:
    """Unpack the first ``rows`` rows of one tile of a mask: True where pixels count; a tile that was left out counts nowhere.

    Raises `ReadFault` for bytes that do not unpack, or are too few.
    """
    if not data:
        return np.zeros((rows, layout.tile_width), bool)
    width = -(-layout.tile_width * layout.bits // 8)
    try:
        raw = data if layout.compression == _NONE else zlib.decompressobj().decompress(data, rows * width)
    except zlib.error as error:
        raise ReadFault(FaultKind.UNREADABLE, f"the mask does not unpack: {error}", where=where) from error
    if len(raw) < rows * width:
        message = f"expected {rows * width} bytes of the mask, got {len(raw)}"
        raise ReadFault(FaultKind.TRUNCATED, message, where=where)
    packed = np.frombuffer(raw, np.uint8, count=rows * width).reshape(rows, width)
    bits = np.unpackbits(packed, axis=1) if layout.bits == 1 else packed
    return np.asarray(bits[:, : layout.tile_width] != 0)
