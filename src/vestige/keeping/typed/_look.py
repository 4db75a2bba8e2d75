"""How a record looks: a colour that can be read on the pages, and a logo that holds nothing but its picture."""

import io
import re
import warnings
from pathlib import Path

from PIL import Image, ImageOps

from vestige.errors import InputError
from vestige.publishing import LEAST_CONTRAST, contrast_on_paper, readable_on_paper

_COLOUR = re.compile("#?([0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_FORMATS = ("PNG", "JPEG", "WEBP")
_MOST_BYTES = 10_000_000
_MOST_PIXELS = 25_000_000
_LARGEST = 512
"""Pixels of the longer side of a logo as it is kept; pages show it at 32."""


def colour_of(text: str) -> str:
    """Read a colour as ``#1b4a63``. Raises InputError where it is none, or cannot be read on the paper of the pages (WCAG 2.2, 1.4.3)."""
    match = _COLOUR.fullmatch(text.strip())
    if match is None:
        raise InputError(f"expected a colour such as #1b4a63, got {text!r}", where="--colour")
    digits = match[1].lower()
    colour = "#" + (digits if len(digits) == 6 else "".join(digit * 2 for digit in digits))
    contrast = contrast_on_paper(colour)
    if contrast < LEAST_CONTRAST:
        raise InputError(
            f"expected a colour with a contrast of {LEAST_CONTRAST}:1 to the paper, got {colour} with {contrast:.1f}:1",
            where="--colour",
            hint=f"a darker one of it would do: {readable_on_paper(colour)}",
        )
    return colour


def logo_of(path: Path) -> bytes:
    """Draw a picture anew as a PNG of at most 512 pixels a side, so that no byte of the given file is kept.

    Raises InputError for what is no PNG, JPEG or WebP, for an SVG (it can hold scripts and load from elsewhere), and for a picture that is too large.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as error:
        raise InputError(f"expected a file that can be read: {error.strerror}", where=f"--logo {path}") from error
    if len(data) > _MOST_BYTES:
        raise InputError(f"expected a picture of at most {_MOST_BYTES:,} bytes", where=f"--logo {path}")
    try:
        return _redrawn(data, path)
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        hint = "an SVG can hold scripts: save it as PNG" if b"<svg" in data[:4096].lower() else None
        raise InputError("expected a picture in PNG, JPEG or WebP", where=f"--logo {path}", hint=hint) from error


def _redrawn(data: bytes, path: Path) -> bytes:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        image = Image.open(io.BytesIO(data), formats=_FORMATS)
    if image.width * image.height > _MOST_PIXELS:
        raise InputError(
            f"expected a picture of at most {_MOST_PIXELS:,} pixels, got {image.width} by {image.height}",
            where=f"--logo {path}",
        )
    upright = ImageOps.exif_transpose(image).convert("RGBA")
    upright.thumbnail((_LARGEST, _LARGEST))
    plain = Image.new("RGBA", upright.size)
    plain.paste(upright)
    out = io.BytesIO()
    plain.save(out, "PNG", optimize=True)
    return out.getvalue()
