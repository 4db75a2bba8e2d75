"""What the rules must know of the entries before: asked of the index by who writes, kept in memory by who verifies."""

from typing import Protocol

import msgspec


class Known(msgspec.Struct, gc=False):
    """An earlier entry that counts. ``person`` is the handle of whoever signed it; ``held`` whether its body was found; ``opens`` what an opening opens."""

    index: int
    about: str
    person: str
    withheld: bool
    replaced: bool = False
    withdrawn: bool = False
    opened: bool = False
    held: bool = False
    opens: str | None = None

    @property
    def kind(self) -> str:
        """The kind of the thing that it is about."""
        return self.about.partition(":")[0]


class History(Protocol):
    """The entries before the one that is judged, without those that are void by their envelope.

    ``complete`` is false where some could not be read: then no entry is said to speak of what is not there.
    """

    complete: bool

    def entry(self, name: str) -> Known | None:
        """Give the entry with this hash, or None when no earlier one that counts has it."""

    def beginner(self, about: str) -> str | None:
        """Give the person who signed the first entry about a thing, or None when there is none."""


class Memory:
    """A history in memory, which grows by some 300 bytes an entry."""

    def __init__(self) -> None:
        self.complete = True
        self._entries: dict[bytes, Known] = {}
        self._beginners: dict[str, str] = {}

    def entry(self, name: str) -> Known | None:
        """Give the entry with this hash."""
        return self._entries.get(bytes.fromhex(name))

    def beginner(self, about: str) -> str | None:
        """Give the person who signed the first entry about a thing."""
        return self._beginners.get(about)

    def add(self, name: bytes, known: Known) -> None:
        """Take in an entry that counts."""
        self._entries[name] = known
        self._beginners.setdefault(known.about, known.person)

    def __contains__(self, name: bytes) -> bool:
        return name in self._entries
