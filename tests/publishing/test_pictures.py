"""Pictures: an original that tells its place is kept back, the copy on the page is made of pixels alone."""

import io
import json
import random
import struct
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from vestige.entries import Draft, Source
from vestige.positions import tells_place
from vestige.publishing import publish
from vestige.publishing.views._picture_child import reduced
from vestige.publishing.views._pictures import NoCopy, form_of, small_copy

FORMATS = ("JPEG", "PNG", "TIFF", "WEBP")
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf exif:GPSLatitude="39,7.4N" exif:GPSLongitude="46,39.2E"/></x:xmpmeta>'


def exif(place: tuple[float, float] | None, orientation: int = 1) -> Image.Exif:
    tags = Image.Exif()
    tags[ExifTags.Base.Make] = "SECRET-MAKER"
    tags[ExifTags.Base.Orientation] = orientation
    gps = {ExifTags.GPS.GPSVersionID: b"\2\3\0\0"}  # many cameras write this much without knowing where they are
    if place:
        gps |= {
            ExifTags.GPS.GPSLatitudeRef: "N",
            ExifTags.GPS.GPSLatitude: (place[0], 0.0, 0.0),
            ExifTags.GPS.GPSLongitudeRef: "E",
            ExifTags.GPS.GPSLongitude: (place[1], 0.0, 0.0),
        }
    tags[ExifTags.IFD.GPSInfo] = gps
    return tags


def picture(kind: str, place: tuple[float, float] | None = None, size=(80, 40), orientation: int = 1, **more) -> bytes:
    image = Image.new("RGB", size, "white")
    image.paste("red", (0, 0, size[0] // 2, size[1] // 2))
    data = io.BytesIO()
    image.save(data, kind, exif=exif(place, orientation).tobytes(), **more)
    return data.getvalue()


def tells(tmp_path, data: bytes) -> bool:
    path = tmp_path / str(random.random())
    path.write_bytes(data)
    with path.open("rb") as file:
        mapped = tells_place(file)
    assert tells_place(io.BytesIO(data)) == mapped
    return mapped


@pytest.mark.parametrize("kind", FORMATS)
def test_a_position_in_exif_is_found_in_every_format(kind, tmp_path):
    assert tells(tmp_path, picture(kind, (39.1, 46.6)))
    assert not tells(tmp_path, picture(kind))


@pytest.mark.parametrize("kind", ["JPEG", "WEBP"])
def test_a_position_in_xmp_is_found(kind, tmp_path):
    assert tells(tmp_path, picture(kind, xmp=XMP))


@pytest.mark.parametrize(
    "around",
    [
        lambda jpeg: b"%PDF-1.7\n1 0 obj\n<</Filter /DCTDecode>>\nstream\n" + jpeg + b"\nendstream\n%%EOF\n",
        lambda jpeg: picture("JPEG") + jpeg,  # a picture of several pictures
    ],
    ids=["PDF", "several pictures"],
)
def test_a_position_is_found_within_other_files(around, tmp_path):
    assert tells(tmp_path, around(picture("JPEG", (39.1, 46.6))))
    assert not tells(tmp_path, around(picture("JPEG")))


def test_a_position_in_a_film_is_found(tmp_path):
    film = b"\0\0\0\x14ftypqt  \0\0\0\0qt  "
    assert tells(tmp_path, film + b"\0\0\0\x1e\xa9xyz\0\x12\x15\xc7+39.1234+046.6543/")
    assert not tells(tmp_path, film + b"\0\0\0\x08moov")


def test_a_picture_that_cannot_be_looked_into_is_kept_back_and_a_text_is_not(tmp_path):
    assert tells(tmp_path, picture("PNG")[:40])
    assert tells(tmp_path, b"\xff\xd8\xff\xe1\0\x20Exif\0\0II*\0\xff\xff\xff\xff")
    assert not tells(tmp_path, b"This text says exif:GPSLatitude and means nothing by it.")
    assert not tells(tmp_path, b"")


@settings(deadline=None, max_examples=30)
@given(
    place=st.tuples(st.floats(0.001, 89), st.floats(0.001, 179)),
    kind=st.sampled_from(FORMATS),
    orientation=st.integers(1, 8),
)
def test_the_copy_holds_no_metadata_and_stands_upright(place, kind, orientation):
    copy, size = reduced(picture(kind, place, orientation=orientation))
    assert b"Exif" not in copy
    assert b"SECRET-MAKER" not in copy
    with Image.open(io.BytesIO(copy)) as image:
        assert image.info.keys() <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "progressive", "progression"}
        assert image.size == size == ((80, 40) if orientation < 5 else (40, 80))


def test_a_copy_is_no_larger_than_a_page_needs():
    large = small_copy(io.BytesIO(picture("JPEG", size=(4000, 1000))))
    with Image.open(io.BytesIO(large.jpeg)) as image:
        assert image.size == (1600, 400)
    assert small_copy(io.BytesIO(b"\x89PNG and nothing more")) == NoCopy("broken")
    assert small_copy(io.BytesIO(b"no picture")) is None


@pytest.mark.parametrize(
    ("content", "form"),
    [
        *((picture(kind), "picture") for kind in FORMATS),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "drawing"),
        (b"\xef\xbb\xbf<?xml version='1.0'?>\n<!-- made by hand -->\n<svg>", "drawing"),
        (b"<html><svg></svg></html>", "other"),
        (b"a table with <svg> in it", "other"),
        (b"\x1f\x8b", "other"),
        (b"", "other"),
    ],
)
def test_a_preserved_file_is_known_by_its_first_bytes(content, form):
    assert form_of(io.BytesIO(content)) == form


