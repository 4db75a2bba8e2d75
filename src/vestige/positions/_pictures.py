"""Pictures: JPEG, PNG, GIF and WebP, part by part; a part that nobody knows is not passed over."""

import re
import struct
import zlib
from typing import Any, Final

from vestige.positions._metadata import EXIF, judge_exif, judge_field, judge_xmp
from vestige.positions._model import Look, Tells

_MARKER = re.compile(rb"\xff[^\x00\xd0-\xd7\xff]")
_XMP_HEAD, _XMP_MORE = b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0"
_PADDING = re.compile(rb"[\x00\s]*\Z")
_PLAIN_CHUNKS: Final = frozenset(
    b"IHDR PLTE IDAT IEND tRNS gAMA cHRM sRGB iCCP sBIT bKGD hIST pHYs sPLT tIME acTL fcTL fdAT cICP mDCV cLLI mDCv cLLi".split()
)
_ENCODERS = re.compile(
    rb"(?:CREATOR: gd-jpeg|Lavc[\d.]+|Optimized by JPEGmini|LEAD Technologies|Intel\(R\) (?:JPEG|IPP)|Compressed by jpeg-recompress)[ -~]*\0?"
)
_MOST_TEXT = 4_000_000


def judge_jpeg(data: bytes, look: Look) -> None:
    """Judge a JPEG (ITU-T T.81) by its segments, and whatever follows its end; raises `Tells`."""
    at = 2
    more: list[bytes] = []
    while True:
        match = _MARKER.search(data, at)
        if match is None:
            raise Tells("is a picture that ends early")
        marker, at = data[match.start() + 1], match.end()
        if marker == 0xD9:
            break
        if marker in {0x01, 0xD8}:
            continue
        (length,) = _unpacked(">H", data, at)
        if length < 2 or at + length > len(data):
            raise Tells("is a picture that ends early")
        _judge_segment(marker, bytes(data[at + 2 : at + length]), more)
        at += length
    if more:
        judge_xmp(b"".join(more) + b"xmpmeta")
    _judge_rest(data[at:], look)


def _judge_segment(marker: int, content: bytes, more: list[bytes]) -> None:
    if marker == 0xE1 and content.startswith(EXIF):
        judge_exif(content)
    elif marker == 0xE1 and content.startswith(_XMP_HEAD):
        judge_xmp(content[len(_XMP_HEAD) :])
    elif marker == 0xE1 and content.startswith(_XMP_MORE):
        more.append(content[len(_XMP_MORE) + 40 :])
    elif marker == 0xED:
        _judge_photoshop(content)
    elif marker == 0xFE:
        if not _ENCODERS.fullmatch(content):
            raise Tells("has a comment, of which nobody knows what it says")
    elif marker == 0xE0 and content.startswith(b"JFXX"):
        raise Tells("has a second picture in its head")
    elif marker in {0xE0, 0xEE} or (marker == 0xE2 and content.startswith((b"ICC_PROFILE", b"MPF\0"))):
        return
    elif 0xE0 <= marker <= 0xEF or marker >= 0xF0:
        raise Tells("has metadata that nobody knows the meaning of")


def _judge_photoshop(content: bytes) -> None:
    """Judge Photoshop resources: IPTC fields that name a place (IIM 4.2, record 2) tell one."""
    for match in re.finditer(rb"\x1c\x02([\x00-\xff])", content):
        if match[1][0] in {26, 27, 90, 92, 95, 100, 101}:
            raise Tells("names its place in IPTC")
    judge_field("", re.sub(rb"[^ -~]+", b" ", content).decode("ascii"))
    if b"\x04\x22" in content or b"\x04\x24" in content:
        raise Tells("has metadata in a format of its maker's own")


def _judge_rest(rest: bytes, look: Look) -> None:
    if _PADDING.match(rest):
        return
    if not rest.startswith(b"\xff\xd8\xff"):
        raise Tells("has something after its end")
    look.into(bytes(rest))


