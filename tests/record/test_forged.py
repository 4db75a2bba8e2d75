"""Forgeries of one record and its site, each in place: of entries by whoever holds a key, of notes, manifests and tiles by whoever holds the log key or the host."""

import base64
import hashlib
import os
import shutil

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from tests.asking_the_browser import ask
from tests.record.test_attacks import AUTHOR, ORIGIN, STRANGER, sign, site
from vestige.archive import BodyStore, SaltedBody
from vestige.entries import (
    Draft,
    InvalidBodyError,
    Key,
    Source,
    Withdrawal,
    encode_body,
    seal_envelope,
    unsigned_envelope,
)
from vestige.errors import InputError
from vestige.ledger import note_text, sign_note
from vestige.publishing import publish, verify_site
from vestige.publishing.views._paths import body_path
from vestige.record import Record, RecordError, public_text, verify_record
from vestige.record._signing import SignedEntry
from vestige.record._write import write_entries

RETIRED = Ed25519PrivateKey.from_private_bytes(b"\x06" * 32)
NEWCOMER = Ed25519PrivateKey.from_private_bytes(b"\x07" * 32)
NOBODY = bytes([1]) + bytes(31)
"""The identity point: the signature of it and zero fits every message."""
NOBODY_AGAIN = b"\xee" + b"\xff" * 30 + b"\x7f"
"""The same point, spelt otherwise."""
CHECKPOINT = "ledger/checkpoint"


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    """A record with an author's key and one that signed and was then retired, published; every test leaves it as it was."""
    base = tmp_path_factory.mktemp("forged")
    patch = pytest.MonkeyPatch()
    patch.setenv("XDG_CACHE_HOME", str(base / "cache"))
    with Record.create(base / "record", "Forged", origin=ORIGIN) as made:
        author = Key(public=public_text(AUTHOR), handle="author", role="contributor")
        old = Key(public=public_text(RETIRED), handle="old", role="keeper")
        keys = (*made.policy.keys, author, old)
        set_keys(made, keys)
        write_entries(made.path, made.checkpoint.size, [sign(site("old"), RETIRED)], made.log_keys(), ORIGIN)
    with Record.open(base / "record") as made:
        set_keys(made, (*keys[:-1], msgspec.structs.replace(old, retired=True)))
        made.append(*(Draft(site(f"site {number}")) for number in range(4)))
        made.append(Draft(Source(title="Gazette", file=made.add_file(b"a page of it"), media_type="text/plain")))
        publish(made, base / "site", workers=1)
        yield made, base / "site"
    patch.undo()


def set_keys(record, keys):
    current = record.policy_entry
    record.append(Draft(msgspec.structs.replace(record.policy, keys=keys), current.about, current.hash))


