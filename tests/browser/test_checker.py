"""The checker of one file, opened from a disk: an address, a folder, an archive, a key, a file by its hash."""

import base64
import hashlib
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from server import serve
from waiting import PATIENCE

BUILT = Path(__file__).resolve().parents[2] / "src/vestige/publishing/assets/built"
LARGEST = 120_000


@pytest.fixture(scope="module")
def checker(browser):
    page = browser.new_page(viewport={"width": 390, "height": 844}, locale="en")
    page.set_default_timeout(PATIENCE * 1000)
    page.goto((BUILT / "vestige-check.html").as_uri())
    page.wait_for_selector("#address")
    yield page
    page.close()


@pytest.fixture
def copy(small, tmp_path) -> Path:
    shutil.copytree(small / "site", tmp_path / "usb/record")
    return tmp_path / "usb"


def answer(page, act) -> str:
    page.evaluate("document.querySelector('main').removeAttribute('data-verdict')")
    act()
    page.wait_for_selector("main[data-verdict]")
    return page.locator("main").get_attribute("data-verdict")


def findings(page) -> set[tuple[str | None, str | None]]:
    return {
        (item.get_attribute("data-kind"), item.get_attribute("data-file"))
        for item in page.locator(".check-findings li").all()
    }


def test_it_is_small_and_is_what_the_command_line_names():
    import hashlib

    data = (BUILT / "vestige-check.html").read_bytes()
    assert len(data) < LARGEST
    said = subprocess.run(
        [sys.executable, "-m", "vestige.cli", "--version", "--verbose"], capture_output=True, text=True, check=True
    )
    assert f"{hashlib.sha256(data).hexdigest()}  assets/vestige-check.html" in said.stdout


def test_an_address_and_a_pinned_key(checker, small, screenshots):
    """Any page's address will do; a key that the reader has from elsewhere must have signed."""
    from vestige.record import Record

    with Record.open(small / "record") as record:
        (verifier,) = record.verifiers
    with serve(small / "site") as base:
        checker.locator("#address").fill(base + "en/sites/index.html")
        checker.locator("#key").fill(str(verifier))
        assert answer(checker, lambda: checker.locator("form button").click()) == "unchanged"
        assert str(verifier) in checker.locator(".check-vkey").inner_text()
        checker.screenshot(path=screenshots / "checker-phone.png", full_page=True)
        other = "example.org/test-record+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
        checker.locator("#key").fill(other)
        assert (
            answer(checker, lambda: checker.locator("form button").click()) == "partly"
        )  # the id is not that of the key
        checker.locator("#key").fill(_another_key("example.org/test-record"))
        assert answer(checker, lambda: checker.locator("form button").click()) == "changed"
        assert findings(checker) == {("unsigned", "ledger/checkpoint")}
        checker.locator("#key").fill("")


def _another_key(name: str) -> str:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    from vestige.ledger import Verifier

    return str(Verifier(name, Ed25519PrivateKey.from_private_bytes(b"x" * 32).public_key()))


def test_a_folder_an_archive_and_a_single_file(checker, copy):
    """A stick with the record some folders down; what the system put beside it is a note, what somebody put into it is not."""
    (copy / "record/.DS_Store").write_bytes(b"a desktop's own")
    folder = checker.locator("#folder")
    assert answer(checker, lambda: folder.set_input_files(copy)) == "unchanged"
    assert ".DS_Store" in checker.locator(".check-result").inner_text()
    (copy / "record/body/more.txt").write_text("taken for a part of it")
    assert answer(checker, lambda: folder.set_input_files(copy)) == "changed"
    assert findings(checker) == {("unexpected", "body/more.txt")}
    (copy / "record/body/more.txt").unlink()
    page = copy / "record/en/check.html"
    kept = page.read_bytes()
    page.write_bytes(kept.replace(b"\n", b"\r\n"))
    archive = shutil.make_archive(str(copy.parent / "stick"), "zip", copy)
    assert answer(checker, lambda: checker.locator("#files").set_input_files(archive)) == "changed"
    assert checker.locator(".check-findings li").get_attribute("data-why") == "line-ends"
    picture = next(path for path in (copy / "record/file").rglob("*") if path.is_file())
    checker.locator("#files").set_input_files(picture)
    checker.wait_for_selector(f"text={picture.relative_to(copy / 'record').as_posix()}")


