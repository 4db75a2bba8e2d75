"""Texts and documents: plain text, markup, mail and web archives, PDF, and zip containers such as office files."""

import base64
import binascii
import io
import re
import struct
import zipfile
import zlib
from email import errors as mail_errors
from email import message_from_bytes, policy
from typing import Final
from urllib.parse import unquote_to_bytes

from vestige.positions._metadata import judge_xmp
from vestige.positions._model import Look, Tells

_TRACKS = re.compile(
    r"<(?:\w{1,20}:)?(?:gpx|kml|trkpt|TrainingCenterDatabase|georss)\b|^\$G[PNL](?:GGA|RMC|GLL),",
    re.IGNORECASE | re.MULTILINE,
)
_XMP_IN_TEXT = re.compile(r"<\?xpacket|<x:xmpmeta|xmlns:exif=|<exif:GPS|exif:GPS(?:Latitude|Longitude)=")
_DATA = re.compile(
    r"data:([a-z]{1,20}/[\w.+-]{1,60})?((?:;[\w=.\"-]{1,60}){0,4}),([^\"'<>()\s\\]{0,200000000})", re.IGNORECASE
)
_RUN = re.compile(
    r"(?:[A-Za-z0-9+/]{60,}+={0,2}[ \t]{0,8}\r?\n?[ \t]{0,8})++[A-Za-z0-9+/]*+={0,2}|[A-Za-z0-9+/]{100,}+={0,2}"
)
_BINARY: Final = (
    b"\xff\xd8\xff",
    b"\x89PNG",
    b"GIF8",
    b"RIFF",
    b"II*\0",
    b"MM\0*",
    b"PK\3\4",
    b"%PDF",
    b"\x1aE\xdf\xa3",
    b"II+\0",
    b"MM\0+",
)
_FONTS: Final = (b"wOFF", b"wOF2", b"OTTO", b"\0\1\0\0\0", b"true")
_MAIL = re.compile(rb"(?:[A-Za-z][A-Za-z0-9-]{1,60}:[^\r\n]{0,2000}\r?\n(?:[ \t][^\r\n]{0,2000}\r?\n)*+){2,200}\r?\n")