def forged_entries(record):
    """Give every forged entry by name, with the kind and the rule that are told of it; None where it counts."""
    keeper, policy = record.signing_key(), record.policy_entry
    _, first, second, *_ = record.index.entries("site")
    with_stranger = (*policy.body.keys, Key(public=public_text(STRANGER), handle="s", role="keeper"))
    evil = msgspec.structs.replace(policy.body, keys=with_stranger)
    mine = {"about": policy.about, "replaces": policy.hash}
    one, both = (first.hash,), (first.hash, second.hash)
    newcomer = (*policy.body.keys, Key(public=public_text(NEWCOMER), handle="new", role="contributor"))
    lists_nobody, again = (listing(evil, key, keeper, **mine) for key in (NOBODY, NOBODY_AGAIN))
    return {
        "by a retired key": (sign(site("retired"), RETIRED), ("unsigned", "key")),
        "an old entry of a retired key again": (old_leaf(record), ("malformed", "doubled")),
        "a policy with a signature of zeros": (without_signature(sign(evil, keeper, **mine)), ("unsigned", "signature")),
        "a policy of another origin": (sign(msgspec.structs.replace(policy.body, origin="example.org/other"), keeper, **mine), ("not-allowed", "policy")),
        "an author's policy": (sign(evil, AUTHOR, **mine), ("not-allowed", "role")),
        "by the stranger of an author's policy": (sign(site("by the stranger"), STRANGER), ("unsigned", "key")),
        "a policy that lists a key nobody holds": (lists_nobody, ("malformed", "fields")),
        "by nobody": (by_nobody(NOBODY), ("unsigned", "key")),
        "a policy that lists it in another spelling": (again, ("malformed", "fields")),
        "by nobody in another spelling": (by_nobody(NOBODY_AGAIN), ("unsigned", "key")),
        "an entry by the log key": (sign(site("log"), record.log_keys()[0]), ("not-allowed", "role")),
        "a replacement of another thing": (sign(site("x"), keeper, about=first.about, replaces=second.hash), ("malformed", "replaces")),
        "a first replacement": (sign(site("fork a"), keeper, about=first.about, replaces=first.hash), None),
        "a second replacement of the same": (sign(site("fork b"), keeper, about=first.about, replaces=first.hash), ("malformed", "replaces")),
        "a withdrawal of two": (sign(Withdrawal(entry=second.hash, reason="x"), keeper, cites=both), ("malformed", "cites")),
        "a withdrawal that names one and cites another": (sign(Withdrawal(entry=first.hash, reason="x"), keeper, cites=(second.hash,)), ("malformed", "withdrawal")),
        "a withheld withdrawal": (sign(Withdrawal(entry=first.hash, reason="x"), keeper, cites=one, visibility="withheld"), ("malformed", "visibility")),
        "a keeper's withdrawal of a policy": (sign(Withdrawal(entry=policy.hash, reason="x"), keeper, cites=(policy.hash,)), ("not-allowed", "withdrawal")),
        "a kind of tomorrow": (sign(None, keeper, raw=b'{"x":1}', kind="zzz"), None),
        "signed in 1999": (sign(site("1999"), keeper, made="1999-01-01T00:00:00Z"), None),
        "signed in 2099": (sign(site("2099"), keeper, made="2099-12-31T23:59:59Z"), None),
        "signed now": (sign(site("now"), keeper), None),
        "a policy that brings a key": (sign(msgspec.structs.replace(policy.body, keys=newcomer), keeper, **mine), None),
        "by the key that it brings": (sign(site("by a newcomer"), NEWCOMER), None),
    }  # fmt: skip


def test_entries_that_holders_of_keys_forge(world, tmp_path):
    """All in one ledger: a void entry changes nothing for those after it, so each is told as if it were alone."""
    record, _ = world
    attacks = forged_entries(record)
    shutil.copytree(record.path, tmp_path / "record")
    with Record.open(tmp_path / "record") as copy:
        size = copy.checkpoint.size
        write_entries(copy.path, size, [entry for entry, _ in attacks.values()], copy.log_keys(), ORIGIN)
    with Record.open(tmp_path / "record") as copy:
        assert [key.handle for key in copy.policy.keys] == [*(key.handle for key in record.policy.keys), "new"]
        publish(copy, tmp_path / "site", workers=1)
    wanted = {name: expected for name, (_, expected) in attacks.items() if expected}
    names = list(attacks)
    for report in (verify_record(tmp_path / "record"), verify_site(tmp_path / "site")):
        assert {names[found.index - size]: (found.kind, found.rule) for found in report.discrepancies} == wanted
        assert report.unknown == {"zzz": 1}
        (clock,) = (note for note in report.notes if "signed earlier" in note)
        assert "3 in all" in clock
    (shown,) = ask([{"root": str(tmp_path / "site")}])
    assert {names[one["entry"] - size]: rule_of(one) for one in shown["findings"]} == wanted, shown["findings"]


def rule_of(finding):
    """The kind and the rule of a finding of the browser."""
    return finding["kind"], finding.get("why", "").removeprefix("rule-")


def listing(policy, raw, key, **fields):
    """A policy that lists a key which the types refuse, written past them."""
    text = encode_body(policy).replace(public_text(STRANGER).encode(), base64.b64encode(raw))
    return sign(policy, key, raw=text, **fields)


