"""Preserved pictures and films: whether one tells where it was taken, and a smaller copy that tells nothing but what it shows.

A camera writes its position into its files (Exif 3.0, 4.6.6; XMP `exif:GPSLatitude`; QuickTime location atoms). That is a coordinate like any
other, and no site goes with it that would say how coarse it must be: so a file that carries one is kept and not published
(`vestige.positions`).
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import BinaryIO, Literal, NamedTuple

import msgspec

_CHILD = Path(__file__).with_name("_picture_child.py")
_SECONDS = 90
"""Seconds that a copy may take in all; its process is ended then."""
_MOST_BYTES = 256 << 20
"""Bytes of a file that is decoded."""
_DRAWING_HEAD = 1024
_MARK = b"\xef\xbb\xbf"
# Not `(?:(?!-->).)*+`: Python 3.11.2, that of Debian 12, matches nothing with a possessive group that looks ahead.
_PROLOG = re.compile(rb"\s*(?:<\?xml[^>]*>|<!--.*?-->|<!DOCTYPE[^>]*>)", re.DOTALL)
_ROOT = re.compile(rb"\s*<svg[\s>]")
_PICTURES = (b"\xff\xd8\xff", b"\x89PNG", b"II*\0", b"MM\0*", b"GIF8")


class SmallCopy(NamedTuple):
    """A picture as a page shows it: a JPEG, with its width and height in pixels."""

    jpeg: bytes
    size: tuple[int, int]


Why = Literal["too large", "costly", "broken"]
"""Why a picture has no copy: more pixels or bytes than are decoded; more memory or time than decoding is given; no decoder reads it."""


class NoCopy(NamedTuple):
    """A picture that is not shown, and why."""

    why: Why


class _Answer(msgspec.Struct):
    """What the child says before the bytes of the copy."""

    size: tuple[int, int] = (0, 0)
    why: Why | None = None


_decoded = msgspec.json.Decoder(_Answer).decode  # at import: a picture may be made in any thread


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


def small_copy(file: BinaryIO) -> SmallCopy | NoCopy | None:
    """Make a JPEG of a picture, at most 1600 pixels wide and high, upright and without any metadata; None for what is no picture.

    It is decoded by a process of its own, with bounds of pixels, memory and time: a decoder is the code that crafted files attack.
    """
    head = file.read(12)
    if not _is_picture(head):
        return None
    file.seek(0)
    data = file.read(_MOST_BYTES + 1)
    return NoCopy("too large") if len(data) > _MOST_BYTES else _asked(data)


def _asked(data: bytes) -> SmallCopy | NoCopy:
    """Have a picture decoded; a child that dies or answers nothing has met a bound."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", str(_CHILD)], input=data, capture_output=True, timeout=_SECONDS, check=False
        )
        line, _, jpeg = done.stdout.partition(b"\n")
        answer = _decoded(line)
    except (subprocess.TimeoutExpired, msgspec.DecodeError):
        return NoCopy("costly")
    return NoCopy(answer.why) if answer.why else SmallCopy(jpeg, answer.size)


def _is_picture(head: bytes) -> bool:
    return head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:] == b"WEBP")
