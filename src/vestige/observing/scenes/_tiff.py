"""Header of a TIFF, BigTIFF or Cloud Optimized GeoTIFF: where each tile lies and how it is packed.

Follows TIFF 6.0, the BigTIFF extension and OGC GeoTIFF 1.1 (19-008r4). Only the first image (full resolution) is read;
overviews and masks come after it in a COG and are of no use to a test of change. Pixels are decoded elsewhere.
"""

import struct
from collections.abc import Callable
from typing import TypeAlias

import msgspec
import numpy as np

from vestige.observing.scenes._faults import FaultKind, ReadFault

MAX_TAG_BYTES = 64 << 20
MAX_TILE_PIXELS = 1 << 26

_TYPES = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d"} | {
    13: "I", 16: "Q", 17: "q", 18: "Q"
}  # fmt: skip
_KINDS = {1: "u", 2: "i", 3: "f", 6: "c"}
_GEOGRAPHIC, _PROJECTED, _RASTER_TYPE, _PIXEL_IS_POINT, _USER_DEFINED = 2048, 3072, 1025, 2, 32767

Affine: TypeAlias = tuple[float, float, float, float, float, float]
More: TypeAlias = Callable[[int, int], bytes]


class Layout(msgspec.Struct, frozen=True, kw_only=True):
    """How the pixels of one file are packed; the same for most files of a collection."""

    width: int
    height: int
    tile_width: int
    tile_height: int
    samples: int
    dtype: str
    """NumPy type with byte order, such as ``<f4``."""

    compression: int
    """TIFF tag 259: 1 none, 5 LZW, 8 deflate, 50000 Zstandard, …"""

    predictor: int
    """TIFF tag 317: 1 none, 2 horizontal, 3 floating point."""

    planar: int
    """TIFF tag 284: 1 samples interleaved, 2 a plane for each sample."""

    photometric: int = 1
    tables: bytes = b""
    """JPEG tables (tag 347), where the codec needs them."""

    lerc: tuple[int, ...] = ()
    """LERC parameters (tag 50674), where the codec needs them."""

    @property
    def across(self) -> int:
        """Tiles in a row of tiles."""
        return -(-self.width // self.tile_width)

    @property
    def down(self) -> int:
        """Rows of tiles."""
        return -(-self.height // self.tile_height)


class Header(msgspec.Struct, frozen=True, kw_only=True):
    """What must be known of a file before any of its pixels can be asked for."""

    layout: Layout
    transform: Affine
    """(a, b, c, d, e, f): x = a·col + b·row + c, y = d·col + e·row + f, from the outer corner of pixel (0, 0)."""

    epsg: int | None
    nodata: str
    """The value that stands for no data, as the file writes it (``nan``, ``-9999``); empty where there is none."""

    starts: tuple[int, ...]
    counts: tuple[int, ...]
    size: int
    """Bytes of the whole file."""

    etag: str
    """What the server calls this version of the file; empty where it does not say."""


def parse_header(head: bytes, *, size: int, etag: str, more: More, where: str) -> Header:
    """Parse ``head``, the first bytes of a file; ``more(start, length)`` gives bytes beyond them when a tag needs it.

    Raises `ReadFault`: *unreadable* for what is no TIFF, *truncated* for a file that ends before its tags do, *ungridded*
    for one without a map grid (radar geometry).
    """
    view = _Bytes(head, size, more, where)
    try:
        tags = _Tags(view)
        layout = _layout(tags, where)
        starts, counts = _tile_places(tags, layout, where)
        transform, epsg = _grid(tags, where)
        nodata = _nodata(tags)
    except (struct.error, KeyError, ValueError, IndexError, ZeroDivisionError, OverflowError) as error:
        raise ReadFault(
            FaultKind.UNREADABLE, f"the TIFF header cannot be understood: {error!r}", where=where
        ) from error
    return Header(
        layout=layout, transform=transform, epsg=epsg, nodata=nodata,
        starts=starts, counts=counts, size=size, etag=etag,
    )  # fmt: skip


class _Bytes:
    """The file as far as it was read, and a way to what was not."""

    def __init__(self, head: bytes, size: int, more: More, where: str) -> None:
        self.head, self.size, self.more, self.where = head, size, more, where

    def read(self, start: int, length: int) -> bytes:
        if length > MAX_TAG_BYTES:
            raise ReadFault(FaultKind.UNREADABLE, f"a tag claims {length} bytes", where=self.where)
        if start + length > self.size:
            raise ReadFault(
                FaultKind.TRUNCATED,
                f"the header reaches byte {start + length}, the file ends at {self.size}",
                where=self.where,
            )
        if start + length <= len(self.head):
            return self.head[start : start + length]
        return self.more(start, length)


class _Tags:
    """The tags of the first image, read when asked for."""

    def __init__(self, data: _Bytes) -> None:
        self.data = data
        lead = data.read(0, min(16, data.size))
        self.order = {b"II": "<", b"MM": ">"}.get(lead[:2], "")
        magic = struct.unpack(self.order + "H", lead[2:4])[0] if self.order and len(lead) >= 8 else 0
        if magic not in {42, 43}:
            raise ReadFault(
                FaultKind.UNREADABLE, f"expected a TIFF, got a file that begins {lead[:8]!r}", where=data.where
            )
        self.big = magic == 43
        self.places = self._directory(*self._unpack("Q" if self.big else "I", lead[8:16] if self.big else lead[4:8]))

    def _unpack(self, form: str, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(self.order + form, raw)

    def _directory(self, start: int) -> dict[int, tuple[int, int, bytes]]:
        count_form, count_size, entry, value = ("Q", 8, 20, 8) if self.big else ("H", 2, 12, 4)
        (count,) = self._unpack(count_form, self.data.read(start, count_size))
        if count > 4096:
            raise ReadFault(FaultKind.UNREADABLE, f"the directory claims {count} tags", where=self.data.where)
        raw = self.data.read(start + count_size, count * entry)
        places = {}
        for at in range(0, len(raw), entry):
            tag, kind, length = self._unpack("HHQ" if self.big else "HHI", raw[at : at + entry - value])
            places[tag] = (kind, length, raw[at + entry - value : at + entry])
        return places

    def raw(self, tag: int) -> bytes:
        kind, count, inline = self.places[tag]
        length = struct.calcsize("=" + _TYPES[kind]) * count
        if length <= len(inline):
            return inline[:length]
        (start,) = self._unpack("Q" if self.big else "I", inline)
        return self.data.read(start, length)

    def numbers(self, tag: int) -> tuple[float, ...]:
        if tag not in self.places:
            return ()
        return tuple(np.frombuffer(self.raw(tag), dtype=self.order + _TYPES[self.places[tag][0]]).tolist())

    def integers(self, tag: int) -> tuple[int, ...]:
        return tuple(int(n) for n in self.numbers(tag))

    def integer(self, tag: int, default: int | None = None) -> int:
        found = self.integers(tag)
        if found:
            return found[0]
        if default is None:
            raise KeyError(f"tag {tag} is missing")
        return default


def _dtype(tags: _Tags, where: str) -> str:
    """Give the type of a sample, in NumPy's notation. Raises ReadFault where NumPy has none: 0, 12 or 24 bits."""
    kind, bits = _KINDS.get(tags.integer(339, 1)), set(tags.integers(258)) or {1}
    try:
        if kind is not None and len(bits) == 1 and not min(bits) % 8:
            return np.dtype(f"{tags.order}{kind}{min(bits) // 8}").str
    except TypeError:
        pass
    raise ReadFault(FaultKind.UNREADABLE, f"samples of {sorted(bits)} bits are not supported", where=where)


def _layout(tags: _Tags, where: str) -> Layout:
    width, height = tags.integer(256), tags.integer(257)
    tile_width, tile_height = tags.integer(322, width), tags.integer(323, 0)
    if not tile_height:
        tile_height = min(tags.integer(278, height), height)
    samples, dtype = tags.integer(277, 1), _dtype(tags, where)
    if not samples:
        raise ReadFault(FaultKind.UNREADABLE, "pixels of no samples are not supported", where=where)
    if min(width, height, tile_width, tile_height) < 1 or tile_width * tile_height * samples > MAX_TILE_PIXELS:
        raise ReadFault(
            FaultKind.UNREADABLE, f"tiles of {tile_width} by {tile_height} by {samples} are not supported", where=where,
        )  # fmt: skip
    return Layout(
        width=width,
        height=height,
        tile_width=tile_width,
        tile_height=tile_height,
        samples=samples,
        dtype=dtype,
        compression=tags.integer(259, 1),
        predictor=tags.integer(317, 1),
        planar=tags.integer(284, 1),
        photometric=tags.integer(262, 1),
        tables=tags.raw(347) if 347 in tags.places else b"",
        lerc=tags.integers(50674),
    )


def _tile_places(tags: _Tags, layout: Layout, where: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
    tiled = 324 in tags.places
    starts, counts = tags.integers(324 if tiled else 273), tags.integers(325 if tiled else 279)
    expected = layout.across * layout.down * (layout.samples if layout.planar == 2 else 1)
    if len(starts) != expected or len(counts) != expected:
        raise ReadFault(
            FaultKind.UNREADABLE,
            f"expected {expected} tiles, got {len(starts)} places and {len(counts)} lengths",
            where=where,
        )
    return starts, counts


def _grid(tags: _Tags, where: str) -> tuple[Affine, int | None]:
    keys = tags.integers(34735)
    short = {
        key: value for key, place, _, value in zip(*(keys[4 + i :: 4] for i in range(4)), strict=False) if place == 0
    }
    matrix, scale, tie = tags.numbers(34264), tags.numbers(33550), tags.numbers(33922)
    if len(matrix) == 16:
        a, b, c, d, e, f = (matrix[i] for i in (0, 1, 3, 4, 5, 7))
    elif len(scale) >= 2 and len(tie) == 6:
        a, b, d, e = scale[0], 0.0, 0.0, -scale[1]
        c, f = tie[3] - tie[0] * a, tie[4] - tie[1] * e
    else:
        raise ReadFault(
            FaultKind.UNGRIDDED, "the file has no map grid", where=where,
            hint="it is in radar geometry: use a terrain-corrected collection",
        )  # fmt: skip
    if short.get(_RASTER_TYPE) == _PIXEL_IS_POINT:
        c, f = c - (a + b) / 2, f - (d + e) / 2
    epsg = short.get(_PROJECTED, short.get(_GEOGRAPHIC))
    return (a, b, c, d, e, f), None if epsg in {None, 0, _USER_DEFINED} else epsg


def _nodata(tags: _Tags) -> str:
    """Read GDAL's tag 42113, kept as text because JSON has no NaN and NaN is not equal to itself."""
    if 42113 not in tags.places:
        return ""
    text = tags.raw(42113).split(b"\0")[0].strip()
    float(text or 0)
    return text.decode("ascii")
