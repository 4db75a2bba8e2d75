"""`vestige verify --since`: what a file is worth that somebody gives as an earlier checkpoint, and what is kept where two histories were signed."""

import base64
import hashlib

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.entries import Draft, Name, Site
from vestige.ledger import note_text, sign_note
from vestige.publishing import publish
from vestige.record import Record

STRANGER = Ed25519PrivateKey.from_private_bytes(b"\x09" * 32)
ZEROS = base64.b64encode(bytes(32)).decode()


@pytest.fixture(autouse=True)
def memory(tmp_path, monkeypatch):
    """An empty memory."""
    monkeypatch.setenv("VESTIGE_DATA", str(tmp_path / "data"))


@pytest.fixture
def history(record):
    """A record of three entries, with its checkpoint after each."""
    notes = [(record / "ledger/checkpoint").read_bytes()]
    with Record.open(record) as opened:
        for name in ("Tower", "Bridge"):
            opened.append(Draft(Site(names=(Name(text=name),))))
            notes.append((record / "ledger/checkpoint").read_bytes())
    return record, notes


def signed(record, text):
    """A note of a record's origin by its log key; ``text`` follows the origin."""
    with Record.open(record) as opened:
        return sign_note(f"{opened.policy.origin}\n{text}", opened.policy.origin, *opened.log_keys())


def forged(record, notes):
    """Files that nobody who holds the log key signed, by name."""
    origin = notes[0].decode().partition("\n")[0]
    line = base64.b64encode(bytes(68)).decode()
    return {
        "a greeting": b"hello",
        "nothing": b"",
        "zeros in the name of the log": f"{origin}\n2\n{ZEROS}\n\n— {origin} {line}\n".encode(),
        "a stranger": sign_note(f"{origin}\n2\n{ZEROS}\n", origin, STRANGER),
        "a stranger, larger": sign_note(f"{origin}\n999\n{ZEROS}\n", origin, STRANGER),
        "the right root, unsigned": note_text(notes[1]) + "\n— x AAAAAAAAAAAA\n".encode(),
        "another origin": sign_note(f"other.example/r\n2\n{ZEROS}\n", "other.example/r", STRANGER),
        "no text": bytes(range(256)),
    }


def test_a_file_that_no_log_key_signed_accuses_nobody(run, history, tmp_path):
    record, notes = history
    for name, content in forged(record, notes).items():
        (tmp_path / "earlier").write_bytes(content)
        said = run("verify", record, "--since", tmp_path / "earlier", code=2)
        assert f"{tmp_path / 'earlier'}: not a checkpoint of this record" in said, name
        assert "it says nothing about the record" in said, name
    assert "expected a checkpoint that can be read" in run("verify", record, "--since", tmp_path / "absent", code=2)
    assert not list(record.glob("two-histories-*"))


def test_two_histories_have_words_a_code_and_evidence_of_their_own(run, history, tmp_path, monkeypatch):
    """The log key signed both: told apart from any alteration, and both notes with the failing proof are kept."""
    record, _ = history
    monkeypatch.chdir(tmp_path)
    for text in (f"2\n{ZEROS}\n", f"3\n{ZEROS}\n"):
        earlier = signed(record, text)
        (tmp_path / "earlier").write_bytes(earlier)
        shown = run("verify", record, "--since", "earlier", code=3)
        assert "two histories: the log key has signed both" in shown
        assert "history was not kept" not in shown
        (evidence,) = tmp_path.glob("two-histories-*.txt")
        kept = evidence.read_text("utf-8")
        assert earlier.decode() in kept and (record / "ledger/checkpoint").read_text("utf-8") in kept
        evidence.unlink()
    found = run("verify", record, "--since", "earlier", "--json", code=3)
    assert "contradiction" in found


def test_what_the_log_key_signed_before_is_kept_history(run, history, tmp_path):
    record, notes = history
    empty = signed(record, f"0\n{base64.b64encode(hashlib.sha256(b'').digest()).decode()}\n")
    for size, note in enumerate((empty, *notes)):
        (tmp_path / "earlier").write_bytes(note)
        shown = run("verify", record, "--since", tmp_path / "earlier")
        assert f"the earlier checkpoint of {size} entries is the beginning of today's ledger" in shown


def test_a_record_that_became_shorter_is_told_on_its_site_too(run, history, tmp_path):
    record, _ = history
    with Record.open(record) as opened:
        publish(opened, tmp_path / "site", workers=1)
    later = signed(record, f"9\n{ZEROS}\n")
    (tmp_path / "later").write_bytes(later)
    for place in (record, tmp_path / "site"):
        shown = run("verify", place, "--since", tmp_path / "later", code=1)
        assert "expected at least the 9 entries of the earlier checkpoint, got 3" in shown
