"""Films: MP4 and QuickTime (ISO/IEC 14496-12), WebM and Matroska (RFC 9559), AVI; and what has to be blanked in a copy.

Cameras and drones write places into tags, caption tracks (DJI), telemetry tracks (GoPro GPMF) and boxes of their own. So every
box, track and tag that is not known to be picture, sound or their description is a finding: a `Hole` in the file. A copy whose holes
hold zeros, each within a box that means nothing, has the same pictures and sound at the same offsets, and tells no place.
"""

import re
import struct
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

from vestige.positions._boxes import box_at
from vestige.positions._metadata import judge_field
from vestige.positions._model import Tells

MARKS: Final = (b"GPS5", b"GPS9", b"GPSU", b"\xa9xyz", b"loci", b"ISO6709", b"GPSLatitude", b"DJI.", b"camm")
_MOST_BOXES = 200_000
_CONTAINERS = frozenset(b"moov trak edts mdia minf dinf stbl udta mvex moof traf ilst".split())
_PLAIN = frozenset(
    b"ftyp mvhd tkhd elst mdhd hdlr vmhd smhd nmhd gmhd dref url  urn  stsd stts stss ctts stsc stsz stz2 stco co64 sdtp sbgp sgpd cslg stsh padb "
    b"mehd trex mfhd tfhd tfdt trun sidx mfra tfra mfro styp mdat pdin iods tapt clef prof enof load".split()
)
_KNOWN = _PLAIN | {b"url ", b"urn "}
_HANDLERS = frozenset({b"vide", b"soun", b"mdir", b"mdta", b"url ", b"alis"})
_SOFTWARE = frozenset({b"\xa9too", b"\xa9swr", b"\xa9enc"})


class Hole(NamedTuple):
    """A stretch of a film that a copy must not hold, and why.

    ``kind`` says in which form it is blanked; a mark among the pictures cannot be, since nobody can say where they go on.
    """

    start: int
    end: int
    why: str
    kind: str


def holes(data: Any, form: str) -> list[Hole]:
    """Find all that may tell a place, or that nobody knows, in a film of a form: ``mp4``, ``webm`` or ``avi``.

    Raises `Tells` where the film cannot be read at all.
    """
    try:
        return list({"mp4": _boxes_of, "webm": _elements_of, "avi": _chunks_of}[form](data))
    except (struct.error, IndexError) as error:
        raise Tells("is a film that cannot be read") from error


def judge_film(data: Any, form: str) -> None:
    """Judge a film; raises `Tells` with the first finding."""
    found = holes(data, form)
    if found:
        raise Tells(found[0].why)


def _boxes_of(data: Any) -> Iterator[Hole]:
    yield from _boxes(data, 0, len(data), b"", [0])


def _boxes(data: Any, start: int, end: int, inside: bytes, count: list[int]) -> Iterator[Hole]:
    at = start
    while at + 8 <= end:
        count[0] += 1
        if count[0] > _MOST_BOXES:
            raise Tells("is a film of more boxes than are looked into")
        box = box_at(data, at, end, "film")
        yield from _box(data, at, box.start, box.end, box.kind, inside, count)
        at = box.end
    if any(data[at:end]):
        yield Hole(at, end, "has something after its end", "tail")


def _box(data: Any, at: int, body: int, end: int, kind: bytes, inside: bytes, count: list[int]) -> Iterator[Hole]:
    if kind in {b"free", b"skip", b"wide"}:
        if _filled(data, body, end):
            yield Hole(at, end, "has something where nothing should be", "box")
    elif kind == b"trak" and _handler(data, body, end) not in {b"vide", b"soun"}:
        yield from _lost_track(data, at, body, end)
    elif kind == b"hdlr":
        if bytes(data[body + 8 : body + 12]) not in _HANDLERS:
            yield Hole(at, end, "has a track that is neither picture nor sound", "box")
    else:
        yield from _inner_box(data, at, body, end, kind, inside, count)


