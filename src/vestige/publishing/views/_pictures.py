"""Preserved pictures and films: whether one tells where it was taken, and a smaller copy that tells nothing but what it shows.

A camera writes its position into its files (Exif 3.0, 4.6.6; XMP `exif:GPSLatitude`; QuickTime location atoms). That is a coordinate like any
other, and no site goes with it that would say how coarse it must be: so a file that carries one is kept and not published.
"""

import functools
import io
import mmap
import re
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, NamedTuple

from PIL import ExifTags, Image, ImageOps

_LARGEST = 1600
"""Pixels of the longer side of a copy."""
_MOST_PIXELS = 200_000_000
_MOST_BLOCKS = 200
_DRAWING_HEAD = 1024
_DRAWING = re.compile(rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*|<!DOCTYPE[^>]*>\s*)*<svg[\s>]", re.DOTALL)
_BLOCK = 1 << 20
_EXIF = b"Exif\0\0"
_XMP = (b"GPSLatitude", b"GPSLongitude")
_FILM = (b"\xa9xyz", b"loci", b"com.apple.quicktime.location")
"""Atoms that films keep a place in. Four letters may stand in a large film by chance: then it stays unpublished without need."""
_POSITION = frozenset(
    {ExifTags.GPS.GPSLatitude, ExifTags.GPS.GPSLongitude, ExifTags.GPS.GPSDestLatitude, ExifTags.GPS.GPSDestLongitude}
)
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8")


class SmallCopy(NamedTuple):
    """A picture as a page shows it: a JPEG, with its width and height in pixels."""

    jpeg: bytes
    size: tuple[int, int]


@functools.lru_cache(maxsize=4096)
def tells_place(path: Path) -> bool:
    """Whether a picture, film or PDF carries the position of a camera, or metadata that cannot be looked into.

    Texts and other files carry none. ``path`` names a file that never changes: one that is named by its hash.
    """
    with path.open("rb") as file, warnings.catch_warnings():
        warnings.simplefilter(
            "ignore"
        )  # what is broken in a file counts as unreadable, and nobody reads warnings of it
        head = file.read(12)
        film = head[4:8] == b"ftyp"  # also HEIC and AVIF
        if not (film or _is_picture(head) or head.startswith(b"%PDF")):
            return False
        with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            marks = (*_XMP, *_FILM) if film else _XMP
            if any(data.find(mark) >= 0 for mark in marks) or any(map(_located, _blocks(data))):
                return True
        return _is_picture(head) and _tagged(path)


@functools.lru_cache(maxsize=4096)
def form_of(path: Path) -> Literal["picture", "drawing", "other"]:
    """Say what a preserved file is to a page by its first bytes: a picture, a drawing (SVG) or neither; it has no name to go by."""
    with path.open("rb") as file:
        head = file.read(_DRAWING_HEAD)
    if _is_picture(head[:12]):
        return "picture"
    return "drawing" if _DRAWING.match(head) else "other"


@functools.lru_cache(maxsize=2)
def small_copy(path: Path) -> SmallCopy | None:
    """Make a JPEG of a picture, at most 1600 pixels wide and high, upright and without any metadata; None when it cannot be read."""
    try:
        with path.open("rb") as file:
            if not _is_picture(file.read(12)):
                return None
        with _opened(path) as image:
            image.draft("RGB", (_LARGEST, _LARGEST))
            upright = ImageOps.exif_transpose(image)
            upright.thumbnail((_LARGEST, _LARGEST))
            plain = Image.new("RGB", upright.size, "white")
            shown = upright.convert("RGBA")
            plain.paste(shown, mask=shown.getchannel("A"))
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None
    data = io.BytesIO()
    plain.save(data, "JPEG", quality=82, optimize=True, progressive=True)
    return SmallCopy(data.getvalue(), plain.size)


def _is_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:] == b"WEBP")


def _opened(path: Path) -> Image.Image:
    """Open a picture that is not too large to decode; raises OSError for others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(path)
    if image.width * image.height > _MOST_PIXELS:
        image.close()
        raise OSError("too many pixels")
    return image


def _blocks(data: mmap.mmap) -> Iterator[bytes]:
    """Give the Exif blocks of a file wherever they stand, also within a PDF, a HEIC or a picture of several pictures."""
    at = data.find(_EXIF)
    for _ in range(_MOST_BLOCKS):
        if at < 0:
            return
        yield data[at : at + _BLOCK]
        at = data.find(_EXIF, at + len(_EXIF))
    yield _EXIF + b"II*\0"  # more than anybody looks into: as if unreadable


def _located(block: bytes) -> bool:
    """Whether an Exif block holds a position, or is one that cannot be read."""
    if block[len(_EXIF) : len(_EXIF) + 4] not in {b"II*\0", b"MM\0*"}:
        return False  # the six letters by chance
    exif = Image.Exif()
    try:
        exif.load(block)
        return _has_position(exif)
    except Exception:  # noqa: BLE001 - a broken block may fail in any way, and other software may still read it
        return True


def _tagged(path: Path) -> bool:
    """Whether the metadata that belongs to a picture as a whole (TIFF, PNG and WebP keep it in ways of their own) holds a position."""
    try:
        with _opened(path) as image:
            xmp = image.info.get("xmp", b"")
            texts = [xmp.decode("latin-1") if isinstance(xmp, bytes) else str(xmp), *map(str, image.info.values())]
            return _has_position(image.getexif()) or any("GPSLatitude" in text for text in texts)
    except Exception:  # noqa: BLE001 - as above
        return True


def _has_position(exif: Image.Exif) -> bool:
    return not _POSITION.isdisjoint(exif.get_ifd(ExifTags.IFD.GPSInfo))
