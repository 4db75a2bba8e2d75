"""What a check found, four kinds apart, never as one "failed"."""

from collections.abc import Iterator

import msgspec

KINDS = ("modified", "missing", "unexpected", "unsigned")
"""Modified: not the bytes that were committed to. Missing: should be there. Unexpected: should not. Unsigned: or wrongly signed."""


class Discrepancy(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is not as it should be: its kind, the file, the entry it touches, and both hashes where there are two."""

    kind: str
    file: str
    message: str
    entry: str | None = None
    index: int | None = None
    expected: str | None = None
    got: str | None = None

    def __str__(self) -> str:
        hashes = f" (expected {self.expected}, got {self.got or 'none'})" if self.expected else ""
        entry = f" [entry {self.index}: {self.entry}]" if self.entry else ""
        return f"{self.kind}: {self.file}: {self.message}{hashes}{entry}"


class Report(msgspec.Struct, frozen=True):
    """What was checked and what was found. It speaks of bytes: "unchanged since it was entered", never "true"."""

    origin: str
    size: int
    root: str
    signatures: int
    bodies: int
    withheld: int
    withdrawn: int
    files: int
    discrepancies: tuple[Discrepancy, ...]
    notes: tuple[str, ...] = ()

    @property
    def unchanged(self) -> bool:
        """Whether there were entries to check and nothing was found. An empty record is never unchanged by accident."""
        return self.size > 0 and self.signatures > 0 and not self.discrepancies

    def of_kind(self, kind: str) -> Iterator[Discrepancy]:
        """Give the discrepancies of one kind."""
        return (found for found in self.discrepancies if found.kind == kind)
