"""Preserved pictures and films: whether one tells where it was taken, and a smaller copy that tells nothing but what it shows.

A camera writes its position into its files (Exif 3.0, 4.6.6; XMP `exif:GPSLatitude`; QuickTime location atoms). That is a coordinate like any
other, and no site goes with it that would say how coarse it must be: so a file that carries one is kept and not published
(`vestige.positions`).
"""

import io
import re
import warnings
from typing import BinaryIO, Literal, NamedTuple

from PIL import Image, ImageOps

_LARGEST = 1600
"""Pixels of the longer side of a copy."""
_MOST_PIXELS = 50_000_000
"""Pixels that are decoded: 50 million cost some 0.5 GB while a copy is made. A JPEG is decoded at a fraction, so it may have more."""
_MOST_OF_JPEG = 200_000_000
_DRAWING_HEAD = 1024
_MARK = b"\xef\xbb\xbf"
_PROLOG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--(?:(?!-->).)*+-->|<!DOCTYPE[^>]*>)", re.DOTALL)
_ROOT = re.compile(rb"\s*<svg[\s>]")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8")


class SmallCopy(NamedTuple):
    """A picture as a page shows it: a JPEG, with its width and height in pixels."""

    jpeg: bytes
    size: tuple[int, int]


def form_of(file: BinaryIO) -> Literal["picture", "drawing", "other"]:
    """Say what a preserved file is to a page by its first bytes: a picture, a drawing (SVG) or neither; it has no name to go by."""
    head = file.read(_DRAWING_HEAD)
    if _is_picture(head[:12]):
        return "picture"
    return "drawing" if _is_drawing(head) else "other"


def _is_drawing(head: bytes) -> bool:
    """Whether a file is an SVG: its prolog is taken off piece by piece, so that no text can be cut in more ways than one."""
    at = len(_MARK) if head.startswith(_MARK) else 0
    while piece := _PROLOG.match(head, at):
        at = piece.end()
    return _ROOT.match(head, at) is not None


def small_copy(file: BinaryIO) -> SmallCopy | None:
    """Make a JPEG of a picture, at most 1600 pixels wide and high, upright and without any metadata; None when it cannot be read."""
    try:
        if not _is_picture(file.read(12)):
            return None
        file.seek(0)
        with _opened(file) as image:
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


def _opened(file: BinaryIO) -> Image.Image:
    """Open a picture that is not too large to decode; raises OSError for others."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(file)
    if image.width * image.height > (_MOST_OF_JPEG if image.format == "JPEG" else _MOST_PIXELS):
        image.close()
        raise OSError("too many pixels")
    return image
