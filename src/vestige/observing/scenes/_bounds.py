"""How far a search goes in a catalogue that somebody else writes: items, documents, depth, bytes and time, counted as it goes."""

import time
from collections.abc import Callable

import msgspec

from vestige.errors import InputError

_HINT = "name a collection, a shorter time or fewer sites, or give the items as a file"


class Bounds(msgspec.Struct, frozen=True, kw_only=True):
    """The most that one search takes from a catalogue."""

    documents: int = 20_000
    """Documents of a static catalogue, or pages of an API."""
    items: int = 500_000
    depth: int = 16
    """Links from the root of a static catalogue to an item."""
    bytes: int = 4 << 30
    seconds: float = 3_600


class Searched(msgspec.Struct, frozen=True, kw_only=True):
    """What a search took, and what it might have taken."""

    documents: int
    items: int
    depth: int
    bytes: int
    bounds: Bounds

    @property
    def line(self) -> str:
        """The search in one line for people."""
        most = self.bounds
        return (
            f"catalogue: {self.documents:,} documents (at most {most.documents:,}), {self.items:,} items ({most.items:,}), "
            f"{self.depth} deep ({most.depth}), {self.bytes / 1e6:,.1f} MB ({most.bytes / 1e6:,.0f}), "
            f"within {most.seconds / 60:,.0f} minutes"
        )


class Count:
    """Counts what a search takes, and ends it by `InputError` where it goes beyond its bounds."""

    def __init__(
        self, catalogue: str, bounds: Bounds | None = None, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.catalogue, self.bounds = catalogue, bounds or Bounds()
        self._clock, self._started = clock, clock()
        self.documents = self.items = self.depth = self.bytes = 0

    def document(self, *, depth: int = 0) -> None:
        """Count a document that is about to be asked for."""
        self.documents += 1
        self.depth = max(self.depth, depth)
        if self.documents > self.bounds.documents:
            raise self._endless(f"more than {self.bounds.documents:,} documents")
        if depth > self.bounds.depth:
            raise self._endless(f"links more than {self.bounds.depth} deep")
        self.more(0)

    def more(self, size: int) -> None:
        """Count bytes that came."""
        self.bytes += size
        if self.bytes > self.bounds.bytes:
            raise self._endless(f"more than {self.bounds.bytes:,} bytes")
        if self.left <= 0:
            raise self._endless(f"more than {self.bounds.seconds / 60:,.0f} minutes of answers")

    def item(self) -> None:
        """Count an item."""
        self.items += 1
        if self.items > self.bounds.items:
            raise self._endless(f"more than {self.bounds.items:,} items")

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._started + self.bounds.seconds - self._clock()

    def done(self) -> Searched:
        """Give what was taken."""
        return Searched(
            documents=self.documents, items=self.items, depth=self.depth, bytes=self.bytes, bounds=self.bounds
        )

    def _endless(self, what: str) -> InputError:
        return InputError(f"the catalogue has {what}: not read further", where=self.catalogue, hint=_HINT)
