"""The auditor's own folder: a key that opens what was sealed, a key that signs, and the number that the sample follows from.

It lies with the auditor, never with the keeper; only its owner reads it. One folder serves one call, so that nobody commits to a second number unseen.
"""

import base64
import secrets
from pathlib import Path
from typing import NamedTuple

import msgspec
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from vestige.entries import Assessor, canonical_json, decode_body, fingerprint, sign_inner
from vestige.entries.acts import Draw, nonce_commitment
from vestige.errors import InputError
from vestige.keeping.acts._handed_files import read_handed

SEALING, SIGNING, NUMBER, DRAW = "sealing.key", "signing.key", "number.txt", "draw.json"
_LARGEST = 1 << 16


class AuditorKeys(NamedTuple):
    """An auditor's keys: ``sealing`` opens what was sealed to its public half, ``signing`` signs draw and audit."""

    sealing: X25519PrivateKey
    signing: Ed25519PrivateKey

    def sealed_to(self) -> str:
        """Give the public half to which openings are sealed, as a call names it in ``sealed_to``: base64."""
        return base64.b64encode(self.sealing.public_key().public_bytes_raw()).decode()

    def signer(self) -> str:
        """Give the fingerprint of the key that signs."""
        return fingerprint(self.signing.public_key())


def make_auditor(folder: Path) -> AuditorKeys:
    """Make an auditor's folder with new keys; raises InputError when it holds keys already."""
    keys = AuditorKeys(X25519PrivateKey.generate(), Ed25519PrivateKey.generate())
    for name, key in ((SEALING, keys.sealing), (SIGNING, keys.signing)):
        write_own(folder / name, key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return keys


def auditor_keys(folder: Path) -> AuditorKeys:
    """Read an auditor's keys; raises InputError in one line, which never shows the file's content."""
    sealing, signing = _key(folder / SEALING), _key(folder / SIGNING)
    if not isinstance(sealing, X25519PrivateKey) or not isinstance(signing, Ed25519PrivateKey):
        raise InputError("expected the keys that vestige call auditor made, got others", where=str(folder))
    return AuditorKeys(sealing, signing)


def commit_to_sample(folder: Path, call: str, size: int, name: str, organisation: str | None = None) -> Path:
    """Choose a number that nobody else knows and write the signed draw that commits to it, for the keeper to enter; give its file.

    Raises InputError when this folder has committed before: a second number would let its auditor choose between samples.
    """
    keys = auditor_keys(folder)
    if (folder / NUMBER).exists():
        raise InputError(
            "a number was committed to before: one folder serves one call",
            where=str(folder / NUMBER),
            hint="for another call, make another folder with vestige call auditor",
        )
    number = secrets.token_bytes(32).hex()
    fields = {
        "call": call,
        "auditor": msgspec.to_builtins(Assessor(name=name, organisation=organisation)),
        "size": size,
        "committed": nonce_commitment(number),
    }
    draw = decode_body("draw", canonical_json(fields))
    write_own(folder / NUMBER, number.encode() + b"\n")
    return write_own(folder / DRAW, canonical_json(sign_inner(draw, keys.signing)) + b"\n")


def own_draw(folder: Path) -> tuple[Draw, str]:
    """Give the draw of an auditor's folder and the number that it commits to; raises InputError when there is none."""
    draw = decode_body("draw", read_handed(folder / DRAW, _LARGEST))
    number = read_handed(folder / NUMBER, _LARGEST).decode("utf-8", "replace").strip()
    if not isinstance(draw, Draw) or len(number) != 64 or nonce_commitment(number) != draw.committed:
        raise InputError("expected the number that draw.json commits to, got another", where=str(folder / NUMBER))
    return draw, number


def write_own(file: Path, data: bytes, *, anew: bool = False) -> Path:
    """Write a file that only its owner reads; raises InputError when it is there already, unless it is to be written ``anew``."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if anew:
            file.unlink(missing_ok=True)
        file.touch(mode=0o600, exist_ok=False)
        file.write_bytes(data)
    except FileExistsError as error:
        raise InputError("is there already, and is not written over", where=str(file)) from error
    except OSError as error:
        raise InputError(f"cannot be written: {error.strerror}", where=str(file)) from error
    return file


def _key(file: Path) -> object:
    try:
        return load_pem_private_key(read_handed(file, _LARGEST), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise InputError("expected a private key in PEM, got something else", where=str(file)) from error
