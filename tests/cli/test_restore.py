"""An older copy of a record is refused before it grows a second history, and taken back from its own public site."""

import shutil

import pytest

from vestige.entries import Draft, Name, Site, Source
from vestige.record import Record, RecordError, verify_record


def site(name):
    return Draft(Site(names=(Name(text=name, language="en"),)))


def enter(folder, *drafts):
    with Record.open(folder) as record:
        return record.append(*drafts)


@pytest.fixture
def lost(run, record, tmp_path):
    """A record that was published, with a backup that is older than what was published."""
    first = enter(record, site("One"))
    shutil.copytree(record, tmp_path / "backup")
    with Record.open(record) as opened:
        file = opened.add_file(b"A letter.")
        opened.append(Draft(Source(title="Letter", file=file, origin="handed over")), site("Two"))
        opened.append(Draft(site("Hidden").body, visibility="withheld"))
        opened.withdraw(first[0].entry, "asked for")
    run("publish", tmp_path / "site", "--record", record)
    return tmp_path / "backup"


def test_an_older_copy_enters_nothing_until_it_is_taken_back(run, lost, tmp_path):
    with Record.open(lost) as record, pytest.raises(RecordError, match="an older copy"):
        record.append(site("Three"))
    run("restore", tmp_path / "site", lost)
    (receipt,) = enter(lost, site("Three"))
    assert receipt.index == 6
    run("publish", tmp_path / "site", "--record", lost)
    assert "continues" not in run("verify", tmp_path / "site")  # the first check of this place
    assert not [found for found in verify_record(lost).discrepancies if found.kind != "missing"]


def test_what_comes_back_and_what_does_not_is_said(run, lost, tmp_path):
    done = run.json("restore", tmp_path / "site", lost)["restored"]
    assert (done["first"], done["size"], done["files"], done["without_body"]) == (2, 6, 1, 1)
    with Record.open(lost) as record:
        (source,) = record.index.entries("source")
        assert record.files.read(source.body.file) == b"A letter."
        assert record.checkpoint_note == (tmp_path / "site" / "ledger" / "checkpoint").read_bytes()


def test_what_was_withdrawn_meanwhile_is_destroyed_in_the_copy_too(run, lost, tmp_path):
    run("restore", tmp_path / "site", lost)
    bodies = b"".join(path.read_bytes() for path in (lost / "archive" / "bodies").rglob("*") if path.is_file())
    assert b'"One"' not in bodies
    assert b'"Two"' in bodies


def test_a_new_folder_is_filled_and_wants_its_keys(run, record, lost, tmp_path):
    new = tmp_path / "new"
    assert "there is no private key here" in run("restore", tmp_path / "site", new)
    shutil.copytree(record / "keys", new / "keys")
    assert enter(new, site("Three"))[0].index == 6


def test_a_record_that_is_ahead_or_has_another_history_stays_as_it_is(run, record, lost, tmp_path, monkeypatch):
    enter(record, site("Three"))
    assert "nothing to take back" in run("restore", tmp_path / "site", record, code=2)
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "another machine"))
    enter(lost, site("Fork"))
    before = (lost / "ledger" / "checkpoint").read_bytes()
    assert "another history" in run("restore", tmp_path / "site", lost, code=2)
    assert (lost / "ledger" / "checkpoint").read_bytes() == before


def test_another_record_is_refused_and_so_is_a_site_that_was_altered(run, lost, tmp_path):
    run("init", tmp_path / "other")
    assert "expected the record" in run("restore", tmp_path / "site", tmp_path / "other", code=2)
    page = tmp_path / "site" / "en" / "index.html"
    page.write_bytes(page.read_bytes() + b" ")
    assert "as it was entered" in run("restore", tmp_path / "site", lost, code=2)


def test_a_fork_that_grew_elsewhere_is_told_where_the_record_was_published(run, lost, tmp_path, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setenv("VESTIGE_DATA", str(tmp_path / "another machine"))
        enter(lost, *(site(f"Fork {number}") for number in range(9)))
    with (
        Record.open(lost) as record,
        pytest.raises(RecordError, match="another history than the 6 that were published"),
    ):
        record.append(site("More"))


def test_a_publication_is_refused_over_a_longer_history_and_over_a_fork(run, lost, tmp_path, monkeypatch):
    assert "is ahead of the record" in run("publish", tmp_path / "site", "--record", lost, code=2)
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "another machine"))
    enter(lost, *(site(f"Fork {number}") for number in range(9)))
    assert "shows another history" in run("publish", tmp_path / "site", "--record", lost, code=2)


def test_a_folder_that_lost_its_ledger_alone_keeps_its_bodies_each_once(run, record, lost, tmp_path):
    kept = {path: path.read_bytes() for path in (record / "archive" / "bodies").rglob("*") if path.is_file()}
    shutil.rmtree(record / "ledger")
    run("restore", tmp_path / "site", record)
    assert run("verify", record)
    assert verify_record(record).unchanged
    found = {path: path.read_bytes() for path in (record / "archive" / "bodies").rglob("*") if path.is_file()}
    assert {line for data in found.values() for line in data.splitlines()} == {
        line for data in kept.values() for line in data.splitlines()
    }
    assert sum(len(data.splitlines()) for data in found.values()) == sum(
        len(data.splitlines()) for data in kept.values()
    )
