"""Metadata that any kind of file may carry: Exif, XMP, and plain text fields."""

import re
import struct
from typing import Final

from PIL import ExifTags

from vestige.positions._model import Tells

EXIF: Final = b"Exif\0\0"
_POSITION = frozenset(
    {
        ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSDestLatitude, ExifTags.GPS.GPSDestLongitude,
        ExifTags.GPS.GPSAreaInformation, ExifTags.GPS.GPSProcessingMethod,
    }
)  # fmt: skip
_GEO = frozenset({33550, 33920, 33922, 34264, 34735, 34736, 34737})
"""Tags of GeoTIFF (OGC 19-008r4): where on earth the picture lies."""
_BLOBS = frozenset({37500, 50740, 34377, 33723})
"""MakerNote, DNG private data, Photoshop, IPTC: formats of their makers, of which nobody can say what they hold."""
_XMP_TAG, _EXIF_IFD, _GPS_IFD, _INTEROP, _SUB_IFDS = 700, 34665, 34853, 40965, 330
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8, 13: 4, 16: 8, 17: 8, 18: 8}
_KNOWN = frozenset(tag.value for tag in ExifTags.Base) | frozenset({34675, 50341, 59932, 42112, 42113, 50674, 347, 700})
_MOST_ENTRIES = 4_096
_COORDINATES = re.compile(
    r"[-+]?\d{1,3}\.\d{3,12}\s?°?\s?[NSEWnsew]?\s?[,;/ ]\s?[-+]?\d{1,3}\.\d{3,12}"  # 48.1234, 38.6543
    r"|\d{1,3}\s?°\s?\d{1,2}"  # 48° 07'
    r"|[-+]\d{2,6}\.\d{1,9}[-+]\d{3,7}\.\d{1,9}"  # ISO 6709: +48.1234+038.6543/
)
_PLACE_KEYS = re.compile(r"gps|lat(?:itude)?\b|lon(?:gitude)?\b|location|geo|coord|xyz|loci|iso6709", re.IGNORECASE)
_XMP = re.compile(
    r"GPS(?:Latitude|Longitude|DestL|Position|AreaInf)|Location(?:Created|Shown)|Iptc4xmpCore:Location|Sublocation|<gps|georss|geo:lat",
    re.IGNORECASE,
)


def judge_exif(block: bytes) -> None:
    """Judge an Exif block, with or without its six letters; raises `Tells`."""
    judge_tiff(block.removeprefix(EXIF))


def judge_tiff(data: bytes) -> None:
    """Judge the directories of a TIFF, a BigTIFF or an Exif block (TIFF 6.0); raises `Tells`.

    Known tags without a position pass; a position, a GeoTIFF, a maker's own format, an unknown tag and what is broken do not.
    """
    order = {b"II": "<", b"MM": ">"}.get(bytes(data[:2]))
    if order is None or len(data) < 8:
        raise Tells("has metadata that cannot be read")
    try:
        big = struct.unpack(order + "H", data[2:4])[0] == 43
        first = struct.unpack_from(order + ("Q" if big else "I"), data, 8 if big else 4)[0]
        _directories(data, order, first, big=big)
    except struct.error as error:
        raise Tells("has metadata that cannot be read") from error


def _directories(data: bytes, order: str, first: int, *, big: bool) -> None:
    waiting, seen, entries = [(first, "")], set(), 0
    while waiting:
        at, kind = waiting.pop()
        if not at or at in seen:
            continue
        seen.add(at)
        count, size = (
            (struct.unpack_from(order + "Q", data, at)[0], 20)
            if big
            else (struct.unpack_from(order + "H", data, at)[0], 12)
        )
        at += 8 if big else 2
        entries += count
        if entries > _MOST_ENTRIES:
            raise Tells("has metadata that cannot be read")
        for index in range(count):
            waiting += _entry(data, order, at + index * size, kind, big=big)
        if kind not in {"gps", "interop"}:
            waiting.append((struct.unpack_from(order + ("Q" if big else "I"), data, at + count * size)[0], kind))


def _entry(data: bytes, order: str, at: int, kind: str, *, big: bool) -> list[tuple[int, str]]:
    tag, form, count = struct.unpack_from(order + ("HHQ" if big else "HHI"), data, at)
    room, where = (8, at + 12) if big else (4, at + 8)
    size = _SIZES.get(form, 0) * count
    if not size and count:
        raise Tells("has metadata that cannot be read")
    if size > room:
        where = struct.unpack_from(order + ("Q" if big else "I"), data, where)[0]
    if where + size > len(data):
        raise Tells("has metadata that cannot be read")
    if kind == "gps":
        if tag in _POSITION or tag > 31:
            raise Tells("tells a position in Exif")
        return []
    if kind == "interop":
        return []
    _judge_tag(tag, bytes(data[where : where + min(size, 1 << 20)]))
    below = {_EXIF_IFD: "exif", _GPS_IFD: "gps", _INTEROP: "interop", _SUB_IFDS: ""}
    if tag in below:
        step = _SIZES[form]
        letter = {4: "I", 13: "I", 8: "Q"}.get(step if step == 8 else form, "I")
        return [
            (struct.unpack_from(order + letter, data, where + step * i)[0], below[tag]) for i in range(min(count, 64))
        ]
    return []


def _judge_tag(tag: int, value: bytes) -> None:
    if tag in _GEO:
        raise Tells("is a GeoTIFF, which says where on earth it lies")
    if tag in _BLOBS:
        raise Tells("has metadata in a format of its maker's own")
    if tag not in _KNOWN:
        raise Tells("has metadata that nobody knows the meaning of")
    if tag == _XMP_TAG:
        judge_xmp(value)
    elif tag in {270, 315, 33432, 37510, 40091, 40092, 40093, 40094, 40095, 305, 42032, 269}:
        coding = "utf-16-le" if 40091 <= tag <= 40095 else "latin-1"
        judge_field("", value.removeprefix(b"ASCII\0\0\0").decode(coding, "replace"))


def judge_xmp(packet: bytes) -> None:
    """Judge an XMP packet (ISO 16684-1) in whichever of its encodings; raises `Tells`."""
    for coding in ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"):
        text = packet.decode(coding, "ignore")
        if _XMP.search(text) or _COORDINATES.search(text):
            raise Tells("tells a position in XMP")
        text = packet[1:].decode(coding, "ignore")
        if _XMP.search(text):
            raise Tells("tells a position in XMP")
    if not any(
        mark in packet
        for mark in (b"xmpmeta", "xmpmeta".encode("utf-16-le"), "xmpmeta".encode("utf-16-be"), b"rdf:RDF", b"rdf ")
    ):
        raise Tells("has metadata that cannot be read")


def judge_field(name: str, text: str) -> None:
    """Judge a field of text with its name; raises `Tells` for a name of positions and for what reads as coordinates."""
    if _PLACE_KEYS.search(name) or _COORDINATES.search(text):
        raise Tells("tells a position in a field of text")
    if len(text) > 200_000 or any(ord(c) < 9 or 13 < ord(c) < 32 for c in text.rstrip("\0")):
        raise Tells("has metadata that cannot be read")
    if "xmpmeta" in text:
        judge_xmp(text.encode("utf-8", "replace"))
