"""What keeps preserved files: bytes by their SHA-256, public and withheld ones apart, wherever they lie.

A store answers six questions (`put`, `open`, `exists`, `size`, `delete`, `walk`) and moves a file from withheld to public. Nobody is given
a path: what is kept in a folder today may lie with a service tomorrow, and no caller would know.
"""

import hashlib
from abc import ABC, abstractmethod
from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO, NamedTuple

from vestige.archive._errors import ArchiveError

_CHUNK = 1 << 20


class Kept(NamedTuple):
    """Something that lies in a store: its address there, and the name and shelf of the preserved file that it is.

    ``name`` is None for what no caller put there, whatever it is called.
    """

    address: str
    name: str | None
    withheld: bool


class Store(ABC):
    """Files by the SHA-256 of their bytes in hexadecimal; the same bytes are kept once."""

    @abstractmethod
    def put(self, content: bytes | Path, *, withheld: bool = False) -> str:
        """Keep the bytes, or the bytes of the file at a path, and give their SHA-256.

        Bytes that are already public stay so; bytes that were withheld become public when they are put as public.
        Raises EnvironmentFault when the machine refuses and ArchiveError when the path cannot be read.
        """

    @abstractmethod
    def open(self, name: str, *, withheld: bool = False) -> BinaryIO:
        """Open a kept file for reading, at its beginning and able to seek. Raises ArchiveError when it is not there."""

    @abstractmethod
    def exists(self, name: str, *, withheld: bool = False) -> bool:
        """Tell whether a file is kept among the public ones, or among the withheld ones."""

    @abstractmethod
    def size(self, name: str, *, withheld: bool = False) -> int:
        """Give how many bytes a kept file has. Raises ArchiveError when it is not there."""

    @abstractmethod
    def delete(self, name: str) -> None:
        """Delete a file wherever it is kept; one that is not there is passed over."""

    @abstractmethod
    def walk(self) -> Iterator[Kept]:
        """Give everything that lies in the store, ordered by address, but what is being written."""

    @abstractmethod
    def make_public(self, name: str) -> None:
        """Make a withheld file public; one that is public, or not there, is left as it is. Raises EnvironmentFault when the machine refuses."""

    def holds(self, name: str) -> bool:
        """Tell whether a file is kept, public or withheld."""
        return self.exists(name) or self.exists(name, withheld=True)

    def digest(self, name: str, *, withheld: bool = False) -> str:
        """Give the SHA-256 of what is kept under a name now, read in parts. Raises ArchiveError when it is not there."""
        digest = hashlib.sha256()
        with self.open(name, withheld=withheld) as file:
            while chunk := file.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def read(self, name: str) -> bytes:
        """Give the bytes of a kept file, public or withheld. Raises ArchiveError when it is not there or was altered."""
        with self.open(name, withheld=not self.exists(name)) as file:
            data = file.read()
        got = hashlib.sha256(data).hexdigest()
        if got != name:
            raise ArchiveError(f"expected bytes with SHA-256 {name}, got {got}", where=name)
        return data


def absent(name: str) -> ArchiveError:
    """Give the error that says that a file is not kept."""
    return ArchiveError("expected a preserved file, got none", where=name)


def chunks(content: bytes | Path) -> Iterator[bytes]:
    """Give bytes, or those of the file at a path, in parts. Raises ArchiveError when it cannot be read."""
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