def judge_png(data: bytes, look: Look) -> None:
    """Judge a PNG (third edition) by its chunks; raises `Tells`."""
    at, kind = 8, b""
    while kind != b"IEND":
        length, kind = _unpacked(">I4s", data, at)
        content = data[at + 8 : at + 8 + length]
        if len(content) < length:
            raise Tells("is a picture that ends early")
        if kind == b"eXIf":
            judge_exif(bytes(content))
        elif kind in {b"tEXt", b"zTXt", b"iTXt"}:
            _judge_text(kind, bytes(content), look)
        elif kind not in _PLAIN_CHUNKS:
            raise Tells("has metadata that nobody knows the meaning of")
        at += 12 + length
    _judge_rest(data[at:], look)


def _judge_text(kind: bytes, content: bytes, look: Look) -> None:
    name, _, value = content.partition(b"\0")
    if kind == b"zTXt":
        value = inflated(value[1:], look)
    elif kind == b"iTXt":
        packed = value[:1] == b"\1"
        value = value[2:].partition(b"\0")[2].partition(b"\0")[2]
        value = inflated(value, look) if packed else value
    if name.startswith(b"XML:com.adobe.xmp"):
        judge_xmp(value)
    elif name.lower().startswith(b"raw profile"):
        raise Tells("has metadata that cannot be read")
    else:
        judge_field(name.decode("latin-1"), value.decode("utf-8", "replace"))


def inflated(packed: bytes, look: Look) -> bytes:
    """Unpack zlib data, no more of it than is looked into; raises `Tells`."""
    try:
        unpack = zlib.decompressobj()
        value = unpack.decompress(packed, _MOST_TEXT)
    except zlib.error as error:
        raise Tells("has metadata that cannot be read") from error
    if unpack.unconsumed_tail:
        raise Tells("holds more than is looked into")
    look.budget.take(len(value))
    return value


def judge_gif(data: bytes, look: Look) -> None:
    """Judge a GIF (89a) by its blocks; raises `Tells`."""
    at = 13 + _table(_byte(data, 10))
    while (kind := _byte(data, at)) != 0x3B:
        if kind == 0x2C:
            at += 10 + _table(_byte(data, at + 9)) + 1
            at = _blocks(data, at)[1]
        elif kind == 0x21:
            label, (content, after) = _byte(data, at + 1), _blocks(data, at + 2)
            if label == 0xFF and not content.startswith((b"NETSCAPE2.0", b"ANIMEXTS1.0", b"ICCRGBG1012")):
                judge_xmp(bytes(data[at:after]))
            elif label == 0xFE:
                judge_field("", content.decode("latin-1"))
            elif label == 0x01:
                judge_field("", content[12:].decode("latin-1"))
            at = after
        else:
            raise Tells("is a picture that cannot be read")
    _judge_rest(data[at + 1 :], look)


def _blocks(data: bytes, at: int) -> tuple[bytes, int]:
    parts = []
    while size := _byte(data, at):
        parts.append(bytes(data[at + 1 : at + 1 + size]))
        at += 1 + size
    return b"".join(parts), at + 1


def _table(flags: int) -> int:
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _byte(data: bytes, at: int) -> int:
    if at >= len(data):
        raise Tells("is a picture that ends early")
    return data[at]


def judge_webp(data: bytes, look: Look) -> None:
    """Judge a WebP by the chunks of its RIFF; raises `Tells`."""
    end = 8 + struct.unpack_from("<I", data, 4)[0]
    at = 12
    if end > len(data):
        raise Tells("is a picture that ends early")
    while at + 8 <= end:
        kind, length = _unpacked("<4sI", data, at)
        content = data[at + 8 : at + 8 + length]
        if kind == b"EXIF":
            judge_exif(bytes(content))
        elif kind == b"XMP ":
            judge_xmp(bytes(content))
        elif kind not in {b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"}:
            raise Tells("has metadata that nobody knows the meaning of")
        at += 8 + length + length % 2
    _judge_rest(data[end:], look)


def _unpacked(form: str, data: bytes, at: int) -> tuple[Any, ...]:
    try:
        return struct.unpack_from(form, data, at)
    except struct.error as error:
        raise Tells("is a picture that ends early") from error
