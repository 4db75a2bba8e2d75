"""A bundle as it lies in its ZIP, read within bounds and believed nothing."""

import hashlib
import lzma
import re
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from vestige.errors import InputError

LARGEST = 2_000_000_000
MOST_FILES = 50_000
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


class Opened(msgspec.Struct, frozen=True):
    """The files of a bundle by path, and what its manifest says of them."""

    files: Mapping[str, bytes]
    listed: Mapping[str, str]


_OF_BROKEN_ZIPS = (
    OSError, zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, ValueError, RuntimeError, NotImplementedError
)  # fmt: skip
"""What `zipfile` raises for archives that are broken, encrypted or packed as it cannot unpack."""


def is_bundle(path: Path) -> bool:
    """Whether a file is a ZIP that holds a bag."""
    if not (path.is_file() and zipfile.is_zipfile(path)):
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except _OF_BROKEN_ZIPS:
        return False
    return "bagit.txt" in names and any(name.startswith("data/entries/") or name == "data/checkpoint" for name in names)


def open_bundle(path: Path) -> Opened:
    """Read a bundle; raises InputError when it is no ZIP, larger than a bundle may be, or names a file twice or outside itself."""
    try:
        with zipfile.ZipFile(path) as archive:
            _require_bounds(archive, path)
            files = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except _OF_BROKEN_ZIPS as error:
        raise InputError(f"expected a bundle that can be read: {error}", where=str(path)) from error
    return Opened(files, _listed(files.get("manifest-sha256.txt", b"")))


def _require_bounds(archive: zipfile.ZipFile, path: Path) -> None:
    names = archive.namelist()
    if len(names) > MOST_FILES or sum(info.file_size for info in archive.infolist()) > LARGEST:
        raise InputError(f"expected a bundle of at most {MOST_FILES} files and {LARGEST:,} bytes", where=str(path))
    if len(set(names)) < len(names):
        raise InputError("expected each file once, got one name twice", where=str(path))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise InputError("expected files within the bundle, got a path that leads out of it", where=str(path))


def _listed(manifest: bytes) -> dict[str, str]:
    lines = (_LINE.fullmatch(line) for line in manifest.decode("utf-8", "replace").splitlines())
    return {line[2]: line[1] for line in lines if line}


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
