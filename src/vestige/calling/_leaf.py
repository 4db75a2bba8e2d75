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
from vestige.errors import NOT_JSON, InputError

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


def committed(signature: Signature, mailbox: str) -> tuple[bytes, Opening]:
    """Commit to a signature under a new salt; give the commitment and what opens it."""
    salt = secrets.token_bytes(SALT_BYTES)
    return leaf_of(signature, salt), Opening(salt=salt.hex(), signature=signature, mailbox=mailbox)


def seal(opening: Opening, key: str) -> bytes:
    """Seal an opening to a key (base64 of an X25519 public key); raises InputError when the key is none."""
    try:
        public = X25519PublicKey.from_public_bytes(base64.b64decode(key, validate=True))
    except ValueError as error:
        raise InputError("expected the base64 of 32 bytes of an X25519 public key", where="sealed_to") from error
    return _SUITE.encrypt(msgspec.json.encode(opening), public, info=_info(opening.signature.call))


def sealed(signature: Signature, mailbox: str, key: str) -> tuple[bytes, bytes]:
    """Commit to a signature and seal its opening to a key; give (commitment, sealed bytes). Raises InputError when the key is none."""
    leaf, opening = committed(signature, mailbox)
    return leaf, seal(opening, key)


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


class SignatureReceipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What lets its holder find a signature in the sheets: salt in hexadecimal and what was signed. It proves to anybody that its holder signed."""

    salt: str
    signature: Signature

    def leaf(self) -> bytes:
        """Give the commitment; raises ValueError when the salt is no hexadecimal text."""
        return leaf_of(self.signature, bytes.fromhex(self.salt))


def read_signature_receipt(data: bytes, where: str) -> SignatureReceipt:
    """Read a receipt as ``vestige call collect --receipts`` wrote it; raises InputError in one line when it is none."""
    try:
        receipt = msgspec.json.decode(data, type=SignatureReceipt)
        receipt.leaf()
    except (*NOT_JSON, ValueError) as error:
        raise InputError("expected the receipt of a signature, got another file", where=where) from error
    return receipt