def test_what_is_published_of_pictures(fresh):
    telling, silent = picture("JPEG", (39.123456, 46.654321)), picture("PNG")
    sources = {}
    for title, data in {"Telling": telling, "Silent": silent}.items():
        file = fresh.record.add_file(data)
        (receipt,) = fresh.record.append(Draft(Source(title=title, file=file, media_type="image/x", size=len(data))))
        sources[title] = receipt.about.partition(":")[2], file
    publish(fresh.record, fresh.out)
    key, file = sources["Telling"]
    page = (fresh.out / f"en/source/{key}.html").read_text()
    assert not (fresh.out / "file" / file[:2] / file).exists()
    assert "it says where it was taken, or cannot be known not to" in page
    assert file in page
    assert f'src="../../picture/{key}.jpg" width="80" height="40"' in page
    assert json.loads((fresh.out / f"source/{key}.json").read_text())["picture"] == f"picture/{key}.jpg"
    blocks = [path for path in fresh.out.rglob("*") if path.is_file() and b"Exif\0\0" in path.read_bytes()]
    assert blocks == []
    key, file = sources["Silent"]
    assert (fresh.out / "file" / file[:2] / file).read_bytes() == silent
    assert (fresh.out / f"picture/{key}.jpg").is_file()
    page = (fresh.out / f"en/source/{key}.html").read_text()
    assert f'href="../../file/{file[:2]}/{file}"' in page


def test_the_copy_goes_with_its_source(fresh):
    file = fresh.record.add_file(picture("JPEG"))
    (receipt,) = fresh.record.append(Draft(Source(title="Gone soon", file=file, media_type="image/jpeg")))
    publish(fresh.record, fresh.out)
    copy = fresh.out / f"picture/{receipt.about.partition(':')[2]}.jpg"
    assert copy.is_file()
    fresh.record.withdraw(receipt.entry, "for the test")
    publish(fresh.record, fresh.out)
    assert not copy.exists()


def test_a_picture_that_is_not_shown_says_why_and_the_rest_is_published(fresh):
    chunks = (b"IHDR" + struct.pack(">IIBBBBB", 13_300, 13_300, 8, 6, 0, 0, 0), b"IDAT")
    parts = [struct.pack(">I", len(one) - 4) + one + struct.pack(">I", zlib.crc32(one)) for one in chunks]
    bomb = b"\x89PNG\r\n\x1a\n" + b"".join(parts)
    pages, twins = {}, {}
    for title, data in {"Bomb": bomb, "Stump": b"\x89PNG\r\n\x1a\n", "Picture": picture("PNG")}.items():
        file = fresh.record.add_file(data)
        (receipt,) = fresh.record.append(Draft(Source(title=title, file=file, media_type="image/png", size=len(data))))
        pages[title] = fresh.out / f"en/source/{receipt.about.partition(':')[2]}.html"
        twins[title] = fresh.out / f"source/{receipt.about.partition(':')[2]}.json"
    publish(fresh.record, fresh.out)
    assert "more pixels or bytes than can be decoded safely" in pages["Bomb"].read_text()
    assert json.loads(twins["Bomb"].read_text())["no_picture"] == "too large"
    assert "the picture cannot be decoded" in pages["Stump"].read_text()
    assert "No smaller copy" not in pages["Picture"].read_text()
    assert "no_picture" not in json.loads(twins["Picture"].read_text())
