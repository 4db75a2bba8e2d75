"""Writing into the published folder: only what changed, each file whole or not at all."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable
from pathlib import Path

from vestige.errors import EnvironmentFault
from vestige.publishing._state import Written

_TEMPORARY = ".vestige-"


class Output:
    """A folder that is being written, and what was put into it since it was last drained.

    ``known`` gives the SHA-256 of a file as it is known to lie there; without it a file that exists is read and compared. ``empty`` says that
    the folder was empty at first, so that there is nothing to compare with.
    """

    def __init__(self, root: Path, known: Callable[[str], str | None] | None = None, *, empty: bool = False) -> None:
        self.root = str(root)
        self._known = known
        self._empty = empty
        self._folders: set[str] = set()
        self._files: list[Written] = []
        self.pages = 0
        self.written = 0

    def put(self, path: str, data: bytes, owner: str) -> None:
        """Put bytes at a path, unless they lie there already."""
        sha = hashlib.sha256(data).hexdigest()
        self._files.append(Written(path, sha, owner))
        self.pages += path.endswith(".html")
        if self._known is not None:
            if self._known(path) != sha:
                self._write(path, data, fresh=False)
            return
        if self._empty:
            self._write(path, data, fresh=True)
        else:
            self._write_unless_same(path, data)

    def drain(self) -> list[Written]:
        """Give the files that were put since the last time."""
        files, self._files = self._files, []
        return files

    def remove(self, paths: Iterable[str]) -> int:
        """Delete files that the site no longer has, and folders that they leave empty."""
        count = 0
        for path in paths:
            target = Path(self.root, path)
            with contextlib.suppress(FileNotFoundError):
                target.unlink()
                count += 1
            self._prune(target.parent)
        return count

    def _prune(self, folder: Path) -> None:
        while folder != Path(self.root):
            try:
                folder.rmdir()
            except OSError:
                return
            self._folders.discard(str(folder))
            folder = folder.parent

    def _write_unless_same(self, path: str, data: bytes) -> None:
        target = f"{self.root}/{path}"
        try:
            descriptor = os.open(target, os.O_RDONLY | os.O_NOFOLLOW)
        except FileNotFoundError:
            self._write(path, data, fresh=True)
            return
        except OSError:
            self._write(path, data, fresh=False)
            return
        with os.fdopen(descriptor, "rb") as file:
            same = os.fstat(descriptor).st_size == len(data) and file.read() == data
        if not same:
            self._write(path, data, fresh=False)

    def _write(self, path: str, data: bytes, *, fresh: bool) -> None:
        """Write a file; one that may be read just now is replaced by renaming."""
        target = f"{self.root}/{path}"
        folder, _, name = target.rpartition("/")
        place = target if fresh else f"{folder}/{_TEMPORARY}{name}"
        try:
            if folder not in self._folders:
                os.makedirs(folder, exist_ok=True)  # noqa: PTH103
                self._folders.add(folder)
            descriptor = os.open(place, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o644)
            try:
                _write_all(descriptor, data)
            finally:
                os.close(descriptor)
            if not fresh:
                os.replace(place, target)  # noqa: PTH105
        except OSError as error:
            raise EnvironmentFault(
                f"cannot write: {error.strerror}", where=target, hint="free space or choose another folder"
            ) from error
        self.written += 1


def _write_all(descriptor: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(descriptor, view) :]