def _inner_box(data: Any, at: int, body: int, end: int, kind: bytes, inside: bytes, count: list[int]) -> Iterator[Hole]:
    if kind == b"meta" and inside in {b"udta", b"moov", b"trak"}:
        skip = 0 if bytes(data[body + 4 : body + 8]) == b"hdlr" else 4
        yield from _boxes(data, body + skip, end, b"meta", count)
    elif inside == b"ilst":
        if kind not in _SOFTWARE or not _words(data, body + 16, end):
            yield Hole(at, end, "has a tag that is not known to name no place", "box")
    elif inside == b"udta" and kind in _SOFTWARE and _words(data, body + 4, end):
        return
    elif kind in _CONTAINERS:
        yield from _boxes(data, body, end, kind, count)
    elif kind not in _KNOWN:
        yield Hole(at, end, f"has a part ({kind.decode('latin-1')!a}) that is not known to tell no place", "box")
    elif kind == b"mdat" and (mark := _marked(data, body, end)):
        yield Hole(*mark, "has telemetry among its pictures", "mark")


def _lost_track(data: Any, at: int, body: int, end: int) -> Iterator[Hole]:
    yield Hole(at, end, "has a track that is neither picture nor sound", "box")
    yield from (Hole(a, b, "has telemetry among its pictures", "bytes") for a, b in _samples(data, body, end))


def _handler(data: Any, start: int, end: int) -> bytes:
    for kind, body, after in _children(data, start, end):
        if kind == b"hdlr":
            return bytes(data[body + 8 : body + 12])
        if kind == b"mdia":
            return _handler(data, body, after)
    return b""


