"""What a check found, each kind apart, never as one "failed"."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

import msgspec

_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
_LATEST: Final = 253_402_300_799
"""Seconds of Unix at the end of the year 9999: a witness may have signed any number."""

KINDS = ("modified", "missing", "unexpected", "unsigned", "not-allowed", "malformed")
"""Modified: not the bytes that were committed to. Missing: should be there. Unexpected: should not. Unsigned: or wrongly signed.

Not allowed: whoever signed may not. Malformed: not what the format asks for. An entry with one of the last three is void: every reader skips it.
"""


class Signer(msgspec.Struct, frozen=True, omit_defaults=True):
    """Whose signature a checkpoint carries: a verifier key and, for a witness, the time in seconds of Unix at which it saw it; ``size`` where that was another than today's."""

    vkey: str
    seconds: int | None = None
    size: int | None = None

    @property
    def name(self) -> str:
        """The name in the verifier key."""
        return self.vkey.partition("+")[0]

    @property
    def time(self) -> str:
        """When a witness saw it, by its own clock, as RFC 3339; the end of the year 9999 for any later second."""
        return f"{_EPOCH + dt.timedelta(seconds=min(self.seconds or 0, _LATEST)):%Y-%m-%dT%H:%M:%SZ}"


class Discrepancy(msgspec.Struct, frozen=True, omit_defaults=True):
    """One thing that is not as it should be: its kind, the file, the entry, both hashes where there are two, the rule that an entry breaks."""

    kind: str
    file: str
    message: str
    entry: str | None = None
    index: int | None = None
    expected: str | None = None
    got: str | None = None
    rule: str | None = None

    def __str__(self) -> str:
        hashes = f" (expected {self.expected}, got {self.got or 'none'})" if self.expected else ""
        at = "" if self.index is None else f" {self.index}"
        entry = f" [entry{at}: {self.entry}]" if self.entry else ""
        rule = f" (rule: {self.rule})" if self.rule else ""
        return f"{self.kind}: {self.file}: {self.message}{rule}{hashes}{entry}"


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """What was checked and what was found. It speaks of bytes: "unchanged since it was entered", never "true".

    ``keys`` have signed the checkpoint, ``cosigners`` are the witnesses that have, each with its time, ``earlier`` those of
    the last cosigned one before it; ``quorum`` says what the policy asks for and the checkpoint lacks; ``newest`` is when the last entry was signed.
    ``checkpoint`` is its signed note; ``other_key`` says that another key has signed than the reader knows from a check before.
    ``unknown`` counts the entries of kinds that this version does not know; ``unchecked`` names what may be missing among what it cannot look into.
    """

    origin: str
    size: int
    root: str
    signatures: int
    bodies: int
    withheld: int
    withdrawn: int
    opened: int = 0
    files: int
    discrepancies: tuple[Discrepancy, ...]
    notes: tuple[str, ...] = ()
    keys: tuple[Signer, ...] = ()
    cosigners: tuple[Signer, ...] = ()
    earlier: tuple[Signer, ...] = ()
    quorum: str | None = None
    newest: str | None = None
    unknown: dict[str, int] = {}
    unchecked: tuple[Discrepancy, ...] = ()
    contradiction: str | None = None
    checkpoint: str = ""
    other_key: str | None = None

    @property
    def unchanged(self) -> bool:
        """Whether there were entries to check, nothing was found, and nothing that could not be checked may be missing."""
        return self.size > 0 and self.signatures > 0 and not self.discrepancies and not self.unchecked

    @property
    def whole(self) -> bool:
        """Whether it is unchanged and every kind of entry could be looked into."""
        return self.unchanged and not self.unknown

    def of_kind(self, kind: str) -> Iterator[Discrepancy]:
        """Give the discrepancies of one kind."""
        return (found for found in self.discrepancies if found.kind == kind)
