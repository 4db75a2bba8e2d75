"""The check in a real browser: green on a true record, red with the file's name on every kind of tampering."""

import base64
import hashlib
import json
import shutil
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from server import serve

from kinds import path_of
from vestige.ledger import sign_note


def log_key(keys: Path) -> Ed25519PrivateKey:
    """Give the key that signs the checkpoints of a record."""
    from vestige.entries import fingerprint
    from vestige.record import Record, load_key

    with Record.open(keys.parent) as record:
        names = {fingerprint(verifier.key) for verifier in record.verifiers}
    found = (load_key(path) for path in sorted(keys.glob("*.key")))
    return next(key for key in found if fingerprint(key.public_key()) in names)


def run_check(page) -> str:
    page.wait_for_selector(".check-button")
    page.locator(".check-button").first.click()
    page.wait_for_selector('[data-island="check"][data-verdict]')
    return page.locator('[data-island="check"]').get_attribute("data-verdict")


def reasons(page) -> set[str | None]:
    return {item.get_attribute("data-why") for item in page.locator(".check-findings li[data-kind]").all()}


def found(page) -> set[tuple[str, str]]:
    items = page.locator(".check-findings li[data-kind]")
    return {(item.get_attribute("data-kind"), item.get_attribute("data-file")) for item in items.all()}


@pytest.mark.parametrize("language", ["en", "ar"])
def test_a_true_record_is_green(language, open_page, long, small, screenshots):
    """In English a ledger of more than one tile; in Arabic the small example."""
    with serve(long if language == "en" else small / "site") as base:
        opened = open_page(f"{language}/check.html", base=base)
        assert run_check(opened.page) == "unchanged"
        assert found(opened.page) == set()
        assert opened.page.locator(".check-step").count() == 5
        if language == "en":
            assert int((long / "ledger/checkpoint").read_text().split("\n")[1]) > 256
        opened.assert_clean()  # a withdrawn body is not asked for: that would be a 404 in the console
        opened.page.screenshot(path=screenshots / f"check-green-{language}.png", full_page=True)


@pytest.mark.parametrize("kind", ["site", "statement", "source", "ledger-page"])
def test_a_true_page_is_green(kind, open_page, published):
    opened = open_page(path_of(kind, published))
    if not opened.page.locator('[data-island="check"]').count():
        pytest.skip("this type of page has no check of its own")
    assert run_check(opened.page) == "unchanged"
    opened.assert_clean()


class Tampering:
    """A copy of the published record in which something is changed."""

    def __init__(self, folder: Path, keys: Path) -> None:
        self.folder = folder
        self.keys = keys

    def files(self, pattern: str) -> list[Path]:
        return sorted(path for path in self.folder.glob(pattern) if path.is_file())

    def flip(self, path: Path, at: int = -2) -> tuple[str, str]:
        """Change one bit of one byte."""
        data = bytearray(path.read_bytes())
        data[at] ^= 1
        path.write_bytes(data)
        return "modified", path.relative_to(self.folder).as_posix()

    def ledger_file(self, folder: str) -> Path:
        """The fullest file of a folder of tiles: partial ones may lie beside it."""
        return max(self.files(f"ledger/tile/{folder}/**/*"), key=lambda path: path.stat().st_size)

    def shown_body(self) -> Path:
        """A public body of the example: that of the first site."""
        twin = json.loads(
            (self.folder / path_of("site", self.folder).replace("en/", "").replace(".html", ".json")).read_text()
        )
        return self.folder / twin["entries"][0]["body"]


def body_changed(site: Tampering):
    return site.flip(site.shown_body())


def body_removed(site: Tampering):
    path = site.shown_body()
    path.unlink()
    return "missing", path.relative_to(site.folder).as_posix()


def page_changed(site: Tampering):
    path = site.folder / path_of("site", site.folder)
    path.write_text(path.read_text().replace("</main>", "<p>Added later.</p></main>"))
    return "modified", path.relative_to(site.folder).as_posix()


def preserved_file_changed(site: Tampering):
    return site.flip(site.files("file/*/*")[0])


def script_changed(site: Tampering):
    path = site.folder / "assets/islands.js"
    path.write_text(path.read_text() + "\n")
    return "modified", "assets/islands.js"


def envelope_changed(site: Tampering):
    path = site.ledger_file("entries")
    data = path.read_bytes()
    page = Path(path_of("site", site.folder)).stem
    return site.flip(path, data.index(b'"made":"20', data.index(page.encode())) + 12)


def tile_changed(site: Tampering):
    return site.flip(site.ledger_file("0"), 40)


