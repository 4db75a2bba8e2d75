"""One signature: what its commitment is made of, and how its opening is sealed so that the keeper of the record cannot read it.

The commitment is that of every body: SHA-256(salt ‖ canonical JSON). The opening (salt and body, with the mailbox) is sealed with HPKE
(RFC 9180: X25519, HKDF-SHA256, ChaCha20-Poly1305, base mode) to the auditor's key; its ``info`` names the call.
"""

import base64
import hashlib
import secrets

import msgspec
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite

from vestige.entries import SALT_BYTES, canonical_json
from vestige.errors import InputError

_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)


class Signature(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What one signer said: which call in which wording, on which day, and name, country and language as given, each of which may be None."""

    call: str
    wording: str
    confirmed: str
    country: str | None = None
    language: str | None = None
    name: str | None = None


class Opening(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What opens one commitment: its salt in hexadecimal, the signature, and the mailbox to ask."""

    salt: str
    signature: Signature
    mailbox: str


def leaf_of(signature: Signature, salt: bytes) -> bytes:
    """Give the commitment of 32 bytes to a signature under a salt of 32 bytes."""
    return hashlib.sha256(salt + canonical_json(signature)).digest()


def sealed(signature: Signature, mailbox: str, key: str) -> tuple[bytes, bytes]:
    """Commit to a signature and seal its opening to a key (base64 of an X25519 public key); give (commitment, sealed bytes).

    Raises InputError when the key is none.
    """
    salt = secrets.token_bytes(SALT_BYTES)
    opening = Opening(salt=salt.hex(), signature=signature, mailbox=mailbox)
    try:
        public = X25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    except ValueError as error:
        raise InputError("expected the base64 of 32 bytes of an X25519 public key", where="sealed_to") from error
    return leaf_of(signature, salt), _SUITE.encrypt(msgspec.json.encode(opening), public, info=_info(signature.call))


def unsealed(data: bytes, call: str, key: X25519PrivateKey, leaf: bytes) -> Opening:
    """Open what was sealed to a key, and require that it is what the commitment stands for.

    Raises InputError when the key is another, or when the opening does not fit the commitment.
    """
    try:
        opening = msgspec.json.decode(_SUITE.decrypt(data, key, info=_info(call)), type=Opening)
    except (InvalidTag, ValueError, msgspec.DecodeError) as error:
        raise InputError("expected an opening that was sealed to this key for this call, got another") from error
    if leaf_of(opening.signature, bytes.fromhex(opening.salt)) != leaf:
        raise InputError("the opening is not what its commitment stands for", where=leaf.hex())
    return opening


def _info(call: str) -> bytes:
    return f"vestige signature 1 {call}".encode()
