"""From drafts to signed entries: check, salt, commit, sign. Pure but for the salts and the clock."""

import itertools
import os
from collections.abc import Iterable, Sequence
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

_PARALLEL_FROM = 64
_WORKERS = max(1, min(8, os.cpu_count() or 1))
_pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="sign")


class SignedEntry(msgspec.Struct, frozen=True):
    """A draft that was signed: the ledger leaf, its envelope, and the body that goes to the archive."""

    leaf: bytes
    envelope: Envelope
    body: Body
    salted: SaltedBody


def salted(draft: Draft) -> SaltedBody:
    """Check a draft's body strictly and give it a salt of its own; raises InvalidBodyError."""
    return SaltedBody(os.urandom(SALT_BYTES), encode_body(draft.body))


def sign_drafts(drafts: Sequence[tuple[Draft, SaltedBody]], key: Ed25519PrivateKey) -> list[SignedEntry]:
    """Sign drafts in order; a large batch on every core, since signing releases the interpreter."""
    by, made = fingerprint(key.public_key()), now()
    unsigned = [_unsigned(draft, body, by, made) for draft, body in drafts]
    signatures = _signatures([signed_bytes(envelope) for envelope in unsigned], key)
    return [
        SignedEntry(*seal_envelope(envelope, signature), draft.body, body)
        for envelope, signature, (draft, body) in zip(unsigned, signatures, drafts, strict=True)
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


def _signatures(messages: list[bytes], key: Ed25519PrivateKey) -> Iterable[bytes]:
    if len(messages) < _PARALLEL_FROM:
        return map(key.sign, messages)
    width = -(-len(messages) // _WORKERS)
    parts = [messages[start : start + width] for start in range(0, len(messages), width)]
    return itertools.chain.from_iterable(_pool.map(lambda part: list(map(key.sign, part)), parts))
