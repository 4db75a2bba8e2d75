"""Signed notes: text that carries signatures (C2SP signed-note).

A note is text that ends in a line feed, an empty line, and one line a signature: an em dash, the key's name, and the base64 of a
four-byte key id and the signature. Signature lines of unknown keys are ignored, as the specification asks; a line of a known key that does
not fit is refused. The text holds no control character but the line feed; at most a hundred lines sign it.
"""

import base64
import re
from collections.abc import Iterable

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.ledger._errors import NoteError
from vestige.ledger._verifier import COSIGNATURE, NAME, Verifier

MOST_SIGNATURES = 100
_DASH = "— "
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f]")
COSIGNED_BYTES = 4 + 8 + 64
"""Bytes of a cosignature: key id, time, signature."""


def sign_note(text: str, name: str, *keys: Ed25519PrivateKey) -> bytes:
    """Sign a text, which must end in a line feed, with one or several keys, and give the note's bytes."""
    data = text.encode()
    return data + note_signature(data, name, *keys)


def note_signature(text: bytes, name: str, *keys: Ed25519PrivateKey) -> bytes:
    """Give what makes a note of a text in UTF-8, which must end in a line feed: the empty line and the signatures."""
    if not text.endswith(b"\n"):
        raise NoteError("expected a text that ends in a line feed, got one that does not")
    lines = (Verifier(name, key.public_key()).key_id + key.sign(text) for key in keys)
    return b"\n" + b"".join(signature_line(name, signature) for signature in lines)


def signature_line(name: str, signature: bytes) -> bytes:
    """Give the line of a signature, which begins with its key id."""
    return f"{_DASH}{name} {base64.b64encode(signature).decode()}\n".encode()


def cosign_text(text: str, seconds: int) -> bytes:
    """Give the message that a witness signs of a checkpoint's text: cosignature/v1 with the time in seconds of Unix (C2SP tlog-cosignature)."""
    return f"cosignature/v1\ntime {seconds}\n{text}".encode()


def note_text(note: bytes) -> bytes:
    """Give the text of a note without its signature lines; the bytes as they are where they are no note."""
    text, blank, _ = note.rpartition(b"\n\n")
    return text + b"\n" if blank else note


def split_note(note: bytes) -> tuple[str, list[tuple[str, bytes]]]:
    """Split a note into its text and its (name, key id ‖ signature) pairs; raises NoteError when it is malformed."""
    try:
        decoded = note.decode()
    except UnicodeDecodeError as error:
        raise NoteError(f"expected a note in UTF-8, got other bytes: {error}") from error
    if "\r\n" in decoded:
        raise NoteError("expected lines that end in a line feed alone: its line ends were changed on the way")
    if _CONTROL.search(decoded):
        raise NoteError("expected a note without control characters, got one that holds some")
    text, blank, lines = decoded.rpartition("\n\n")
    if not blank or not lines.endswith("\n"):
        raise NoteError("expected a text, an empty line and signature lines, got something else")
    found = lines[:-1].split("\n")
    if len(found) > MOST_SIGNATURES:
        raise NoteError(f"expected at most {MOST_SIGNATURES} signature lines, got {len(found)}")
    return text + "\n", [_signature(line) for line in found]


def open_note(note: bytes, verifiers: Iterable[Verifier]) -> str:
    """Check a note and give its text.

    Raises NoteError when the note is malformed, when a signature of a known key is wrong, or when no known key has signed.
    """
    text, signatures = split_note(note)
    if not signers(text, signatures, verifiers):
        names = ", ".join(sorted({name for name, _ in signatures}))
        raise NoteError(f"expected a signature of a key that the record trusts, got only those of: {names[:300]}")
    return text


def signers(
    text: str, signatures: Iterable[tuple[str, bytes]], verifiers: Iterable[Verifier]
) -> list[tuple[Verifier, int | None]]:
    """Give the keys that have signed a text, each with the time in seconds of Unix where it is a witness's.

    Raises NoteError when a signature of one of these keys is wrong.
    """
    known = {(verifier.name, verifier.key_id): verifier for verifier in verifiers}
    found: dict[str, tuple[Verifier, int | None]] = {}
    for name, signature in signatures:
        verifier = known.get((name, signature[:4]))
        if verifier is not None:
            found[str(verifier)] = (verifier, _verify(text, signature, verifier))
    return list(found.values())


def _verify(text: str, signature: bytes, verifier: Verifier) -> int | None:
    seconds, message, start = None, text.encode(), 4
    if verifier.algorithm == COSIGNATURE:
        if len(signature) != COSIGNED_BYTES:
            raise NoteError(
                f"expected a cosignature of {verifier.name} of {COSIGNED_BYTES} bytes, got {len(signature)}"
            )
        seconds, start = int.from_bytes(signature[4:12], "big"), 12
        message = cosign_text(text, seconds)
    try:
        verifier.key.verify(signature[start:], message)
    except InvalidSignature as error:
        raise NoteError(f"expected a signature of {verifier.name} over this text, got one that does not fit") from error
    return seconds


def _signature(line: str) -> tuple[str, bytes]:
    name, space, encoded = line.removeprefix(_DASH).partition(" ")
    try:
        signature = base64.b64decode(encoded, validate=True)
    except ValueError as error:
        raise NoteError(f"expected a signature in base64, got {encoded[:60]!r}") from error
    if base64.b64encode(signature).decode() != encoded:
        # unused bits that are set would be another spelling of the same
        raise NoteError(f"expected a signature in canonical base64, got {encoded[:60]!r}")
    if not line.startswith(_DASH) or not space or not NAME.fullmatch(name) or len(signature) < 5:
        raise NoteError(f"expected a signature line, got {line[:80]!r}")
    return name, signature