def _children(data: Any, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    at = start
    while at + 8 <= end:
        size, kind = struct.unpack_from(">I4s", data, at)
        size = end - at if size == 0 else size
        if size < 8 or at + size > end:
            return
        yield kind, at + 8, at + size
        at += size


def _samples(data: Any, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give where the samples of a track lie (14496-12, 8.7), chunk by chunk."""
    tables = {kind: body for kind, body, _ in _below(data, start, end)}
    if not {b"stsz", b"stsc"} <= tables.keys() or not tables.keys() & {b"stco", b"co64"}:
        return
    fixed, number = struct.unpack_from(">II", data, tables[b"stsz"] + 4)
    wide = b"co64" in tables
    where = tables[b"co64" if wide else b"stco"]
    (chunks,) = struct.unpack_from(">I", data, where + 4)
    (runs,) = struct.unpack_from(">I", data, tables[b"stsc"] + 4)
    if max(number if not fixed else 0, chunks, runs) * 4 > len(data):
        raise Tells("is a film that cannot be read")
    starts = struct.unpack_from(f">{chunks}{'Q' if wide else 'I'}", data, where + 8)
    sizes = [fixed] * min(number, len(data)) if fixed else struct.unpack_from(f">{number}I", data, tables[b"stsz"] + 12)
    plan = [struct.unpack_from(">II", data, tables[b"stsc"] + 8 + 12 * i) for i in range(runs)]
    sample = 0
    for chunk, offset in enumerate(starts, 1):
        each = next((n for first, n in reversed(plan) if first <= chunk), 0)
        length = sum(sizes[sample : sample + each])
        sample += each
        yield offset, min(offset + length, len(data))


def _below(data: Any, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    for kind, body, after in _children(data, start, end):
        yield kind, body, after
        if kind in _CONTAINERS:
            yield from _below(data, body, after)


def _filled(data: Any, start: int, end: int) -> bool:
    return any(bytes(data[at : min(at + 65_536, end)]).strip(b"\0") for at in range(start, end, 65_536))


def _words(data: Any, start: int, end: int) -> bool:
    try:
        judge_field("", bytes(data[start : min(end, start + 1000)]).decode("latin-1"))
    except Tells:
        return False
    return True


def _marked(data: Any, start: int, end: int) -> tuple[int, int] | None:
    for mark in MARKS:
        if len(mark) > 4 or mark in {b"GPS5", b"GPS9", b"\xa9xyz"}:
            at = data.find(mark, start, end)
            if at >= 0:
                return at, end
    return None


# Matroska -----------------------------------------------------------------------------------------------------------------

_SEGMENT, _CLUSTER, _GROUP = 0x18538067, 0x1F43B675, 0xA0
_ENTERED = frozenset({_SEGMENT, _CLUSTER, 0x1654AE6B, 0xAE, _GROUP, 0xE0, 0xE1, 0x55B0})
_QUIET = frozenset(
    {
        0x1A45DFA3, 0x114D9B74, 0x1C53BB6B, 0xBF, 0xEC, 0x1549A966, 0x2AD7B1, 0x4489, 0x4D80, 0x5741, 0x73A4, 0x4461, 0xE7, 0xA3, 0xA1, 0xAB, 0xA7, 0x9B, 0xFB, 0xFD,
        0xD7, 0x73C5, 0x83, 0xB9, 0x88, 0x55AA, 0x9C, 0x6DE7, 0x23E383, 0x22B59C, 0x22B59D, 0x86, 0x63A2, 0x258688, 0xAA, 0x56AA, 0x56BB, 0x6DF8, 0x55EE,
        0xB0, 0xBA, 0x54B0, 0x54BA, 0x54B2, 0x9A, 0x9D, 0x53B8, 0x54AA, 0x54BB, 0x54CC, 0x54DD, 0xB5, 0x78B5, 0x9F, 0x6264, 0x23314F, 0x55B1, 0x55B2, 0x55B3, 0x55B4,
        0x55B5, 0x55B6, 0x55B7, 0x55B8, 0x55B9, 0x55BA, 0x55BB, 0x55BC, 0x55BD, 0x75A1, 0x75A2, 0xA6, 0xEE, 0xA5, 0x5854,
    }
)  # fmt: skip
_TAGS, _TRACK, _TRACK_TYPE, _TRACK_NUMBER, _BLOCK, _SIMPLE = 0x1254C367, 0xAE, 0x83, 0xD7, 0xA1, 0xA3
_TOP = frozenset({0x114D9B74, 0x1549A966, 0x1654AE6B, _CLUSTER, 0x1C53BB6B, _TAGS, 0x1941A469, 0x1043A770})
_TAG_NAMES = re.compile(rb"ENCODER|DURATION|NUMBER_OF_(?:FRAMES|BYTES)|BPS|_STATISTICS_[A-Z_]{1,30}")


def _elements_of(data: Any) -> Iterator[Hole]:
    lost: set[int] = set()
    yield from _elements(data, 0, len(data), lost, [0])


def _elements(data: Any, start: int, end: int, lost: set[int], count: list[int]) -> Iterator[Hole]:
    at = start
    while at < end:
        count[0] += 1
        if count[0] > 50 * _MOST_BOXES:
            raise Tells("is a film of more parts than are looked into")
        kind, body = _number(data, at, keep=True)
        size, body = _number(data, body, keep=False)
        after = end if size is None else body + size
        if kind is None or after > end or (size is None and kind not in {_SEGMENT, _CLUSTER}):
            raise Tells("is a film that ends early")
        if kind == _CLUSTER and size is None:
            after = body  # its blocks follow as if they were its brothers
        yield from _element(data, at, body, after, kind, lost, count)
        at = after


def _element(data: Any, at: int, body: int, end: int, kind: int, lost: set[int], count: list[int]) -> Iterator[Hole]:
    if kind == _TRACK and _of_track(data, body, end, _TRACK_TYPE) not in {1, 2}:
        lost.add(_of_track(data, body, end, _TRACK_NUMBER))
        yield Hole(at, end, "has a track that is neither picture nor sound", "element")
    elif kind in _ENTERED:
        yield from _elements(data, body, end, lost, count)
    elif kind == _TAGS:
        if not _plain_tags(data, body, end):
            yield Hole(at, end, "has a tag that is not known to name no place", "element")
    elif kind == 0xEC:
        if _filled(data, body, end):
            yield Hole(at, end, "has something where nothing should be", "element")
    elif kind not in _QUIET or (kind == 0x1549A966 and not _plain_info(data, body, end)):
        yield Hole(at, end, f"has a part (0x{kind:X}) that is not known to tell no place", "element")
    elif kind in {_BLOCK, _SIMPLE} and _number(data, body, keep=False)[0] in lost:
        yield Hole(at, end, "has telemetry among its pictures", "element")


def _number(data: Any, at: int, *, keep: bool) -> tuple[int | None, int]:
    """Read an element's id (its length mark kept) or size (RFC 8794); None stands for an unknown size."""
    first = data[at]
    length = 9 - first.bit_length() if first else 9
    if length > (4 if keep else 8):
        raise Tells("is a film that cannot be read")
    value = int.from_bytes(data[at : at + length], "big")
    if keep:
        return value, at + length
    value &= (1 << 7 * length) - 1
    return (None if value == (1 << 7 * length) - 1 else value), at + length


def _inside(data: Any, start: int, end: int) -> Iterator[tuple[int | None, int, int]]:
    at = start
    while at < end:
        kind, body = _number(data, at, keep=True)
        size, body = _number(data, body, keep=False)
        if size is None or body + size > end:
            raise Tells("is a film that ends early")
        yield kind, body, body + size
        at = body + size


def _of_track(data: Any, start: int, end: int, wanted: int) -> int:
    return next((int.from_bytes(data[a:b], "big") for kind, a, b in _inside(data, start, end) if kind == wanted), 0)


def _plain_tags(data: Any, start: int, end: int) -> bool:
    """Whether tags name nothing but what an encoder writes of itself."""
    for kind, body, after in _inside(data, start, end):
        if kind in {0x7373, 0x67C8, 0x63C0}:
            if not _plain_tags(data, body, after):
                return False
        elif kind == 0x45A3:
            if not _TAG_NAMES.fullmatch(bytes(data[body:after]).rstrip(b"\0")):
                return False
        elif kind == 0x4487:
            if not _words(data, body, after):
                return False
        elif kind not in {0x63C5, 0x63C9, 0x63C4, 0x63C6, 0x68CA, 0x63CA, 0x447A, 0x4484, 0xBF, 0xEC, 0x447B}:
            return False
    return True


def _plain_info(data: Any, start: int, end: int) -> bool:
    quiet = {0x2AD7B1, 0x4489, 0x4D80, 0x5741, 0x73A4, 0x4461, 0xBF, 0xEC}
    return all(
        kind in quiet
        and (kind not in {0x4D80, 0x5741} or _words(data, a, b))
        and not (kind == 0xEC and _filled(data, a, b))
        for kind, a, b in _inside(data, start, end)
    )


# AVI ----------------------------------------------------------------------------------------------------------------------


_AVI_CHUNK = re.compile(rb"avih|strf|idx1|indx|dmlh|vprp|\d\d(?:dc|db|wb|pc)|ix\d\d")


def _chunks_of(data: Any) -> Iterator[Hole]:
    (size,) = struct.unpack_from("<I", data, 4)
    end = min(8 + size, len(data))
    yield from _chunks(data, 12, end)
    if _filled(data, end, len(data)):
        yield Hole(end, len(data), "has something after its end", "bytes")


def _chunks(data: Any, start: int, end: int) -> Iterator[Hole]:
    at = start
    while at + 8 <= end:
        kind, size = struct.unpack_from("<4sI", data, at)
        after = at + 8 + size
        if after > end:
            raise Tells("is a film that ends early")
        yield from _chunk(data, at, after, kind)
        at = after + size % 2


def _chunk(data: Any, at: int, end: int, kind: bytes) -> Iterator[Hole]:
    body = at + 8
    name = bytes(data[body : body + 4]) if kind == b"LIST" else b""
    if name in {b"hdrl", b"strl", b"movi", b"rec ", b"odml"}:
        yield from _chunks(data, body + 4, end)
    elif kind == b"JUNK":
        if _filled(data, body, end):
            yield Hole(at, end, "has something where nothing should be", "chunk")
    elif kind == b"strh":
        if bytes(data[body : body + 4]) not in {b"vids", b"auds"}:
            raise Tells("has a track that is neither picture nor sound")
    elif name == b"INFO":
        if end - body > 76 or bytes(data[body + 4 : body + 8]) != b"ISFT" or not _words(data, body + 12, end):
            yield Hole(at, end, "has a tag that is not known to name no place", "chunk")
    elif not _AVI_CHUNK.fullmatch(kind):
        yield Hole(at, end, f"has a part ({kind.decode('latin-1')!a}) that is not known to tell no place", "chunk")


def blanked(data: bytearray, found: list[Hole]) -> None:
    """Blank the holes of a film in place: zeros, in a box or element that readers pass over."""
    for start, end, _, kind in found:
        if kind == "box":
            wide = data[start : start + 4] == b"\0\0\0\1"
            head = 16 if wide else 8
            data[start + 4 : start + 8] = b"free"
            data[start + head : end] = bytes(end - start - head)
        elif kind == "element":
            _void(data, start, end)
        elif kind == "chunk":
            data[start : start + 4] = b"JUNK"
            data[start + 8 : end] = bytes(end - start - 8)
        else:
            data[start:end] = bytes(end - start)


def _void(data: bytearray, start: int, end: int) -> None:
    """Write a Void element of the very length (RFC 8794, 11.3.2)."""
    room = end - start
    width = 1 if room < 2 + 127 else 8
    size = room - 1 - width
    head = b"\xec" + (bytes([0x80 | size]) if width == 1 else b"\x01" + size.to_bytes(7, "big"))
    data[start:end] = head + bytes(size)
