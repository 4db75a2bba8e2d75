"""A bundle as it lies in its ZIP, read within bounds and believed nothing."""

import hashlib
import lzma
import re
import stat
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from vestige.errors import InputError

LARGEST = 2_000_000_000
MOST_FILES = 50_000
MANIFEST, TAG_MANIFEST = "manifest-sha256.txt", "tagmanifest-sha256.txt"
_END = b"PK\x05\x06"
_END_BYTES = 22
"""How long the last record of a ZIP is that ends with no comment."""
_LINE = re.compile(r"([0-9a-f]{64}) [ *](\S.*)")


class Opened(msgspec.Struct, frozen=True):
    """The files of a bundle by path, and what its two lists say of them: of its payload, and of what describes the bag."""

    files: Mapping[str, bytes]
    listed: Mapping[str, str]
    tags: Mapping[str, str]


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
    """Read a bundle.

    Raises InputError when it is no ZIP, larger than a bundle may be, or can be read in more than one way: with a name twice or twice but for
    its case, a path that leads out, a link, or bytes before its first and after its last record.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            _require_bounds(archive, path)
            _require_one_reading(archive, path)
            files = {info.filename: archive.read(info) for info in archive.infolist() if not info.is_dir()}
    except _OF_BROKEN_ZIPS as error:
        raise InputError(f"expected a bundle that can be read: {error}", where=str(path)) from error
    return Opened(files, _listed(files.get(MANIFEST, b"")), _listed(files.get(TAG_MANIFEST, b"")))


def _require_bounds(archive: zipfile.ZipFile, path: Path) -> None:
    names = archive.namelist()
    if len(names) > MOST_FILES or sum(info.file_size for info in archive.infolist()) > LARGEST:
        raise InputError(f"expected a bundle of at most {MOST_FILES} files and {LARGEST:,} bytes", where=str(path))
    if len(set(names)) < len(names):
        raise InputError("expected each file once, got one name twice", where=str(path))
    if any(name.startswith("/") or ".." in name.split("/") for name in names):
        raise InputError("expected files within the bundle, got a path that leads out of it", where=str(path))


def _require_one_reading(archive: zipfile.ZipFile, path: Path) -> None:
    """Refuse what programs read differently: some read a ZIP from its first byte, some from its last, some know no case."""
    infos = archive.infolist()
    if len({info.filename.casefold() for info in infos}) < len(infos):
        raise InputError("expected each file once, got two names that differ by case alone", where=str(path))
    links = [info.filename for info in infos if stat.S_ISLNK(info.external_attr >> 16)]
    if links:
        raise InputError(f"expected files, got a link: {links[0]}", where=str(path))
    if min((info.header_offset for info in infos), default=0) > 0:
        raise InputError("expected a ZIP alone, got bytes before its first file", where=str(path))
    with path.open("rb") as file:
        file.seek(-_END_BYTES, 2)
        end = file.read()
    if not end.startswith(_END):
        raise InputError("expected a ZIP alone, got bytes after its end", where=str(path))


def _listed(manifest: bytes) -> dict[str, str]:
    lines = (_LINE.fullmatch(line) for line in manifest.decode("utf-8", "replace").splitlines())
    return {line[2]: line[1] for line in lines if line}


def sha256(content: bytes) -> str:
    """Give the SHA-256 of bytes in hexadecimal."""
    return hashlib.sha256(content).hexdigest()
