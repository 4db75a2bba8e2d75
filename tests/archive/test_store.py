"""What every store promises, tried on the one in a folder and on one in memory, and that nobody who uses one needs a path."""

import hashlib
import inspect
import os
import typing
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from tests.archive.memory_store import MemoryStore

import vestige
import vestige.archive
from vestige.archive import ArchiveError, FolderStore, Store
from vestige.capture import take_in
from vestige.keeping.adding import enter_source, source_body
from vestige.publishing import publish, verify_site
from vestige.record import Record, verify_record

STORES = {"folder": FolderStore, "memory": lambda _: MemoryStore()}


@pytest.fixture(params=STORES)
def store(request, tmp_path):
    return STORES[request.param](tmp_path / "files")


def shelves(store):
    return {(kept.name, kept.withheld) for kept in store.walk()}


def test_the_same_bytes_are_kept_once(store, tmp_path):
    (tmp_path / "a").write_bytes(b"bytes")
    names = {store.put(b"bytes"), store.put(tmp_path / "a"), store.put(b"bytes", withheld=True)}
    assert names == {hashlib.sha256(b"bytes").hexdigest()}
    assert shelves(store) == {(name, False) for name in names}
    assert store.read(names.pop()) == b"bytes"


def test_withheld_bytes_become_public_when_they_are_put_as_public(store):
    name = store.put(b"bytes", withheld=True)
    assert (store.exists(name), store.exists(name, withheld=True), store.holds(name)) == (False, True, True)
    assert store.read(name) == b"bytes"
    store.put(b"bytes")
    assert (store.exists(name), store.exists(name, withheld=True), store.holds(name)) == (True, False, True)


def test_what_is_not_there_is_not_given(store, tmp_path):
    name = store.put(b"bytes")
    store.delete(name)
    store.delete(name)
    store.make_public(name)
    for ask in (store.open, store.size, store.read):
        with pytest.raises(ArchiveError, match="none"):
            ask(name)
    with pytest.raises(ArchiveError, match="can be read"):
        store.put(tmp_path / "nothing")
    assert not shelves(store)


def test_an_opened_file_stands_at_its_beginning_and_can_seek(store):
    name = store.put(b"0123456789", withheld=True)
    with store.open(name, withheld=True) as file:
        assert file.read(3) == b"012"
        assert file.seek(0, os.SEEK_END) == store.size(name, withheld=True) == 10
        file.seek(7)
        assert file.read() == b"789"


def test_altered_bytes_are_not_read(tmp_path):
    store = FolderStore(tmp_path)
    name = store.put(b"bytes")
    (tmp_path / "public" / name[:2] / name).write_bytes(b"other")
    with pytest.raises(ArchiveError, match="SHA-256"):
        store.read(name)


def test_what_nobody_put_there_has_no_name(tmp_path):
    store = FolderStore(tmp_path)
    name = store.put(b"bytes")
    (tmp_path / "public" / "zz").mkdir()
    (tmp_path / "public" / "zz" / name).write_bytes(b"bytes")
    (tmp_path / "public" / name[:2] / "notes.txt").write_bytes(b"")
    (tmp_path / "public" / name[:2] / (name[:2] + "0" * 62)).symlink_to("/dev/zero")
    assert sorted(kept.name for kept in store.walk() if kept.name) == [name]
    assert len(list(store.walk())) == 4


class BothStores(RuleBasedStateMachine):
    """Whatever is done to both, they hold the same."""

    names: typing.ClassVar[list[str]] = [hashlib.sha256(bytes([number])).hexdigest() for number in range(3)]
    number = st.integers(0, 2)

    @rule(number=number, withheld=st.booleans())
    def put(self, number, withheld):
        assert {store.put(bytes([number]), withheld=withheld) for store in self.stores} == {self.names[number]}

    @rule(number=number)
    def delete(self, number):
        for store in self.stores:
            store.delete(self.names[number])

    @rule(number=number)
    def make_public(self, number):
        for store in self.stores:
            store.make_public(self.names[number])

    @invariant()
    def they_agree(self):
        first, second = (
            {(one, store.size(one[0], withheld=one[1])) for one in shelves(store)} for store in self.stores
        )
        assert first == second
        for name in self.names:
            for withheld in (False, True):
                assert len({store.exists(name, withheld=withheld) for store in self.stores}) == 1


