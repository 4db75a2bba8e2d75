"""A picture decoded in a process of its own: whatever a crafted file does to a decoder, it does there. Imports nothing of Vestige.

Reads the file from standard input and writes one line of JSON to standard output, followed by the JPEG where there is one: ``size``
(width and height of the copy), or ``why`` there is none.
"""

import contextlib
import io
import json
import sys
import warnings

from PIL import Image, ImageOps

LARGEST = 1600
"""Pixels of the longer side of a copy."""
MOST_PIXELS = 50_000_000
"""Pixels that are decoded: 50 million cost some 0.5 GB while a copy is made. A JPEG is decoded at a fraction, so it may have more."""
MOST_OF_JPEG = 200_000_000
MOST_MEMORY = 1_500_000_000
"""Bytes of address space, where the system bounds it (Linux; macOS and Windows do not)."""
MOST_SECONDS = 60
"""Seconds of processor time."""
FORMATS = ("JPEG", "PNG", "TIFF", "GIF", "WEBP")


class TooLargeError(Exception):
    """More pixels than are decoded."""


def bound() -> None:
    """Bound memory and processor time of this process, where the system has such bounds."""
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_CPU, (MOST_SECONDS, MOST_SECONDS))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))


def opened(data: bytes) -> Image.Image:
    """Read the head of a picture, and no pixel; raises `TooLargeError` before anything is decoded."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", Image.DecompressionBombWarning)
        try:
            image = Image.open(io.BytesIO(data), formats=FORMATS)
        except Image.DecompressionBombError as error:
            raise TooLargeError from error
    if image.width * image.height > (MOST_OF_JPEG if image.format in {"JPEG", "MPO"} else MOST_PIXELS):
        raise TooLargeError
    return image


def reduced(data: bytes) -> tuple[bytes, tuple[int, int]]:
    """Make a JPEG of a picture, at most 1600 pixels wide and high, upright and without any metadata; give it with its size."""
    with opened(data) as image:
        image.draft("RGB", (LARGEST, LARGEST))
        upright = ImageOps.exif_transpose(image)
        upright.thumbnail((LARGEST, LARGEST))
        plain = Image.new("RGB", upright.size, "white")
        shown = upright.convert("RGBA")
        plain.paste(shown, mask=shown.getchannel("A"))
    made = io.BytesIO()
    plain.save(made, "JPEG", quality=82, optimize=True, progressive=True)
    return made.getvalue(), plain.size


def main() -> None:
    """Make the copy of the picture on standard input."""
    bound()
    jpeg, answer = b"", dict[str, object]()
    try:
        jpeg, size = reduced(sys.stdin.buffer.read())
        answer = {"size": size}
    except TooLargeError:
        answer = {"why": "too large"}
    except MemoryError:
        answer = {"why": "costly"}
    except Exception:  # noqa: BLE001 - a broken file may fail in any way, and each means that it cannot be shown
        answer = {"why": "broken"}
    sys.stdout.buffer.write(json.dumps(answer).encode() + b"\n" + jpeg)


if __name__ == "__main__":
    main()