def by_nobody(raw):
    """An entry that seems signed with a key that nobody holds: its signature fits every message."""
    body = site("without any private key")
    salted = SaltedBody(os.urandom(32), encode_body(body))
    envelope = unsigned_envelope(
        by=hashlib.sha256(raw).hexdigest(), kind="site", body=salted.commitment, made="2026-01-31T12:00:00Z"
    )
    return SignedEntry(*seal_envelope(envelope, b"\x01" + bytes(63)), body, salted)


def old_leaf(record):
    """The entry of the retired key, signed when it was none, to be entered once more."""
    entry = next(record.index.entries("site"))
    leaf = next(record.tiles.leaves(entry.index, entry.index + 1))
    bodies = BodyStore(record.path / "archive" / "bodies")
    salted = (body for first in bodies.appends() for _, body in bodies.held(first))
    return SignedEntry(
        leaf, entry.envelope, entry.body, next(one for one in salted if one.commitment == entry.envelope.body)
    )


def deletions(record):
    """Give withdrawals by name that come with the bodies already gone: the entry, whose bodies go, and the rule that it breaks."""
    keeper, policy = record.signing_key(), record.policy_entry
    _, first, second, *_ = record.index.entries("site")
    ends = Withdrawal(entry=first.hash, reason="x")
    return {
        "an author withdraws the policy that retired a key": (
            sign(Withdrawal(entry=policy.hash, reason="x"), AUTHOR, cites=(policy.hash,)), [policy], ("not-allowed", "withdrawal"),
        ),
        "one withdrawal of two, both bodies gone": (
            sign(ends, keeper, cites=(first.hash, second.hash)), [first, second], ("malformed", "cites"),
        ),
        "a withdrawal that names one, the body of the other gone": (
            sign(ends, keeper, cites=(second.hash,)), [second], ("malformed", "withdrawal"),
        ),
        "a stranger's withdrawal, the body gone": (sign(ends, STRANGER, cites=(first.hash,)), [first], ("unsigned", "key")),
        "an author's withdrawal of a keeper's site, the body gone": (
            sign(ends, AUTHOR, cites=(first.hash,)), [first], ("not-allowed", "person"),
        ),
    }  # fmt: skip


def test_bodies_that_a_void_withdrawal_was_to_excuse(world, tmp_path):
    """The withdrawal is void, so each body that went with it is missing; in every reader alike."""
    record, _ = world
    for number, (name, (entry, gone, told)) in enumerate(deletions(record).items()):
        folder, out = tmp_path / f"record {number}", tmp_path / f"site {number}"
        shutil.copytree(record.path, folder)
        write_entries(folder, record.checkpoint.size, [entry], record.log_keys(), ORIGIN)
        with Record.open(folder) as copy:
            publish(copy, out, workers=1)
        store = BodyStore(folder / "archive" / "bodies")
        for one in gone:
            first = max(first for first in store.appends() if first <= one.index)
            assert store.remove(first, one.envelope.body)
            take_out(out, f"body/{one.envelope.body[:2]}/{one.envelope.body}", record.log_keys())
        wanted = {told, *(("missing", None) for _ in gone)}
        for report in (verify_record(folder), verify_site(out)):
            assert {(found.kind, found.rule) for found in report.discrepancies} >= wanted, (name, report.discrepancies)
            assert {found.index for found in report.of_kind("missing")} == {one.index for one in gone}
        (shown,) = ask([{"root": str(out)}])
        missing = {one["entry"] for one in shown["findings"] if one["kind"] == "missing"}
        assert missing == {one.index for one in gone}, (name, shown["findings"])
        assert told in map(rule_of, shown["findings"]), (name, shown["findings"])


def take_out(out, path, keys):
    """Delete a published file and leave it out of the manifest, which is signed anew."""
    (out / path).unlink()
    lines = note_text((out / "manifest").read_bytes()).decode().splitlines()
    text = "".join(f"{one}\n" for one in lines if not one.endswith(f"  {path}"))
    (out / "manifest").write_bytes(sign_note(text, ORIGIN, *keys))


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
        "a size of millions": (signed(f"{ORIGIN}\n{10**15}\n{root}\n"), "modified unsigned"),
        "a smaller size with the same root": (signed(f"{ORIGIN}\n{size - 1}\n{root}\n"), "modified unsigned"),
        "an empty ledger": (signed(f"{ORIGIN}\n0\n{root}\n"), "missing modified unsigned"),
        "nothing": (b"", "modified"),
    }  # fmt: skip


