"""HEIC and AVIF (ISO/IEC 23008-12, 14496-12): pictures, how they hang together, and nothing beside them.

Phones put a film with its place behind the picture (motion photos), and programs that take an item away may leave its bytes: so every box
is known, every item is a picture, and no byte of the media data belongs to none of them.
"""

import struct
from collections.abc import Iterator, Sequence
from typing import Any, Final

from vestige.positions._boxes import Box, box_at
from vestige.positions._metadata import judge_field
from vestige.positions._model import Tells

_BRANDS: Final = frozenset(b"heic heix hevc mif1 msf1 avif avis heim heis".split())
_PICTURES: Final = frozenset(b"hvc1 av01 grid iden iovl".split())
_META: Final = frozenset((*b"hdlr pitm iloc iinf iprp iref idat dinf".split(), b"free", b"skip"))
_PROPERTIES: Final = frozenset(
    b"ispe pixi hvcC av1C colr irot imir pasp clap auxC clli mdcv cclv amve a1op a1lx lsel rloc".split()
)
_PARTS: Final = frozenset({b"ipco", b"ipma"})
_BLANK: Final = frozenset({b"free", b"skip", b"wide"})
_MOST_EXTENTS: Final = 100_000
_UNREAD: Final = "has metadata that cannot be read"


def is_heif(head: bytes) -> bool:
    """Whether a file begins as HEIC or AVIF do."""
    return head[4:8] == b"ftyp" and head[8:12] in _BRANDS


def judge_heif(data: Any) -> None:
    """Judge a picture: whatever is no picture in it, or no part of how pictures hang together, raises `Tells`."""
    try:
        _judge(data)
    except (struct.error, IndexError) as error:
        raise Tells("is a picture that ends early") from error


def _judge(data: Any) -> None:
    boxes = list(_boxes(data, 0, len(data)))
    _known(data, boxes, frozenset({b"ftyp", b"meta", b"mdat"}) | _BLANK, "has something beside its pictures")
    metas = [box for box in boxes if box.kind == b"meta"]
    if len(metas) != 1:
        raise Tells(_UNREAD)
    inside = list(_boxes(data, metas[0].start + 4, metas[0].end))
    _known(data, inside, _META, _UNREAD)
    by_kind = {box.kind: box for box in inside}
    if len(by_kind) < len(inside) or not {b"iinf", b"iloc"} <= by_kind.keys():
        raise Tells(_UNREAD)
    items = _items(data, by_kind[b"iinf"])
    if b"iprp" in by_kind:
        _judge_properties(data, by_kind[b"iprp"])
    kept = [box for box in (*boxes, *inside) if box.kind in {b"mdat", b"idat"}]
    _judge_covered(data, kept, _extents(data, by_kind[b"iloc"], by_kind.get(b"idat"), items))


def _boxes(data: Any, start: int, end: int) -> Iterator[Box]:
    at = start
    while at < end:
        box = box_at(data, at, end, "picture")
        yield box
        at = box.end


def _known(data: Any, boxes: Sequence[Box], kinds: frozenset[bytes], why: str) -> None:
    for box in boxes:
        if box.kind not in kinds or (box.kind in _BLANK and any(data[box.start : box.end])):
            raise Tells(why)


def _items(data: Any, iinf: Box) -> set[int]:
    """Give the numbers of all items; raises `Tells` for one that is no picture."""
    wide = data[iinf.start] > 0
    (count,) = struct.unpack_from(">I" if wide else ">H", data, iinf.start + 4)
    found = list(_boxes(data, iinf.start + (8 if wide else 6), iinf.end))
    numbers = {_item(data, box) for box in found}
    if not found or len(numbers) < len(found) or len(found) != count:
        raise Tells(_UNREAD)
    return numbers


def _item(data: Any, box: Box) -> int:
    version = data[box.start]
    if box.kind != b"infe" or version not in {2, 3}:
        raise Tells(_UNREAD)
    number, protection, kind = struct.unpack_from(">HH4s" if version == 2 else ">IH4s", data, box.start + 4)
    if protection or kind not in _PICTURES:
        raise Tells(_UNREAD)
    name = bytes(data[box.start + (12 if version == 2 else 14) : box.end])
    judge_field("", name.removesuffix(b"\0").decode("utf-8", "replace"))
    return int(number)


def _judge_properties(data: Any, iprp: Box) -> None:
    parts = list(_boxes(data, iprp.start, iprp.end))
    _known(data, parts, _PARTS, _UNREAD)
    for part in parts:
        if part.kind == b"ipco":
            _known(data, list(_boxes(data, part.start, part.end)), _PROPERTIES | _BLANK, _UNREAD)


class _Cursor:
    """Reads numbers of so many bytes, one after another."""

    def __init__(self, data: Any, at: int, end: int) -> None:
        self._data, self._at, self._end = data, at, end

    def take(self, size: int) -> int:
        if self._at + size > self._end:
            raise Tells("is a picture that ends early")
        number = int.from_bytes(self._data[self._at : self._at + size], "big")
        self._at += size
        return number


def _extents(data: Any, iloc: Box, idat: Box | None, items: set[int]) -> list[tuple[int, int]]:
    """Give where in the file the bytes of the items lie; raises `Tells` for those of an item that is none of them."""
    version, cursor = data[iloc.start], _Cursor(data, iloc.start + 4, iloc.end)
    sizes = cursor.take(2)
    offset, length, base, index = sizes >> 12, sizes >> 8 & 15, sizes >> 4 & 15, sizes & 15 if version else 0
    found: list[tuple[int, int]] = []
    for _ in range(cursor.take(4 if version == 2 else 2)):
        number = cursor.take(4 if version == 2 else 2)
        method = cursor.take(2) & 15 if version else 0
        if number not in items or cursor.take(2) or method > 1 or (method == 1 and idat is None):
            raise Tells(_UNREAD)
        begin = cursor.take(base) + (idat.start if method == 1 and idat else 0)
        for _ in range(cursor.take(2)):
            cursor.take(index)
            start, size = begin + cursor.take(offset), cursor.take(length)
            if size == 0:
                raise Tells(_UNREAD)  # all of the file, whatever else it holds
            found.append((start, start + size))
            if len(found) > _MOST_EXTENTS:
                raise Tells("holds more than is looked into")
    return sorted(found)


def _judge_covered(data: Any, kept: Sequence[Box], extents: Sequence[tuple[int, int]]) -> None:
    """Judge that the bytes of media data that belong to no picture are zeros."""
    for box in kept:
        at = box.start
        for start, end in (*extents, (box.end, box.end)):
            if start > at and any(data[at : min(start, box.end)]):
                raise Tells("has something beside its pictures")
            at = max(at, min(end, box.end))