def test_a_folder_and_a_memory_do_the_same(tmp_path_factory):
    class Fresh(BothStores):
        def __init__(self):
            super().__init__()
            self.stores = (FolderStore(tmp_path_factory.mktemp("store")), MemoryStore())

    typing.cast("typing.Any", Fresh.TestCase).settings = settings(max_examples=20, stateful_step_count=8, deadline=None)
    Fresh.TestCase("runTest").runTest()


def returned(room):
    """Give, with what it returns, every function that a class or module of a room shows to others."""
    for name in room.__all__:
        value = getattr(room, name)
        members = vars(value).items() if inspect.isclass(value) else [(name, value)]
        for member, function in members:
            if inspect.isfunction(function) and not member.startswith("_"):
                yield f"{name}.{member}", typing.get_type_hints(function, vars(typing)).get("return")


def test_nothing_that_the_archive_shows_gives_a_path():
    told = dict(returned(vestige.archive))
    assert {"Store.open", "FolderStore.walk", "BodyStore.plan"} <= told.keys()
    assert [name for name, kind in told.items() if "Path" in str(kind)] == []
    assert [name for name in vars(FolderStore(Path("x"))) if not name.startswith("_")] == []


def test_the_six_questions_are_all_that_a_store_has_to_answer():
    assert {"put", "open", "exists", "size", "delete", "walk", "make_public"} == Store.__abstractmethods__


def test_no_other_room_knows_that_the_store_is_a_folder():
    root = Path(vestige.__file__).parent
    others = (path for path in root.rglob("*.py") if path.parent.name != "archive")
    named = [path.relative_to(root).as_posix() for path in others if "FolderStore" in path.read_text("utf-8")]
    assert named == []


PICTURE = (
    b"GIF89a\x01\x00\x01\x00\x80\x00\x00\x00\x00\x00\xff\xff\xff,\x00\x00\x00\x00\x01\x00\x01\x00\x00\x02\x02D\x01\x00;"
)


def test_a_record_lives_on_another_store(tmp_path, monkeypatch):
    """Sources come in, are published and verified, one is withdrawn, one is lost: no file lies in the record's folder at any time."""
    store = MemoryStore()
    for module in ("vestige.record._reader", "vestige.record.verify._record"):
        monkeypatch.setattr(f"{module}.open_store", lambda _: store)
    (tmp_path / "news.txt").write_text("The mill stood until May, the museum said.")
    (tmp_path / "mill.gif").write_bytes(PICTURE)
    with Record.create(tmp_path / "record", "Elsewhere") as record:
        entered = []
        for name, withheld in (("news.txt", False), ("mill.gif", False)):
            captured = take_in(str(tmp_path / name))
            body = source_body(captured, name, "handed over by its author", None, {})
            entered.append(enter_source(record, captured, body, withheld=withheld))
        publish(record, tmp_path / "site", workers=1)
        published = {
            path.name.partition(".")[0]: path.read_bytes() for path in (tmp_path / "site").rglob("*") if path.is_file()
        }
        assert published[entered[0].body.file] == (tmp_path / "news.txt").read_bytes()
        assert published[entered[1].body.file] == PICTURE
        assert verify_site(str(tmp_path / "site")).unchanged
        assert verify_record(record.path).unchanged
        record.withdraw(entered[0].entry, "It could hurt somebody")
        assert not store.holds(entered[0].body.file)
        assert verify_record(record.path).unchanged
        store.delete(entered[1].body.file)
        assert entered[1].body.file in str(verify_record(record.path))
    assert not (tmp_path / "record" / "archive" / "files").exists()
