"""From drafts to signed entries: check, salt, commit, sign. Pure but for the salts and the clock."""

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

_PART = 125
_WORKERS = max(1, min(8, os.cpu_count() or 1))
_pool = ThreadPoolExecutor(_WORKERS, thread_name_prefix="sign")


class SignedEntry(msgspec.Struct, frozen=True, gc=False):
    """A draft that was signed: the ledger leaf, its envelope, and the body that goes to the archive."""

    leaf: bytes
    envelope: Envelope
    body: Body
    salted: SaltedBody


def sign_drafts(drafts: Sequence[Draft], key: Ed25519PrivateKey) -> list[SignedEntry]:
    """Check bodies strictly, salt, commit and sign, in order; raises InvalidBodyError.

    The parts of a large batch are signed on other cores while the next ones are prepared, since signing releases the interpreter.
    """
    by, made = fingerprint(key.public_key()), now()
    if len(drafts) <= _PART:
        return _sealed(_prepared(drafts, by, made), key)
    waiting = []
    for start in range(0, len(drafts), _PART):
        prepared = _prepared(drafts[start : start + _PART], by, made)
        waiting.append((prepared, _pool.submit(_signatures, prepared, key)))
    return [entry for prepared, signatures in waiting for entry in _sealed(prepared, key, signatures.result())]


_Prepared = tuple[Body, SaltedBody, Envelope]


def _prepared(drafts: Sequence[Draft], by: str, made: str) -> list[_Prepared]:
    return [_prepare(draft, by, made) for draft in drafts]


def _prepare(draft: Draft, by: str, made: str) -> _Prepared:
    salted = SaltedBody(os.urandom(SALT_BYTES), encode_body(draft.body))
    envelope = unsigned_envelope(
        by=by,
        kind=kind_of(draft.body),
        body=salted.commitment,
        made=made,
        about=draft.about,
        replaces=draft.replaces,
        cites=tuple(dict.fromkeys(draft.cites)),
        visibility=draft.visibility,
    )
    return draft.body, salted, envelope


def _signatures(prepared: Sequence[_Prepared], key: Ed25519PrivateKey) -> list[bytes]:
    return [key.sign(signed_bytes(envelope)) for _, _, envelope in prepared]


def _sealed(
    prepared: Sequence[_Prepared], key: Ed25519PrivateKey, signatures: Sequence[bytes] | None = None
) -> list[SignedEntry]:
    return [
        SignedEntry(*seal_envelope(envelope, signature), body, salted)
        for (body, salted, envelope), signature in zip(prepared, signatures or _signatures(prepared, key), strict=True)
    ]
