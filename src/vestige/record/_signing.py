"""From drafts to signed entries: check, salt, commit, sign. Pure but for the salts and the clock."""

import itertools
import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

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

_LEAST = 100
"""Signatures from which a thread of its own pays."""
_WORKERS = max(1, min(8, os.cpu_count() or 1))
_pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="sign")


class SignedEntry(msgspec.Struct, frozen=True, gc=False):
    """A draft that was signed: the ledger leaf, its envelope, and the body that goes to the archive."""

    leaf: bytes
    envelope: Envelope
    body: Body
    salted: SaltedBody


def sign_drafts(drafts: Sequence[Draft], key: Ed25519PrivateKey, origin: str) -> list[SignedEntry]:
    """Check bodies strictly, salt, commit and sign for the record of this origin, in order; raises InvalidBodyError.

    Step by step over all drafts, not draft by draft: the tables of the signing code then stay in the processor's cache, and the cores share the
    signatures, since signing releases the interpreter.
    """
    by, made = fingerprint(key.public_key()), now()
    salts = os.urandom(SALT_BYTES * len(drafts))
    salted = [
        SaltedBody(salts[SALT_BYTES * i : SALT_BYTES * (i + 1)], encode_body(draft.body))
        for i, draft in enumerate(drafts)
    ]
    unsigned = [_unsigned(draft, body, by, made) for draft, body in zip(drafts, salted, strict=True)]
    messages = [signed_bytes(envelope, origin) for envelope in unsigned]
    signatures = _signatures(messages, key)
    return [
        SignedEntry(*seal_envelope(envelope, signature, message), draft.body, body)
        for draft, body, envelope, signature, message in zip(
            drafts, salted, unsigned, signatures, messages, strict=True
        )
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


def _signatures(messages: Sequence[bytes], key: Ed25519PrivateKey) -> list[bytes]:
    width = max(_LEAST, -(-len(messages) // _WORKERS))
    parts = [messages[start : start + width] for start in range(0, len(messages), width)]
    if len(parts) == 1:
        return _sign(messages, key)
    return [signature for signed in _pool.map(_sign, parts, itertools.repeat(key)) for signature in signed]


def _sign(messages: Sequence[bytes], key: Ed25519PrivateKey) -> list[bytes]:
    return [key.sign(message) for message in messages]
