"""The recount of a published call: the command and the reader's browser say the same of the same files, whatever was done to them."""

import base64
import shutil

import pytest

from tests.asking_the_browser import count
from tests.calling.published import publish_crowd
from vestige.archive import parse_line
from vestige.entries import decode_body
from vestige.keeping.acts import count_call
from vestige.publishing import PublishedRecord


@pytest.fixture(scope="module")
def crowd(tmp_path_factory):
    folder = tmp_path_factory.mktemp("crowd")
    return folder / "site", publish_crowd(folder)


def file_of(name):
    return f"file/{name[:2]}/{name}"


def tallies(site):
    return [entry.body for entry in PublishedRecord(site).entries({"tally"})]


def test_an_untouched_call_counts_alike(crowd):
    site, call = crowd
    (said,) = count([{"root": str(site), "call": call}])
    (told,) = count_call(str(site)).calls
    assert (
        (said["bodies"], said["persons"], said["retracted"]) == (told.bodies, told.persons, told.retracted) == (2, 0, 1)
    )
    assert (said["sheets"], said["counted"], said["ended"]) == (told.crowd.sheets, told.crowd.counted, told.crowd.ended)
    assert (said["counted"], said["ended"], said["findings"], said["unaudited"]) == (150, 20, [], 0)
    assert told.findings == () and told.unchanged
    assert count([{"root": str(site), "call": "call:aaaaaaaaaaaaaaaa"}]) == [None]


def leaf_added(data):
    return bytes(32) + data


def leaf_dropped(data):
    return data[32:]


def leaf_doubled(data):
    return data[:32] + data


def swapped(data):
    return data[32:64] + data[:32] + data[64:]


def cut(data):
    return data[:-7]


@pytest.mark.parametrize(
    "spoil",
    [leaf_added, leaf_dropped, leaf_doubled, swapped, cut, None],
    ids=lambda one: getattr(one, "__name__", "gone"),
)
@pytest.mark.parametrize("which", ["sheet", "ending"])
def test_what_is_done_to_a_file_is_named_alike(crowd, tmp_path, spoil, which):
    site, call = crowd
    second = tallies(site)[1]
    path = file_of(second.sheet if which == "sheet" else second.endings[0].file)
    other = spoil and spoil((site / path).read_bytes())
    copied = shutil.copytree(site, tmp_path / "site")
    if other is None:
        (copied / path).unlink()
    else:
        (copied / path).write_bytes(other)
    (told,) = count_call(str(copied)).calls
    (said,) = count([{"root": str(site), "call": call, "instead": {path: other and base64.b64encode(other).decode()}}])
    expected = [(one.file, one.number, one.rule) for one in told.findings]
    assert [(one["file"], one["number"], one["rule"]) for one in said["findings"]] == expected
    assert path.rpartition("/")[2] in {file for file, _, _ in expected} and not told.unchanged


def test_a_body_that_is_not_what_was_committed_to_is_no_tally(crowd):
    site, call = crowd
    name = next(
        path.relative_to(site).as_posix()
        for path in (site / "body").rglob("*")
        if path.is_file() and b'"number":3' in path.read_bytes()
    )
    line = (site / name).read_bytes()
    assert decode_body("tally", parse_line(line, name).body).number == 3
    other = line.replace(b'"total":150', b'"total":151')
    (said,) = count([{"root": str(site), "call": call, "instead": {name: base64.b64encode(other).decode()}}])
    assert {one["rule"] for one in said["findings"]} >= {"malformed"}
    assert said["counted"] == 100