def test_checkpoints_that_the_log_key_or_the_host_forges(world, tmp_path):
    """The manifest is signed anew each time, so that nothing but the checkpoint is told; the browser tells of it where the command does."""
    record, out = world
    forged_notes, manifest = notes(record), (out / "manifest").read_bytes()
    before = {path: path.read_bytes() for path in (record.path / CHECKPOINT, out / CHECKPOINT, out / "manifest")}
    questions = []
    for number, (name, (forged, kind)) in enumerate(forged_notes.items()):
        anew = listed_anew(manifest, note_text(forged), record.log_keys())
        (record.path / CHECKPOINT).write_bytes(forged)
        (out / CHECKPOINT).write_bytes(forged)
        (out / "manifest").write_bytes(anew)
        for report in (verify_record(record.path), verify_site(out)):
            told = {found.kind for found in report.discrepancies if found.file == CHECKPOINT}
            assert bool(told) == bool(kind) and told <= set((kind or "").split()), (name, report.discrepancies)
            assert report.unchanged == (kind is None), (name, report.discrepancies)
        instead = {CHECKPOINT: tmp_path / f"checkpoint {number}", "manifest": tmp_path / f"manifest {number}"}
        instead[CHECKPOINT].write_bytes(forged)
        instead["manifest"].write_bytes(anew)
        questions.append({"root": str(out), "instead": {path: str(file) for path, file in instead.items()}})
    for path, data in before.items():
        path.write_bytes(data)
    assert verify_site(out).unchanged
    for (name, (_, kind)), shown in zip(forged_notes.items(), ask(questions), strict=True):
        told = {one["kind"] for one in shown["findings"] if one["file"] == CHECKPOINT}
        assert bool(told) == bool(kind) and told <= set((kind or "").split()), (name, shown["findings"])
        assert shown["verdict"] == ("changed" if kind else "unchanged"), (name, shown)


def listed_anew(manifest, text, keys, path=CHECKPOINT):
    """The manifest with the hash of one file replaced, signed by these keys."""
    lines = note_text(manifest).decode().splitlines()
    new = [hashlib.sha256(text).hexdigest() + one[64:] if one.endswith(f"  {path}") else one for one in lines]
    return sign_note("\n".join(new) + "\n", ORIGIN, *keys)


def altered_files(record, out):
    """Give every alteration of a published file by name: the file, its bytes, the kind that is told, whoever lists it anew, and the file that is told."""
    log = record.log_keys()
    page, tile = "en/check.html", f"ledger/tile/0/000.p/{record.checkpoint.size}"
    bundle = tile.replace("/0/", "/entries/")
    bodies = (one for one in (out / "body").glob("*/*") if b'"keys"' not in one.read_bytes())
    body = max(bodies).relative_to(out).as_posix()
    first = body_path(record.index.at(0).envelope.body)
    shown = (out / page).read_bytes()
    return {
        "a page, and its hash without a key": (page, shown + b"x", "unsigned", (), "manifest"),
        "a page, listed by an author": (page, shown + b"x", "unsigned", [AUTHOR], "manifest"),
        "a page, and nothing else": (page, shown + b"x", "modified", None, page),
        "the body of the first policy": (first, (out / body).read_bytes(), "modified", None, first),
        "the body of the first policy, listed by the log": (first, (out / body).read_bytes(), "modified", log, first),
        "a body of the same length, listed by the log": (body, flipped(out / body), "modified", log, body),
        "a tile that goes on, listed by the log": (tile, (out / tile).read_bytes() + bytes(32), "modified", log, tile),
        "a bundle that goes on, listed by the log": (bundle, (out / bundle).read_bytes() + b"\0\1x", "modified", log, bundle),
    }  # fmt: skip


