"""Verifier keys of signed notes (C2SP signed-note): a name with a public key and what it may sign, in the one line ``name+id+base64``."""

import base64
import hashlib
import re
from typing import Final

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vestige.ledger._errors import NoteError
from vestige.public_keys import WeakKeyError, read_public_key

ED25519: Final = 0x01
"""Signs the text of a note as it is."""
COSIGNATURE: Final = 0x04
"""Signs the text with the time at which a witness saw it (C2SP tlog-cosignature, cosignature/v1)."""

NAME = re.compile("[^+\u0000-\u0020\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+")
"""A key's name: neither white space of Unicode nor a plus."""


_FORM = "a verifier key reads name+id+base64, in one line"


class Verifier(msgspec.Struct, frozen=True):
    """A name and a public key that may sign notes under it; ``algorithm`` is `ED25519` for a log, `COSIGNATURE` for a witness."""

    name: str
    key: Ed25519PublicKey
    algorithm: int = ED25519

    @property
    def raw(self) -> bytes:
        """The 32 bytes of the public key."""
        return self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)

    @property
    def key_id(self) -> bytes:
        """The four bytes that mark this key's signatures: the start of SHA-256(name ‖ LF ‖ algorithm ‖ key)."""
        return hashlib.sha256(self.name.encode() + b"\n" + bytes([self.algorithm]) + self.raw).digest()[:4]

    def __str__(self) -> str:
        """Give the key in the form that other log clients read: ``name+id+base64``."""
        encoded = base64.b64encode(bytes([self.algorithm]) + self.raw).decode()
        return f"{self.name}+{self.key_id.hex()}+{encoded}"


def parse_vkey(text: str) -> Verifier:
    """Read a verifier key; raises NoteError when it is malformed, of another algorithm, of a weak key, or its id is not that of its key."""
    name, _, rest = text.strip().partition("+")
    key_id, _, encoded = rest.partition("+")
    try:
        data = base64.b64decode(encoded, validate=True)
        verifier = Verifier(name, read_public_key(data[1:]), data[0]) if data else None
    except WeakKeyError as error:
        raise NoteError(str(error), where=text[:120]) from error
    except ValueError as error:
        raise NoteError(f"expected a verifier key: {error}", where=text[:120], hint=_FORM) from error
    if verifier is None or not NAME.fullmatch(name) or verifier.algorithm not in {ED25519, COSIGNATURE}:
        raise NoteError("expected a verifier key of an Ed25519 key, got something else", where=text[:120], hint=_FORM)
    if str(verifier) != text.strip():
        raise NoteError(
            f"expected the key id {verifier.key_id.hex()}, got {key_id[:20]!r}", where=text[:120], hint=_FORM
        )
    return verifier
