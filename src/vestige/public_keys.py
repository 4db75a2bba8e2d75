"""Ed25519 public keys that somebody can hold (RFC 8032): the encodings that anybody could sign with are refused everywhere.

A key of low order lets anybody make a signature that fits every message, and another spelling of a key would give one key two fingerprints. Both
are refused wherever a key is read: in a policy, in a verifier key, in a file.
"""

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

_PRIME = 2**255 - 19
_ORDER_EIGHT = int.from_bytes(
    bytes.fromhex("26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05"), "little"
)
_LOW = frozenset({0, 1, _PRIME - 1, _ORDER_EIGHT, _PRIME - _ORDER_EIGHT})
"""The y coordinates of the eight points of small order."""


class WeakKeyError(ValueError):
    """The bytes are no Ed25519 public key that one holder could have."""


def read_public_key(raw: bytes) -> Ed25519PublicKey:
    """Read a public key from its 32 bytes; raises WeakKeyError for another length, a key of low order or another spelling of a key."""
    if len(raw) != 32:
        raise WeakKeyError(f"expected an Ed25519 public key of 32 bytes, got {len(raw)}")
    height = int.from_bytes(raw, "little") & (1 << 255) - 1
    if height >= _PRIME:
        raise WeakKeyError("expected an Ed25519 public key in its one canonical spelling, got another")
    if height in _LOW:
        raise WeakKeyError(
            "expected an Ed25519 public key that somebody holds, got one of low order with which anybody signs"
        )
    return Ed25519PublicKey.from_public_bytes(raw)
