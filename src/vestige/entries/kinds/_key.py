"""A key of a policy, with its role and the person behind it, and a witness of the log."""

import base64
import hashlib
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Handle, Value
from vestige.public_keys import read_public_key

_COSIGNATURE = 0x04
"""The type of a key that signs with a time (C2SP tlog-cosignature)."""
ROLES = ("log", "contributor", "reviewer", "keeper")


class Key(Value, frozen=True, kw_only=True):
    """A public key under a handle, never a real name, since a policy cannot be erased.

    ``role`` says what it may sign: *log* checkpoints and manifests alone; *contributor*, *reviewer* and *keeper* entries. ``person`` is the handle of
    whoever holds it, where one person has several keys; without it, the key's own handle.
    """

    public: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\Z", description="raw Ed25519 public key, base64")
    ]
    handle: Handle
    role: Annotated[str, Meta(pattern=r"^(log|contributor|reviewer|keeper)\Z")]
    person: Handle | None = None
    retired: bool = False

    def __post_init__(self) -> None:
        if self.public:  # a blank one is filled in when the record is made, and never encoded
            read_public_key(base64.b64decode(self.public))

    @property
    def holder(self) -> str:
        """The handle of the person behind it."""
        return self.person or self.handle


class Witness(Value, frozen=True, kw_only=True):
    """A witness that cosigns checkpoints (C2SP tlog-witness): its verifier key of type 0x04, and where it is asked."""

    vkey: Annotated[str, Meta(pattern=r"^[^\s\ufeff+\x00-\x1f\x7f-\x9f]{1,200}\+[0-9a-f]{8}\+[A-Za-z0-9+/]{44}\Z")]
    url: Annotated[str, Meta(pattern=r"^https?://[!-~]{1,500}\Z")] | None = None

    def __post_init__(self) -> None:
        name, key_id, encoded = self.vkey.split("+", 2)
        raw = base64.b64decode(encoded)
        if raw[0] != _COSIGNATURE:
            raise ValueError(f"expected the verifier key of a witness, of type 0x04, got type 0x{raw[0]:02x}")
        read_public_key(raw[1:])
        expected = hashlib.sha256(name.encode() + b"\n" + raw).hexdigest()[:8]
        if key_id != expected:
            raise ValueError(f"expected the id {expected} of the witness's key, got {key_id}: a part of it is mistyped")


BLANK_KEYS = (Key(public="", handle="log", role="log"), Key(public="", handle="keeper", role="keeper"))
"""Stands for the keys of a policy whose record is still to be made."""