def checkpoint_changed(site: Tampering):
    path = site.folder / "ledger/checkpoint"
    origin, size, _root, *rest = path.read_text().split("\n")
    other = base64.b64encode(bytes(32)).decode()
    path.write_text("\n".join([origin, size, other, *rest]))
    return "modified", "ledger/checkpoint"


def size_of_the_checkpoint_changed(site: Tampering):
    """One altered line may claim any number of entries: a few files suffice to say that it is not so."""
    path = site.folder / "ledger/checkpoint"
    origin, _size, *rest = path.read_text().split("\n")
    path.write_text("\n".join([origin, str(2**53 - 1), *rest]))
    return "modified", "ledger/checkpoint"


def list_changed(site: Tampering):
    path = site.folder / "en/sites/index.html"
    path.write_text(path.read_text().replace("</main>", "<p>Added later.</p></main>"))
    return "modified", "en/sites/index.html"


def line_taken_from_the_manifest(site: Tampering):
    path = site.folder / "manifest"
    lines = path.read_text().split("\n")
    path.write_text("\n".join(lines[:3] + lines[4:]))
    return "unsigned", "manifest"


def signed_by_a_stranger(site: Tampering):
    stranger = Ed25519PrivateKey.generate()
    for name in ("ledger/checkpoint", "manifest"):
        text = (site.folder / name).read_bytes().rsplit(b"\n\n", 1)[0].decode() + "\n"
        (site.folder / name).write_bytes(sign_note(text, text.split("\n")[0], stranger))
    return "unsigned", "ledger/checkpoint"


def ledger_file_removed(site: Tampering):
    path = site.ledger_file("entries")
    path.unlink()
    return "missing", path.relative_to(site.folder).as_posix()


def entries_go_on(site: Tampering):
    path = site.ledger_file("entries")
    path.write_bytes(path.read_bytes() + b"more\n")
    return "modified", path.relative_to(site.folder).as_posix()


def hashes_go_on(site: Tampering):
    path = site.ledger_file("0")
    path.write_bytes(path.read_bytes() + bytes(32))
    return "modified", path.relative_to(site.folder).as_posix()


def withdrawn_body_listed_again(site: Tampering):
    """A keeper publishes what was withdrawn, and signs that it belongs there."""
    from vestige.entries import parse_envelope
    from vestige.ledger import leaf_hash

    leaves = [leaf for bundle in sorted(site.files("ledger/tile/entries/**/*")) for leaf in split(bundle.read_bytes())]
    envelopes = {leaf_hash(leaf).hex(): parse_envelope(leaf) for leaf in leaves}
    gone = next(envelope.cites[0] for envelope in envelopes.values() if envelope.kind == "withdrawal")
    commitment = envelopes[gone].body
    path = site.folder / "body" / commitment[:2] / commitment
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"0" * 64 + b" {}\n")
    name = path.relative_to(site.folder).as_posix()
    head, *lines = (site.folder / "manifest").read_text().rsplit("\n\n", 1)[0].split("\n")
    lines = [
        lines[0],
        *sorted([*lines[1:], f"{hashlib.sha256(path.read_bytes()).hexdigest()}  {name}"], key=lambda line: line[66:]),
    ]
    key = log_key(site.keys)
    (site.folder / "manifest").write_bytes(sign_note("\n".join([head, *lines]) + "\n", head, key))
    return "unexpected", name


def split(bundle: bytes):
    while bundle:
        length = int.from_bytes(bundle[:2], "big")
        yield bundle[2 : 2 + length]
        bundle = bundle[2 + length :]


WAYS = [
    body_changed,
    body_removed,
    page_changed,
    preserved_file_changed,
    script_changed,
    envelope_changed,
    tile_changed,
    checkpoint_changed,
    size_of_the_checkpoint_changed,
    list_changed,
    line_taken_from_the_manifest,
    signed_by_a_stranger,
    ledger_file_removed,
    entries_go_on,
    hashes_go_on,
    withdrawn_body_listed_again,
]


@pytest.fixture
def copy(small, tmp_path) -> Tampering:
    """A copy to tamper with."""
    folder = tmp_path / "site"
    shutil.copytree(small / "site", folder)
    return Tampering(folder, small / "record/keys")


IN_SHORT = {body_changed, page_changed, tile_changed, signed_by_a_stranger, entries_go_on, withdrawn_body_listed_again}
"""One of each kind; the browser's own code is asked about every forgery without a browser too."""


@pytest.mark.parametrize(
    "tamper",
    [way if way in IN_SHORT else pytest.param(way, marks=pytest.mark.long) for way in WAYS],
    ids=lambda way: way.__name__,
)
def test_a_changed_record_is_red_with_the_files_name(tamper, copy, open_page, screenshots):
    kind, name = tamper(copy)
    with serve(copy.folder) as base:
        opened = open_page("en/check.html", base=base)
        assert run_check(opened.page) == "changed"
        assert (kind, name) in found(opened.page)
        if tamper is body_changed:
            opened.page.screenshot(path=screenshots / "check-red.png", full_page=True)


