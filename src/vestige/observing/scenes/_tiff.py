"""Header of a TIFF, BigTIFF or Cloud Optimized GeoTIFF: where each tile lies and how it is packed.

Follows TIFF 6.0, the BigTIFF extension and OGC GeoTIFF 1.1 (19-008r4). Only the first image (full resolution) is read, and its
mask where it has one; overviews are of no use to a test of change. Pixels are decoded elsewhere.
"""

import struct
from typing import TypeAlias

import msgspec
import numpy as np

from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._tiff_tags import FileBytes, More, Tags
from vestige.observing.scenes.stated._masks import MaskPlaces, alpha_of, mask_of
from vestige.observing.scenes.stated._units import Units, of_metadata

MAX_TILE_PIXELS = 1 << 26
MAX_TILE_BYTES = 1 << 28
"""Bytes of an unpacked tile: a strip as wide as the largest scenes, in the largest numbers that they hold."""
MAX_SAMPLES = 1_024
"""Samples of a pixel: three times as many as imaging spectrometers have. GDAL's work grows with their square."""

_KINDS = {1: "u", 2: "i", 3: "f", 6: "c"}
_GEOGRAPHIC, _PROJECTED, _RASTER_TYPE, _PIXEL_IS_POINT, _USER_DEFINED = 2048, 3072, 1025, 2, 32767

Affine: TypeAlias = tuple[float, float, float, float, float, float]


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

    mask: MaskPlaces | None = None
    alpha: int | None = None
    """Number of the sample that is alpha, from 0."""

    units: Units = Units()
    """Scale, offset and unit as the file states them."""


def parse_header(head: bytes, *, size: int, etag: str, more: More, where: str) -> Header:
    """Parse ``head``, the first bytes of a file; ``more(start, length)`` gives bytes beyond them when a tag needs it.

    Raises `ReadFault`: *unreadable* for what is no TIFF, *truncated* for a file that ends before its tags do, *ungridded*
    for one without a map grid (radar geometry).
    """
    view = FileBytes(head, size, more, where)
    try:
        tags = Tags(view)
        layout = _layout(tags, where)
        starts, counts = _tile_places(tags, layout, where)
        transform, epsg = _grid(tags, where)
        nodata, units, alpha = _nodata(tags), _units(tags), alpha_of(tags)
        mask = mask_of(tags, (layout.width, layout.height), where)
    except (struct.error, KeyError, ValueError, IndexError, ZeroDivisionError, OverflowError) as error:
        raise ReadFault(
            FaultKind.UNREADABLE, f"the TIFF header cannot be understood: {error!r}", where=where
        ) from error
    return Header(
        layout=layout, transform=transform, epsg=epsg, nodata=nodata,
        starts=starts, counts=counts, size=size, etag=etag, mask=mask, alpha=alpha, units=units,
    )  # fmt: skip


def _dtype(tags: Tags, where: str) -> str:
    """Give the type of a sample, in NumPy's notation. Raises ReadFault where NumPy has none: 0, 12 or 24 bits."""
    kind, bits = _KINDS.get(tags.integer(339, 1)), set(tags.integers(258)) or {1}
    try:
        if kind is not None and len(bits) == 1 and not min(bits) % 8:
            return np.dtype(f"{tags.order}{kind}{min(bits) // 8}").str
    except TypeError:
        pass
    raise ReadFault(FaultKind.UNREADABLE, f"samples of {sorted(bits)} bits are not supported", where=where)


def _layout(tags: Tags, where: str) -> Layout:
    width, height = tags.integer(256), tags.integer(257)
    tile_width, tile_height = tags.integer(322, width), tags.integer(323, 0)
    if not tile_height:
        tile_height = min(tags.integer(278, height), height)
    samples, dtype = tags.integer(277, 1), _dtype(tags, where)
    if not 1 <= samples <= MAX_SAMPLES:
        raise ReadFault(FaultKind.UNREADABLE, f"pixels of {samples} samples are not supported", where=where)
    numbers = tile_width * tile_height * samples
    if (
        min(width, height, tile_width, tile_height) < 1
        or numbers > MAX_TILE_PIXELS
        or numbers * np.dtype(dtype).itemsize > MAX_TILE_BYTES
    ):
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


def _tile_places(tags: Tags, layout: Layout, where: str) -> tuple[tuple[int, ...], tuple[int, ...]]:
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


def _grid(tags: Tags, where: str) -> tuple[Affine, int | None]:
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


def _nodata(tags: Tags) -> str:
    """Read GDAL's tag 42113, kept as text because JSON has no NaN and NaN is not equal to itself."""
    if 42113 not in tags.places:
        return ""
    text = tags.raw(42113).split(b"\0")[0].strip()
    float(text or 0)
    return text.decode("ascii")


def _units(tags: Tags) -> Units:
    """Read GDAL's tag 42112; one of more than 64 KiB is passed over, as no file needs so much to say it."""
    kind, count, _ = tags.places.get(42112, (0, 0, b""))
    if kind != 2 or count > 1 << 16:
        return Units()
    return of_metadata(tags.raw(42112).decode("utf-8", "replace"))
