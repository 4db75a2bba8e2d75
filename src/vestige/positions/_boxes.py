"""Boxes of ISO/IEC 14496-12, in which films and the newer pictures are kept."""

import struct
from typing import Any, NamedTuple

from vestige.positions._model import Tells


class Box(NamedTuple):
    """A box: its kind, where what it holds starts, and where it ends."""

    kind: bytes
    start: int
    end: int


def box_at(data: Any, at: int, end: int, what: str) -> Box:
    """Read the head of the box that starts at a place; raises Tells when it reaches beyond ``end``, struct.error when no head is left."""
    size, kind = struct.unpack_from(">I4s", data, at)
    head = 8
    if size == 1:
        (size,), head = struct.unpack_from(">Q", data, at + 8), 16
    size = end - at if size == 0 else size
    if size < head or at + size > end:
        raise Tells(f"is a {what} that ends early")
    return Box(kind, at + head, at + size)
