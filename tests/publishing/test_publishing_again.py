"""Publishing again: what is remembered of a folder, against what a plain look at everything would say."""

import functools

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.publishing.conftest import files_of, site_of
from tests.publishing.test_publish import change_add_sites, change_assessment
from vestige.entries import Draft, Name, Site
from vestige.ledger import Tiles, inclusion_proof, leaf_hash, node_hash
from vestige.publishing import publish, verify_site
from vestige.publishing._registry import DATA_FILES
from vestige.publishing.data._files import data_file
from vestige.publishing.data._splice import plan_splice, splice
from vestige.publishing.making._ledger_files import proofs
from vestige.publishing.memory._files import Written
from vestige.publishing.memory._state import State
from vestige.record import Record, RecordReader

PARTS = st.dictionaries(st.integers(0, 9), st.binary(min_size=1, max_size=4))
NAMES = st.text("abz0.-", min_size=1, max_size=3)
PATHS = st.lists(NAMES, min_size=1, max_size=3).map("/".join)


@given(PARTS, PARTS, st.sampled_from(["sites.csv", "sites.json"]))
def test_a_spliced_file_is_the_joined_one(old, new, name):
    def layout(parts):
        return [(tile, len(parts[tile])) for tile in sorted(parts)]

    def joined(parts):
        return data_file(name, [parts[tile] for tile in sorted(parts)])

    changed = {tile: part for tile, part in new.items() if old.get(tile) != part}
    chunks = plan_splice(DATA_FILES[name], layout(old), layout(new), changed)
    assert b"".join(splice(joined(old), chunks)) == joined(new)


@given(st.lists(st.tuples(PATHS, st.booleans(), st.sampled_from("ab"))))
def test_files_are_remembered_as_a_plain_table_would(steps):
    state, plain = State(None), {}
    with state.transaction():
        for path, keep, sha in steps:
            if keep:
                state.files.add([Written(path, sha, "owner")])
                plain[path] = sha
            else:
                state.files.remove([path])
                plain.pop(path, None)
            lines = b"".join(state.files.manifest_lines()).decode()
            assert lines == "".join(f"{plain[path]}  {path}\n" for path in sorted(plain))
        folders = {""} | {path.rpartition("/")[0] for path in plain}
        for folder in folders:
            names = {path.rpartition("/")[2] for path in plain if path.rpartition("/")[0] == folder}
            assert state.files.names_in(folder) == names
    state.close()


@pytest.mark.parametrize("size", [1, 255, 256, 257, 1024, 1300])
def test_the_way_from_a_tile_to_the_root_is_that_of_its_entries(size):
    @functools.cache
    def node(level, index):
        return (
            node_hash(node(level - 1, 2 * index), node(level - 1, 2 * index + 1)) if level else leaf_hash(b"%d" % index)
        )

    class Computed(Tiles):
        """A tree of numbered leaves."""

        def node(self, level, index):
            return node(level, index)

    tiles = Computed(None, size)
    ways = msgspec.json.decode(proofs(tiles, b""))["tiles"]
    for tile, way in enumerate(ways):
        width = min(256, size - 256 * tile)
        whole = inclusion_proof(tiles.node, 256 * tile, size)
        assert way["path"] == [piece.hex() for piece in whole[(width - 1).bit_length() :]]


def test_a_file_that_vanished_comes_back_wherever_it_was(fresh):
    publish(fresh.record, fresh.out)
    before = files_of(fresh.out)
    for path in ("manifest", "index.json", "en/index.html", "data/sites.csv", f"site/{fresh.bridge[5:]}.json"):
        (fresh.out / path).unlink()
        assert publish(fresh.record, fresh.out).full, path
        assert files_of(fresh.out) == before


def test_a_file_that_became_a_link_or_a_folder_is_put_back(fresh, tmp_path):
    publish(fresh.record, fresh.out)
    before, page = files_of(fresh.out), fresh.out / "en/index.html"
    page.rename(tmp_path / "elsewhere.html")
    page.symlink_to(tmp_path / "elsewhere.html")
    publish(fresh.record, fresh.out)
    assert not page.is_symlink()
    assert files_of(fresh.out) == before


def test_a_file_of_somebody_else_costs_no_publication_in_full(fresh):
    publish(fresh.record, fresh.out)
    (fresh.out / "en/notes.txt").write_text("mine")
    assert not publish(fresh.record, fresh.out).full
    assert (fresh.out / "en/notes.txt").is_file()


def test_an_altered_data_file_is_never_signed(fresh, tmp_path):
    """A data file is made anew from the one that lies there, but only from the one that was published."""
    publish(fresh.record, fresh.out)
    times = (fresh.out / "data").stat()
    with (fresh.out / "data/sites.csv").open("r+b") as file:
        file.seek(40)
        file.write(b"FORGED")
    assert (fresh.out / "data").stat().st_mtime_ns == times.st_mtime_ns
    change_assessment(fresh)
    assert not publish(fresh.record, fresh.out).full
    publish(fresh.record, tmp_path / "anew")
    assert site_of(fresh.out) == site_of(tmp_path / "anew")
    assert verify_site(fresh.out).unchanged


def test_many_changes_one_after_the_other_end_where_one_publication_does(fresh, tmp_path):
    publish(fresh.record, fresh.out)
    change_add_sites(fresh)
    publish(fresh.record, fresh.out)
    for number in range(5):
        fresh.record.append(
            Draft(Site(names=(Name(text=f"A {number}"),), countries=("UA", "UA") if number % 2 else ("BA", "AM")))
        )
        change_assessment(fresh)
        assert not publish(fresh.record, fresh.out).full
    publish(fresh.record, tmp_path / "anew")
    ours, anew = site_of(fresh.out), site_of(tmp_path / "anew")
    assert [path for path in ours.keys() | anew.keys() if ours.get(path) != anew.get(path)] == []


def test_only_the_parts_of_a_list_that_changed_are_written(fresh):
    change_add_sites(fresh)
    publish(fresh.record, fresh.out)
    parts = {path: path.stat().st_ino for path in (fresh.out / "en/sites").glob("UA*.html")}
    assert len(parts) > 1
    entry = next(e for e in fresh.record.index.entries("site") if e.body and e.body.names[0].text == "Site 150")
    site = Site(names=(Name(text="Site 150"),), countries=("UA",), type="mill")
    fresh.record.append(Draft(site, about=entry.about, replaces=entry.hash))
    publish(fresh.record, fresh.out)
    assert sum(path.stat().st_ino != inode for path, inode in parts.items()) == 1


def test_a_reader_opened_at_a_checkpoint_sees_nothing_later(fresh):
    """What `publish` reads: the record as of one checkpoint, whatever enters meanwhile."""
    then = fresh.record.checkpoint
    before = [(e.hash, e.body, e.stands) for e in fresh.record.index.entries()]
    old = fresh.record.index.current(fresh.cathedral)
    body = Site(names=(Name(text="Renamed"),), countries=("UA",))
    fresh.record.append(Draft(body, about=old.about, replaces=old.hash))
    with Record.open(fresh.record.path) as other:
        assert other.index.current(fresh.cathedral).body == body
        with RecordReader(fresh.record.path, at=then) as reader:
            assert [(e.hash, e.body, e.stands) for e in reader.index.entries()] == before
            assert reader.index.current(fresh.cathedral) == old
            assert sum(reader.index.counts().values()) == sum(
                e.stands and e.envelope.visibility == "public" for e in map(reader.index.at, range(then.size))
            )
