"""Forgeries of one record and its site, each in place: of entries by whoever holds a key, of notes, manifests and tiles by whoever holds the log key or the host."""

import base64
import hashlib
import os
import shutil

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.record.test_attacks import AUTHOR, ORIGIN, STRANGER, sign, site
from vestige.entries import Draft, InvalidBodyError, Key, Withdrawal
from vestige.errors import InputError
from vestige.ledger import note_text, sign_note
from vestige.publishing import publish, verify_site
from vestige.record import Record, RecordError, public_text, verify_record
from vestige.record._signing import SignedEntry
from vestige.record._write import write_entries

RETIRED = Ed25519PrivateKey.from_private_bytes(b"\x06" * 32)
CHECKPOINT = "ledger/checkpoint"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A record with an author's and a retired key, published; every test leaves it as it was."""
    base = tmp_path_factory.mktemp("forged")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
    with Record.create(base / "record", "Forged", origin=ORIGIN) as made:
        author = Key(public=public_text(AUTHOR), handle="author", role="contributor")
        retired = Key(public=public_text(RETIRED), handle="old", role="keeper", retired=True)
        keys = (*made.policy.keys, author, retired)
        current = made.policy_entry
        made.append(Draft(msgspec.structs.replace(made.policy, keys=keys), current.about, current.hash))
        made.append(*(Draft(site(f"site {number}")) for number in range(4)))
        publish(made, base / "site", workers=1)
        yield made, base / "site"
    patch.undo()


def test_entries_that_holders_of_keys_forge(world, tmp_path):
    """All in one ledger: a void entry changes nothing for those after it, so each is told as if it were alone."""
    record, _ = world
    keeper, policy, first, second = record.signing_key(), record.policy_entry, *list(record.index.entries("site"))[:2]
    with_stranger = (*policy.body.keys, Key(public=public_text(STRANGER), handle="s", role="keeper"))
    evil = msgspec.structs.replace(policy.body, keys=with_stranger)
    mine = {"about": policy.about, "replaces": policy.hash}
    one, both = (first.hash,), (first.hash, second.hash)
    attacks = [
        (sign(site("retired"), RETIRED), ("unsigned", "key")),
        (without_signature(sign(evil, keeper, **mine)), ("unsigned", "signature")),
        (sign(msgspec.structs.replace(policy.body, origin="example.org/other"), keeper, **mine), ("not-allowed", "policy")),
        (sign(evil, AUTHOR, **mine), ("not-allowed", "role")),
        (sign(site("by the stranger"), STRANGER), ("unsigned", "key")),
        (sign(site("log"), record.log_keys()[0]), ("not-allowed", "role")),
        (sign(site("x"), keeper, about=first.about, replaces=second.hash), ("malformed", "replaces")),
        (sign(site("fork a"), keeper, about=first.about, replaces=first.hash), None),
        (sign(site("fork b"), keeper, about=first.about, replaces=first.hash), ("malformed", "replaces")),
        (sign(Withdrawal(entry=second.hash, reason="x"), keeper, cites=both), ("malformed", "cites")),
        (sign(Withdrawal(entry=first.hash, reason="x"), keeper, cites=(second.hash,)), ("malformed", "withdrawal")),
        (sign(Withdrawal(entry=first.hash, reason="x"), keeper, cites=one, visibility="withheld"), ("malformed", "visibility")),
        (sign(Withdrawal(entry=policy.hash, reason="x"), keeper, cites=(policy.hash,)), ("not-allowed", "withdrawal")),
        (sign(None, keeper, raw=b'{"x":1}', kind="zzz"), None),  # a kind that this version does not know
        (sign(site("1999"), keeper, made="1999-01-01T00:00:00Z"), None),
        (sign(site("2099"), keeper, made="2099-12-31T23:59:59Z"), None),
        (sign(site("now"), keeper), None),
    ]  # fmt: skip
    shutil.copytree(record.path, tmp_path / "record")
    with Record.open(tmp_path / "record") as copy:
        size = copy.checkpoint.size
        write_entries(copy.path, size, [entry for entry, _ in attacks], copy.log_keys(), ORIGIN)
    with Record.open(tmp_path / "record") as copy:
        assert copy.policy == policy.body
        publish(copy, tmp_path / "site", workers=1)
    for report in (verify_record(tmp_path / "record"), verify_site(tmp_path / "site")):
        told = {found.index - size: (found.kind, found.rule) for found in report.discrepancies}
        assert told == {place: expected for place, (_, expected) in enumerate(attacks) if expected}
        assert report.unknown == {"zzz": 1}
        (clock,) = (note for note in report.notes if "signed earlier" in note)
        assert "2 in all" in clock


