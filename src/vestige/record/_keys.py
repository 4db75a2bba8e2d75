"""Private keys in files: PEM (PKCS #8), readable by their owner only, never printed."""

import base64
import os
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vestige.durable import fault, make_folder
from vestige.entries import fingerprint
from vestige.record._errors import KeyFileError


def make_key(folder: Path) -> tuple[Ed25519PrivateKey, Path]:
    """Make a key and keep it in ``folder`` under its fingerprint, readable by its owner only."""
    key = Ed25519PrivateKey.generate()
    path = folder / f"{fingerprint(key.public_key())}.key"
    try:
        make_folder(folder)
        folder.chmod(0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise fault(error) from error
    return key, path


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key; raises KeyFileError, which never shows the file's content."""
    try:
        key = load_pem_private_key(path.read_bytes(), password=None)
    except OSError as error:
        raise KeyFileError(f"expected a key file that can be read: {error.strerror}", where=str(path)) from error
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError("expected an Ed25519 private key in PEM, got something else", where=str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("expected an Ed25519 private key, got one of another kind", where=str(path))
    return key


def public_text(key: Ed25519PrivateKey) -> str:
    """Give the public half as a policy lists it: base64 of 32 raw bytes."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
