"""Publishing when the machine refuses: one plain line, and a next publication that puts everything right."""

import contextlib
import errno
import os
import sqlite3

import pytest

from tests.publishing.conftest import site_of
from vestige.entries import Draft, Location, Name, Site
from vestige.errors import EnvironmentFault
from vestige.publishing import publish, verify_site
from vestige.publishing.making._target import cache_folder, state_path
from vestige.publishing.memory._things import ThingTable


@pytest.fixture
def full_disk(monkeypatch):
    """A disk that takes so many files and no more, as the kernel says it."""

    def limit(files):
        left, write = [files], os.writev

        def writev(descriptor, buffers):
            left[0] -= 1
            if left[0] < 0:
                write(descriptor, [bytes(buffers[0])[:5]])  # a part of the file is there when the disk is full
                raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
            return write(descriptor, buffers)

        monkeypatch.setattr(os, "writev", writev)

    yield limit
    monkeypatch.undo()


@pytest.mark.parametrize("files", [0, 40])
def test_a_full_disk_is_said_and_the_next_publication_is_whole(fresh, full_disk, monkeypatch, files, tmp_path):
    full_disk(files)
    with pytest.raises(EnvironmentFault, match="No space left") as caught:
        publish(fresh.record, fresh.out)
    assert str(fresh.out) in caught.value.where
    assert not (fresh.out / "manifest").exists()
    monkeypatch.undo()
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    publish(fresh.record, fresh.out)
    publish(fresh.record, tmp_path / "anew")
    assert site_of(fresh.out) == site_of(tmp_path / "anew")
    assert verify_site(fresh.out).unchanged


def test_a_folder_that_cannot_be_made_is_said(fresh, tmp_path):
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(EnvironmentFault) as caught:
        publish(fresh.record, tmp_path / "file/out")
    assert caught.value.where == str(tmp_path / "file/out")


def test_without_a_cache_everything_is_made_each_time(fresh, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    assert publish(fresh.record, fresh.out).full
    again = publish(fresh.record, fresh.out)
    assert (again.full, again.written) == (True, 0)


def test_a_memory_that_is_damaged_is_made_again(fresh):
    publish(fresh.record, fresh.out)
    state_path(fresh.record.path, fresh.out).write_bytes(b"not a database at all" * 1000)
    assert publish(fresh.record, fresh.out).full
    assert not publish(fresh.record, fresh.out).full


@pytest.mark.parametrize(
    "damage",
    [
        lambda content: content[: len(content) // 2],
        lambda content: content[:70_000] + content[70_050:],
        lambda content: content[:200_000] + b"\xff" * 20_000 + content[220_000:],
        lambda content: content[:100] + b"\xff" * 1000 + content[1100:],
    ],
    ids=["cut off", "shifted", "overwritten", "without its first table"],
)
def test_a_memory_that_is_damaged_within_is_made_again(fresh, tmp_path, damage):
    publish(fresh.record, fresh.out)
    memory = state_path(fresh.record.path, fresh.out)
    memory.write_bytes(damage(memory.read_bytes()))
    fresh.record.append(Draft(Site(names=(Name(text="Another"),), location=Location(latitude=1.0, longitude=2.0))))
    publish(fresh.record, fresh.out)
    publish(fresh.record, tmp_path / "whole")
    assert site_of(fresh.out) == site_of(tmp_path / "whole")


def test_a_row_that_lost_its_hash_is_damage():
    with contextlib.closing(sqlite3.connect(":memory:")) as memory:
        memory.execute("CREATE TABLE preserved (hash TEXT, about TEXT)")
        memory.execute("INSERT INTO preserved VALUES (NULL, 'source:aaaaaaaaaaaaaaaa')")
        with pytest.raises(sqlite3.DatabaseError, match="hash"):
            ThingTable(memory).preserved()


def test_a_damaged_template_of_the_cache_is_passed_over(fresh, monkeypatch):
    from vestige.publishing.pages._environment import compiled, environment_of

    monkeypatch.setattr(compiled, "_code", {})  # as in a process that has made no page yet
    environment_of.cache_clear()
    publish(fresh.record, fresh.out)
    templates = list((cache_folder() / "templates").iterdir())
    assert templates
    for path in templates:
        path.write_bytes(path.read_bytes()[:-1] + b"\0\0")
    from vestige.publishing.pages._template_code import _read

    assert [path for path in templates if _read(path) is not None] == []


def test_two_publications_into_one_folder_do_not_mix(fresh, monkeypatch):
    publish(fresh.record, fresh.out)
    other = sqlite3.connect(state_path(fresh.record.path, fresh.out), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    connect = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda *args, **more: connect(*args, **{**more, "timeout": 0}))
    try:
        with pytest.raises(EnvironmentFault, match="another publication"):
            publish(fresh.record, fresh.out)
    finally:
        other.close()
