"""The size of a picture is what a browser will show; a file that says nothing sound of it has none."""

import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import ExifTags, Image

from vestige.entries import DateWindow, Draft, Observation, Study, StudyFile
from vestige.publishing import publish
from vestige.publishing.views._image_size import size_of


def picture(kind: str, orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = orientation
    data = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(data, kind, exif=exif.tobytes())
    return data.getvalue()


def size(data: bytes) -> tuple[int, int] | None:
    return size_of(io.BytesIO(data))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_turned_by_its_camera_is_as_high_as_it_was_wide(kind, orientation):
    assert size(picture(kind, orientation)) == ((30, 20) if orientation < 5 else (20, 30))


@pytest.mark.parametrize(
    ("root", "expected"),
    [
        ('<svg width="300" height="80">', (300, 80)),
        ("<svg xmlns='http://www.w3.org/2000/svg' width='300px' height='80px' viewBox='0 0 1 1'>", (300, 80)),
        ('<?xml version="1.0"?>\n<!DOCTYPE svg>\n<svg viewBox="0 0 72 36" width="72pt" height="36pt">', (96, 48)),
        ('<svg\n  viewBox="0,0,12.5,10"\n>', (13, 10)),
        ('<svg width="100%" height="50%" viewBox="0 0 200 100">', (200, 100)),
        ('<svg stroke-width="9" data-height="9">', None),
        ('<svg width="100%" height="50%">', None),
        ('<svg width="-3" height="5">', None),
        ('<svg width="0" height="5">', None),
        ('<svg width="999999999" height="5">', None),
        ('<svg width="nan" height="inf" viewBox="0 0 x y">', None),
        ('<svg width="3" height="5" ' + "x" * 9000 + ">", None),
        ("<svg ", None),
    ],
)
def test_a_drawing_has_the_size_that_its_root_states(root, expected):
    assert size(root.encode()) == expected


@settings(deadline=None, max_examples=200)
@given(
    head=st.sampled_from(
        (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"II*\0", b"RIFF\0\0\0\0WEBP", b"<svg ", b"")
    ),
    rest=st.binary(max_size=300),
)
def test_whatever_a_file_holds_it_has_a_sound_size_or_none(head, rest):
    found = size(head + rest)
    assert found is None or min(found) >= 1


@settings(deadline=None, max_examples=100)
@given(kind=st.sampled_from(("JPEG", "PNG", "WEBP", "TIFF")), data=st.data())
def test_a_damaged_picture_breaks_nothing(kind, data):
    whole = bytearray(picture(kind, 6))
    whole[data.draw(st.integers(0, len(whole) - 1))] ^= data.draw(st.integers(1, 255))
    found = size(bytes(whole[: data.draw(st.integers(0, len(whole)))]))
    assert found is None or min(found) >= 1


def test_pages_state_the_sizes_of_pictures_and_drawings(fresh):
    drawing = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 80"/>'
    figures = [fresh.record.add_file(data) for data in (picture("PNG"), picture("JPEG"), drawing, b"\x89PNG broken")]
    observed = Observation(
        site=fresh.hostile,
        method="step test",
        software="vestige",
        before=DateWindow(when="on", start="2022"),
        after=DateWindow(when="on", start="2023"),
        p_value=0.4,
        figures=tuple(figures[:3]),
    )
    files = [StudyFile(name=f"{i}", file=file, media_type="image/x") for i, file in enumerate(figures)]
    study = Study(title="t", question="q", method="m", result="r", limits="l", software="s", files=tuple(files))
    (about,) = (receipt.about for receipt in fresh.record.append(Draft(study)))
    fresh.record.append(Draft(observed))
    publish(fresh.record, fresh.out)
    sizes = (' width="30" height="20"', ' width="30" height="20"', ' width="300" height="80"', "")
    pages = (f"en/site/{fresh.hostile[5:]}.html", f"en/study/{about[6:]}.html")
    site, page = (" ".join((fresh.out / path).read_text("utf-8").split()) for path in pages)
    for name, stated in zip(figures[:3], sizes, strict=False):
        assert f'src="../../file/{name[:2]}/{name}"{stated} alt=' in site
        assert f'src="../../file/{name[:2]}/{name}"{stated} alt=' in page
    assert f"file/{figures[3][:2]}/{figures[3]}" not in page  # it may tell where it was taken
