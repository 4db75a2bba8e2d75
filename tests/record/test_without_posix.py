"""What Windows lacks is taken away, and a record is still locked, written and read."""

import importlib
import os
import sys
import types

import pytest

from vestige import durable
from vestige.entries import Draft, Name, Site
from vestige.record import LockHeldError, Record, _lock


class Bytes:
    """A stand-in of msvcrt's locks on bytes: within this process, by device and inode of the file."""

    LK_NBLCK = 2

    def __init__(self):
        self.held = {}

    def locking(self, descriptor, _mode, count):
        assert count == 1
        assert os.lseek(descriptor, 0, os.SEEK_CUR) > 1000  # the holder's name can be read
        file = os.fstat(descriptor)
        other = self.held.get((file.st_dev, file.st_ino))
        if other is not None and other != descriptor:
            raise PermissionError(13, "Permission denied")
        self.held[(file.st_dev, file.st_ino)] = descriptor


@pytest.fixture
def windows(monkeypatch):
    """The modules as they load where fcntl and O_DIRECTORY are missing."""
    locks = Bytes()
    fake = types.ModuleType("msvcrt")
    fake.LK_NBLCK, fake.locking = locks.LK_NBLCK, locks.locking
    monkeypatch.setitem(sys.modules, "fcntl", None)
    monkeypatch.setitem(sys.modules, "msvcrt", fake)
    monkeypatch.delattr(os, "O_DIRECTORY")
    monkeypatch.setattr(_lock, "fcntl", None)
    return locks


def test_the_lock_loads_where_fcntl_is_missing(windows):
    spec = importlib.util.find_spec("vestige.record._lock")
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    assert loaded.fcntl is None


def test_a_record_is_written_and_read(windows, tmp_path):
    with Record.create(tmp_path / "r", "R") as record:
        record.append(Draft(Site(names=(Name(text="Mill"),))))
        assert [entry.kind for entry in record.index.search("mill")] == ["site"]
    assert windows.held


def test_a_second_writer_is_told_who_holds_the_lock(windows, tmp_path):
    with _lock.writer_lock(tmp_path / "lock"):
        second = _lock.writer_lock(tmp_path / "lock", patience_seconds=0)
        with pytest.raises(LockHeldError, match=f"process {os.getpid()}"):
            second.__enter__()


def test_folders_are_not_opened(windows, tmp_path):
    durable.sync_folder(tmp_path / "is not there")
