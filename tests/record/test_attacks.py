"""What somebody who holds a key, and writes past the interface, can do to a record: each is told, and none stops it from being opened or published."""

import os

import msgspec
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.archive import SaltedBody
from vestige.entries import (
    Draft,
    Key,
    Name,
    Site,
    Withdrawal,
    encode_body,
    fingerprint,
    kind_of,
    seal_envelope,
    signed_bytes,
    unsigned_envelope,
)
from vestige.publishing import publish, verify_site
from vestige.record import Record, public_text, verify_record
from vestige.record._signing import SignedEntry
from vestige.record._write import write_entries

AUTHOR, STRANGER = (
    Ed25519PrivateKey.from_private_bytes(b"\x05" * 32),
    Ed25519PrivateKey.from_private_bytes(b"\x09" * 32),
)
ORIGIN = "attacks.example/record"


def site(name):
    return Site(names=(Name(text=name),))


def sign(body, key, *, raw=None, kind=None, origin=ORIGIN, **fields):
    salted = SaltedBody(os.urandom(32), raw if raw is not None else encode_body(body))
    fields = {"made": "2026-01-31T12:00:00Z", **fields}
    unsigned = unsigned_envelope(
        by=fingerprint(key.public_key()), kind=kind or kind_of(body), body=salted.commitment, **fields
    )
    return SignedEntry(*seal_envelope(unsigned, key.sign(signed_bytes(unsigned, origin))), body, salted)


@pytest.fixture
def record(tmp_path):
    with Record.create(tmp_path / "record", "Attacked", origin=ORIGIN) as made:
        current = made.policy_entry
        keys = (*made.policy.keys, Key(public=public_text(AUTHOR), handle="author", role="contributor"))
        made.append(Draft(msgspec.structs.replace(made.policy, keys=keys), current.about, current.hash))
        made.append(Draft(site("first")))
        yield made


def attacks(record):
    """Give every attack by name: the entries, and what is told of them by place after those before."""
    keeper, policy = record.signing_key(), record.policy_entry
    first = next(record.index.entries("site"))
    mine = {"about": policy.about, "replaces": policy.hash}
    evil = msgspec.structs.replace(
        policy.body, keys=(*policy.body.keys, Key(public=public_text(STRANGER), handle="s", role="keeper"))
    )
    dup = sign(site("twice"), keeper)
    return {
        "a stranger": ([sign(site("x"), STRANGER)], {0: "unsigned"}),
        "an entry of another record": ([sign(site("x"), AUTHOR, origin="other.example/r")], {0: "unsigned"}),
        "an author's policy": (
            [sign(evil, AUTHOR, **mine), sign(site("x"), STRANGER)],
            {0: "not-allowed", 1: "unsigned"},
        ),
        "a withheld policy": (
            [sign(evil, keeper, visibility="withheld", **mine), sign(site("x"), STRANGER)],
            {0: "malformed", 1: "unsigned"},
        ),
        "an author withdraws the policy": (
            [sign(Withdrawal(entry=policy.hash, reason="x"), AUTHOR, cites=(policy.hash,))],
            {0: "not-allowed"},
        ),
        "an author withdraws a keeper's site": (
            [sign(Withdrawal(entry=first.hash, reason="x"), AUTHOR, cites=(first.hash,))],
            {0: "not-allowed"},
        ),
        "an author takes over a site": ([sign(site("x"), AUTHOR, about=first.about)], {0: "not-allowed"}),
        "the same leaf twice": ([dup, dup], {1: "malformed"}),
        "a nonsense date": ([sign(site("x"), keeper, made="2026-01-10T99:99:99Z")], {0: "malformed"}),
        "a body of no form": ([sign(None, keeper, raw=b'{"foo":1}', kind="site")], {0: "malformed"}),
        "a body that is not canonical": ([sign(None, keeper, raw=b'{ "a":1}', kind="site")], {0: "malformed"}),
        "an id of nothing": ([sign(site("x"), keeper, about="site:aaaaaaaaaaaaaaaa")], {0: "malformed"}),
        "a replacement of nothing": (
            [sign(site("x"), keeper, about=first.about, replaces="ab" * 32)],
            {0: "malformed"},
        ),
        "a citation of nothing": ([sign(site("x"), keeper, cites=("cd" * 32,))], {0: "malformed"}),
    }


NAMES = (
    "a stranger", "an entry of another record", "an author's policy", "a withheld policy", "an author withdraws the policy",
    "an author withdraws a keeper's site", "an author takes over a site", "the same leaf twice", "a nonsense date", "a body of no form",
    "a body that is not canonical", "an id of nothing", "a replacement of nothing", "a citation of nothing",
)  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_an_attack_is_told_and_stops_nothing(record, tmp_path, name):
    entries, told = attacks(record)[name]
    first = record.checkpoint.size
    write_entries(record.path, first, entries, record.log_keys(), ORIGIN)
    with Record.open(record.path) as opened:
        assert opened.policy == record.policy
        opened.append(Draft(site("after")))
        publish(opened, tmp_path / "site", workers=1)
    for report in (verify_record(record.path), verify_site(tmp_path / "site")):
        assert {found.index - first: found.kind for found in report.discrepancies} == told, report.discrepancies
        assert all(found.rule for found in report.discrepancies)
