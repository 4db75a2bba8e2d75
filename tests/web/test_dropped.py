"""A record dropped onto the checker: a stick's folder, an archive, with what systems leave in them; asked of its own code, without a browser."""

import shutil

import pytest
from tests.asking_the_browser import ask

from vestige.entries import Draft, Name, Site
from vestige.publishing import publish
from vestige.record import Record


@pytest.fixture(scope="module")
def stick(tmp_path_factory):
    """A stick with a record some folders down, and beside it what a desktop left."""
    base = tmp_path_factory.mktemp("stick")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        with Record.create(base / "record", "Dropped", origin="dropped.example/record") as made:
            made.append(*(Draft(Site(names=(Name(text=f"Tower {number}"),))) for number in range(120)))
            publish(made, base / "usb/from Anna/record", workers=1)
    (base / "usb/.DS_Store").write_bytes(b"a desktop's own")
    (base / "usb/from Anna/record/en/.DS_Store").write_bytes(b"a desktop's own")
    return base / "usb"


def test_a_folder_an_archive_and_a_file_that_is_neither(stick, tmp_path):
    """The folder and the archive are found to hold the record; a single file is none, and is asked about by its hash."""
    record = stick / "from Anna/record"
    altered = shutil.copytree(stick, tmp_path / "altered")
    (altered / "from Anna/record/en/check.html").write_bytes(b"another page")
    (altered / "from Anna/record/body/more.txt").write_bytes(b"taken for a part of it")
    archives = [
        shutil.make_archive(str(tmp_path / name), "zip", folder)
        for name, folder in (("true", stick), ("false", altered))
    ]
    alone = next(path for path in (record / "body").rglob("*") if path.is_file())
    asked = [str(stick), str(record), archives[0], str(altered), archives[1], str(alone)]
    *shown, none = ask([{"dropped": path} for path in asked])
    assert none is None
    for one in shown[:3]:
        assert (one["verdict"], one["ledger"]["size"], one["foreign"]) == ("unchanged", 121, ["en/.DS_Store"])
    for one in shown[3:]:
        assert sorted((found["kind"], found["file"]) for found in one["findings"]) == [
            ("modified", "en/check.html"),
            ("unexpected", "body/more.txt"),
        ]
