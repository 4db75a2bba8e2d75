"""Codecs that unpack to more than they weigh: in tiles of scenes, in pictures, in R's data files. Each in a process with a bound of memory."""

import bz2
import gzip
import io
import lzma
import subprocess
import sys
import warnings

import msgspec
import numpy as np
import pytest
import rasterio
from PIL import Image, features
from tests.variants import LONG

from vestige.observing.scenes import ReadFault, parse_header
from vestige.observing.scenes._decode import decode_tile
from vestige.positions import look_into
from vestige.publishing.views._pictures import NoCopy, SmallCopy, small_copy
from vestige.studying import StudyInputError
from vestige.studying.data import _events, _tables

resource = pytest.importorskip("resource", reason="this system bounds no memory")
CODECS = (
    ("LZW", "ZSTD", "LERC", "JPEG", "DEFLATE", "LZMA", "LERC_ZSTD", "LERC_DEFLATE", "PACKBITS")
    if LONG
    else ("LZW", "ZSTD", "LERC", "JPEG")
)
SIDE = 8192 if LONG else 4096
MEMORY = 1_200_000_000
"""Bytes of address space for one such tile, with all that Python, NumPy and GDAL load."""


def blank(codec: str, side: int) -> bytes:
    """Give a GeoTIFF of one blank tile, which takes a thousandth of its pixels or less."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        with rasterio.MemoryFile() as memory:
            with memory.open(
                driver="GTiff", width=side, height=side, count=1, dtype="uint8", compress=codec, tiled=True, blockxsize=side, blockysize=side,
                transform=rasterio.Affine(30, 0, 4e5, 0, -30, 45e5), crs="EPSG:32637",
            ) as file:  # fmt: skip
                file.write(np.zeros((1, side, side), "uint8"))
            return bytes(memory.read())


def tile_of(data: bytes):
    """Give the layout of a file and the bytes of its first tile."""
    header = parse_header(
        data[:8192], size=len(data), etag="", more=lambda start, length: data[start : start + length], where="a.tif"
    )
    return header.layout, data[header.starts[0] : header.starts[0] + header.counts[0]]


def test_tiles_of_the_largest_kind_stay_within_a_bound_of_memory(tmp_path):
    for codec in CODECS:
        data = blank(codec, SIDE)
        assert len(data) < SIDE * SIDE / 50
        (tmp_path / f"{codec}.tif").write_bytes(data)
    asked = (
        "import resource, sys\n"
        f"resource.setrlimit(resource.RLIMIT_AS, ({MEMORY}, {MEMORY}))\n"
        "from vestige.observing.scenes import parse_header\n"
        "from vestige.observing.scenes._decode import decode_tile\n"
        "for path in sys.argv[1:]:\n"
        "    data = open(path, 'rb').read()\n"
        "    more = lambda start, length: data[start : start + length]\n"
        "    header = parse_header(data[:8192], size=len(data), etag='', more=more, where='a')\n"
        "    tile = data[header.starts[0] : header.starts[0] + header.counts[0]]\n"
        "    print(decode_tile(tile, header.layout, rows=header.layout.height, where='a').shape)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", asked, *map(str, tmp_path.glob("*.tif"))],
        capture_output=True, text=True, env={"OPENBLAS_NUM_THREADS": "1", "PATH": "", "GDAL_NUM_THREADS": "1"}, check=False,
    )  # fmt: skip
    assert done.stdout.splitlines() == [f"({SIDE}, {SIDE}, 1)"] * len(CODECS), done.stderr[-500:]


@pytest.mark.parametrize("codec", [codec for codec in CODECS if codec not in {"DEFLATE", "PACKBITS"}])
def test_a_tile_that_holds_more_than_it_says_gives_no_more(codec):
    layout, tile = tile_of(blank(codec, 2048))
    small = msgspec.structs.replace(layout, width=64, height=64, tile_width=64, tile_height=64)
    said = None
    try:
        shape = decode_tile(tile, small, rows=64, where="a").shape
    except ReadFault as fault:
        shape, said = (64, 64, 1), fault.message
    assert shape == (64, 64, 1)
    assert said is None or "does not unpack" in said


@pytest.mark.parametrize("declared", [(2**31 - 1, 1), (70_000, 70_000), (1, 2**31 - 1)])
def test_tiles_and_samples_beyond_every_scene_are_refused_before_they_are_unpacked(declared):
    data = bytearray(blank("LZW", 64))
    for tag, value in ((256, declared[0]), (257, declared[1]), (322, declared[0]), (323, declared[1])):
        at = data.index(tag.to_bytes(2, "little") + b"\x03\0\x01\0\0\0")
        data[at : at + 12] = tag.to_bytes(2, "little") + b"\x04\0\x01\0\0\0" + value.to_bytes(4, "little")
    with pytest.raises(ReadFault, match="not supported"):
        tile_of(bytes(data))


@pytest.mark.parametrize("compression", ["tiff_lzw", "zstd", "jpeg", "tiff_adobe_deflate", "packbits"])
def test_a_tiff_picture_of_any_codec_is_shown_or_says_why(compression):
    made = io.BytesIO()
    Image.new("L", (3_000, 3_000)).save(made, "TIFF", compression=compression)
    assert isinstance(small_copy(io.BytesIO(made.getvalue())), SmallCopy)
    cut = made.getvalue()[: len(made.getvalue()) // 2]
    assert isinstance(small_copy(io.BytesIO(cut)), SmallCopy | NoCopy)


@pytest.mark.parametrize("form", ["AVIF", "JPEG2000", "PSD"])
def test_forms_that_are_not_shown_are_given_to_no_decoder(form):
    made = io.BytesIO(b"8BPS\0\1" + bytes(40))
    if form != "PSD":
        if not features.check({"AVIF": "avif", "JPEG2000": "jpg_2000"}[form]):
            pytest.skip("this Pillow writes none")
        Image.new("RGB", (32, 32)).save(made := io.BytesIO(), form)
    assert small_copy(io.BytesIO(made.getvalue())) is None
    assert look_into(io.BytesIO(made.getvalue())).tells or form == "AVIF"


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_an_r_data_file_is_unpacked_within_the_bound_of_a_table(pack, tmp_path, monkeypatch):
    monkeypatch.setattr(_events, "LARGEST_TABLE", 1_000_000)
    path = tmp_path / "a.rda"
    path.write_bytes(pack(b"RDX3\n" + bytes(20_000_000)))
    with pytest.raises(StudyInputError):
        _events.load_events([path])
    assert _tables.LARGEST_TABLE <= 4 << 30
