"""*Peace* and the lists of acts stand in the navigation only where the record holds an act that anybody may see."""

import re

import pytest

from tests.kinds.examples import World
from tests.publishing.conftest import files_of, site_of
from vestige.entries import Draft
from vestige.publishing import publish
from vestige.publishing.making._basis import basis_of
from vestige.record import Record


@pytest.fixture
def world(tmp_path, monkeypatch):
    """A record that holds what acts are about, and no act."""
    monkeypatch.setenv("VESTIGE_CACHE", str(tmp_path / "cache"))
    with Record.create(tmp_path / "record", "Navigation", origin="test.example/navigation") as record:
        world = World(record)
        for kind in ("site", "actor", "source", "statement"):
            _enter(world, kind)
        yield world


def _enter(world, kind):
    world.bodies[kind] = world.body(kind)
    receipt = world.record.append(Draft(world.bodies[kind]))[0]
    world.ids[kind], world.entries[kind] = receipt.about, receipt.entry


def _pages(out):
    """Give the links of the main navigation of every page."""
    pages = {
        path: data.decode() for path, data in files_of(out).items() if path.startswith("en/") and path.endswith(".html")
    }
    return {
        path: set(re.findall(r'href="([^"]+)"', page.partition('<nav class="main"')[2].partition("</nav>")[0]))
        for path, page in pages.items()
    }


def _assert_navigation(out, folder, *wanted):
    pages = _pages(out)
    assert len(pages) > 25
    for path, links in pages.items():
        ends = {link.removeprefix("../").removeprefix("../").partition("/")[2] for link in links}
        assert ends & {"peace.html", "appeals/index.html"} == set(wanted), (folder, path)


def _again(world, tmp_path, step):
    """Publish into the folder of before and into a new one, and require the same bytes."""
    publish(world.record, tmp_path / "out", workers=1)
    publish(world.record, tmp_path / step, workers=1)
    assert site_of(tmp_path / "out") == site_of(tmp_path / step)


def test_peace_comes_with_the_first_call_and_goes_with_the_last(world, tmp_path):
    out = tmp_path / "out"
    publish(world.record, out, workers=1)
    _assert_navigation(out, "none")
    # The address stays, with what would be here; nothing leads to it but its own switch of languages.
    assert {path for path, data in files_of(out).items() if b"peace.html" in data} <= {"en/peace.html", "manifest"}
    _enter(world, "call")
    _again(world, tmp_path, "call")
    _assert_navigation(out, "call", "peace.html")
    _enter(world, "appeal")
    _again(world, tmp_path, "appeal")
    _assert_navigation(out, "appeal", "peace.html", "appeals/index.html")
    for kind, left in (("appeal", ["peace.html"]), ("call", [])):
        world.record.withdraw(world.entries[kind], "entered by mistake")
        _again(world, tmp_path, f"without {kind}")
        _assert_navigation(out, kind, *left)


def test_a_second_call_does_not_make_every_page_again(world, tmp_path):
    _enter(world, "call")
    publish(world.record, tmp_path / "out", workers=1)
    _enter(world, "visit")
    assert not publish(world.record, tmp_path / "out", workers=1).full


def test_an_act_that_nobody_may_see_gives_no_navigation(world, tmp_path):
    for kind in ("call", "gathering"):
        world.record.append(Draft(world.body(kind), visibility="withheld"))
    publish(world.record, tmp_path / "out", workers=1)
    _assert_navigation(tmp_path / "out", "withheld")


@pytest.mark.parametrize("kind", ["call", "appeal", "visit", "gathering", "reach"])
def test_each_act_of_the_page_gives_it_its_place_and_stands_on_it(kind, world, tmp_path):
    _enter(world, kind)
    publish(world.record, tmp_path / "out", workers=1)
    page = (tmp_path / "out/en/peace.html").read_text("utf-8")
    assert f"{kind}/{world.ids[kind].partition(':')[2]}.html" in page
    assert 'peace.html">Peace</a>' in (tmp_path / "out/en/index.html").read_text("utf-8")


def test_the_navigation_counts_as_what_every_page_depends_on(world):
    policy = world.record.policy
    assert basis_of(policy, None, {}) != basis_of(policy, None, {}, (("peace.html", "Peace"),))
