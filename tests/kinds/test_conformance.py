"""Every kind keeps the same promises: it comes back, is found, linked, published and checked, and leaves no byte when it must not."""

import json

import msgspec
import pytest

from tests.kinds.examples import EXAMPLES, World
from tests.preserved import place_of
from tests.publishing.conftest import files_of
from vestige.entries import KINDS, Draft, decode_body, exposed_by, links_of
from vestige.entries import files_of as preserved_by
from vestige.entries.kinds._governing import Governing
from vestige.publishing import LANGUAGES, publish, verify_site
from vestige.publishing._registry import KINDS as PUBLISHED
from vestige.record import Record, RecordError, verify_record

PAGED = [kind for kind in EXAMPLES if kind in PUBLISHED and PUBLISHED[kind].paged]


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A record with an example of every kind, and its published folder."""
    base = tmp_path_factory.mktemp("kinds")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        patch.setenv("VESTIGE_CACHE", str(base / "cache"))
        with Record.create(base / "record", "Kinds", origin="test.example/kinds") as record:
            world = World(record)
            for kind in EXAMPLES:
                world.bodies[kind] = world.body(kind)
                receipt = record.append(Draft(world.bodies[kind]))[0]
                world.ids[kind], world.entries[kind] = receipt.about, receipt.entry
                if kind == "draw":  # the record withholds it, whatever was asked; an invitation is never opened
                    record.open_entry(receipt.entry)
            publish(record, base / "site", workers=1)
            world.files, world.site = files_of(base / "site"), base / "site"
            yield world


def test_every_kind_has_an_example():
    """Only what governs a record, and so says nothing of itself, needs none: it is tried with the record."""
    assert {kind for kind, body in KINDS.items() if not issubclass(body, Governing)} == set(EXAMPLES)


SHOWN = [kind for kind in EXAMPLES if kind != "invitation"]
"""Kinds of which the public may see an entry: an invitation is withheld and never opened."""


def test_an_invitation_is_in_no_public_view(world):
    assert world.record.index.current(world.ids["invitation"]) is None
    assert world.record.index.linked(world.ids["visit"], "invitation") == []


@pytest.mark.parametrize("kind", SHOWN)
def test_it_comes_back_as_it_was_entered(kind, world):
    assert world.record.index.current(world.ids[kind]).body == world.bodies[kind]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_it_is_found_by_each_of_its_words(kind, world):
    words = [word for text in world.bodies[kind].words() if text for word in text.split() if word.isalpha()]
    for word in words:
        assert world.entries[kind] in [entry.hash for entry in world.record.index.search(word, limit=1000)]


@pytest.mark.parametrize("kind", SHOWN)
def test_it_is_linked_from_each_thing_that_it_is_about(kind, world):
    for about in links_of(world.bodies[kind]):
        assert world.entries[kind] in [entry.hash for entry in world.record.index.linked(about, kind)]


@pytest.mark.parametrize("kind", PAGED)
def test_it_has_a_page_in_every_language_a_twin_and_a_row(kind, world):
    about, key = world.ids[kind], world.ids[kind].partition(":")[2]
    pages = [f"{code}/{kind}/{key}.html" for code in world.record.policy.languages]
    assert [page for page in pages if page not in world.files] == []
    assert set(world.record.policy.languages) <= set(LANGUAGES)
    assert json.loads(world.files[f"{kind}/{key}.json"])["id"] == about
    rows = [file.name for file in PUBLISHED[kind].files if about.encode() in world.files[f"data/{file.name}"]]
    assert rows


@pytest.mark.parametrize("kind", [kind for kind in PAGED if PUBLISHED[kind].named_beside])
def test_the_page_of_whatever_it_names_shows_its_card(kind, world):
    for about in links_of(world.bodies[kind]):
        path = about.replace(":", "/")
        if f"{path}.json" in world.files:
            groups = json.loads(world.files[f"{path}.json"])["naming"]
            assert world.ids[kind] in [card["id"] for group in groups for card in group["cards"]]


@pytest.mark.parametrize("kind", [kind for kind in EXAMPLES if kind in PUBLISHED and PUBLISHED[kind].listing])
def test_it_stands_in_its_list(kind, world):
    key = world.ids[kind].partition(":")[2]
    assert key.encode() in world.files[f"en/{PUBLISHED[kind].listing.folder}/index.html"]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_every_held_file_that_is_changed_or_lost_is_found(kind, world):
    for name in preserved_by(world.bodies[kind]):
        path = place_of(world.record, name)
        whole = path.read_bytes()
        for spoil in (lambda path=path: path.write_bytes(b"other"), path.unlink):
            path.chmod(0o644)
            spoil()
            found = verify_record(world.record.path)
            path.unlink(missing_ok=True)
            path.write_bytes(whole)
            assert not found.unchanged
            assert name in str(found)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_a_file_that_was_added_is_found_in_the_record_and_in_its_site(kind, world):
    for name in preserved_by(world.bodies[kind]):
        beside = place_of(world.record, name).with_name(name[:2] + "0" * 62)
        beside.write_bytes(b"added")
        found = verify_record(world.record.path)
        beside.unlink()
        assert not found.unchanged
        assert beside.name in str(found)


def test_a_file_to_which_no_entry_refers_is_told_and_one_in_the_site_is_found(world):
    name = world.record.files.put(b"no entry refers to these bytes")
    told = verify_record(world.record.path)
    world.record.files.delete(name)
    assert any(name in note for note in told.notes)
    added = world.site / "file" / name[:2] / name
    added.parent.mkdir(parents=True, exist_ok=True)
    added.write_bytes(b"no entry refers to these bytes")
    found = verify_site(str(world.site))
    added.unlink()
    assert not found.unchanged
    assert f"file/{name[:2]}" in str(found.discrepancies)


@pytest.fixture(scope="module")
def kept_back(world, tmp_path_factory):
    """A record in which every example was withheld, and entered once more in public and withdrawn, with its published folder."""
    base = tmp_path_factory.mktemp("back")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VESTIGE_CACHE", str(base / "cache"))
        with Record.create(base / "record", "Kept back", origin="test.example/back") as record:
            for body in world.bodies.values():
                for name in preserved_by(body):
                    record.add_file(world.record.files.read(name), withheld=True)
            for body in world.bodies.values():
                record.append(Draft(body, visibility="withheld"))
            gone = [record.append(Draft(body))[0] for body in world.bodies.values()]
            for receipt in gone:
                record.withdraw(receipt.entry, "It could hurt somebody")
            publish(record, base / "site", workers=1)
        yield b"\n".join(files_of(base / "site").values())


@pytest.mark.parametrize("kind", EXAMPLES)
def test_withheld_and_withdrawn_it_leaves_no_byte(kind, world, kept_back):
    texts = [text for text in world.bodies[kind].words() if text and "xample" in text]
    held = [world.record.files.read(name) for name in preserved_by(world.bodies[kind])]
    assert [text for text in texts if text.encode() in kept_back] == []
    assert [data for data in held if data in kept_back] == []


@pytest.mark.parametrize("kind", EXAMPLES)
def test_withdrawn_its_files_are_deleted_with_it(kind, world, tmp_path):
    body = world.bodies[kind]
    with Record.create(tmp_path / "record", "Taken back", origin="test.example/gone") as record:
        names = [record.add_file(world.record.files.read(name)) for name in preserved_by(body)]
        receipt = record.append(Draft(body))[0]
        assert all(map(record.files.holds, names))
        record.withdraw(receipt.entry, "It could hurt somebody")
        assert not any(map(record.files.holds, names))


LATITUDE, LONGITUDE = "43.123457", "17.765432"


@pytest.fixture(scope="module")
def sensitive(tmp_path_factory):
    """The examples about a sensitive site: which kinds were refused in public, and the published bytes of the others."""
    base = tmp_path_factory.mktemp("sensitive")
    place = {"latitude": float(LATITUDE), "longitude": float(LONGITUDE)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("VESTIGE_CACHE", str(base / "cache"))
        with Record.create(base / "record", "Sensitive", origin="test.example/sensitive") as record:
            world, refused = World(record), set()
            for kind in EXAMPLES:
                body = world.body(kind)
                if kind == "site":
                    body = decode_body(
                        "site",
                        msgspec.json.encode(EXAMPLES[kind](world) | {"location": place, "sensitivity": "sensitive"}),
                    )
                try:
                    receipt = record.append(Draft(body))[0]
                except RecordError:
                    refused.add(kind)
                    receipt = record.append(Draft(body, visibility="withheld"))[0]
                world.bodies[kind], world.ids[kind], world.entries[kind] = body, receipt.about, receipt.entry
                if kind == "draw":  # the record withholds it, whatever was asked; an invitation is never opened
                    record.open_entry(receipt.entry)
            publish(record, base / "site", workers=1)
            yield world, refused, files_of(base / "site")


@pytest.mark.parametrize("kind", EXAMPLES)
def test_in_public_it_betrays_no_sensitive_site(kind, sensitive):
    """A kind that says that it would betray the place is refused in public; no other tells it in any byte."""
    world, refused, files = sensitive
    assert (kind in refused) == (world.ids["site"] in exposed_by(world.bodies[kind]))
    if kind in refused:
        texts = [text for text in world.bodies[kind].words() if text and "xample" in text]
        assert not [text for text in texts if any(text.encode() in data for data in files.values())]


def test_no_byte_of_the_site_tells_where_a_sensitive_site_lies(sensitive):
    files = sensitive[2]
    assert [
        path for path, data in files.items() if LATITUDE[:6].encode() in data or LONGITUDE[:6].encode() in data
    ] == []
