"""Entry bodies with their salts, the bodies of one append in one file.

A line is one body: the salt in hexadecimal, a space, the canonical JSON, which has no raw line feed. SHA-256(salt ‖ JSON) is the
commitment in the ledger, so a line proves itself. Public and withheld bodies lie in folders of their own. One file an append, not one
a body: a hundred thousand small files cost more than all the signatures over them.
"""

import contextlib
import hashlib
import io
import os
import re
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec

from vestige.archive._errors import ArchiveError
from vestige.durable import write_file

SALT_DIGITS = 64
_PACK = re.compile(r"\d{12,}")


class SaltedBody(msgspec.Struct, frozen=True, gc=False):
    """A body as it is kept: 32 random bytes and canonical JSON."""

    salt: bytes
    body: bytes

    @property
    def commitment(self) -> str:
        """SHA-256(salt ‖ body) in hexadecimal."""
        return hashlib.sha256(self.salt + self.body).hexdigest()

    @property
    def line(self) -> bytes:
        """The line that keeps it, with its line feed."""
        return b"%s %s\n" % (self.salt.hex().encode(), self.body)


class BodyPlace(msgspec.Struct, frozen=True):
    """Where a body lies: the first entry index of its append, and the offset and length of its line in bytes."""

    withheld: bool
    first: int
    offset: int
    length: int


def parse_line(line: bytes, where: str) -> SaltedBody:
    """Read one line; raises ArchiveError when it is none, or is written in another way than `SaltedBody.line` writes it."""
    try:
        salted = SaltedBody(bytes.fromhex(line[:SALT_DIGITS].decode("ascii")), line[SALT_DIGITS + 1 : -1])
    except ValueError as error:
        raise ArchiveError("expected a line of salt and body, got something else", where=where) from error
    if len(salted.salt) * 2 != SALT_DIGITS or salted.line != line:
        raise ArchiveError("expected a line of salt and body, got something else", where=where)
    return salted


class BodyStore:
    """All bodies of a record, which an append writes in one go with the ledger: so they lie in a folder beside it, and have addresses below it."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._prefix = f"{root}{os.sep}"

    def plan(self, first: int, bodies: Sequence[tuple[SaltedBody, bool]]) -> dict[str, bytes]:
        """Say what is to be written at which addresses below the folder to keep the (body, withheld) pairs of an append whose first entry has index ``first``."""
        parts: dict[bool, list[bytes]] = {False: [], True: []}
        for body, withheld in bodies:
            parts[withheld].append(body.line)
        return {self.address_of(first, withheld=kind): b"".join(lines) for kind, lines in parts.items() if lines}

    def held(self, first: int) -> Iterator[tuple[BodyPlace, SaltedBody]]:
        """Give the bodies of one append with their places; a damaged line is left out, and verification names it."""
        for withheld in (False, True):
            offset = 0
            for line in self.lines(first, withheld=withheld):
                with contextlib.suppress(ArchiveError):
                    yield BodyPlace(withheld, first, offset, len(line)), parse_line(line, "")
                offset += len(line)

    def address_of(self, first: int, *, withheld: bool) -> str:
        """Give where the bodies of one append lie, below the folder."""
        return f"{'withheld' if withheld else 'public'}/{first:012d}"

    def _path(self, first: int, *, withheld: bool) -> str:
        return f"{self._prefix}{'withheld' if withheld else 'public'}{os.sep}{first:012d}"

    def read(self, place: BodyPlace) -> SaltedBody:
        """Give one body; raises ArchiveError when it is not there or malformed."""
        path = self._path(place.first, withheld=place.withheld)
        try:
            with io.FileIO(path) as file:
                file.seek(place.offset)
                return parse_line(file.read(place.length), path)
        except FileNotFoundError as error:
            raise ArchiveError("expected the bodies of an append, got no file", where=path) from error

    def find(self, place: BodyPlace, commitment: str) -> SaltedBody | None:
        """Give the body of a commitment from its place or, where a withdrawal has moved it meanwhile, from its append; None when it is not there."""
        with contextlib.suppress(ArchiveError):
            if (found := self.read(place)).commitment == commitment:
                return found
        lines = self.lines(place.first, withheld=place.withheld)
        return next((parse_line(line, "") for line in lines if _commits(line, commitment)), None)

    def lines(self, first: int, *, withheld: bool) -> list[bytes]:
        """Give the lines of one append, or none where it has no such bodies."""
        try:
            with Path(self._path(first, withheld=withheld)).open("rb") as file:
                return list(file)
        except FileNotFoundError:
            return []

    def appends(self) -> list[int]:
        """Give the first entry index of every append that has bodies here, in order."""
        names = {address.rpartition("/")[2] for address in self.walk()}
        return sorted(int(name) for name in names if _PACK.fullmatch(name))

    def walk(self) -> Iterator[str]:
        """Give the address of everything that lies there."""
        for shelf in ("public", "withheld"):
            folder = self._root / shelf
            yield from (f"{shelf}/{path.name}" for path in sorted(folder.iterdir())) if folder.is_dir() else ()

    def remove(self, first: int, commitment: str) -> bool:
        """Delete one body and its salt from the append that holds it; say whether it was there."""
        for withheld in (False, True):
            lines = self.lines(first, withheld=withheld)
            kept = [line for line in lines if not _commits(line, commitment)]
            if len(kept) < len(lines):
                write_file(Path(self._path(first, withheld=withheld)), b"".join(kept))
                return True
        return False


def _commits(line: bytes, commitment: str) -> bool:
    """Whether a line is the body of this commitment; a damaged line is that of none."""
    try:
        return parse_line(line, "").commitment == commitment
    except ArchiveError:
        return False