def test_every_language_says_it_in_its_own_words(browser):
    """No word is left in English; the Arabic page runs from right to left; nothing is wider than a telephone."""
    import json

    words = Path(__file__).resolve().parents[2] / "web/src/words"
    page = browser.new_page(viewport={"width": 360, "height": 740}, locale="en")
    page.goto((BUILT / "vestige-check.html").as_uri())
    for language in ("fr", "az", "hy", "ar", "ru", "uk"):
        page.locator("select").select_option(language)
        messages = json.loads((words / f"{language}.json").read_text("utf-8"))
        page.wait_for_selector(f"html[lang={language}]")
        assert page.locator("h1").inner_text() == messages["checker.title"]
        assert page.locator(".lead").inner_text() == messages["checker.lead"]
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
    page.close()


@pytest.fixture(scope="module")
def letter(tmp_path_factory):
    """Give the documents and the bundle of the letter that the example holds."""
    from vestige.example import build_example

    folder = tmp_path_factory.mktemp("letter")
    build_example(folder / "record", folder / "letter").close()
    return folder / "letter"


def rewritten(bundle: Path, to: Path, change) -> Path:
    """Write a bundle anew with a change, its list made to fit, as whoever tampers with care would."""
    with zipfile.ZipFile(bundle) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    change(files)
    lines = (
        f"{hashlib.sha256(content).hexdigest()}  {name}\n"
        for name, content in files.items()
        if name.startswith("data/")
    )
    files["manifest-sha256.txt"] = "".join(lines).encode()
    tags = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")
    described = (f"{hashlib.sha256(files[name]).hexdigest()}  {name}\n" for name in tags)
    files["tagmanifest-sha256.txt"] = "".join(described).encode()
    with zipfile.ZipFile(to, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return to


def carried(content: bytes) -> bytes:
    return base64.b64decode(content.split(b"\n")[1][6:])


def alter_body(files):
    name = next(name for name in files if "/entries/" in name and b'"Poor"' in carried(files[name]))
    lines = files[name].split(b"\n")
    lines[1] = b"extra " + base64.b64encode(carried(files[name]).replace(b'"Poor"', b'"Good"'))
    files[name] = b"\n".join(lines)


def drop_proof(files):
    del files[next(name for name in files if "/entries/" in name and b'"Poor"' in carried(files[name]))]


def swap_file(files):
    files[next(name for name in files if name.startswith("data/files/"))] = b"another"


def strip_policy(files):
    for name in [name for name in files if "/entries/" in name and b'"kind":"policy"' in carried(files[name])]:
        del files[name]


def replace_pdf(files):
    files["data/letter/whc-174-en.pdf"] += b"\n"


def test_a_bundle_says_what_was_done_to_it_five_kinds_five_messages(checker, letter, tmp_path):
    choose = checker.locator("#files").set_input_files
    assert answer(checker, lambda: choose(letter / "bundle.zip")) == "partly"
    told = []
    for number, tamper in enumerate((alter_body, drop_proof, swap_file, strip_policy, replace_pdf)):
        altered = rewritten(letter / "bundle.zip", tmp_path / f"{number}.zip", tamper)
        assert answer(checker, lambda altered=altered: choose(altered)) == "changed"
        told.append(checker.locator(".check-findings li").first.get_attribute("data-kind"))
    assert told == ["body", "missing", "file", "policy", "letter"]


def replace_checker(files):
    files["data/vestige-check.html"] = files["data/vestige-check.html"].replace(
        b"</main>", b"</main><p>All is well.</p>"
    )


def test_another_checker_in_a_bundle_is_told_and_this_very_one_is_not(checker, letter, tmp_path):
    choose = checker.locator("#files").set_input_files
    assert answer(checker, lambda: choose(letter / "bundle.zip")) == "partly"
    assert checker.locator(".check-other").count() == 0
    altered = rewritten(letter / "bundle.zip", tmp_path / "other.zip", replace_checker)
    assert answer(checker, lambda: choose(altered)) == "partly"
    assert "another than this one" in checker.locator(".check-other").inner_text()