def twin_changed(site: Tampering):
    path = site.folder / path_of("site", site.folder).replace("en/", "").replace(".html", ".json")
    path.write_bytes(path.read_bytes().replace(b'"kind":"site"', b'"kind":"sitE"', 1))
    return "modified", path.relative_to(site.folder).as_posix()


@pytest.mark.parametrize(
    "tamper",
    [body_changed, twin_changed, page_changed, envelope_changed, tile_changed, signed_by_a_stranger],
    ids=lambda way: way.__name__,
)
def test_a_changed_page_is_red(tamper, copy, open_page):
    kind, name = tamper(copy)
    with serve(copy.folder) as base:
        opened = open_page(path_of("site", copy.folder), base=base)
        assert run_check(opened.page) == "changed"
        assert kind in {kind for kind, _ in found(opened.page)}
        if tamper is not tile_changed:
            assert (kind, name) in found(opened.page)


def answer_to(page, checkpoint: bytes) -> str:
    page.wait_for_selector(".check-history summary")
    page.locator(".check-history").evaluate("details => { details.open = true; }")
    page.locator('.check-history input[type="file"]').set_input_files(
        {"name": "checkpoint.txt", "mimeType": "text/plain", "buffer": checkpoint}
    )
    page.wait_for_selector(".check-history-answer[data-answer]")
    return page.locator(".check-history-answer").get_attribute("data-answer")


@pytest.mark.parametrize(
    ("there", "instead"),
    [("<h1", "<h1 hidden"), ("</main>", "<p>Added to what visitors see.</p></main>")],
    ids=["hidden", "added"],
)
def test_a_host_that_shows_visitors_another_page_than_the_check_is_found(
    there, instead, small, open_page, browser, screenshots
):
    """A browser says when somebody looks at a page; the page that is fetched again is the one that was signed."""

    def answer(route):
        if not route.request.is_navigation_request():
            route.continue_()
            return
        response = route.fetch()
        route.fulfill(response=response, body=response.text().replace(there, instead, 1))

    with serve(small / "site") as base:
        page = browser.new_page()
        page.route("**/*.html", answer)
        name = path_of("site", small / "site")
        page.goto(base + name)
        assert run_check(page) == "changed"
        assert found(page) == {("modified", name)}
        assert reasons(page) == {"window"}
        page.screenshot(path=screenshots / "check-window.png", full_page=True)
        page.close()


@pytest.fixture(scope="module")
def witnessed(small, tmp_path_factory) -> tuple[Path, Ed25519PrivateKey]:
    """A published record whose policy names a witness, with an entry that was withheld and then opened; and the witness's key."""
    import msgspec

    from vestige.entries import Draft, Policy, Witness
    from vestige.ledger import COSIGNATURE, Verifier
    from vestige.publishing import publish
    from vestige.record import Record

    folder = tmp_path_factory.mktemp("witnessed")
    shutil.copytree(small / "record", folder / "record")
    key = Ed25519PrivateKey.from_private_bytes(b"w" * 32)
    vkey = str(Verifier("witness.example", key.public_key(), COSIGNATURE))
    with Record.open(folder / "record") as record:
        now = next(entry for entry in record.index.entries("policy") if isinstance(entry.body, Policy))
        policy = msgspec.structs.replace(now.body, witnesses=(Witness(vkey=vkey),))
        record.append(Draft(policy, now.envelope.about, now.hash))
        site = next(
            entry for entry in record.index.entries("site") if entry.stands and entry.envelope.visibility == "public"
        )
        (receipt,) = record.append(Draft(site.body, visibility="withheld"))
        record.open_entry(receipt.entry)
        publish(record, folder / "site", workers=1)
    return folder / "site", key


def cosigned(note: bytes, key: Ed25519PrivateKey, seconds: int = 1_800_000_000, said: int = 0) -> bytes:
    """Add the line of a witness to a checkpoint (C2SP tlog-cosignature); ``said`` is another time than the one that it signed."""
    from vestige.ledger import COSIGNATURE, Verifier

    text = note.rpartition(b"\n\n")[0] + b"\n"
    signature = key.sign(f"cosignature/v1\ntime {seconds}\n".encode() + text)
    key_id = Verifier("witness.example", key.public_key(), COSIGNATURE).key_id
    return (
        note
        + f"— witness.example {base64.b64encode(key_id + (said or seconds).to_bytes(8) + signature).decode()}\n".encode()
    )


