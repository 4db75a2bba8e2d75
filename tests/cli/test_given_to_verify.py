"""What people give to `vestige verify`, and what lies there: a page's address, a folder within a site, files that systems leave, line ends that tools turn."""

import json
import shutil
import subprocess
import threading

import pytest

from vestige.entries import Draft, Name, Site
from vestige.publishing import SiteServer, publish
from vestige.record import Record


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    """A small published record; tests copy it."""
    base = tmp_path_factory.mktemp("places")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
        with Record.create(base / "record", "Places", origin="places.example/record") as made:
            made.append(Draft(Site(names=(Name(text="Tower", language="en"),))))
            publish(made, base / "site", workers=1)
    return base / "site"


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    """An empty memory."""
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "data"))


@pytest.fixture
def site(published, tmp_path):
    return shutil.copytree(published, tmp_path / "site")


def test_any_page_of_a_site_leads_to_its_root(run, site):
    page = next((site / "en/sites").glob("*/*.html"), None) or next((site / "en/sites").glob("*.html"))
    for inner in (site / "en", site / "en/sites", page, site / "ledger"):
        shown = run("verify", inner)
        assert f"{inner} lies in the published record {site}" in shown
        assert "unchanged since it was entered" in shown
    assert "published record" not in run("verify", site)


def test_an_address_copied_from_a_browser_leads_to_its_root(run, site):
    with SiteServer(site, port=0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        for page in ("en/check.html", "en/", "en", "en/sites/index.html?sort=name#list", "#top", ""):
            found = run.json("verify", f"{server.address}{page}")
            assert (found["unchanged"], found["root"]) == (True, server.address), page
        server.shutdown()


def test_a_folder_that_lies_in_no_record_is_one_line(run, tmp_path):
    (tmp_path / "elsewhere").mkdir()
    assert "expected a record" in run("verify", tmp_path / "elsewhere", code=2)


FOREIGN = (
    ".DS_Store",
    "Thumbs.db",
    "en/.DS_Store",
    "en/Thumbs.db",
    "CNAME",
    "desktop.ini",
    ".git/config",
    "en/._check.html",
    ".well-known/security.txt",
)


def test_what_systems_and_hosts_leave_is_a_note(run, site):
    for name in FOREIGN:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(b"left by a system")
    shown = run("verify", site)
    for name in FOREIGN:
        assert f"note: {name.partition('/')[0] if name.startswith(('.git', '.well')) else name}" in shown, name
    assert "unchanged since it was entered" in shown


@pytest.mark.parametrize(
    "name", ["en/more.html", "body/more.txt", "data/sites.xlsx", "assets/more.js", "notes.csv", "en/check.html.bak"]
)
def test_what_a_reader_could_take_for_a_part_is_unexpected(run, site, name):
    (site / name).write_bytes(b"by somebody")
    shown = run("verify", site, code=1)
    assert "Unexpected" in shown
    assert name in shown


def test_a_table_beside_a_record_is_a_note_and_in_its_ledger_it_is_not(run, record):
    for name in (".DS_Store", "sites.csv", "Thumbs.db"):
        (record / name).write_bytes(b"beside it")
    shown = run("verify", record)
    assert all(f"note: {name}" in shown for name in (".DS_Store", "sites.csv", "Thumbs.db"))
    (record / "ledger/sites.csv").write_bytes(b"within it")
    assert "ledger/sites.csv" in run("verify", record, code=1)


def test_line_ends_are_said_to_be_line_ends(run, site):
    page = site / "en/check.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    shown = run("verify", site, code=1)
    assert "en/check.html: only its line ends differ from what was published" in shown
    page.write_bytes(page.read_bytes() + b"and more")
    assert "en/check.html: not the bytes that were published" in run("verify", site, code=1)


def test_git_leaves_the_line_ends_of_a_publication(run, site, tmp_path):
    """A copy that went through git with line ends of another system is unchanged; without what we write for git it would not be."""
    if shutil.which("git") is None:
        pytest.skip("needs git")

    def through_git(name):
        turned = [
            "-c",
            "core.autocrlf=true",
            "-c",
            "core.eol=crlf",
            "-c",
            "user.name=t",
            "-c",
            "user.email=t@example.org",
        ]
        for command in (
            ("init", "-q"),
            ("add", "-A"),
            ("commit", "-qm", "a site"),
            ("clone", "-q", ".", str(tmp_path / name)),
        ):
            subprocess.run(["git", *turned, *command], cwd=site, check=True, capture_output=True)
        shutil.rmtree(site / ".git")
        return tmp_path / name

    assert "unchanged since it was entered" in run("verify", through_git("kept"))
    (site / ".gitattributes").unlink()
    found = run("verify", through_git("turned"), "--json", code=1)
    told = json.loads(found)["report"]["discrepancies"]
    turned = [one["file"] for one in told if "only its line ends differ" in one["message"]]
    assert {"manifest", "ledger/checkpoint", "en/check.html"} <= set(turned)
    others = [one["file"] for one in told if one["file"] not in turned]
    assert [file for file in others if not file.startswith("ledger/tile/")] == [
        ".gitattributes"
    ]  # a tile of bytes may look like text to git
