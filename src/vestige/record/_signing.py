"""From drafts to signed entries: check, salt, commit, sign. Pure but for the salts and the clock."""

import os
from collections.abc import Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.archive import SaltedBody
from vestige.entries import (
    SALT_BYTES,
    Body,
    Draft,
    Envelope,
    encode_body,
    fingerprint,
    kind_of,
    now,
    seal_envelope,
    signed_bytes,
    unsigned_envelope,
)


class SignedEntry(msgspec.Struct, frozen=True, gc=False):
    """A draft that was signed: the ledger leaf, its envelope, and the body that goes to the archive."""

    leaf: bytes
    envelope: Envelope
    body: Body
    salted: SaltedBody


def sign_drafts(drafts: Sequence[Draft], key: Ed25519PrivateKey) -> list[SignedEntry]:
    """Check bodies strictly, salt, commit and sign, in order; raises InvalidBodyError.

    Step by step over all drafts, not draft by draft: the tables of the signing code then stay in the processor's cache.
    """
    by, made = fingerprint(key.public_key()), now()
    salts = os.urandom(SALT_BYTES * len(drafts))
    salted = [
        SaltedBody(salts[SALT_BYTES * i : SALT_BYTES * (i + 1)], encode_body(draft.body))
        for i, draft in enumerate(drafts)
    ]
    unsigned = [_unsigned(draft, body, by, made) for draft, body in zip(drafts, salted, strict=True)]
    messages = [signed_bytes(envelope) for envelope in unsigned]
    signatures = [key.sign(message) for message in messages]
    return [
        SignedEntry(*seal_envelope(envelope, signature), draft.body, body)
        for draft, body, envelope, signature in zip(drafts, salted, unsigned, signatures, strict=True)
    ]


def _unsigned(draft: Draft, body: SaltedBody, by: str, made: str) -> Envelope:
    return unsigned_envelope(
        by=by,
        kind=kind_of(draft.body),
        body=body.commitment,
        made=made,
        about=draft.about,
        replaces=draft.replaces,
        cites=tuple(dict.fromkeys(draft.cites)),
        visibility=draft.visibility,
    )
