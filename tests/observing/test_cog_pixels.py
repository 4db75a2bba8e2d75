"""Tiles unpacked by us against rasterio reading the whole file: every codec, predictor, type and byte order that COGs use."""

import datetime as dt
from contextlib import suppress

import numpy as np
import pytest
import rasterio
from hypothesis import given
from hypothesis import strategies as st
from rasterio.windows import Window
from scenery import EPSG, speckle, write_cog

from vestige.observing.scenes import (
    Acquisition,
    Cut,
    FaultKind,
    FileRead,
    Headers,
    LocalSource,
    Reader,
    ReaderSettings,
    ReadFault,
)
from vestige.observing.scenes._decode import decode_tile
from vestige.observing.scenes._windows import byte_ranges

SCENE = Acquisition(
    id="s",
    collection="c",
    time=dt.datetime(2024, 1, 1, tzinfo=dt.UTC),
    platform="S1A",
    track="1",
    orbit_state="",
    processor="",
)


def file_read(path, cuts):
    header = Headers(LocalSource(), None).read(str(path))
    return FileRead(
        scene=SCENE, band="vv", href=str(path), etag=header.etag, size=header.size, layout=header.layout,
        transform=header.transform, epsg=header.epsg or EPSG, nodata=header.nodata, ranges=byte_ranges(header, cuts, str(path)), cuts=tuple(cuts),
    )  # fmt: skip


def cut_chips(path, cuts):
    (result,) = Reader(ReaderSettings(connections=4), source=LocalSource()).read([file_read(path, cuts)])
    return result


def check(path, cuts):
    result = cut_chips(path, cuts)
    assert not result.findings
    with rasterio.open(path) as file:
        for cut, chip in zip(cuts, result.chips, strict=True):
            window = Window(cut.col, cut.row, cut.width, cut.height)
            expected = file.read(1, window=window)
            assert chip.stored().dtype == expected.dtype.newbyteorder("<")
            assert np.array_equal(chip.stored(), expected, equal_nan=expected.dtype.kind == "f")
            assert chip.transform == pytest.approx(tuple(file.window_transform(window))[:6])
            masked = file.read(1, window=window, masked=True)
            assert np.array_equal(
                np.isnan(chip.values()),
                np.ma.getmaskarray(masked) | (np.isnan(expected) if expected.dtype.kind == "f" else False),
            )


CUTS = [Cut("a", 0, 0, 5, 5), Cut("b", 250, 251, 11, 13), Cut("c", 689, 589, 11, 11), Cut("d", 300, 100, 400, 300)]


@pytest.mark.parametrize("compress", ["NONE", "DEFLATE", "LZW", "ZSTD", "LERC", "LERC_DEFLATE", "LERC_ZSTD", "LZMA"])
@pytest.mark.parametrize("dtype", ["float32", "uint16"])
def test_every_codec_gives_the_pixels_of_gdal(tmp_path, compress, dtype):
    check(write_cog(tmp_path / "a.tif", (speckle(1) * 1000).astype(dtype), compress=compress), CUTS)


@pytest.mark.parametrize("compress", ["DEFLATE", "LZW", "ZSTD"])
@pytest.mark.parametrize(
    ("dtype", "predictor"),
    [("uint8", 2), ("int16", 2), ("uint32", 2), ("float32", 2), ("float32", 3), ("float64", 3), ("uint64", 2)],
)
@pytest.mark.parametrize("endianness", ["LITTLE", "BIG"])
def test_every_predictor_gives_the_pixels_of_gdal(tmp_path, compress, dtype, predictor, endianness):
    pixels = (speckle(1) * 1000 - (20 if dtype == "int16" else 0)).astype(dtype)
    options = {"driver": "GTiff", "tiled": True, "blockxsize": 256, "blockysize": 256, "endianness": endianness}
    check(write_cog(tmp_path / "a.tif", pixels, compress=compress, predictor=predictor, **options), CUTS)


