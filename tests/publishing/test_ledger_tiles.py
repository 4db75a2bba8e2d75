"""Partial tiles of a checkpoint that was published stay until the full tile is there (C2SP tlog-tiles)."""

import shutil
from pathlib import Path

import msgspec
import pytest

from tests.publishing.conftest import site_of
from vestige.entries import Draft, Source
from vestige.ledger import Tiles, parse_checkpoint, range_root
from vestige.publishing import publish, verify_site
from vestige.record import Record


@pytest.fixture
def record(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    with Record.create(tmp_path / "record", "Tiles") as record:
        yield record


def grow(record, size):
    """Enter withheld texts, which have no pages, until the ledger has so many entries."""
    count = size - record.checkpoint.size
    record.append(*(Draft(Source(title=f"Text {n}", form="reference"), visibility="withheld") for n in range(count)))


def widths(out, level):
    return sorted(int(path.name) for path in (out / "ledger/tile" / level).glob("000.p/*"))


class Served(msgspec.Struct):
    """A host of static files: what was asked for, or nothing."""

    folder: Path

    def read(self, path: str) -> bytes | None:
        file = self.folder / path
        return file.read_bytes() if file.is_file() else None


def root_of(out: Path, note: bytes) -> bytes:
    """The root that somebody who holds an earlier checkpoint computes from what is published now."""
    size = parse_checkpoint(note).size
    return range_root(Tiles(Served(out / "ledger"), size).node, 0, size)


def test_an_earlier_checkpoint_can_be_read_until_its_tile_is_full(record, tmp_path):
    out, notes = tmp_path / "out", []
    for size in (3, 5, 255):
        grow(record, size)
        publish(record, out, workers=1)
        notes.append((out / "ledger/checkpoint").read_bytes())
    assert widths(out, "0") == widths(out, "entries") == [3, 5, 255]
    for note in notes:
        assert root_of(out, note) == parse_checkpoint(note).root
    publish(record, tmp_path / "anew", workers=1)
    assert site_of(out) == site_of(tmp_path / "anew")
    (out / "ledger/tile/0/000.p/3").write_bytes(b"altered")
    assert "000.p/3" in repr(verify_site(out))
    assert not verify_site(out).unchanged
    publish(record, out, workers=1, full=True)  # what is made anew is made from the ledger, never taken from the folder
    assert widths(out, "0") == [3, 5, 255]
    assert verify_site(out).unchanged
    grow(record, 257)
    publish(record, out, workers=1)
    assert widths(out, "0") == widths(out, "entries") == []
    assert (out / "ledger/tile/0/001.p/1").is_file()
    assert verify_site(out).unchanged


def test_without_what_is_remembered_the_earlier_tiles_stay(record, tmp_path):
    out = tmp_path / "out"
    for size in (3, 5):
        grow(record, size)
        publish(record, out, workers=1)
    shutil.rmtree(tmp_path / "cache", ignore_errors=True)
    grow(record, 6)
    publish(record, out, workers=1)
    assert widths(out, "0") == [3, 5, 6]
    assert verify_site(out).unchanged
