"""What looking into a file gives, and how far anybody looks."""

from collections.abc import Callable
from typing import Final, NamedTuple

DEPTH: Final = 4
"""A file within a file within a file within a file is looked into, and no deeper."""
MOST_BYTES: Final = 512_000_000
"""Bytes that are unpacked of one file in all."""
MOST_PARTS: Final = 20_000


class Tells(Exception):  # noqa: N818 - a finding, caught where the file was opened
    """A file tells a position, or cannot be known not to: the message says which, in a few words."""


class Budget:
    """What may still be unpacked of one file; raises `Tells` when it is used up, since the rest was not looked into."""

    def __init__(self) -> None:
        self.bytes, self.parts = MOST_BYTES, MOST_PARTS

    def take(self, size: int) -> None:
        """Count one part of so many bytes."""
        self.bytes -= size
        self.parts -= 1
        if self.bytes < 0 or self.parts < 0:
            raise Tells("holds more than is looked into")


class Look(NamedTuple):
    """How a part of a file is looked into: what is left, how deep it lies, and what judges a part within it."""

    budget: Budget
    depth: int
    judge: Callable[[bytes, "Look"], None]

    def into(self, part: bytes) -> None:
        """Judge a file that lies in this one."""
        if self.depth >= DEPTH:
            raise Tells("lies too deep to be looked into")
        self.budget.take(len(part))
        self.judge(part, self._replace(depth=self.depth + 1))
