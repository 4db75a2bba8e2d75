"""Private keys in files: PEM (PKCS #8), readable by their owner only, under a passphrase where one was set; never printed.

A key is proved to be held by a signature over the record's origin, so that a policy lists no key that nobody holds.
"""

import base64
import getpass
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from cryptography.exceptions import InvalidSignature, UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from vestige.durable import fault, make_folder, write_file
from vestige.entries import fingerprint, is_hash, load_public_key
from vestige.record._errors import KeyFileError

PASSPHRASE = "VESTIGE_PASSPHRASE"  # noqa: S105 - the name of a variable
"""The variable of the environment that gives the passphrase where nobody can be asked."""
PRIVATE_MARK = b"PRIVATE KEY-----"
_POSSESSION = "vestige key possession v1"


def make_key(folder: Path) -> tuple[Ed25519PrivateKey, Path]:
    """Make a key and keep it in ``folder`` under its fingerprint, readable by its owner only."""
    key = Ed25519PrivateKey.generate()
    path = folder / f"{fingerprint(key.public_key())}.key"
    try:
        make_folder(folder)
        folder.chmod(0o700)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(_pem(key, NoEncryption()))
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise fault(error) from error
    return key, path


def load_key(path: Path) -> Ed25519PrivateKey:
    """Read a private key, asking for its passphrase where it has one; raises KeyFileError, which never shows the file's content."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise KeyFileError(f"expected a key file that can be read: {error.strerror}", where=str(path)) from error
    try:
        key = load_pem_private_key(data, password=_passphrase(path) if is_protected(data) else None)
    except (ValueError, TypeError, UnsupportedAlgorithm) as error:
        raise KeyFileError(_unreadable(data), where=str(path)) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyFileError("expected an Ed25519 private key, got one of another kind", where=str(path))
    return key


def _unreadable(data: bytes) -> str:
    if is_protected(data):
        return "expected the passphrase of this key, got another"
    return "expected an Ed25519 private key in PEM, got something else"


def is_protected(data: bytes) -> bool:
    """Whether a key file asks for a passphrase."""
    return b"ENCRYPTED PRIVATE KEY" in data


def _passphrase(path: Path) -> bytes:
    given = os.environ.get(PASSPHRASE)
    if given is None and sys.stdin.isatty():
        given = getpass.getpass(f"passphrase of {path}: ")
    if not given:
        raise KeyFileError("expected a passphrase", where=str(path), hint=f"set {PASSPHRASE}, or run it in a terminal")
    return given.encode()


def protect_key(path: Path, passphrase: str) -> None:
    """Write a key file anew under another passphrase, or under none when it is empty."""
    key = load_key(path)
    write_file(path, _pem(key, BestAvailableEncryption(passphrase.encode()) if passphrase else NoEncryption()))
    path.chmod(0o600)


def _pem(key: Ed25519PrivateKey, encryption: KeySerializationEncryption) -> bytes:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, encryption)


def own_keys(folder: Path) -> Iterator[tuple[str, Path]]:
    """Give the fingerprint and path of every private key in a folder: by the file's name, or by what it holds where that is open to read."""
    for path in sorted(folder.glob("*.key")) if folder.is_dir() else ():
        if is_hash(path.stem):
            yield path.stem, path
        elif not is_protected(path.read_bytes()):
            yield fingerprint(load_key(path).public_key()), path


def public_text(key: Ed25519PrivateKey) -> str:
    """Give the public half as a policy lists it: base64 of 32 raw bytes."""
    return base64.b64encode(key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()


def prove_possession(key: Ed25519PrivateKey, origin: str) -> str:
    """Give what a keeper needs to list a key: ``public.proof``, the proof a signature over the record's origin and the public half."""
    public = public_text(key)
    return f"{public}.{base64.b64encode(key.sign(_possession(public, origin))).decode()}"


def proven_public(text: str, origin: str) -> str:
    """Give the public half of what `prove_possession` gave; raises KeyFileError when nobody has proved to hold it for this record."""
    public, _, proof = text.strip().partition(".")
    key = load_public_key(public)
    try:
        key.verify(base64.b64decode(proof, validate=True), _possession(public, origin))
    except (InvalidSignature, ValueError) as error:
        raise KeyFileError(
            f"expected a proof that somebody holds this key for {origin}, got {'another' if proof else 'none'}",
            where=public,
            hint=f"whoever holds it runs: vestige key prove FILE.key --origin {origin}",
        ) from error
    return public


def _possession(public: str, origin: str) -> bytes:
    return f"{_POSSESSION}\n{origin}\n{public}\n".encode()
