"""Checkpoints: what a log commits to (C2SP tlog-checkpoint): its origin, how many leaves, their root."""

import base64
import re
from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.ledger._errors import NoteError
from vestige.ledger._note import Verifier, open_note, sign_note, split_note


class Checkpoint(msgspec.Struct, frozen=True):
    """A log of ``size`` leaves with the Merkle tree hash ``root`` (32 bytes), named ``origin``."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, key: Ed25519PrivateKey) -> bytes:
        """Sign under the origin's name and give the note's bytes."""
        return sign_note(self.text, self.origin, key)


_SIZE = re.compile(r"0|[1-9][0-9]{0,18}")


def parse_checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint without checking its signatures; raises NoteError when it is malformed."""
    text, _ = split_note(note)
    lines = text.split("\n")
    if len(lines) < 4 or not lines[0] or not _SIZE.fullmatch(lines[1]):
        raise NoteError("expected a checkpoint of origin, size and root, got something else")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NoteError(f"expected a root in base64, got {lines[2][:60]!r}") from error
    if len(root) != 32:
        raise NoteError(f"expected a root of 32 bytes, got {len(root)}")
    return Checkpoint(lines[0], int(lines[1]), root)


def verify_checkpoint(note: bytes, verifiers: Iterable[Verifier]) -> Checkpoint:
    """Read a checkpoint that one of the verifiers has signed; raises NoteError when none has."""
    checkpoint = parse_checkpoint(note)
    open_note(note, verifiers)
    return checkpoint