def without_signature(entry):
    """The same entry with a signature of zeros."""
    data = entry.leaf.replace(entry.envelope.sig.encode(), base64.b64encode(bytes(64)))
    envelope = msgspec.structs.replace(entry.envelope, sig=base64.b64encode(bytes(64)).decode())
    return SignedEntry(data, envelope, entry.body, entry.salted)


def line(name, signature):
    return f"— {name} ".encode() + base64.b64encode(signature) + b"\n"


def notes(record):
    """Give every forged checkpoint by name, and what may be told of it: nothing, or kinds."""
    note = (record.path / CHECKPOINT).read_bytes()
    (log,) = record.log_keys()
    size, root = record.checkpoint.size, base64.b64encode(record.checkpoint.root).decode()
    start = note.index(b"\n\n") + 2
    known = record.verifiers[0].key_id
    bad, stranger = line(ORIGIN, known + bytes(64)), line("w.example", os.urandom(76))
    many = b"".join(line(f"w{number}.example", bytes(76)) for number in range(99))
    spare = root[:-2] + chr(ord(root[-2]) + 1) + "="

    def signed(text, key=log, name=ORIGIN):
        return sign_note(text, name, key)

    plain = f"{ORIGIN}\n{size}\n{root}\n"
    return {
        "as it is": (note, None),
        "signed by a retired key": (signed(plain, RETIRED), "unsigned"),
        "signed by an author": (signed(plain, AUTHOR), "unsigned"),
        "signed by a keeper": (signed(plain, record.signing_key()), "unsigned"),
        "a line of the log key that does not fit": (note + bad, "unsigned"),
        "the same before the good one": (note[:start] + bad + note[start:], "unsigned"),
        "16 lines of strangers": (note + stranger * 16, None),
        "100 lines": (note + many, None),
        "101 lines": (note + many + stranger, "modified"),
        "10 MB of lines": (note + stranger * 85_000, "modified"),
        "a line as long as one of ML-DSA": (note + line("w.example", bytes(2432)), None),
        "the same line twice": (note + note[start:], None),
        "base64 with spare bits": (note + "— w.example AAAAAAAAAAAAAAB=\n".encode(), "modified"),
        "a key id and no signature": (note + line("w.example", bytes(4)), "modified"),
        "line ends of another system": (note.replace(b"\n", b"\r\n"), "modified"),
        "a plus in a name": (note + line("a+b", bytes(76)), "modified"),
        "a no-break space in a name": (note + line("a\u00a0b", bytes(76)), "modified"),
        "an extension line": (signed(plain + "hello\n"), None),
        "an empty line within": (signed(plain + "\nhello\n"), "modified"),
        "a control character": (note.replace(b"\n\n", b"\n\x07bell\n\n"), "modified"),
        "a size with a zero before it": (signed(f"{ORIGIN}\n0{size}\n{root}\n"), "modified"),
        "a root with spare bits": (signed(f"{ORIGIN}\n{size}\n{spare}\n"), "modified"),
        "10 MB of an extension": (signed(plain + "x" * 10_000_000 + "\n"), "modified"),
        "a look-alike origin": (signed(plain.replace("attacks", "att\u0430cks"), name="att\u0430cks.example/record"), "modified"),
        "another origin": (signed(plain.replace("attacks", "assaults"), name="assaults.example/record"), "modified unsigned"),
        "bytes behind the end": (note + b"x", "modified"),
        "a mark of byte order": (b"\xef\xbb\xbf" + note, "modified"),
        "a root of zeros": (signed(f"{ORIGIN}\n{size}\n{base64.b64encode(bytes(32)).decode()}\n"), "modified"),
        "a size of millions": (signed(f"{ORIGIN}\n{10**15}\n{root}\n"), "unsigned"),
        "a smaller size with the same root": (signed(f"{ORIGIN}\n{size - 1}\n{root}\n"), "modified unsigned"),
        "an empty ledger": (signed(f"{ORIGIN}\n0\n{root}\n"), "missing modified unsigned"),
        "nothing": (b"", "modified"),
    }  # fmt: skip


