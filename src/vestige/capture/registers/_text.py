"""Bytes of a register to lines of text, with the bytes that cannot be read kept visible.

Registers come as UTF-8 with and without a byte order mark, as UTF-16 from spreadsheets, and as Windows-1252, which most people
(and UNESCO's export of 2019) call latin-1: true latin-1 has control characters where Windows-1252 has the apostrophe ’, so reading
one as the other drops every apostrophe. A byte that cannot be read becomes a lone surrogate (PEP 383), so that only a row that
uses it is refused and the good rows are kept.
"""

import codecs
import re
from typing import NamedTuple

from vestige.capture.registers._errors import RegisterError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNREADABLE = re.compile("[\udc80-\udcff\ufffd]")
_PUNCTUATION_IN_UTF8 = re.compile(rb"\xe2\x80[\x90-\xbf]")
_NOT_WESTERN = re.compile("[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{4,}|(?<![^\\W\\d_])ÿ")


class Decoded(NamedTuple):
    """The text of a register and the encoding that it was read in."""

    text: str
    encoding: str


def decode_register(data: bytes, encoding: str | None = None) -> Decoded:
    """Read the bytes of a register as text; a byte that cannot be read becomes a lone surrogate.

    ``encoding`` None: a byte order mark decides; else UTF-8 when more than a quarter of the lines
    beyond ASCII are (Windows-1252 is hardly ever UTF-8 by accident); else Windows-1252.
    Raises RegisterError for an encoding that Python does not know.
    """
    if encoding is None:
        for mark, name in _MARKS:
            if data.startswith(mark):
                return Decoded(
                    data[len(mark) :].decode(name, "surrogateescape" if name == "utf-8" else "replace"), name
                )
        encoding = "utf-8" if _is_utf8_by_lines(data) else "windows-1252"
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise RegisterError(
            f"expected a known encoding, got {encoding!r}", hint="for instance utf-8 or cp1251"
        ) from error
    if name == "cp1252":
        return Decoded(_windows_1252(data), "windows-1252")
    return Decoded(data.decode(name, "surrogateescape").removeprefix("\ufeff"), name)


def unreadable(text: str) -> str | None:
    """Say which byte of a text could not be read, or None when all of it was."""
    match = _UNREADABLE.search(text)
    if match is None:
        return None
    return "a replacement character" if match[0] == "\ufffd" else f"byte 0x{ord(match[0]) - 0xDC00:02X}"


def is_mojibake(text: str) -> bool:
    """Whether a text read as Windows-1252 looks like another encoding: four accented letters in a row, or a word that starts with ÿ."""
    return _NOT_WESTERN.search(text) is not None


def _is_utf8_by_lines(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        pass
    else:
        return True
    lines = [line for line in data.split(b"\n") if not line.isascii()]
    return 4 * sum(map(_is_utf8, lines)) > len(lines)


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _windows_1252(data: bytes) -> str:
    """Read Windows-1252 into which punctuation was pasted as UTF-8 (``E2 80 xx``, in Windows-1252 the nonsense ``â€x``)."""
    pieces: list[str] = []
    end = 0
    for match in _PUNCTUATION_IN_UTF8.finditer(data):
        pieces += (data[end : match.start()].decode("cp1252", "surrogateescape"), match[0].decode("utf-8"))
        end = match.end()
    return "".join([*pieces, data[end:].decode("cp1252", "surrogateescape")])
