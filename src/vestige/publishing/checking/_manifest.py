"""The manifest: a signed note that names every file of a published folder with its SHA-256."""

import hashlib
import re
from collections.abc import Iterable, Sequence

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from vestige.ledger import NoteError, note_signature, note_text, split_note
from vestige.publishing.views._paths import safe_path

NAME = "manifest"
CHECKPOINT = "ledger/checkpoint"
"""Listed with the SHA-256 of its text, without its signature lines."""
_SECOND_LINE = "vestige manifest 1"
_LINE = re.compile(r"([0-9a-f]{64})  (\S.*)")


_CHECKPOINT_LINE = re.compile(rb"(?m)^[0-9a-f]{64}(  ledger/checkpoint)$")


class Manifest(msgspec.Struct, frozen=True):
    """What a published folder holds: the record's origin, and the SHA-256 of every file by its path."""

    origin: str
    files: dict[str, str]


def sign_manifest(
    origin: str, lines: Iterable[bytes], keys: Sequence[Ed25519PrivateKey], note: bytes
) -> tuple[bytes, bytes]:
    """Write and sign a manifest of lines ``<SHA-256>  <path>`` that come in order of path; gives its text and its signature lines.

    ``note`` is the checkpoint, which is listed by its text, without its signature lines.
    """
    checkpoint = sha256(note_text(note))
    lines = [_CHECKPOINT_LINE.sub(b"%s\\1" % checkpoint.encode(), line) for line in lines]
    text = b"".join([f"{origin}\n{_SECOND_LINE}\n".encode(), *lines])
    return text, note_signature(text, origin, *keys)


def parse_manifest(note: bytes) -> Manifest:
    """Read a manifest without checking its signature.

    Raises NoteError when it is malformed, and InputError when a path would lead out of the folder.
    """
    text, _ = split_note(note)
    lines = text.removesuffix("\n").split("\n")
    if len(lines) < 2 or lines[1] != _SECOND_LINE:
        raise NoteError(f"expected {_SECOND_LINE!r} in the second line of the manifest, got {lines[1:2]!r}")
    files: dict[str, str] = {}
    for number, line in enumerate(lines[2:], 3):
        match = _LINE.fullmatch(line)
        if match is None:
            raise NoteError(
                f"expected a SHA-256, two spaces and a path, got {line[:80]!r}", where=f"manifest line {number}"
            )
        if match[2] in files:
            raise NoteError(f"expected each path once, got {match[2]!r} again", where=f"manifest line {number}")
        files[safe_path(match[2])] = match[1]
    return Manifest(lines[0], files)


def sha256(data: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()