def test_checkpoints_that_the_log_key_or_the_host_forges(world):
    """The manifest is signed anew each time, so that nothing but the checkpoint is told."""
    record, out = world
    before = {path: path.read_bytes() for path in (record.path / CHECKPOINT, out / CHECKPOINT, out / "manifest")}
    for name, (forged, kind) in notes(record).items():
        (record.path / CHECKPOINT).write_bytes(forged)
        (out / CHECKPOINT).write_bytes(forged)
        (out / "manifest").write_bytes(listed_anew(before[out / "manifest"], note_text(forged), record.log_keys()))
        for report in (verify_record(record.path), verify_site(out)):
            told = {found.kind for found in report.discrepancies if found.file == CHECKPOINT}
            assert bool(told) == bool(kind) and told <= set((kind or "").split()), (name, report.discrepancies)
            assert report.unchanged == (kind is None), (name, report.discrepancies)
    for path, data in before.items():
        path.write_bytes(data)
    assert verify_site(out).unchanged


def listed_anew(manifest, text, keys, path=CHECKPOINT):
    """The manifest with the hash of one file replaced, signed by these keys."""
    lines = note_text(manifest).decode().splitlines()
    new = [hashlib.sha256(text).hexdigest() + one[64:] if one.endswith(f"  {path}") else one for one in lines]
    return sign_note("\n".join(new) + "\n", ORIGIN, *keys)


def test_files_that_a_host_alters(world):
    record, out = world
    manifest, log = (out / "manifest").read_bytes(), record.log_keys()
    page, tile = "en/check.html", "ledger/tile/0/000.p/" + str(record.checkpoint.size)
    bundle, body = (
        tile.replace("/0/", "/entries/"),
        max(one for one in (out / "body").glob("*/*") if b'"keys"' not in one.read_bytes()).relative_to(out).as_posix(),
    )
    shown = (out / page).read_bytes()
    cases = {
        "a page, and its hash without a key": (page, shown + b"x", "unsigned", (), "manifest"),
        "a page, listed by an author": (page, shown + b"x", "unsigned", [AUTHOR], "manifest"),
        "a body of the same length, listed by the log": (body, flipped(out / body), "modified", log, body),
        "a tile that goes on, listed by the log": (tile, (out / tile).read_bytes() + bytes(32), "modified", log, tile),
        "a bundle that goes on, listed by the log": (bundle, (out / bundle).read_bytes() + b"\0\1x", "modified", log, bundle),
    }  # fmt: skip
    for name, (path, data, kind, keys, told) in cases.items():
        kept = (out / path).read_bytes()
        (out / path).write_bytes(data)
        new = listed_anew(manifest, data, keys or log, path)
        signature = manifest.rpartition(b"\n\n")[2]
        (out / "manifest").write_bytes(new if keys else note_text(new) + b"\n" + signature)
        found = [(one.kind, one.file) for one in verify_site(out).discrepancies]
        assert (kind, told) in found, (name, found)
        (out / path).write_bytes(kept)
        (out / "manifest").write_bytes(manifest)
    assert verify_site(out).unchanged


def flipped(path):
    data = bytearray(path.read_bytes())
    data[-4] ^= 1
    return bytes(data)


@pytest.mark.parametrize(
    "origin",
    [
        "a\x1b[31mRED\x1b[0m\x07", "a\x00b", "example.org/\u202egro.oce\u202c", "exam\u200bple.org/base", "ex\u0430mple.org/b\u0430se",
        "[link=http://x]a[/link][bold]", "<img/src=x/onerror=alert(1)>", "e" + "\u0301" * 99, "a\u0085b", "\u2014", "a" * 101,
    ],
)  # fmt: skip
def test_an_origin_that_could_fool_is_refused(tmp_path, origin):
    with pytest.raises((InputError, InvalidBodyError, RecordError)):
        Record.create(tmp_path / "record", "Evil", origin=origin)
