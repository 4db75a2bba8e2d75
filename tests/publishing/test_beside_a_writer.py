"""Publishing beside another process that writes: what is published is the state of one checkpoint, whole and nothing more."""

import shutil
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.publishing.conftest import files_of, site_of
from vestige.archive import ArchiveError
from vestige.entries import Draft, Source
from vestige.ledger import parse_checkpoint
from vestige.publishing import publish, verify_site
from vestige.record import Record, RecordReader

WRITER = """
import sys
from pathlib import Path
from vestige.entries import Assessment, Assessor, DateWindow, Draft, Name, Site
from vestige.record import Record

with Record.open(Path(sys.argv[1])) as record:
    sites = [entry for entry in record.index.entries("site", current=True)]
    for number in range(100_000):
        if number == 1:
            print("writing", flush=True)
        new = record.append(Draft(Site(names=(Name(text=f"New {number}"),), countries=("BA",))))[0]
        old = sites[number % len(sites)]
        receipt = record.append(
            Draft(Site(names=(Name(text=f"Renamed {number}"),), countries=("UA",)), about=old.about, replaces=old.hash)
        )[0]
        sites[number % len(sites)] = record.index.entry(receipt.entry)
        window = DateWindow(when="on", start="2022-03-01")
        judged = Assessment(site=old.about, assessor=Assessor(name=f"A {number}"), window=window, condition="Poor")
        record.append(Draft(judged), Draft(Site(names=(Name(text="Hidden"),)), visibility="withheld"))
"""


@contextmanager
def writing(path):
    """Let another process change the record all the while."""
    writer = subprocess.Popen([sys.executable, "-c", WRITER, str(path)], stdout=subprocess.PIPE, text=True)
    try:
        assert writer.stdout.readline() == "writing\n"
        yield
        assert writer.poll() is None
    finally:
        writer.kill()
        writer.communicate()


def as_of(record, note, copy):
    """Copy a record as it stood when it had this checkpoint."""
    shutil.copytree(record, copy, ignore=shutil.ignore_patterns("index.sqlite*"))
    (copy / "ledger/checkpoint").write_bytes(note)
    return Record.open(copy)


def test_what_is_published_beside_a_writer_is_the_state_of_its_checkpoint(fresh, tmp_path):
    published = []
    with writing(fresh.record.path):
        for workers in (1, 1, 2):
            publish(fresh.record, fresh.out, workers=workers)
            assert verify_site(fresh.out).unchanged
            published.append(site_of(fresh.out))
    notes = [files["ledger/checkpoint"] for files in published]
    sizes = [parse_checkpoint(note).size for note in notes]
    assert sizes == sorted(set(sizes))
    for size, note, files in zip(sizes, notes, published, strict=True):
        with as_of(fresh.record.path, note, tmp_path / f"copy{size}") as record:
            publish(record, tmp_path / f"anew{size}")
        anew = site_of(tmp_path / f"anew{size}")
        assert [path for path in files.keys() | anew.keys() if files.get(path) != anew.get(path)] == []


def test_processes_of_a_large_publication_see_its_checkpoint_only(fresh):
    """The very start of a process of the pool, after more was entered than is to be published."""
    then = fresh.record.checkpoint
    with writing(fresh.record.path):
        readers = [RecordReader(fresh.record.path, at=then) for _ in range(3)]
        for reader in readers:
            assert len(list(reader.index.entries())) == then.size
            assert reader.index.current(fresh.cathedral).body.names[0].text == "Преображенський собор"
            reader.close()


def test_a_body_that_is_withdrawn_while_it_is_published_is_not_in_the_site(fresh):
    (soon,) = fresh.record.append(Draft(Source(title="WITHDRAWN-SOON", form="reference")))
    name = fresh.record.index.entry(soon.entry).envelope.body
    seen = []

    def withdraw(_done, _all):
        with Record.open(fresh.record.path) as other:
            if other.index.entry(soon.entry).withdrawn_by is None:
                seen.append((fresh.out / "body" / name[:2] / name).is_file())
                other.withdraw(soon.entry, "It endangers a witness")

    publish(fresh.record, fresh.out, progress=withdraw)
    assert seen == [True]
    files = files_of(fresh.out)
    assert [path for path, data in files.items() if b"WITHDRAWN-SOON" in data or name in path] == []
    assert verify_site(fresh.out).unchanged


def test_a_body_that_is_lost_stops_the_publication(fresh):
    entry = fresh.record.index.current(fresh.cathedral)
    packs = [
        path for path in (fresh.record.path / "archive" / "bodies").glob("*/*") if entry.body_json in path.read_bytes()
    ]
    for path in packs:
        path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if entry.body_json not in line))
    with pytest.raises(ArchiveError, match="vestige verify"):
        publish(fresh.record, fresh.out)
    assert not (fresh.out / "manifest").exists()
