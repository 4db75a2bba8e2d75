"""The header parser against rasterio (GDAL), an independent reader of the same files."""

import struct
from contextlib import suppress
from itertools import product

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from rasterio.transform import Affine
from scenery import speckle, write_cog

from vestige.observing.scenes import FaultKind, Headers, LocalSource, ReadFault, parse_header


def header_of(path):
    return Headers(LocalSource(), None).read(str(path))


def check(path):
    header = header_of(path)
    with rasterio.open(path) as file:
        assert (header.layout.width, header.layout.height, header.layout.samples) == (
            file.width,
            file.height,
            file.count,
        )
        assert np.dtype(header.layout.dtype).newbyteorder("=") == np.dtype(file.dtypes[0])
        assert header.transform == pytest.approx(tuple(file.transform)[:6], abs=1e-9)
        assert header.epsg == file.crs.to_epsg()
        assert np.array_equal(
            [float(header.nodata or "nan")],
            [np.nan if file.nodata is None else file.nodata],
            equal_nan=True,
        )
        for row, col in product(range(header.layout.down), range(header.layout.across)):
            index = row * header.layout.across + col
            assert header.starts[index] == int(file.get_tag_item(f"BLOCK_OFFSET_{col}_{row}", "TIFF", bidx=1) or 0)
            assert header.counts[index] == int(file.get_tag_item(f"BLOCK_SIZE_{col}_{row}", "TIFF", bidx=1) or 0)
    return header


@pytest.mark.parametrize(
    ("name", "dtype", "options"),
    [
        ("float", "float32", {}),
        ("bigtiff", "float32", {"bigtiff": "YES"}),
        ("degrees", "int16", {"epsg": 4326, "transform": Affine(1e-4, 0, 36.2, 0, -1e-4, 47.1)}),
        ("rotated", "uint16", {"driver": "GTiff", "tiled": True, "transform": Affine(20, 5, 4e5, 4, -22, 4e6)}),
        ("strips", "uint8", {"driver": "GTiff", "tiled": False}),
        ("big-endian", "float64", {"driver": "GTiff", "tiled": True, "endianness": "BIG"}),
        ("stored", "float32", {"compress": "NONE"}),
        ("planes", "uint16", {"driver": "GTiff", "tiled": True, "interleave": "band"}),
        ("southern", "float32", {"epsg": 32737}),
    ],
)
def test_agrees_with_gdal(tmp_path, name, dtype, options):
    pixels = (speckle(1) * 1000).astype(dtype)
    if name == "planes":
        pixels = np.stack([pixels, pixels + 1])
    header = check(write_cog(tmp_path / "a.tif", pixels, **options))
    assert header.size == (tmp_path / "a.tif").stat().st_size


def test_agrees_with_gdal_where_pixels_are_points(tmp_path):
    path = write_cog(tmp_path / "a.tif", speckle(1), driver="GTiff", tiled=True)
    with rasterio.open(path, "r+") as file:
        file.update_tags(AREA_OR_POINT="Point")
    check(path)


def test_agrees_with_gdal_on_real_scenes(shared_data):
    for path in sorted((shared_data / "s1_chips/T137").glob("*/*.tif"))[::60]:
        check(path)


def test_a_sparse_tile_has_no_bytes(tmp_path):
    pixels = speckle(1)
    pixels[:256, :256] = np.nan
    header = check(
        write_cog(
            tmp_path / "a.tif", pixels, driver="GTiff", tiled=True, blockxsize=256, blockysize=256, sparse_ok=True
        )
    )
    assert header.counts[0] == 0 < header.counts[1]


def test_a_header_longer_than_the_first_read_is_read_on(tmp_path):
    path = write_cog(
        tmp_path / "a.tif", speckle(1, (1500, 1500)), driver="GTiff", tiled=True, blockxsize=16, blockysize=16
    )
    assert len(check(path).starts) == 94 * 94


def fault_of(path):
    with pytest.raises(ReadFault) as caught:
        header_of(path)
    assert str(path) in str(caught.value)
    return caught.value.kind


def test_what_is_no_tiff_is_unreadable(tmp_path):
    (tmp_path / "a.tif").write_text("<html>not found</html>")
    assert fault_of(tmp_path / "a.tif") is FaultKind.UNREADABLE


def test_radar_geometry_is_ungridded(tmp_path):
    with rasterio.open(tmp_path / "a.tif", "w", driver="GTiff", width=9, height=9, count=1, dtype="uint16") as file:
        file.write(np.ones((1, 9, 9), "uint16"))
    assert fault_of(tmp_path / "a.tif") is FaultKind.UNGRIDDED


def test_a_file_cut_in_its_header_is_truncated(tmp_path):
    path = write_cog(tmp_path / "a.tif", speckle(1))
    path.write_bytes(path.read_bytes()[:300])
    assert fault_of(path) is FaultKind.TRUNCATED


def test_tags_that_claim_too_much_are_refused(tmp_path):
    head = (
        struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", 1) + struct.pack("<HHII", 256, 4, 1 << 30, 8) + bytes(4)
    )
    with pytest.raises(ReadFault) as caught:
        parse_header(head, size=1 << 40, etag="", more=lambda start, length: bytes(length), where="x")
    assert caught.value.kind is FaultKind.UNREADABLE


@pytest.mark.parametrize("bits", [0, 12, 24, 40])
def test_samples_of_sizes_that_no_array_has_are_refused(bits):
    tags = ((256, 64), (257, 64), (258, bits), (322, 64), (323, 64), (339, 3))
    head = struct.pack("<2sHI", b"II", 42, 8) + struct.pack("<H", len(tags))
    head += b"".join(struct.pack("<HHII", tag, 4, 1, value) for tag, value in tags) + bytes(4)
    with pytest.raises(ReadFault, match=rf"samples of \[{bits}\] bits"):
        parse_header(head, size=1 << 20, etag="", more=lambda start, length: bytes(length), where="x")


@pytest.mark.parametrize("kind", [0, 2, 5, 10, 99])
def test_a_tag_of_numbers_with_another_type_is_a_fault(kind, tmp_path):
    raw = bytearray(write_cog(tmp_path / "x.tif", speckle(1, (64, 64)), blocksize=128).read_bytes())
    big = raw[2] == 43
    start = int.from_bytes(raw[8:16] if big else raw[4:8], "little")
    first, size = (start + 8, 20) if big else (start + 2, 12)
    at = next(at for at in range(first, len(raw), size) if int.from_bytes(raw[at : at + 2], "little") == 33550)
    raw[at + 2 : at + 4] = kind.to_bytes(2, "little")
    with pytest.raises(ReadFault, match="tag 33550: numbers were expected"):
        parse_header(
            bytes(raw), size=len(raw), etag="", more=lambda start, length: bytes(raw[start : start + length]), where="x"
        )


@given(data=st.data())
def test_a_damaged_header_never_raises_anything_but_a_fault(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "fuzz.tif"
    if not path.exists():
        write_cog(path, speckle(1, (64, 64)), blocksize=128)
    raw = bytearray(path.read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, 700))] = data.draw(st.integers(0, 255))

    def more(start, length):
        return bytes(raw[start : start + length]).ljust(length, b"\0")

    with suppress(ReadFault):
        parse_header(bytes(raw), size=len(raw), etag="", more=more, where="x")
