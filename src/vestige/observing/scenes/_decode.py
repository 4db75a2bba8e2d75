"""One tile from packed bytes to pixels.

Deflate (nearly every COG of an open archive) is unpacked here, because a window needs only the rows down to its last one:
zlib stops there, which on average halves the work. Every other codec goes to GDAL as a TIFF of one tile put together in
memory, so that no codec is written twice. Both give the pixels that rasterio gives for the whole file.
"""

import struct
import zlib
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vestige.observing._rasters import SHUT
from vestige.observing.scenes._faults import FaultKind, ReadFault
from vestige.observing.scenes._tiff import Layout

Pixels = NDArray[Any]

_DEFLATE = {8, 32946}
_DATA, _STRIP = 324, 273
_TagValues: TypeAlias = dict[int, tuple[str, tuple[float, ...] | bytes]]


def decode_tile(data: bytes, layout: Layout, *, rows: int, where: str) -> Pixels:
    """Unpack the first ``rows`` rows (at least) of one tile: shape (rows, width, samples of this tile), native byte order.

    Raises `ReadFault` (*unreadable*) for bytes that do not decode, *truncated* for fewer than the tile must have.
    """
    shape = (rows, layout.tile_width, 1 if layout.planar == 2 else layout.samples)
    if layout.compression == 1:
        return _from_rows(data, shape, layout, where)
    if layout.compression in _DEFLATE and layout.predictor in {1, 2, 3}:
        return _from_rows(_inflate(data, _row_bytes(layout, shape) * rows, where), shape, layout, where)
    return _by_gdal(data, layout, shape, where)


def unpacked_size(layout: Layout) -> int:
    """Give the bytes of one tile, unpacked."""
    samples = 1 if layout.planar == 2 else layout.samples
    return layout.tile_width * layout.tile_height * samples * np.dtype(layout.dtype).itemsize


def _row_bytes(layout: Layout, shape: tuple[int, int, int]) -> int:
    return shape[1] * shape[2] * np.dtype(layout.dtype).itemsize


def _inflate(data: bytes, need: int, where: str) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, need)
    except zlib.error as error:
        raise ReadFault(FaultKind.UNREADABLE, f"a tile does not unpack: {error}", where=where) from error


def _from_rows(raw: bytes, shape: tuple[int, int, int], layout: Layout, where: str) -> Pixels:
    need = _row_bytes(layout, shape) * shape[0]
    if len(raw) < need:
        raise ReadFault(FaultKind.TRUNCATED, f"expected {need} bytes of pixels, got {len(raw)}", where=where)
    dtype = np.dtype(layout.dtype)
    if layout.predictor == 3 and layout.compression != 1:
        return _floating_point(raw[:need], shape, dtype)
    pixels = np.frombuffer(raw, dtype, count=need // dtype.itemsize).reshape(shape)
    if layout.predictor == 2 and layout.compression != 1:
        unsigned = pixels.view(f"{dtype.byteorder}u{dtype.itemsize}").astype(f"=u{dtype.itemsize}")
        return np.cumsum(unsigned, axis=1, dtype=unsigned.dtype).view(dtype.newbyteorder("="))
    return pixels.astype(dtype.newbyteorder("="), copy=False)


def _floating_point(raw: bytes, shape: tuple[int, int, int], dtype: np.dtype[Any]) -> Pixels:
    """Undo predictor 3 (Adobe Photoshop TIFF Technical Note 3): byte planes, most significant first, as differences."""
    rows, width, samples = shape
    steps = np.frombuffer(raw, np.uint8).reshape(rows, -1, samples)
    planes = np.cumsum(steps, axis=1, dtype=np.uint8).reshape(rows, dtype.itemsize, width * samples)
    values = np.ascontiguousarray(planes.transpose(0, 2, 1)).view(dtype.newbyteorder(">"))
    return values.reshape(shape).astype(dtype.newbyteorder("="))


def _by_gdal(data: bytes, layout: Layout, shape: tuple[int, int, int], where: str) -> Pixels:
    import rasterio
    from rasterio.errors import RasterioError
    from rasterio.io import MemoryFile

    try:
        with (
            rasterio.Env(**SHUT),
            MemoryFile(_single_tile(data, layout, shape)) as memory,
            memory.open(driver="GTiff") as image,
        ):
            return np.ascontiguousarray(np.moveaxis(image.read(), 0, -1))
    except RasterioError as error:
        raise ReadFault(FaultKind.UNREADABLE, f"a tile does not unpack: {error}", where=where) from error


def _single_tile(data: bytes, layout: Layout, shape: tuple[int, int, int]) -> bytes:
    """Put one packed tile into a TIFF of its own that says of it what the tile's own file said."""
    dtype = np.dtype(layout.dtype)
    samples = shape[2]
    tiled = layout.tile_width % 16 == layout.tile_height % 16 == 0  # TIFF 6.0 asks this of tiles; all else are strips
    height = layout.tile_height if tiled else shape[0]
    order = ">" if layout.dtype[0] == ">" else "<"
    tags: _TagValues = {
        256: ("I", (layout.tile_width,)),
        257: ("I", (height,)),
        258: ("H", (dtype.itemsize * 8,) * samples),
        259: ("H", (layout.compression,)),
        262: ("H", (layout.photometric if layout.photometric in {2, 6} and samples == layout.samples else 1,)),
        277: ("H", (samples,)),
        284: ("H", (1,)),
        317: ("H", (layout.predictor,)),
        _DATA if tiled else _STRIP: ("I", (0,)),
        325 if tiled else 279: ("I", (len(data),)),
        33550: ("d", (1.0, 1.0, 0.0)),  # any grid will do: GDAL warns where there is none
        33922: ("d", (0.0,) * 6),
        339: ("H", ({"u": 1, "i": 2, "f": 3, "c": 6}[dtype.kind],) * samples),
    }
    tags |= {322: ("I", (layout.tile_width,)), 323: ("I", (height,))} if tiled else {278: ("I", (height,))}
    if samples > 1 and layout.photometric not in {2, 6}:
        tags[338] = ("H", (0,) * (samples - 1))
    if layout.tables:
        tags[347] = ("B", layout.tables)
    if layout.lerc:
        tags[50674] = ("I", layout.lerc)
    return _lay_out(tags, data, order)


def _lay_out(tags: _TagValues, data: bytes, order: str) -> bytes:
    codes = {"B": 7, "H": 3, "I": 4, "d": 12}
    after = 8 + 2 + 12 * len(tags) + 4
    spill = {
        tag: values if isinstance(values, bytes) else struct.pack(f"{order}{len(values)}{form}", *values)
        for tag, (form, values) in tags.items()
    }
    first = after + sum(len(raw) + len(raw) % 2 for raw in spill.values() if len(raw) > 4)
    spill[_DATA if _DATA in tags else _STRIP] = struct.pack(order + "I", first)
    entries, long = b"", b""
    for tag in sorted(tags):
        form, values = tags[tag]
        raw = spill[tag]
        if len(raw) > 4:
            place, long = struct.pack(order + "I", after + len(long)), long + raw + b"\0" * (len(raw) % 2)
        else:
            place = raw.ljust(4, b"\0")
        entries += struct.pack(order + "HHI", tag, codes[form], len(values)) + place
    lead = (b"MM" if order == ">" else b"II") + struct.pack(order + "HI", 42, 8)
    return lead + struct.pack(order + "H", len(tags)) + entries + b"\0\0\0\0" + long + data
