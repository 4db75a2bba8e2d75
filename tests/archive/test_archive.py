import contextlib
import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.archive import ArchiveError, BodyStore, FileStore, SaltedBody, parse_line


def test_the_same_bytes_are_kept_once(tmp_path):
    store = FileStore(tmp_path / "files")
    (tmp_path / "a").write_bytes(b"bytes")
    names = {store.put(b"bytes"), store.put(tmp_path / "a"), store.put(b"bytes", withheld=True)}
    assert names == {hashlib.sha256(b"bytes").hexdigest()}
    assert len(list(store)) == 1
    assert store.read(names.pop()) == b"bytes"


def test_withheld_bytes_become_public_when_they_are_put_as_public(tmp_path):
    store = FileStore(tmp_path)
    name = store.put(b"bytes", withheld=True)
    assert store.path_of(name, withheld=True).is_file()
    store.put(b"bytes")
    assert store.path_of(name).is_file()
    assert not store.path_of(name, withheld=True).exists()


def test_altered_and_absent_files_are_not_given(tmp_path):
    store = FileStore(tmp_path)
    name = store.put(b"bytes")
    store.path_of(name).write_bytes(b"other")
    with pytest.raises(ArchiveError, match="SHA-256"):
        store.read(name)
    store.delete(name)
    with pytest.raises(ArchiveError, match="none"):
        store.find(name)
    with pytest.raises(ArchiveError, match="can be read"):
        store.put(tmp_path / "nothing")
    assert [path for path in store if path.is_file()] == []


json_like = st.binary(max_size=200).filter(lambda data: b"\n" not in data)


@given(st.lists(st.tuples(json_like, st.booleans()), min_size=1, max_size=20))
def test_bodies_are_found_at_their_places_and_removed_without_a_trace(tmp_path_factory, bodies):
    store = BodyStore(tmp_path_factory.mktemp("bodies"))
    salted = [(SaltedBody(bytes([i]) * 32, body), withheld) for i, (body, withheld) in enumerate(bodies)]
    files = store.plan(7, salted)
    for path, data in files.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    held = list(store.held(7))
    assert [store.read(place) for place, _ in held] == [body for _, body in held]
    assert [(body, place.withheld) for place, body in held] == sorted(salted, key=lambda pair: pair[1])
    assert store.appends() == [7]
    first, withheld = salted[0]
    assert store.remove(7, first.commitment)
    assert not store.remove(7, first.commitment)
    assert first.line not in store.lines(7, withheld=withheld)


@given(st.binary(max_size=120))
def test_no_bytes_make_a_line_raise_anything_but_its_own_error(line):
    with contextlib.suppress(ArchiveError):
        assert parse_line(line, "").line == line.lower() or parse_line(line, "").line != line
