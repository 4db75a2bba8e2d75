"""Verification always notices, says which of the four kinds it is, and names the file."""

import base64
import shutil

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.record.conftest import site
from vestige.entries import Draft, fingerprint, load_public_key
from vestige.ledger import Checkpoint, Extension, FolderSource, ProofError, Verifier
from vestige.record import (
    NotACheckpointError,
    Record,
    RecordError,
    TwoHistoriesError,
    load_key,
    verify_record,
    verify_since,
)
from vestige.record._reader import require_record
from vestige.record._signing import sign_drafts


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A closed record of 600 entries, with several tiles."""
    path = tmp_path_factory.mktemp("verify") / "record"
    with Record.create(path, "Test record") as record:
        for start in range(0, 595, 119):
            record.append(*(Draft(site(number)) for number in range(start, start + 119)))
        record.append(Draft(site(1000), visibility="withheld"))
        record.withdraw(record.index.at(300).hash, "a test")
        record.files.put(b"unused")
    return path


@pytest.fixture
def copy(folder, tmp_path):
    return shutil.copytree(folder, tmp_path / "copy")


def test_an_untouched_record_is_unchanged(folder):
    report = verify_record(folder)
    assert report.unchanged
    assert (report.size, report.signatures, report.bodies, report.withdrawn) == (598, 598, 597, 1)
    assert "no entry refers to it" in report.notes[0]


FILES = [
    "vestige.json",
    "ledger/checkpoint",
    "ledger/tile/0/000",
    "ledger/tile/0/002.p/86",
    "ledger/tile/1/000.p/2",
    "ledger/tile/entries/001",
    "archive/bodies/public/000000000001",
]


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_missing_and_named(copy, file):
    (copy / file).unlink()
    found = verify_record(copy).discrepancies
    assert {d.kind for d in found} == {"missing"}
    assert file in {d.file for d in found}


@pytest.mark.parametrize("file", FILES)
def test_a_file_that_goes_on_is_modified_and_named(copy, file):
    with (copy / file).open("ab") as opened:
        opened.write(b"more\n")
    report = verify_record(copy)
    assert {d.file for d in report.discrepancies} == {file}
    if file != "ledger/checkpoint":
        assert report.signatures == 598


@pytest.mark.parametrize("file", FILES)
def test_a_truncated_file_is_noticed_and_named(copy, file):
    path = copy / file
    path.write_bytes(path.read_bytes()[:-10])
    found = verify_record(copy).discrepancies
    assert file in {d.file for d in found}


def all_files(path):
    return sorted(
        p.relative_to(path).as_posix()
        for p in path.rglob("*")
        if p.is_file() and p.parent.name != "keys" and not p.name.startswith(("index", "lock"))
    )


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_flipped_bit_anywhere_is_noticed_and_the_file_named(folder, data):
    file = data.draw(st.sampled_from(all_files(folder)))
    path = folder / file
    original = path.read_bytes()
    if not original:
        return
    position = data.draw(st.integers(0, len(original) - 1))
    flipped = bytes([original[position] ^ 1 << data.draw(st.integers(0, 7))])
    path.write_bytes(original[:position] + flipped + original[position + 1 :])
    try:
        found = verify_record(folder).discrepancies
    finally:
        path.write_bytes(original)
    assert any(d.file == file for d in found), (file, position, found)


def test_every_bit_of_the_mark_is_checked(copy):
    mark = copy / "vestige.json"
    original = mark.read_bytes()
    for position in range(len(original)):
        for bit in range(8):
            flipped = bytes([original[position] ^ 1 << bit])
            mark.write_bytes(original[:position] + flipped + original[position + 1 :])
            with pytest.raises(RecordError, match="expected a record"):
                require_record(copy)


@pytest.mark.parametrize("name", ["1", "00000000000²", "000000000001.old"])
def test_a_file_among_the_bodies_that_is_none_of_them_is_unexpected(copy, name):
    (copy / "archive/bodies/public" / name).write_text("x")
    assert [d.file for d in verify_record(copy).discrepancies] == [f"archive/bodies/public/{name}"]


def test_an_extra_file_and_a_link_are_unexpected(copy, tmp_path):
    (copy / "ledger/notes.txt").write_text("x")
    (copy / "archive/bodies/public/readme").write_text("x")
    (copy / "ledger/tile/0/004").symlink_to(tmp_path)
    (copy / "stranger").write_text("x")
    found = {(d.kind, d.file) for d in verify_record(copy).discrepancies}
    assert found == {
        ("unexpected", name)
        for name in ("ledger/notes.txt", "archive/bodies/public/readme", "ledger/tile/0/004", "stranger")
    }


def test_two_swapped_bodies_are_modified(copy):
    path = copy / "archive/bodies/public/000000000001"
    lines = path.read_bytes().splitlines(keepends=True)
    salt, other = lines[0].split(b" ", 1)[0], lines[1].split(b" ", 1)[1]
    path.write_bytes(b"".join([salt + b" " + other, *lines[1:]]))
    (only,) = verify_record(copy).discrepancies
    assert (only.kind, only.file, only.index) == ("modified", "archive/bodies/public/000000000001", 1)
    assert len(only.expected) == len(only.got) == 64


def rewrite(path, leaves, key, origin, start=0):
    """Write a ledger of these leaves from nothing, as an attacker with a key could."""
    shutil.rmtree(path / "ledger")
    extension = Extension(FolderSource(path / "ledger"), 0, leaves)
    for name, data in extension.files.items():
        target = path / "ledger" / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(data)
    (path / "ledger/checkpoint").write_bytes(Checkpoint(origin, extension.size, extension.root).sign(key))


def test_an_entry_signed_by_a_stranger_is_unsigned(copy):
    with Record.open(copy) as record:
        leaves, origin, key = list(record.tiles.leaves()), record.policy.origin, record.log_keys()[0]
        draft = Draft(site(5000))
        (entry,) = sign_drafts([draft], Ed25519PrivateKey.generate(), origin)
        planned = record.bodies.plan(len(leaves), [(entry.salted, False)])
        files = {copy / "archive" / "bodies" / address: data for address, data in planned.items()}
    for path, data in files.items():
        path.write_bytes(data)
    rewrite(copy, [*leaves, entry.leaf], key, origin)
    (only,) = verify_record(copy).discrepancies
    assert (only.kind, only.index) == ("unsigned", 598)
    assert "does not list" in only.message


def test_a_wrong_signature_is_unsigned(copy):
    with Record.open(copy) as record:
        leaves, origin, key = list(record.tiles.leaves()), record.policy.origin, record.log_keys()[0]
    envelope = msgspec.json.decode(leaves[7])
    envelope["sig"] = base64.b64encode(bytes(64)).decode()
    leaves[7] = msgspec.json.encode(envelope, order="sorted")
    rewrite(copy, leaves, key, origin)
    (only,) = verify_record(copy).discrepancies
    assert (only.kind, only.index, only.message) == ("unsigned", 7, "the signature does not fit")


def test_a_checkpoint_of_a_stranger_is_unsigned(copy):
    with Record.open(copy) as record:
        checkpoint = record.checkpoint
    (copy / "ledger/checkpoint").write_bytes(checkpoint.sign(Ed25519PrivateKey.generate()))
    assert [d.kind for d in verify_record(copy).discrepancies] == ["unsigned"]


def test_a_rolled_back_checkpoint_is_noticed_by_the_index_and_by_an_earlier_checkpoint(copy):
    earlier = (copy / "ledger/checkpoint").read_bytes()
    with Record.open(copy) as record:
        record.append(Draft(site(2000)))
        later = record.checkpoint_note
        assert verify_since(record.source, later, earlier, record.verifiers).size == 598
    (copy / "ledger/checkpoint").write_bytes(earlier)
    assert [(d.kind, d.file) for d in verify_record(copy).discrepancies] == [("modified", "ledger/checkpoint")]
    with pytest.raises(ProofError, match="at least the 599"):
        verify_since(FolderSource(copy / "ledger"), earlier, later, record.verifiers)


def test_a_rewritten_history_fails_against_an_earlier_checkpoint(copy):
    earlier = (copy / "ledger/checkpoint").read_bytes()
    with Record.open(copy) as record:
        leaves, origin, key = list(record.tiles.leaves()), record.policy.origin, record.log_keys()[0]
    rewrite(copy, leaves[:100] + leaves[101:] + leaves[1:2], key, origin)
    now = (copy / "ledger/checkpoint").read_bytes()
    with pytest.raises(TwoHistoriesError) as caught:
        verify_since(FolderSource(copy / "ledger"), now, earlier, record.verifiers)
    assert now.decode() in caught.value.evidence
    assert earlier.decode() in caught.value.evidence


@pytest.mark.parametrize(
    "forged",
    [b"hello", b"example.org/x\n5\nAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n\n\xe2\x80\x94 x AAAAAAAAAAAA\n"],
)
def test_a_file_that_the_log_key_did_not_sign_accuses_nobody(folder, forged):
    with pytest.raises(NotACheckpointError, match="not a checkpoint of this record"):
        verify_record(folder, since=[forged])
    with Record.open(folder) as record:
        strangers = record.checkpoint.sign(Ed25519PrivateKey.generate())
    with pytest.raises(NotACheckpointError, match="not a checkpoint of this record"):
        verify_record(folder, since=[strangers])
    assert verify_record(folder).unchanged


@pytest.mark.parametrize("size", [b"9000000000000000000", b"9007199254740991", b"50000000", b"601"])
def test_an_altered_size_ends_soon_with_a_finding(copy, size):
    path = copy / "ledger/checkpoint"
    lines = path.read_bytes().split(b"\n")
    lines[1] = size
    path.write_bytes(b"\n".join(lines))
    source, asked = FolderSource(copy / "ledger"), []
    read = FolderSource.read
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(FolderSource, "read", lambda self, name: asked.append(name) or read(self, name))
        report = verify_record(copy)
    assert source.read("checkpoint") is not None
    assert "ledger/checkpoint" in {d.file for d in report.discrepancies}
    assert len(asked) <= 60


def test_a_pinned_key_must_have_signed(folder):
    with Record.open(folder) as record:
        good = record.verifiers[0]
    assert verify_record(folder, pinned=[good]).unchanged
    stranger = Verifier(good.name, Ed25519PrivateKey.generate().public_key())
    assert [d.kind for d in verify_record(folder, pinned=[stranger]).discrepancies] == ["unsigned"]


@pytest.mark.parametrize(
    "name",
    [
        ".DS_Store",
        "Thumbs.db",
        "keys/.DS_Store",
        "archive/.DS_Store",
        "sites.csv",
        "лист.eml",
        "a.html",
        "talk.srt",
        "CNAME",
        ".git/config",
    ],
)
def test_what_systems_leave_is_a_note(copy, name):
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"x")
    report = verify_record(copy)
    assert report.unchanged, report.discrepancies
    assert any(name in note for note in report.notes) or name.startswith(("keys", "archive"))


@pytest.mark.parametrize("name", ["ledger/tile/0/x", "ledger/other", "other/file", "vestige.json.old"])
def test_what_a_reader_could_take_for_part_of_the_record_is_unexpected(copy, name):
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(b"x")
    assert {d.kind for d in verify_record(copy).discrepancies} == {"unexpected"}


def test_what_an_unfinished_append_left_is_no_fault(copy):
    with Record.open(copy) as record:
        note = record.checkpoint_note
        before = {p: p.read_bytes() for p in copy.rglob("*") if p.is_file()}
        record.append(*(Draft(site(n)) for n in range(3000, 3300)))
    (copy / "ledger/checkpoint").write_bytes(note)
    for path in copy.glob("index.sqlite*"):
        path.unlink()
    for path, data in before.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.name.startswith("index"):
            path.write_bytes(data)
    report = verify_record(copy)
    assert report.unchanged
    assert "unfinished append" in " ".join(report.notes)
    with Record.open(copy) as record:
        record.append(Draft(site(4000)))
    assert verify_record(copy).unchanged


def test_a_folder_that_is_no_record_is_not_sound(tmp_path):
    with pytest.raises(RecordError):
        verify_record(tmp_path)
    (tmp_path / "ledger").mkdir()
    report = verify_record(tmp_path)
    assert not report.unchanged
    key = Ed25519PrivateKey.generate()
    (tmp_path / "ledger/checkpoint").write_bytes(
        Checkpoint("o", 0, __import__("hashlib").sha256(b"").digest()).sign(key)
    )
    assert not verify_record(tmp_path).unchanged


def test_a_key_copied_elsewhere_still_signs(copy, tmp_path):
    with Record.open(copy) as record:
        policy = record.policy
    (name,) = [fingerprint(load_public_key(key.public)) for key in policy.keys if key.role == "keeper"]
    key = copy / "keys" / f"{name}.key"
    moved = tmp_path / "moved.key"
    key.rename(moved)
    with Record.open(copy, key=moved) as record:
        record.append(Draft(site(7000)))
    assert load_key(moved)
    assert verify_record(copy).unchanged
