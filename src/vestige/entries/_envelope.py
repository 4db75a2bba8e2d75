"""The signed envelope of an entry: the leaf of the ledger.

An envelope commits to its body without holding it, so that a body can be withheld, or destroyed to protect a person, while the
ledger stays whole. Its bytes are canonical JSON (RFC 8785); its signature is Ed25519 (RFC 8032) over those bytes without ``sig``;
its hash is the RFC 6962 leaf hash, so that one hash names the entry and proves it. The signature covers the record's origin as well, so that an
entry of one record cannot be entered into another.
"""

import base64
import datetime as dt
import functools
import hashlib
import re
from typing import Annotated

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from msgspec import Meta

from vestige.entries._errors import InvalidEnvelopeError
from vestige.entries._values import Hash, ThingId, Timestamp, last_day
from vestige.errors import NOT_JSON, an
from vestige.public_keys import WeakKeyError, read_public_key

FORMAT_VERSION = 1
SALT_BYTES = 32
MOST_CITES = 800
"""Hashes that an envelope can cite: they take 53,600 of its bytes."""
LARGEST_ENVELOPE = 65_535
"""An entry bundle of tlog-tiles holds each entry behind a 16-bit length."""

_PURPOSE = "vestige entry v1"
"""The first line of what is signed, so that no signature of an entry fits anything else."""
_BASE32 = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [high + low for high in _BASE32 for low in _BASE32]

Visibility = Annotated[str, Meta(pattern=r"^(public|withheld)\Z")]


class Envelope(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, gc=False):
    """What the ledger holds of an entry. Fields as in ``docs/format.md``."""

    vestige: Annotated[int, Meta(ge=1, le=1)]
    kind: Annotated[str, Meta(pattern=r"^[a-z]{1,20}\Z")]
    about: ThingId
    made: Timestamp
    by: Hash
    replaces: Hash | None
    cites: Annotated[tuple[Hash, ...], Meta(max_length=MOST_CITES)]
    body: Hash
    visibility: Visibility
    sig: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{85}[AQgw]==\Z")]

    def __post_init__(self) -> None:
        if not self.about.startswith(self.kind + ":"):
            raise ValueError(f"expected 'about' to be the id of {an(self.kind)}, got {self.about}")
        if self.made[8:10] > "28":
            last_day(self.made[:10])  # raises ValueError when there is no such day


_encoder = msgspec.json.Encoder(order="sorted")
_SIGNATURE = re.compile(rb'"sig":"[^"]*",')
"""The field as canonical bytes hold it: never last, since "vestige" sorts after it; no other field can hold a quotation mark."""
_decoder = msgspec.json.Decoder(Envelope)


def commitment(salt: bytes, body: bytes) -> str:
    """Commit to a body: SHA-256(salt ‖ canonical body) in hexadecimal."""
    return hashlib.sha256(salt + body).hexdigest()


@functools.lru_cache(maxsize=4096)
def thing_id(kind: str, first_commitment: str) -> str:
    """Give the id of a thing: its kind and the base32 of the first 80 bits of its first body commitment."""
    bits, pairs = int(first_commitment[:20], 16), _PAIRS
    high, low = bits >> 40, bits & 0xFFFFFFFFFF
    return (
        f"{kind}:{pairs[high >> 30]}{pairs[high >> 20 & 1023]}{pairs[high >> 10 & 1023]}{pairs[high & 1023]}"
        f"{pairs[low >> 30]}{pairs[low >> 20 & 1023]}{pairs[low >> 10 & 1023]}{pairs[low & 1023]}"
    )


def fingerprint(key: Ed25519PublicKey) -> str:
    """Name a public key: SHA-256 of its 32 raw bytes, in hexadecimal."""
    return hashlib.sha256(key.public_bytes(Encoding.Raw, PublicFormat.Raw)).hexdigest()


