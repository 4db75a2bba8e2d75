"""Every kind keeps the same promises: it comes back, is found, linked, published and checked, and leaves no byte when it must not."""

import json

import pytest

from tests.kinds.examples import EXAMPLES, OTHERWISE, World
from tests.preserved import place_of
from tests.publishing.conftest import files_of
from vestige.entries import KINDS, Draft, links_of
from vestige.entries import files_of as preserved_by
from vestige.publishing import LANGUAGES, publish
from vestige.publishing._registry import KINDS as PUBLISHED
from vestige.record import Record, verify_record

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
            publish(record, base / "site", workers=1)
            world.files = files_of(base / "site")
            yield world


def test_every_kind_has_an_example():
    assert set(KINDS) - set(OTHERWISE) == set(EXAMPLES)


@pytest.mark.parametrize("kind", EXAMPLES)
def test_it_comes_back_as_it_was_entered(kind, world):
    assert world.record.index.current(world.ids[kind]).body == world.bodies[kind]


@pytest.mark.parametrize("kind", EXAMPLES)
def test_it_is_found_by_each_of_its_words(kind, world):
    words = [word for text in world.bodies[kind].words() if text for word in text.split() if word.isalpha()]
    for word in words:
        assert world.entries[kind] in [entry.hash for entry in world.record.index.search(word, limit=1000)]


@pytest.mark.parametrize("kind", EXAMPLES)
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
def test_withheld_and_withdrawn_it_leaves_no_byte(kind, world, tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    texts = [text for text in world.bodies[kind].words() if text and "xample" in text]
    with Record.create(tmp_path / "record", "Kept back", origin="test.example/back") as record:
        record.append(Draft(world.bodies[kind], visibility="withheld"))
        gone = record.append(Draft(world.bodies[kind]))[0]
        record.withdraw(gone.entry, "It could hurt somebody")
        publish(record, tmp_path / "site", workers=1)
    published = b"\n".join(files_of(tmp_path / "site").values())
    assert [text for text in texts if text.encode() in published] == []