@pytest.mark.parametrize("interleave", ["pixel", "band"])
@pytest.mark.parametrize("predictor", [1, 2])
@pytest.mark.parametrize("compress", ["DEFLATE", "ZSTD"])
def test_of_several_samples_the_first_is_read(tmp_path, interleave, predictor, compress):
    pixels = np.stack([(speckle(n) * 1000).astype("uint16") for n in range(3)])
    check(
        write_cog(
            tmp_path / "a.tif",
            pixels,
            driver="GTiff",
            tiled=True,
            interleave=interleave,
            predictor=predictor,
            compress=compress,
        ),
        CUTS,
    )


@pytest.mark.parametrize("compress", ["DEFLATE", "LZW", "NONE"])
def test_strips_give_the_pixels_of_gdal(tmp_path, compress):
    check(write_cog(tmp_path / "a.tif", speckle(1), driver="GTiff", tiled=False, compress=compress, blockysize=7), CUTS)


def test_jpeg_gives_the_pixels_of_gdal(tmp_path):
    pixels = np.clip(speckle(1) * 1000, 1, 255).astype("uint8")
    check(write_cog(tmp_path / "a.tif", pixels, compress="JPEG", nodata=None), CUTS)


def test_nodata_and_tiles_left_out(tmp_path):
    pixels = speckle(1)
    pixels[:256, :256] = -9999
    path = write_cog(
        tmp_path / "a.tif",
        pixels,
        driver="GTiff",
        tiled=True,
        blockxsize=256,
        blockysize=256,
        nodata=-9999,
        sparse_ok=True,
    )
    check(path, [Cut("b", 250, 251, 11, 13)])
    result = cut_chips(path, [Cut("gone", 0, 0, 9, 9), Cut("there", 400, 400, 9, 9)])
    assert [c.site for c in result.chips] == ["there"]
    assert [(f.kind, f.sites) for f in result.findings] == [(FaultKind.EMPTY, ("gone",))]
    assert result.requests == 1


def test_real_scenes_give_the_pixels_of_gdal(shared_data):
    for path in sorted((shared_data / "s1_chips/T137").glob("*/*.tif"))[::40]:
        with rasterio.open(path) as file:
            if np.isnan(file.read(1)).any():
                continue
        check(path, [Cut("a", 0, 0, 3, 3), Cut("b", 40, 50, 33, 33), Cut("c", 97, 97, 3, 3)])


@given(col=st.integers(0, 695), row=st.integers(0, 595), size=st.integers(1, 5))
def test_any_window_gives_the_pixels_of_gdal(tmp_path_factory, col, row, size):
    path = tmp_path_factory.getbasetemp() / "any.tif"
    if not path.exists():
        write_cog(path, speckle(3), blocksize=128, predictor=3)
    check(path, [Cut("a", col, row, size, size)])


@given(data=st.data())
def test_damaged_bytes_are_a_fault_or_pixels_never_a_crash(data, tmp_path_factory):
    path = tmp_path_factory.getbasetemp() / "damage.tif"
    codec = data.draw(st.sampled_from(["DEFLATE", "LZW", "ZSTD", "NONE"]))
    path = path.with_suffix(f".{codec}.tif")
    if not path.exists():
        write_cog(path, speckle(1, (64, 64)), blocksize=128, compress=codec)
    header = Headers(LocalSource(), None).read(str(path))
    raw = bytearray(path.read_bytes()[header.starts[0] : header.starts[0] + header.counts[0]])
    for _ in range(data.draw(st.integers(1, 6))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    raw = raw[: data.draw(st.integers(0, len(raw)))]
    with suppress(ReadFault):
        decode_tile(bytes(raw), header.layout, rows=64, where="x")


def test_sites_that_share_a_tile_share_the_read(tmp_path):
    path = write_cog(tmp_path / "a.tif", speckle(1))
    result = cut_chips(path, [Cut(str(n), 10 + n, 20, 3, 3) for n in range(50)])
    assert (len(result.chips), result.requests) == (50, 1)
    assert result.chips[0].evidence == result.chips[-1].evidence
