"""Checkpoints: what a log commits to (C2SP tlog-checkpoint): its origin, how many leaves, their root."""

import base64
import re
from collections.abc import Iterable

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.ledger._errors import NoteError
from vestige.ledger._note import open_note, sign_note, split_note
from vestige.ledger._verifier import Verifier


class Checkpoint(msgspec.Struct, frozen=True):
    """A log of ``size`` leaves with the Merkle tree hash ``root`` (32 bytes), named ``origin``."""

    origin: str
    size: int
    root: bytes

    @property
    def text(self) -> str:
        """The text that is signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\n"

    def sign(self, *keys: Ed25519PrivateKey) -> bytes:
        """Sign under the origin's name and give the note's bytes."""
        return sign_note(self.text, self.origin, *keys)


LARGEST_NOTE = 1_000_000
"""Bytes of a checkpoint with its signature lines that a reader takes."""
_LARGEST_SIZE = 2**53 - 1
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_ORIGIN = re.compile(r"[a-z0-9.-]+(/[A-Za-z0-9._-]+)*")


def parse_checkpoint(note: bytes) -> Checkpoint:
    """Read a checkpoint without checking its signatures; raises NoteError when it is malformed."""
    if len(note) > LARGEST_NOTE:
        raise NoteError(f"expected a checkpoint of at most {LARGEST_NOTE} bytes, got {len(note)}")
    text, _ = split_note(note)
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 3 or not all(lines) or not _SIZE.fullmatch(lines[1]) or int(lines[1]) > _LARGEST_SIZE:
        raise NoteError("expected a checkpoint of origin, size and root, got something else")
    if len(lines[0]) > 100 or not _ORIGIN.fullmatch(lines[0]):
        raise NoteError(f"expected an origin such as example.org/heritage, got {lines[0][:100]!r}")
    try:
        root = base64.b64decode(lines[2], validate=True)
    except ValueError as error:
        raise NoteError(f"expected a root in base64, got {lines[2][:60]!r}") from error
    if len(root) != 32 or base64.b64encode(root).decode() != lines[2]:
        raise NoteError(f"expected a root of 32 bytes in canonical base64, got {lines[2][:60]!r}")
    return Checkpoint(lines[0], int(lines[1]), root)


def verify_checkpoint(note: bytes, verifiers: Iterable[Verifier]) -> Checkpoint:
    """Read a checkpoint that one of the verifiers has signed; raises NoteError when none has."""
    checkpoint = parse_checkpoint(note)
    open_note(note, verifiers)
    return checkpoint