def now() -> str:
    """Give the time of signing as the envelope writes it: UTC, RFC 3339, whole seconds."""
    return dt.datetime.now(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unsigned_envelope(
    *,
    by: str,
    kind: str,
    body: str,
    made: str,
    about: str | None = None,
    replaces: str | None = None,
    cites: tuple[str, ...] = (),
    visibility: str = "public",
) -> Envelope:
    """Make an envelope whose ``sig`` is still empty; ``by`` is the fingerprint of the key that will sign and ``body`` the commitment.

    The caller answers for the form of what it gives: hashes that exist, an id of this kind. Raises InvalidEnvelopeError for more cites than
    readers take.
    """
    if len(cites) > MOST_CITES:
        raise InvalidEnvelopeError(
            f"expected at most {MOST_CITES} entries that it rests on, got {len(cites)}",
            where=f"{kind}, cites",
            hint="cite fewer, or an entry that cites the others",
        )
    return Envelope(
        vestige=FORMAT_VERSION,
        kind=kind,
        about=about or thing_id(kind, body),
        made=made,
        by=by,
        replaces=replaces,
        cites=cites,
        body=body,
        visibility=visibility,
        sig="",
    )


def seal_envelope(unsigned: Envelope, signature: bytes, message: bytes | None = None) -> tuple[bytes, Envelope]:
    """Put the signature over `signed_bytes` into an envelope, and give the canonical bytes of the ledger leaf with their reading.

    ``message`` is those signed bytes, where they are at hand: the leaf is then made of them. Raises InvalidEnvelopeError when the envelope is larger than
    a ledger can hold.
    """
    envelope = msgspec.structs.replace(unsigned, sig=base64.b64encode(signature).decode())
    if message is None:
        leaf = _encoder.encode(envelope)
    else:
        before, version, after = message.rpartition(b'"vestige":')
        head = before[before.index(b"\n", len(_PURPOSE) + 1) + 1 :]
        leaf = b'%s"sig":"%s",%s%s' % (head, envelope.sig.encode(), version, after)
    _require_size(leaf)
    return leaf, envelope


def parse_envelope(leaf: bytes) -> Envelope:
    """Read an envelope from the bytes of a ledger leaf.

    Raises InvalidEnvelopeError when a field is missing, unknown or malformed, or when the bytes are not canonical.
    """
    _require_size(leaf)
    try:
        envelope = _decoder.decode(leaf)
    except NOT_JSON as error:
        raise InvalidEnvelopeError(f"expected an envelope of format {FORMAT_VERSION}: {error}") from error
    if _encoder.encode(envelope) != leaf:
        raise InvalidEnvelopeError("expected canonical JSON (RFC 8785), got another spelling of the same envelope")
    return envelope


def _require_size(leaf: bytes) -> None:
    if len(leaf) > LARGEST_ENVELOPE:
        raise InvalidEnvelopeError(
            f"expected an envelope of at most {LARGEST_ENVELOPE} bytes, got {len(leaf)}", hint="cite fewer entries"
        )


def signed_bytes(envelope: Envelope, origin: str) -> bytes:
    """Give the bytes that the signature covers: a line for what it is, a line for the record's origin, the canonical envelope without ``sig``."""
    return f"{_PURPOSE}\n{origin}\n".encode() + _SIGNATURE.sub(b"", _encoder.encode(envelope), count=1)


def verify_signature(envelope: Envelope, key: Ed25519PublicKey, origin: str) -> bool:
    """Whether the envelope was signed by this key for the record of this origin."""
    try:
        key.verify(base64.b64decode(envelope.sig, validate=True), signed_bytes(envelope, origin))
    except (InvalidSignature, ValueError):
        return False
    return True


def load_public_key(text: str) -> Ed25519PublicKey:
    """Read a public key from the base64 of its 32 raw bytes; raises InvalidEnvelopeError when it is none that one holder could have."""
    try:
        raw = base64.b64decode(text, validate=True)
        return read_public_key(raw if base64.b64encode(raw).decode() == text else b"")
    except WeakKeyError as error:
        raise InvalidEnvelopeError(str(error), where=text[:60]) from error
    except ValueError as error:
        raise InvalidEnvelopeError(
            f"expected the base64 of 32 bytes of an Ed25519 public key, got {text[:60]!r}"
        ) from error
