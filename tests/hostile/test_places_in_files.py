"""No file that tells a place is published, in whichever container it comes; each form of the table has its carrier and its twin."""

import contextlib
import io
import random
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

sys.path.insert(0, str(Path(__file__).parent))
import carriers

from vestige.entries import Draft, Source
from vestige.positions import FORMS, copy_without_positions, look_into
from vestige.publishing import publish, verify_site
from vestige.record import Record

TELLING, SILENT = carriers.telling(), carriers.silent()
QUICKTIME = [name for name in TELLING if name.startswith("QuickTime")]
FILMS = [name for name in TELLING if name.startswith(("MP4", "WebM", "AVI"))]


@pytest.fixture
def written(tmp_path):
    """Give bytes as an opened file of a disk."""
    with contextlib.ExitStack() as opened:

        def write(data):
            path = tmp_path / str(random.random())
            path.write_bytes(data)
            return opened.enter_context(path.open("rb"))

        yield write


@pytest.mark.parametrize("name", TELLING)
def test_what_tells_a_place_or_cannot_be_looked_into_is_kept_back(name, written):
    verdict = look_into(written(TELLING[name]))
    assert verdict.tells
    assert verdict.why
    assert look_into(io.BytesIO(TELLING[name])) == verdict


@pytest.mark.parametrize("name", SILENT)
def test_what_is_known_to_tell_none_is_published(name, written):
    assert look_into(written(SILENT[name])) == (False, look_into(written(SILENT[name])).form, "")


def test_every_form_of_the_table_is_tried_in_both_ways(written):
    tried = {look_into(written(data)).form for data in TELLING.values()}
    passed = {look_into(written(data)).form for data in SILENT.values()}
    assert {form.name for form in FORMS} - tried <= {"Parquet"}
    assert {form.name for form in FORMS} - passed <= {"Parquet"}


def test_a_table_with_a_column_of_bytes_is_kept_back(tmp_path):
    import pyarrow as pa
    from pyarrow import parquet

    parquet.write_table(pa.table({"a": [1], "b": ["x"]}), tmp_path / "plain")
    parquet.write_table(pa.table({"a": [carriers.picture(place=carriers.PLACE)]}), tmp_path / "bytes")
    for name, tells in (("plain", False), ("bytes", True)):
        with (tmp_path / name).open("rb") as file:
            assert look_into(file).tells == tells


@pytest.mark.parametrize("name", FILMS)
def test_a_copy_of_a_film_has_its_pictures_and_no_place(name, written):
    copy = copy_without_positions(io.BytesIO(TELLING[name]))
    if copy is None:
        assert name == "MP4, telemetry among pictures"  # nobody can say where the pictures end
        return
    assert len(copy) == len(TELLING[name])
    assert b"48.1234" not in copy
    assert copy.find(b"ictures") == TELLING[name].find(b"ictures")
    assert not look_into(written(copy)).tells


def test_what_is_no_film_has_no_such_copy():
    assert copy_without_positions(io.BytesIO(TELLING["docx"])) is None


@settings(deadline=None, max_examples=150)
@given(
    name=st.sampled_from(sorted(TELLING)), at=st.floats(0, 1), by=st.binary(min_size=1, max_size=4), cut=st.booleans()
)
def test_a_broken_file_gives_a_verdict_and_nothing_else(name, at, by, cut):
    data = TELLING[name]
    place = int(at * len(data))
    broken = data[:place] if cut else data[:place] + by + data[place + len(by) :]
    assert look_into(io.BytesIO(broken)).tells in {True, False}
    copy_without_positions(io.BytesIO(broken))


def test_none_of_them_lies_in_a_published_folder(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    hidden = {}
    for name, data in TELLING.items():
        file = record.add_file(data)
        record.append(Draft(Source(title=name, file=file, media_type="application/octet-stream", size=len(data))))
        hidden[file] = name
    publish(record, tmp_path / "out")
    assert [hidden[path.name] for path in (tmp_path / "out").rglob("*") if path.name in hidden] == []


def test_of_a_film_a_copy_without_places_is_published(tmp_path):
    record = Record.create(tmp_path / "record", "Test")
    entered = {}
    for name in (*FILMS, *QUICKTIME, "docx"):
        file = record.add_file(TELLING[name])
        (receipt,) = record.append(
            Draft(Source(title=name, file=file, media_type="application/octet-stream", size=len(TELLING[name])))
        )
        entered[name] = receipt.about.partition(":")[2]
    publish(record, tmp_path / "out")
    offered = {path.name: path for path in (tmp_path / "out" / "picture").iterdir()}
    copied = {name for name in entered if name != "docx" and copy_without_positions(io.BytesIO(TELLING[name]))}
    assert copied >= {"MP4, xyz", "WebM", "AVI", *QUICKTIME}
    assert {path.stem for path in offered.values()} == {entered[name] for name in copied}
    assert {path.suffix[1:] for path in offered.values()} <= {"mp4", "mov", "webm", "mkv", "avi"}
    for name in entered.keys() - copied:
        page = (tmp_path / "out" / "en" / "source" / f"{entered[name]}.html").read_text("utf-8")
        assert "not published: it says where it was taken, or cannot be known not to" in page
        assert "../../picture/" not in page
    for name, path in offered.items():
        (whole,) = (TELLING[of] for of in copied if entered[of] == path.stem)
        assert path.read_bytes().find(b"ictures") == whole.find(b"ictures")
        assert len(path.read_bytes()) == len(whole)
        with path.open("rb") as file:
            assert not look_into(file).tells
        page = (tmp_path / "out" / "en" / "source" / f"{path.stem}.html").read_text("utf-8")
        assert f'href="../../picture/{name}" download' in page
    assert verify_site(tmp_path / "out").unchanged
