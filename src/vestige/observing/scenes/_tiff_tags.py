"""The tags of the first image of a TIFF or BigTIFF, read from the file when they are asked for."""

import struct
from collections.abc import Callable
from copy import copy
from typing import TypeAlias

import numpy as np

from vestige.observing.scenes._faults import FaultKind, ReadFault

MAX_TAG_BYTES = 64 << 20
_TYPES = {1: "B", 2: "s", 3: "H", 4: "I", 5: "II", 6: "b", 7: "B", 8: "h", 9: "i", 10: "ii", 11: "f", 12: "d"} | {
    13: "I", 16: "Q", 17: "q", 18: "Q"
}  # fmt: skip
_NUMBERS = _TYPES.keys() - {2, 5, 10}
"""The types but text and fractions."""

More: TypeAlias = Callable[[int, int], bytes]


class FileBytes:
    """The file as far as it was read, and a way to what was not."""

    def __init__(self, head: bytes, size: int, more: More, where: str) -> None:
        self.head, self.size, self.more, self.where = head, size, more, where

    def read(self, start: int, length: int) -> bytes:
        if length > MAX_TAG_BYTES:
            raise ReadFault(FaultKind.UNREADABLE, f"a tag claims {length} bytes", where=self.where)
        if start + length > self.size:
            raise ReadFault(
                FaultKind.TRUNCATED,
                f"the header reaches byte {start + length}, the file ends at {self.size}",
                where=self.where,
            )
        if start + length <= len(self.head):
            return self.head[start : start + length]
        return self.more(start, length)


class Tags:
    """The tags of one image, read when asked for."""

    def __init__(self, data: FileBytes) -> None:
        self.data = data
        lead = data.read(0, min(16, data.size))
        self.order = {b"II": "<", b"MM": ">"}.get(lead[:2], "")
        magic = struct.unpack(self.order + "H", lead[2:4])[0] if self.order and len(lead) >= 8 else 0
        if magic not in {42, 43}:
            raise ReadFault(
                FaultKind.UNREADABLE, f"expected a TIFF, got a file that begins {lead[:8]!r}", where=data.where
            )
        self.big = magic == 43
        self.next = 0
        """Where the tags of the next image begin; 0 after the last."""
        self.places = self._directory(*self._unpack("Q" if self.big else "I", lead[8:16] if self.big else lead[4:8]))

    def follow(self) -> "Tags":
        """Give the tags of the next image of the file."""
        other = copy(self)
        other.enter(self.next)
        return other

    def enter(self, start: int) -> None:
        """Take the tags of the directory at ``start`` for these."""
        self.places = self._directory(start)

    def _unpack(self, form: str, raw: bytes) -> tuple[int, ...]:
        return struct.unpack(self.order + form, raw)

    def _directory(self, start: int) -> dict[int, tuple[int, int, bytes]]:
        count_form, count_size, entry, value = ("Q", 8, 20, 8) if self.big else ("H", 2, 12, 4)
        (count,) = self._unpack(count_form, self.data.read(start, count_size))
        if count > 4096:
            raise ReadFault(FaultKind.UNREADABLE, f"the directory claims {count} tags", where=self.data.where)
        raw = self.data.read(start + count_size, count * entry + (8 if self.big else 4))
        (self.next,) = self._unpack("Q" if self.big else "I", raw[count * entry :])
        raw = raw[: count * entry]
        places = {}
        for at in range(0, len(raw), entry):
            tag, kind, length = self._unpack("HHQ" if self.big else "HHI", raw[at : at + entry - value])
            places[tag] = (kind, length, raw[at + entry - value : at + entry])
        return places

    def raw(self, tag: int) -> bytes:
        kind, count, inline = self.places[tag]
        length = struct.calcsize("=" + _TYPES[kind]) * count
        if length <= len(inline):
            return inline[:length]
        (start,) = self._unpack("Q" if self.big else "I", inline)
        return self.data.read(start, length)

    def numbers(self, tag: int) -> tuple[float, ...]:
        if tag not in self.places:
            return ()
        kind = self.places[tag][0]
        if kind not in _NUMBERS:
            raise ReadFault(
                FaultKind.UNREADABLE, f"tag {tag}: numbers were expected, it has type {kind}", where=self.data.where
            )
        return tuple(np.frombuffer(self.raw(tag), dtype=self.order + _TYPES[kind]).tolist())

    def integers(self, tag: int) -> tuple[int, ...]:
        return tuple(int(n) for n in self.numbers(tag))

    def integer(self, tag: int, default: int | None = None) -> int:
        found = self.integers(tag)
        if found:
            return found[0]
        if default is None:
            raise KeyError(f"tag {tag} is missing")
        return default