def test_witnesses_and_openings_are_checked(witnessed, tmp_path, open_page):
    """A witness may cosign after publication and is named with its time; a line that does not fit, and an opened body that is altered, are named."""
    shutil.copytree(witnessed[0], tmp_path / "site")
    path = tmp_path / "site/ledger/checkpoint"
    note = path.read_bytes()
    path.write_bytes(cosigned(note, witnessed[1]))
    with serve(tmp_path / "site") as base:
        page = open_page("en/check.html", base=base).page
        assert run_check(page) == "unchanged"
        assert "witness.example" in page.locator(".check-witnesses").inner_text()
        assert page.locator(".check-witnesses time").get_attribute("datetime").startswith("2027-01-15T08:00:00")
        path.write_bytes(cosigned(note, witnessed[1], said=1_700_000_000))
        assert run_check(page) == "changed"
        assert ("unsigned", "ledger/checkpoint") in found(page)
        assert "cosignature" in reasons(page)
        path.write_bytes(note)
        opened = opened_body(tmp_path / "site")
        opened.write_bytes(opened.read_bytes().replace(b'"name', b'"nam\xc3\xa9', 1))
        assert run_check(page) == "changed"
        assert ("modified", opened.relative_to(tmp_path / "site").as_posix()) in found(page)


def opened_body(site: Path) -> Path:
    """Give the published body of the one entry that was withheld and then opened."""
    from vestige.entries import parse_envelope

    leaves = [
        leaf
        for bundle in sorted((site / "ledger/tile/entries").rglob("*"))
        if bundle.is_file()
        for leaf in split(bundle.read_bytes())
    ]
    withheld = [envelope.body for envelope in map(parse_envelope, leaves) if envelope.visibility == "withheld"]
    return next(path for body in withheld if (path := site / "body" / body[:2] / body).is_file())


FORGET = "document.querySelector('.check-history-answer').removeAttribute('data-answer')"


def test_history(small, open_page, screenshots):
    """An older checkpoint of the same log is kept; one of a rewritten log, of a longer one, of another one is not."""
    from vestige.ledger import FolderSource, Tiles, parse_checkpoint, range_root

    published = small / "site"
    key = log_key(small / "record/keys")
    now = parse_checkpoint((published / "ledger/checkpoint").read_bytes())
    tiles = Tiles(FolderSource(published / "ledger"), now.size)

    def checkpoint(size: int, root: bytes, origin: str = now.origin, signer=key) -> bytes:
        return sign_note(f"{origin}\n{size}\n{base64.b64encode(root).decode()}\n", origin, signer)

    older = range_root(tiles.node, 0, 20)
    cases = {
        "kept": checkpoint(20, older),
        "rewritten": checkpoint(20, bytes(32)),
        "shorter": checkpoint(now.size + 5, older),
        "other-record": checkpoint(20, older, origin="example.org/another"),
        "not-signed": checkpoint(20, older, signer=Ed25519PrivateKey.generate()),
        "no-checkpoint": b"no checkpoint\n",
    }
    with serve(published) as base:
        opened = open_page("en/check.html", base=base)
        for answer, note in cases.items():
            assert answer_to(opened.page, note) == answer
            opened.page.evaluate(FORGET)
            if answer == "kept":
                assert "20" in opened.page.locator(".check-history-answer").inner_text()
                opened.page.screenshot(path=screenshots / "check-history.png", full_page=True)
        paste(opened.page, (published / "ledger/checkpoint").read_text())
        opened.assert_clean()


def paste(page, checkpoint: str) -> None:
    page.wait_for_selector(".check-history summary")
    page.locator(".check-history").evaluate("details => { details.open = true; }")
    page.locator(".check-history textarea").fill(checkpoint)
    page.get_by_role("button", name="Compare").click()
    page.wait_for_selector('.check-history-answer[data-answer="kept"]')


def test_a_browser_without_ed25519_says_so(browser, small):
    context = browser.new_context()
    context.add_init_script(
        "const original = crypto.subtle.importKey.bind(crypto.subtle);"
        "SubtleCrypto.prototype.importKey = (...a) => JSON.stringify(a).includes('Ed25519')"
        " ? Promise.reject(new DOMException('no', 'NotSupportedError')) : original(...a);"
    )
    page = context.new_page()
    with serve(small / "site") as base:
        page.goto(base + "en/check.html")
        assert run_check(page) == "partly"
    assert "cannot check Ed25519" in page.locator(".check-result").inner_text()
    context.close()


def test_a_network_that_fails_is_no_finding(open_page, published):
    opened = open_page("en/check.html")
    opened.page.wait_for_selector(".check-button")
    opened.page.context.set_offline(offline=True)
    assert run_check(opened.page) == "partly"
    assert "could not be reached" in opened.page.locator(".check-result").inner_text()