def test_files_that_a_host_alters(world, tmp_path):
    record, out = world
    manifest = (out / "manifest").read_bytes()
    cases, questions = altered_files(record, out), []
    for number, (name, (path, data, kind, keys, told)) in enumerate(cases.items()):
        kept, anew = (out / path).read_bytes(), manifest
        if keys is not None:
            new = listed_anew(manifest, data, keys or record.log_keys(), path)
            anew = new if keys else note_text(new) + b"\n" + manifest.rpartition(b"\n\n")[2]
        (out / path).write_bytes(data)
        (out / "manifest").write_bytes(anew)
        found = [(one.kind, one.file) for one in verify_site(out).discrepancies]
        assert (kind, told) in found, (name, found)
        (tmp_path / f"file {number}").write_bytes(data)
        (tmp_path / f"manifest {number}").write_bytes(anew)
        instead = {path: str(tmp_path / f"file {number}"), "manifest": str(tmp_path / f"manifest {number}")}
        questions.append({"root": str(out), "instead": instead})
        (out / path).write_bytes(kept)
        (out / "manifest").write_bytes(manifest)
    assert verify_site(out).unchanged
    for (name, (_, _, kind, _, told)), shown in zip(cases.items(), ask(questions), strict=True):
        assert (kind, told) in [(one["kind"], one["file"]) for one in shown["findings"]], (name, shown["findings"])
        if "first policy" in name:
            named = [one.get("entry") for one in shown["findings"] if (one["kind"], one["file"]) == (kind, told)]
            assert 0 in named, (name, shown["findings"])


def manifests_of_a_thief(record, out):
    """Give what whoever stole the log key may list anew, by name: files to write, changes to the list, and what is told of which file."""
    lines = note_text((out / "manifest").read_bytes()).decode().splitlines()[2:]
    listed = {line[66:]: line[:64] for line in lines}
    body = b"0" * 64 + b" {}\n"
    name = hashlib.sha256(bytes(32) + b"{}").hexdigest()
    extra = f"body/{name[:2]}/{name}"
    kept = next(path for path in listed if path.startswith("file/"))
    other = (out / kept).read_bytes() + b"x"
    size = record.checkpoint.size
    zeros = base64.b64encode(bytes(32)).decode()
    histories = sign_note(f"{ORIGIN}\n{size}\n{zeros}\n", ORIGIN, *record.log_keys())
    return {
        "a body that no entry commits to": ({extra: body}, {}, ("unexpected", extra)),
        "a preserved file, altered": ({kept: other}, {}, ("modified", kept)),
        "a path that leads out": ({}, {"../outside.html": "0" * 64}, ("modified", "manifest")),
        "a path with a detour": ({}, {"./en/index.html": listed["en/index.html"]}, ("modified", "manifest")),
        "no file at all": ({}, dict.fromkeys(listed), ("missing", "manifest")),
        "no checkpoint": ({}, {CHECKPOINT: None}, ("unexpected", CHECKPOINT)),
        "another history as the one that was cosigned": ({"ledger/cosigned": histories}, {}, ("modified", "ledger/cosigned")),
    }  # fmt: skip


def test_manifests_that_a_thief_of_the_log_key_signs(world, tmp_path):
    record, out = world
    kept = (out / "manifest").read_bytes()
    head, *lines = note_text(kept).decode().rstrip("\n").split("\n")
    questions, cases = [], manifests_of_a_thief(record, out)
    for number, (name, (files, changes, told)) in enumerate(cases.items()):
        copy = tmp_path / str(number)
        shutil.copytree(out, copy)
        listed = {line[66:]: line[:64] for line in lines[1:]} | changes
        for path, data in files.items():
            (copy / path).parent.mkdir(parents=True, exist_ok=True)
            (copy / path).write_bytes(data)
            listed[path] = hashlib.sha256(data).hexdigest()
        text = "".join(f"{digest}  {path}\n" for path, digest in sorted(listed.items()) if digest)
        (copy / "manifest").write_bytes(sign_note(f"{head}\n{lines[0]}\n{text}", ORIGIN, *record.log_keys()))
        assert told in [(one.kind, one.file) for one in verify_site(copy).discrepancies], name
        questions.append({"root": str(copy)})
    for (name, (_, _, told)), shown in zip(cases.items(), ask(questions), strict=True):
        assert shown["verdict"] == "changed", name
        assert told in [(one["kind"], one["file"]) for one in shown["findings"]], (name, shown["findings"])


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
