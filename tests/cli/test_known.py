"""What `vestige verify` keeps from one check to the next, and what it says when key or history are others."""

import shutil
import stat
from pathlib import Path

import msgspec
import pytest

from vestige.cli import main
from vestige.durable import write_file
from vestige.entries import Draft, Key, Name, Site
from vestige.record import Record, make_key, public_text


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    """An empty memory."""
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "data"))
    return tmp_path / "data" / "known"


def enter(folder, name="Tower"):
    with Record.open(folder) as record:
        return record.append(Draft(Site(names=(Name(text=name, language="en"),))))


def set_keys(record, *keys):
    before = record.policy_entry
    draft = Draft(msgspec.structs.replace(record.policy, keys=keys), about=before.about, replaces=before.hash)
    record.append(draft)


def replaced(folder, other):
    """Put another record into the place of one, as a host could."""
    shutil.rmtree(folder)
    shutil.copytree(other, folder)


def test_the_first_check_is_kept_for_its_owner_alone_and_the_next_continues_it(run, record, memory):
    run("verify", record)
    (file,) = memory.iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(memory.stat().st_mode) == 0o700
    enter(record)
    assert "continues the 1 entries known" in run("verify", record)
    assert run.json("known")["known"][0]["size"] == 2


def test_another_record_under_the_same_name_and_origin_is_told_with_exit_code_3(run, record, tmp_path):
    run("verify", record)
    with Record.open(record) as opened:
        policy = opened.policy
    with Record.create(tmp_path / "stranger", policy.name, origin=policy.origin):
        pass
    replaced(record, tmp_path / "stranger")
    shown = run("verify", record, code=3)
    assert "another key: since" in shown
    again = run("verify", record, code=3)  # the stranger's key is not kept in the place of the one that is known
    assert "another key" in again
    run("known", "--forget", record)
    assert "unchanged since it was entered" in run("verify", record)


def test_a_stranger_that_lists_the_known_key_without_having_it_accuses_nobody(run, record, tmp_path, monkeypatch):
    run("verify", record)
    with Record.open(record) as opened:
        policy = opened.policy
    known = next(key for key in policy.keys if key.role == "log")
    with Record.create(tmp_path / "stranger", policy.name, origin=policy.origin) as stranger:
        theirs = msgspec.structs.replace(known, handle="borrowed")
        set_keys(stranger, *stranger.policy.keys, theirs)
    replaced(record, tmp_path / "stranger")
    monkeypatch.chdir(tmp_path)
    shown = run("verify", record, code=3)
    assert "another key" in shown
    assert "two histories" not in shown
    assert not list(tmp_path.glob("two-histories*"))


def test_a_key_that_followed_the_known_one_by_the_rules_is_no_other_key(run, record, tmp_path):
    run("verify", record)
    second, _ = make_key(record / "keys")
    with Record.open(record) as opened:
        first = next(key for key in opened.policy.keys if key.role == "log")
        people = tuple(key for key in opened.policy.keys if key.role != "log")
        added = Key(public=public_text(second), handle="log.2", role="log")
        set_keys(opened, *people, first, added)
        set_keys(opened, *people, msgspec.structs.replace(first, retired=True), added)
    assert "continues the 1 entries known" in run("verify", record)
    (known,) = run.json("known")["known"]
    assert len(known["vkeys"]) == 1


def test_two_histories_of_the_known_key_are_told_with_their_evidence(run, record, tmp_path, monkeypatch):
    enter(record)
    copy = tmp_path / "copy"
    shutil.copytree(record, copy)
    enter(record, "One")
    run("verify", record)
    enter(copy, "Another")
    enter(copy, "And another")
    replaced(record, copy)
    monkeypatch.chdir(tmp_path)
    assert "two histories" in run("verify", record, code=3)
    (evidence,) = tmp_path.glob("two-histories-*.txt")
    assert "the earlier checkpoint" in evidence.read_text("utf-8")


def test_a_record_that_went_back_is_told(run, record, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(record, copy)
    enter(record)
    run("verify", record)
    replaced(record, copy)
    assert "expected at least the 2 entries" in run("verify", record, code=1)


def test_a_check_can_do_without_memory(run, record, memory):
    run("verify", record, "--no-remember")
    assert not memory.exists()
    assert "nothing is known" in run("known")


def test_what_is_damaged_is_not_kept_and_a_damaged_memory_is_as_none(run, record, memory):
    (record / "ledger" / "stranger").write_bytes(b"x")
    run("verify", record, code=1)
    assert not memory.exists()
    (record / "ledger" / "stranger").unlink()
    run("verify", record)
    write_file(next(memory.iterdir()), b"{")
    assert "unchanged since it was entered" in run("verify", record)


def test_a_memory_that_cannot_be_written_does_not_stop_a_check(record, tmp_path, capsys, monkeypatch):
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "file"))
    assert main(["verify", str(record)]) == 0
    assert "not kept for the next check" in capsys.readouterr().err


def test_a_place_is_forgotten_by_its_name_and_all_at_once(run, record):
    run("verify", record)
    assert str(Path(record).resolve()) in run("known")
    assert "expected a place that is known" in run("known", "--forget", "https://example.org", code=2)
    run("known", "--forget-all")
    assert "nothing is known" in run("known")
