"""JPEG XL, camera raw and other photos that nothing here decodes: kept, said in one line, shown to no decoder, never published as they are."""

import io
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import carriers

from vestige.cli import main
from vestige.positions import copy_without_positions, look_into
from vestige.publishing import publish
from vestige.publishing.views._pictures import form_of
from vestige.record import Record

PHOTOS = carriers.undecoded(carriers.picture(place=carriers.PLACE))
TIFFS = {"DNG", "CR2", "NEF"}
"""Raws that are TIFF, of which the small picture within is shown, without metadata."""


def test_a_photo_of_a_form_that_is_not_decoded_is_shown_to_no_decoder():
    assert {name for name, data in PHOTOS.items() if form_of(io.BytesIO(data)) == "picture"} == TIFFS


@pytest.mark.parametrize("name", PHOTOS)
def test_it_is_known_to_be_no_film_and_not_clean(name):
    data = PHOTOS[name]
    assert look_into(io.BytesIO(data)).tells
    assert copy_without_positions(io.BytesIO(data)) is None


def test_it_is_kept_said_and_never_published_as_it_is(tmp_path, capsys):
    with Record.create(tmp_path / "record", "Heritage"):
        pass
    for name, data in PHOTOS.items():
        path = tmp_path / f"{name}.bin"
        path.write_bytes(data)
        assert main(["add", "source", str(path), "--origin", "x", "--record", str(tmp_path / "record")]) == 0
        said = capsys.readouterr()
        assert "will not be published as it is" in said.out
        assert "bytes that are none" not in said.out
    with Record.open(tmp_path / "record") as record:
        publish(record, tmp_path / "out")
    published = [path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not [name for name, data in PHOTOS.items() if data in published]
    assert not [name for name, data in PHOTOS.items() if any(data[-200:] in whole for whole in published)]
    pages = [path.read_text("utf-8") for path in (tmp_path / "out/en/source").glob("*.html")]
    assert sum("not published: it says where it was taken" in page for page in pages) == len(PHOTOS)
