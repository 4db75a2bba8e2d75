"""Writing into the published folder: only what changed, each file whole or not at all."""

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from vestige.errors import EnvironmentFault
from vestige.publishing.data._splice import Kept, splice
from vestige.publishing.memory._files import Written

_TEMPORARY = ".vestige-"
_MOST_CHUNKS = 512
_Bytes = bytes | memoryview
_pool = ThreadPoolExecutor(2, thread_name_prefix="output")


class Output:
    """A folder that is being written, and what was put into it since it was last drained.

    ``known`` gives the SHA-256 of a file as it is known to lie there; without it a file that exists is read and compared. ``empty`` says that
    the folder was empty at first, so that there is nothing to compare with.
    """

    def __init__(self, root: Path, known: Callable[[str], str | None] | None = None, *, empty: bool = False) -> None:
        self.root = str(root)
        self._known = known
        self.empty = empty
        self._folders: set[str] = set()
        self._files: list[Written] = []
        self._later: list[tuple[str, str, Callable[[], bytes], Future[tuple[str, bool] | None]]] = []
        self.pages = 0
        self.written = 0
        self.removed = 0

    def put(self, path: str, data: bytes, owner: str, *, known: str | None = None) -> str:
        """Put bytes at a path, unless they lie there already, and give their SHA-256. ``known`` is that of the file as it lies there."""
        self.pages += path.endswith(".html")
        return self.put_chunks(path, [data], owner, known=known)

    def put_chunks(self, path: str, chunks: Sequence[bytes], owner: str, *, known: str | None = None) -> str:
        """Put bytes that come in chunks at a path, as `put` does."""
        sha, wrote = self._place(path, chunks, known or self._expected(path))
        self._note(path, sha, owner, wrote=wrote)
        return sha

    def put_later(self, path: str, make: Callable[[], bytes], owner: str) -> None:
        """Put what ``make`` gives at a path, in a thread: for large data, whose hashing and writing need not be waited for."""
        expected = self._expected(path)
        self._later.append((path, owner, make, _pool.submit(lambda: self._place(path, [make()], expected))))

    def splice_later(self, path: str, chunks: Sequence[Kept | bytes], whole: Callable[[], bytes], owner: str) -> None:
        """Put at a path what a plan makes of the file that lies there, in a thread; ``whole`` is put where that is not the known file."""
        self._later.append((path, owner, whole, _pool.submit(self._splice, path, chunks, self._expected(path))))

    def drain(self) -> list[Written]:
        """Give the files that were put since the last time, once all are there."""
        later, self._later = self._later, []
        for path, owner, make, placed in later:
            sha, wrote = placed.result() or self._place(path, [make()], None)
            self._note(path, sha, owner, wrote=wrote)
        files, self._files = self._files, []
        return files

    def _expected(self, path: str) -> str | None:
        return self._known(path) if self._known is not None else None

    def _note(self, path: str, sha: str, owner: str, *, wrote: bool) -> None:
        self._files.append(Written(path, sha, owner))
        self.written += wrote

    def _place(self, path: str, chunks: Sequence[_Bytes], expected: str | None) -> tuple[str, bool]:
        """Write a file unless it lies there already, and give its SHA-256 and whether it was written."""
        digest = hashlib.sha256()
        for chunk in chunks:
            digest.update(chunk)
        sha = digest.hexdigest()
        if sha == expected or (self._known is None and not self.empty and self._read(path) == b"".join(chunks)):
            return sha, False
        self._write(path, chunks, fresh=self._known is None and self.empty)
        return sha, True

    def _splice(self, path: str, chunks: Sequence[Kept | bytes], expected: str | None) -> tuple[str, bool] | None:
        """Make a file anew from the one that lies there; None when that is not the known one."""
        data = self._read(path)
        if data is None or hashlib.sha256(data).hexdigest() != expected:
            return None
        return self._place(path, list(splice(data, chunks)), expected)

    def remove(self, paths: Iterable[str]) -> None:
        """Delete files that the site no longer has, and folders that they leave empty."""
        for path in paths:
            target = Path(self.root, path)
            with contextlib.suppress(FileNotFoundError):
                target.unlink()
                self.removed += 1
            self._prune(target.parent)

    def _prune(self, folder: Path) -> None:
        while folder != Path(self.root):
            try:
                folder.rmdir()
            except OSError:
                return
            self._folders.discard(str(folder))
            folder = folder.parent

    def _read(self, path: str) -> bytes | None:
        """Give the bytes of the file at a path; None where there is none, or a link."""
        try:
            descriptor = os.open(f"{self.root}/{path}", os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, "rb") as file:
                return file.read()
        except OSError:
            return None

    def _write(self, path: str, chunks: Sequence[_Bytes], *, fresh: bool) -> None:
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
                _write_all(descriptor, chunks)
            finally:
                os.close(descriptor)
            if not fresh:
                os.replace(place, target)  # noqa: PTH105
        except OSError as error:
            with contextlib.suppress(OSError):
                os.unlink(place)  # noqa: PTH108
            raise EnvironmentFault(
                f"cannot write: {error.strerror}", where=target, hint="free space or choose another folder"
            ) from error


def hash_later(path: Path) -> Future[str | None]:
    """Give the SHA-256 of a file's bytes, in a thread; None where there is none."""

    def run() -> str | None:
        try:
            return hashlib.sha256(path.read_bytes()).hexdigest()
        except OSError:
            return None

    return _pool.submit(run)


def _write_all(descriptor: int, chunks: Sequence[_Bytes]) -> None:
    """Write all chunks, however many calls the system makes of it; as a rule it makes one."""
    done = os.writev(descriptor, chunks[:_MOST_CHUNKS])
    if done == sum(map(len, chunks)):
        return
    left = [memoryview(chunk) for chunk in chunks if len(chunk)]
    while left:
        while left and done >= len(left[0]):
            done -= len(left.pop(0))
        if left:
            left[0] = left[0][done:]
            done = os.writev(descriptor, left[:_MOST_CHUNKS])
