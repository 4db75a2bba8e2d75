import base64
import contextlib
import hashlib
import json

import pytest
import rfc8785
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import (
    InvalidEnvelopeError,
    commitment,
    fingerprint,
    parse_envelope,
    seal_envelope,
    signed_bytes,
    thing_id,
    unsigned_envelope,
    verify_signature,
)

KEY = Ed25519PrivateKey.generate()
ORIGIN = "example.org/heritage"
BODY = commitment(b"s" * 32, b"{}")


def make(**fields):
    unsigned = unsigned_envelope(
        by=fingerprint(KEY.public_key()), kind="site", body=BODY, made="2026-01-31T12:00:00Z", **fields
    )
    return seal_envelope(unsigned, KEY.sign(signed_bytes(unsigned, ORIGIN)))


def test_an_envelope_is_what_the_format_page_says():
    leaf, envelope = make(cites=("a" * 64,))
    fields = json.loads(leaf)
    assert leaf == rfc8785.dumps(fields)
    signature = base64.b64decode(fields.pop("sig"))
    KEY.public_key().verify(signature, b"vestige entry v1\nexample.org/heritage\n" + rfc8785.dumps(fields))
    assert verify_signature(envelope, KEY.public_key(), ORIGIN)
    assert not verify_signature(envelope, KEY.public_key(), "example.org/another")
    expected = base64.b32encode(hashlib.sha256(b"s" * 32 + b"{}").digest()[:10]).decode().lower()
    assert fields["about"] == f"site:{expected}"
    assert parse_envelope(leaf) == envelope


@given(st.binary(min_size=32, max_size=32))
def test_ids_are_base32_of_the_first_eighty_bits(digest):
    assert thing_id("site", digest.hex()) == "site:" + base64.b32encode(digest[:10]).decode().lower()


@given(st.data())
def test_any_flipped_bit_is_noticed(data):
    leaf, _ = make()
    position = data.draw(st.integers(0, len(leaf) - 1))
    bit = data.draw(st.integers(0, 7))
    flipped = leaf[:position] + bytes([leaf[position] ^ 1 << bit]) + leaf[position + 1 :]
    with contextlib.suppress(InvalidEnvelopeError):
        assert not verify_signature(parse_envelope(flipped), KEY.public_key(), ORIGIN)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"vestige":1', b'"vestige":2'),
        (b'"kind":"site"', b'"kind":"actor"'),
        (b'"cites":[]', b'"cites":[ ]'),
        (b'"replaces":null', b'"replaces":"x"'),
        (b'"visibility":"public"', b'"visibility":"secret"'),
        (b'"visibility":"public"', b'"visibility":"public","more":1'),
        (b"2026-01-31T12:00:00Z", b"2026-01-31 12:00:00"),
        (b"2026-01-31T12:00:00Z", b"2026-02-31T12:00:00Z"),
        (b"2026-01-31T12:00:00Z", b"2026-99-99T99:99:99Z"),
        (b"2026-01-31T12:00:00Z", "2026-01-3\u0661T12:00:00Z".encode()),
    ],
)
def test_what_does_not_fit_the_format_is_refused(old, new):
    leaf, _ = make()
    assert old in leaf
    with pytest.raises(InvalidEnvelopeError):
        parse_envelope(leaf.replace(old, new))


def test_an_envelope_larger_than_a_bundle_can_hold_is_refused():
    with pytest.raises(InvalidEnvelopeError, match="at most 800 entries"):
        make(cites=("a" * 64,) * 1000)
