"""The signature of an outsider inside a body: a visitor, a body that endorses, an auditor.

Such a person gets no key in the policy. What they sign is the body without the field ``signed`` and without the fields that a kind
names in ``MARKED_BY_KEEPER`` (its state, what the keeper gathered); the keeper's envelope carries the rest and cannot alter it. The signed bytes are ``vestige/1 <kind>``, a line feed, and the canonical JSON (RFC 8785) of the rest.
"""

import base64
import hashlib
from typing import Annotated, Any

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Meta

from vestige.entries._canonical import canonical_json
from vestige.entries._envelope import load_public_key
from vestige.entries._errors import InvalidEnvelopeError
from vestige.entries._values import Value


class Signed(Value, frozen=True, kw_only=True):
    """An Ed25519 key (RFC 8032, base64 of its 32 raw bytes) and its signature over the rest of the body (base64 of 64 bytes)."""

    key: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\Z")]
    sig: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{85}[AQgw]==\Z")]

    def fingerprint(self) -> str:
        """Name the key: SHA-256 of its 32 raw bytes, in hexadecimal."""
        return hashlib.sha256(base64.b64decode(self.key)).hexdigest()


def inner_message(body: Any) -> bytes:
    """Give the bytes that an outsider signs: those of the body without ``signed`` and without what the keeper marks on it."""
    left_out = {"signed", *getattr(body, "MARKED_BY_KEEPER", ())}
    bare = {name: value for name, value in msgspec.to_builtins(body).items() if name not in left_out}
    kind: str = body.KIND
    return f"vestige/1 {kind}\n".encode() + canonical_json(bare)


def require_short(body: Any, data: bytes) -> None:
    """Raise ValueError when a signed body, read from this JSON, writes out a field that its signer left out as empty or at its default.

    So every reader takes what is signed from the body as it stands, and needs no table of defaults.
    """
    if getattr(body, "signed", None) is None:
        return
    left_out = {"signed", *getattr(body, "MARKED_BY_KEEPER", ())}
    bare = {name: value for name, value in msgspec.json.decode(data).items() if name not in left_out}
    if not inner_message(body).endswith(b"\n" + canonical_json(bare)):
        raise ValueError(
            "expected a signed body that leaves out what is empty or at its default, got one that does not"
        )


def sign_inner(body: Any, key: Ed25519PrivateKey) -> Any:
    """Give a body with the signature of an outsider's key over the rest of it."""
    public = base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
    signature = base64.b64encode(key.sign(inner_message(body))).decode()
    return msgspec.structs.replace(body, signed=Signed(key=public, sig=signature))


def require_inner(body: Any) -> None:
    """Raise ValueError when a body carries an outsider's signature that does not fit what it says."""
    signed: Signed | None = body.signed
    if signed is None:
        return
    try:
        load_public_key(signed.key).verify(base64.b64decode(signed.sig), inner_message(body))
    except (InvalidSignature, ValueError, InvalidEnvelopeError) as error:
        raise ValueError(
            f"expected a signature by the key {signed.fingerprint()[:16]}… over this body, got one that does not fit"
        ) from error
