"""Signed notes: text that carries Ed25519 signatures (C2SP signed-note).

A note is text that ends in a line feed, an empty line, and one line a signature: an em dash, the key's name, and the base64 of a
four-byte key id and the signature. Signature lines of unknown keys are ignored, as the specification asks.
"""

import base64
import hashlib
from collections.abc import Iterable

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from vestige.ledger._errors import NoteError

_ED25519 = b"\x01"
_DASH = "— "


class Verifier(msgspec.Struct, frozen=True):
    """A name and a public key that may sign notes under it."""

    name: str
    key: Ed25519PublicKey

    @property
    def key_id(self) -> bytes:
        """The four bytes that mark this key's signatures: the start of SHA-256(name ‖ LF ‖ 0x01 ‖ key)."""
        raw = self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return hashlib.sha256(self.name.encode() + b"\n" + _ED25519 + raw).digest()[:4]

    def __str__(self) -> str:
        """Give the key in the form that other log clients read: ``name+id+base64``."""
        raw = self.key.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return f"{self.name}+{self.key_id.hex()}+{base64.b64encode(_ED25519 + raw).decode()}"


def sign_note(text: str, name: str, key: Ed25519PrivateKey) -> bytes:
    """Sign a text, which must end in a line feed, and give the note's bytes."""
    data = text.encode()
    return data + note_signature(data, name, key)


def note_signature(text: bytes, name: str, key: Ed25519PrivateKey) -> bytes:
    """Give what makes a note of a text in UTF-8, which must end in a line feed: the empty line and the signature."""
    if not text.endswith(b"\n"):
        raise NoteError("expected a text that ends in a line feed, got one that does not")
    signature = Verifier(name, key.public_key()).key_id + key.sign(text)
    return f"\n{_DASH}{name} {base64.b64encode(signature).decode()}\n".encode()


def split_note(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Split a note into its text and its (name, key id ‖ signature) pairs; raises NoteError when it is malformed."""
    try:
        decoded = note.decode()
    except UnicodeDecodeError as error:
        raise NoteError(f"expected a note in UTF-8, got other bytes: {error}") from error
    text, blank, lines = decoded.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteError("expected a text, an empty line and signature lines, got something else")
    return text + "\n", [_signature(line) for line in lines[:-1].split("\n")]


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> str:
    """Check a note and give its text.

    Raises NoteError when the note is malformed, when a signature of a known key is wrong, or when no known key has signed.
    """
    text, signatures = split_note(note)
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    good = False
    for name, signature in signatures:
        verifier = known.get((name, signature[:4]))
        if verifier is None:
            continue
        try:
            verifier.key.verify(signature[4:], text.encode())
        except InvalidSignature as error:
            raise NoteError(f"expected a signature of {name} over this text, got one that does not fit") from error
        good = True
    if not good:
        names = ", ".join(sorted({name for name, _ in signatures}))
        raise NoteError(f"expected a signature of a key that the record trusts, got only those of: {names}")
    return text


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteError(f"expected a signature in base64, got {encoded[:60]!r}") from error
    if (
        base64.b64encode(signature).decode() != encoded
    ):  # unused bits that are set would be another spelling of the same
        raise NoteError(f"expected a signature in canonical base64, got {encoded[:60]!r}")
    if not line.startswith(_DASH) or not name or not space or len(signature) < 5:
        raise NoteError(f"expected a signature line, got {line[:80]!r}")
    return name, signature
