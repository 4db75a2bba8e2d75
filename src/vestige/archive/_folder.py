"""Preserved files in a folder: ``<root>/<visibility>/<first two digits>/<hash>``, written by temporary file, fsync and rename."""

import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

from vestige.archive._store import Kept, Store, absent, chunks
from vestige.durable import TEMPORARY, close_to_others, fault, make_folder, sync_folder

VISIBILITIES = ("public", "withheld")
_ADDRESS = re.compile(r"(?P<shelf>public|withheld)/(?P<first>[0-9a-f]{2})/(?P<name>(?P=first)[0-9a-f]{62})")


class FolderStore(Store):
    """A store in a folder of this machine."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, content: bytes | Path, *, withheld: bool = False) -> str:
        """Keep bytes as `Store.put` says; when this returns they are on the disk."""
        try:
            make_folder(self._root)
            temporary, name = self._copy(content)
            target = self._place(name, withheld=withheld and not self._place(name).exists())
            self._make_shelf(target.parent)
            temporary.replace(target)
            sync_folder(target.parent)
            if not withheld:
                self._place(name, withheld=True).unlink(missing_ok=True)
        except OSError as error:
            raise fault(error) from error
        return name

    def open(self, name: str, *, withheld: bool = False) -> BinaryIO:
        """Open the file itself, so that a reader may map it."""
        try:
            return self._place(name, withheld=withheld).open("rb")
        except OSError as error:
            raise absent(name) from error

    def exists(self, name: str, *, withheld: bool = False) -> bool:
        """Tell whether the file is there."""
        return self._place(name, withheld=withheld).is_file()

    def size(self, name: str, *, withheld: bool = False) -> int:
        """Give the size that the file system tells."""
        try:
            return self._place(name, withheld=withheld).stat().st_size
        except OSError as error:
            raise absent(name) from error

    def delete(self, name: str) -> None:
        """Delete a file from both shelves."""
        for withheld in (False, True):
            self._place(name, withheld=withheld).unlink(missing_ok=True)

    def walk(self) -> Iterator[Kept]:
        """Give every file and link below the folder; what stands at another place than its name asks for is none of ours."""
        for folder, folders, names in os.walk(self._root):
            folders.sort()
            yield from (self._kept(Path(folder, name)) for name in sorted(names) if not name.startswith(TEMPORARY))

    def make_public(self, name: str) -> None:
        """Move a file from the withheld shelf to the public one."""
        kept, target = self._place(name, withheld=True), self._place(name)
        try:
            if kept.is_file():
                self._make_shelf(target.parent)
                kept.replace(target)
                sync_folder(target.parent)
        except OSError as error:
            raise fault(error) from error

    def _place(self, name: str, *, withheld: bool = False) -> Path:
        return self._root / VISIBILITIES[withheld] / name[:2] / name

    def _kept(self, path: Path) -> Kept:
        address = path.relative_to(self._root).as_posix()
        match = None if path.is_symlink() else _ADDRESS.fullmatch(address)
        return (
            Kept(address, match["name"], match["shelf"] == "withheld") if match else Kept(address, None, withheld=False)
        )

    def _copy(self, content: bytes | Path) -> tuple[Path, str]:
        """Copy into a temporary file beside the shelves, forced to the disk, and give its path and hash."""
        digest = hashlib.sha256()
        with tempfile.NamedTemporaryFile("wb", dir=self._root, prefix=TEMPORARY, delete=False) as file:
            try:
                for chunk in chunks(content):
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
    """Give the SHA-256 of the bytes of a file of this machine, read in parts."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
