"""How wide and high a preserved picture or drawing is shown, so that a page leaves room for it before it has come.

The files are data from outside: what is malformed, or says nothing of its size, has none, and its page is made all the same.
"""

import math
import re
import warnings
from typing import BinaryIO

from PIL import ExifTags, Image

from vestige.publishing.views._pictures import form_of

Size = tuple[int, int]
"""Width and height in CSS pixels, each at least 1."""

_HEAD = 8192
"""Bytes within which the root element of a drawing has to end."""
_LARGEST = 100_000
_ROOT = re.compile(r"<svg(\s[^<>]*)>")
_ATTRIBUTE = re.compile(r"""\s(width|height|viewBox)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_LENGTH = re.compile(r"\s*(\d{1,9}(?:\.\d{0,9})?)(px|pt|pc|mm|cm|in)?\s*")
_PIXELS = {None: 1.0, "px": 1.0, "pt": 96 / 72, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}
_SIDEWAYS = frozenset({5, 6, 7, 8})
"""The values of the Exif tag Orientation with which a browser shows a picture turned by a quarter; of TIFF, Pillow gives the turned size."""


def size_of(file: BinaryIO) -> Size | None:
    """Give the size at which a browser shows a picture or drawing, opened for reading; None where the file does not tell."""
    form = form_of(file)
    file.seek(0)
    if form == "picture":
        return _of_picture(file)
    return _of_drawing(file) if form == "drawing" else None


def _of_picture(file: BinaryIO) -> Size | None:
    """Read the header of a picture; no pixel is decoded."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file) as image:
                width, height = image.size
                turned = image.format != "TIFF" and image.getexif().get(ExifTags.Base.Orientation) in _SIDEWAYS
    except Exception:  # noqa: BLE001 - a broken file may fail in any way, and none of them concerns the page
        return None
    return _plausible(height, width) if turned else _plausible(width, height)


def _of_drawing(file: BinaryIO) -> Size | None:
    """Read width and height of the root element (SVG 2, 8.2), or those of its view box when it states no lengths."""
    root = _ROOT.search(file.read(_HEAD).decode("utf-8", "replace"))
    found = {name: first or second for name, first, second in _ATTRIBUTE.findall(root[1])} if root else {}
    width, height = (_length(found.get(name, "")) for name in ("width", "height"))
    if width is None or height is None:
        box = [_length(part) for part in found.get("viewBox", "").replace(",", " ").split()[2:]]
        width, height = box if len(box) == 2 else (None, None)
    return None if width is None or height is None else _plausible(width, height)


def _length(text: str) -> float | None:
    """Give a length in CSS pixels; None for one that depends on what is around it."""
    match = _LENGTH.fullmatch(text)
    return float(match[1]) * _PIXELS[match[2]] if match else None


def _plausible(width: float, height: float) -> Size | None:
    if not (0 < width <= _LARGEST and 0 < height <= _LARGEST):
        return None
    return math.ceil(width), math.ceil(height)
