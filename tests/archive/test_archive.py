import contextlib

from hypothesis import given
from hypothesis import strategies as st

from vestige.archive import ArchiveError, BodyStore, SaltedBody, parse_line

json_like = st.binary(max_size=200).filter(lambda data: b"\n" not in data)


@given(st.lists(st.tuples(json_like, st.booleans()), min_size=1, max_size=20))
def test_bodies_are_found_at_their_places_and_removed_without_a_trace(tmp_path_factory, bodies):
    folder = tmp_path_factory.mktemp("bodies")
    store = BodyStore(folder)
    salted = [(SaltedBody(bytes([i]) * 32, body), withheld) for i, (body, withheld) in enumerate(bodies)]
    files = store.plan(7, salted)
    for address, data in files.items():
        path = folder / address
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    assert sorted(files) == sorted(store.walk())
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