def text_of(data: bytes) -> str | None:
    """Give a file as text where it is one: UTF-8, or UTF-16 with a mark, without control characters."""
    for mark, coding in ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"), (b"", "utf-8")):
        if data.startswith(mark):
            try:
                text = data[len(mark) :].decode(coding)
            except UnicodeDecodeError:
                continue
            return None if re.search(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", text) else text
    return None


def old_text_of(data: bytes) -> str | None:
    """Give a file in an encoding of one byte a letter as text: bytes above 127 are letters of some script, and none are controls."""
    if re.search(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]", data):
        return None
    high = sum(data[:100_000].count(bytes([c])) for c in range(128, 160))
    return data.decode("latin-1") if high <= len(data[:100_000]) * 0.9 else None


def judge_text(text: str, look: Look) -> None:
    """Judge a text: tracks and metadata of positions, and whatever file is written into it; raises `Tells`."""
    if _TRACKS.search(text):
        raise Tells("is a track of positions")
    if _XMP_IN_TEXT.search(text) and re.search(r"<(?:x:xmpmeta|rdf:RDF|svg|\?xpacket)", text):
        judge_xmp(text.encode("utf-8", "replace") + b"xmpmeta")
    if "data:" in text:
        for match in _DATA.finditer(text):
            _judge_uri(match, look)
    for match in _RUN.finditer(text):
        head = _decoded(match[0][:64])
        if head and (head.startswith(_BINARY) or head[4:8] in {b"ftyp", b"moov", b"mdat", b"wide"}):
            look.into(_decoded(match[0]) or b"")


def _judge_uri(match: re.Match[str], look: Look) -> None:
    kind, packed = (match[1] or "text/plain").lower(), "base64" in match[2].lower()
    if not packed:
        look.into(unquote_to_bytes(match[3]))
        return
    content = _decoded(unquote_to_bytes(match[3]).decode("latin-1"))
    if content is None:
        raise Tells("has a part that cannot be read")
    if not content.startswith(_FONTS) or not ("font" in kind or "octet" in kind):
        look.into(content)


def _decoded(text: str) -> bytes | None:
    letters = re.sub(r"[\s=]+", "", text)
    try:
        return base64.b64decode(letters[: len(letters) - (len(letters) % 4 == 1)] + "=" * (-len(letters) % 4 % 3))
    except (binascii.Error, ValueError):
        return None


def is_mail(data: bytes) -> bool:
    """Whether a file begins as mail and web archives (MHTML) do: with header fields."""
    head = data[:65_536].lower()
    return b"mime-version:" in head and _MAIL.match(data[:65_536]) is not None


def judge_mail(data: bytes, look: Look) -> None:
    """Judge every part of a message (RFC 2045); raises `Tells`."""
    try:
        message = message_from_bytes(data, policy=policy.compat32)
        for part in message.walk():
            look.budget.take(0)
            if not part.is_multipart():
                content = part.get_payload(decode=True)
                look.into(content if isinstance(content, bytes) else b"")
    except (mail_errors.MessageError, ValueError, LookupError, RecursionError) as error:
        raise Tells("has a part that cannot be read") from error


_STREAM = re.compile(rb"stream\r?\n")
_UNREAD = re.compile(rb"/(?:LZWDecode|LZW|ASCII85Decode|A85|ASCIIHexDecode|AHx|RunLengthDecode|RL|JPXDecode|Crypt)\b")
_PDF_PLACE = re.compile(
    rb"/(?:GPTS|LGIDict|EmbeddedFile|EmbeddedFiles|Encrypt|RichMedia|Movie|Sound|GEO)\b|GPSLat|GPSLong|#[0-9A-Fa-f]{2}"
)
_LARGEST_STREAM = 200_000_000
_HIDDEN = re.compile(
    rb"PK\x03\x04|PK\x05\x06|Exif\0\0|\x89PNG\r\n|\xff\xd8\xff[\xe0\xe1][\x00-\xff]{2}(?:JFIF|Exif)|Rar!\x1a|7z\xbc\xaf\x27\x1c"
    rb"|ftyp(?:isom|iso[2-6]|mp4[12]|qt  |heic|mif1|avif)|\x1aE\xdf\xa3[\x01\x80-\xff]|http://ns\.adobe\.com/xap"
)
"""How files begin that a document has no place for: a PDF may be a ZIP too, and both readers are right."""


def judge_pdf(data: bytes, look: Look) -> None:
    """Judge a PDF (ISO 32000) by every one of its streams, unpacked; raises `Tells` for what cannot be unpacked."""
    outside, at = [], 0
    for match in _STREAM.finditer(data):
        if match.start() < at:
            continue
        end = data.find(b"endstream", match.end())
        if end < 0:
            raise Tells("is a document that ends early")
        outside.append(bytes(data[at : match.start()]))
        _judge_stream(bytes(data[max(at, match.start() - 4_096) : match.start()]), bytes(data[match.end() : end]), look)
        at = end + len(b"endstream")
    outside.append(bytes(data[at:]))
    if any(_HIDDEN.search(part) for part in outside):
        raise Tells("has another file beside what it shows")
    if any(_PDF_PLACE.search(part) for part in outside):
        raise Tells("has a part that tells a position or cannot be read")


def _judge_stream(before: bytes, stream: bytes, look: Look) -> None:
    head = before[before.rfind(b" obj") :] if b" obj" in before else before
    if _UNREAD.search(head) or b"/F " in head:
        raise Tells("has a part that cannot be read")
    content = stream
    if b"Flate" in head or b"/Fl" in head:
        unpack = zlib.decompressobj()
        try:
            content = unpack.decompress(stream, _LARGEST_STREAM)
        except zlib.error as error:
            raise Tells("has a part that cannot be read") from error
        if unpack.unconsumed_tail:
            raise Tells("holds more than is looked into")
    look.budget.take(len(content))
    _judge_content(head, content, look)


def _judge_content(head: bytes, content: bytes, look: Look) -> None:
    """Judge what a stream holds, unpacked, by its dictionary and by what it is; raises `Tells`."""
    if content.startswith(b"\xff\xd8"):
        look.into(content.rstrip(b"\r\n"))
    elif b"DCT" in head:
        raise Tells("has a part that cannot be read")
    elif b"/Image" not in head and _HIDDEN.search(content):
        raise Tells("has another file beside what it shows")
    elif b"/Image" in head:
        return  # samples, or a fax: colours of points and no more
    elif b"xpacket" in content or b"xmpmeta" in content or b"/Metadata" in head or b"\0x\0m\0p\0m\0e\0t\0a" in content:
        judge_xmp(content + b"xmpmeta")
    elif _PDF_PLACE.search(re.sub(rb"#[0-9A-Fa-f]{2}", b"", content)):
        raise Tells("has a part that tells a position or cannot be read")


_PASSED = re.compile(r"\[Content_Types\]\.xml|mimetype", re.IGNORECASE)


def judge_zip(data: bytes, look: Look) -> None:
    """Judge every file in a zip container (office files, e-books, archives of pages); raises `Tells`."""
    try:
        with zipfile.ZipFile(io.BytesIO(bytes(data))) as container:
            members = container.infolist()
            names = {member.filename for member in members}
            if len(names) < len(members) or bytes(data[:2]) != b"PK":
                raise Tells("is a container that two readers would read differently")
            for member in members:
                if member.flag_bits & 1:
                    raise Tells("is encrypted")
                if member.comment or member.file_size > look.budget.bytes:
                    raise Tells("holds more than is looked into")
                if not member.is_dir():
                    _judge_member(container, member, look)
            _judge_gaps(data, members, container.start_dir)
            if container.comment:
                raise Tells("has a comment, of which nobody knows what it says")
    except (
        zipfile.BadZipFile,
        NotImplementedError,
        zlib.error,
        RuntimeError,
        EOFError,
        ValueError,
        OSError,
        struct.error,
    ) as error:
        raise Tells("has a part that cannot be read") from error


def _judge_gaps(data: bytes, members: list[zipfile.ZipInfo], directory: int) -> None:
    """Judge that nothing lies between the parts of a container, nor behind it; a part may be followed by its sizes (APPNOTE 4.3.9)."""
    ordered = sorted(members, key=lambda member: member.header_offset)
    ends = (*(member.header_offset for member in ordered[1:]), *([directory] if ordered else ()))
    for member, end in zip(ordered, ends, strict=True):
        name, extra = struct.unpack_from("<HH", data, member.header_offset + 26)
        after = member.header_offset + 30 + name + extra + member.compress_size
        if after > end or (end - after > _SIZES and any(data[after:end])):
            raise Tells("has something between its parts")
    if bytes(data[len(data) - 22 : len(data) - 18]) != b"PK\5\6":
        raise Tells("has something after its end")


_SIZES: Final = 24
"""Bytes of the sizes that follow a part, at most."""


def _judge_member(container: zipfile.ZipFile, member: zipfile.ZipInfo, look: Look) -> None:
    with container.open(member) as file:
        content = file.read(member.file_size + 1)
    if len(content) > member.file_size:
        raise Tells("is a container that two readers would read differently")
    if content and not content.startswith(_FONTS) and not _PASSED.fullmatch(member.filename):
        look.into(content)
