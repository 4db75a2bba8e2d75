"""Preserved files by SHA-256: the same bytes are kept once; public and withheld ones in folders of their own."""

import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from vestige.archive._errors import ArchiveError
from vestige.durable import TEMPORARY, close_to_others, fault, make_folder, sync_folder

_CHUNK = 1 << 20
VISIBILITIES = ("public", "withheld")


class FileStore:
    """Files by the SHA-256 of their bytes, in ``<root>/<visibility>/<first two digits>/<hash>``."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, content: bytes | Path, *, withheld: bool = False) -> str:
        """Keep the bytes, or the bytes of the file at a path, and give their SHA-256.

        Bytes that are already public stay so; bytes that were withheld become public when they are put as public.
        Raises EnvironmentFault when the machine refuses and ArchiveError when the path cannot be read.
        """
        try:
            make_folder(self.root)
            temporary, name = self._copy(content)
            target = self.path_of(name, withheld=withheld and not self.path_of(name).exists())
            self._make_shelf(target.parent)
            temporary.replace(target)
            sync_folder(target.parent)
            if not withheld:
                self.path_of(name, withheld=True).unlink(missing_ok=True)
        except OSError as error:
            raise fault(error) from error
        return name

    def path_of(self, name: str, *, withheld: bool = False) -> Path:
        """Give the path at which a file is, or would be, kept."""
        return self.root / VISIBILITIES[withheld] / name[:2] / name

    def find(self, name: str) -> Path:
        """Give the path of a kept file; raises ArchiveError when it is not there."""
        for withheld in (False, True):
            path = self.path_of(name, withheld=withheld)
            if path.is_file():
                return path
        raise ArchiveError("expected a preserved file, got none", where=name)

    def read(self, name: str) -> bytes:
        """Give the bytes of a kept file; raises ArchiveError when it is not there or was altered."""
        data = self.find(name).read_bytes()
        got = hashlib.sha256(data).hexdigest()
        if got != name:
            raise ArchiveError(f"expected bytes with SHA-256 {name}, got {got}", where=str(self.find(name)))
        return data

    def open(self, name: str) -> None:
        """Make a withheld file public; one that is public, or not there, is left as it is. Raises EnvironmentFault when the machine refuses."""
        kept, target = self.path_of(name, withheld=True), self.path_of(name)
        try:
            if kept.is_file():
                self._make_shelf(target.parent)
                kept.replace(target)
                sync_folder(target.parent)
        except OSError as error:
            raise fault(error) from error

    def delete(self, name: str) -> None:
        """Delete a file wherever it is kept."""
        for withheld in (False, True):
            self.path_of(name, withheld=withheld).unlink(missing_ok=True)

    def __iter__(self) -> Iterator[Path]:
        """Give the path of everything that lies in the store, in order, but files that are being written."""
        for folder, folders, names in os.walk(self.root):
            folders.sort()
            yield from (Path(folder, name) for name in sorted(names) if not name.startswith(TEMPORARY))

    def _copy(self, content: bytes | Path) -> tuple[Path, str]:
        """Copy into a temporary file beside the shelves, forced to the disk, and give its path and hash."""
        digest = hashlib.sha256()
        with tempfile.NamedTemporaryFile("wb", dir=self.root, prefix=TEMPORARY, delete=False) as file:
            try:
                for chunk in _chunks(content):
                    digest.update(chunk)
                    file.write(chunk)
                file.flush()
                os.fsync(file.fileno())
            except BaseException:
                Path(file.name).unlink(missing_ok=True)
                raise
        return Path(file.name), digest.hexdigest()

    def _make_shelf(self, shelf: Path) -> None:
        make_folder(shelf)
        if shelf.parent.name == "withheld":
            close_to_others(shelf.parent)


def hash_file(path: Path) -> str:
    """Give the SHA-256 of a file's bytes, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _chunks(content: bytes | Path) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content
        return
    try:
        file = content.open("rb")
    except OSError as error:
        raise ArchiveError(f"expected a file that can be read: {error.strerror}", where=str(content)) from error
    with file:
        while chunk := file.read(_CHUNK):
            yield chunk
