"""Bytes of a register to lines of text, with the bytes that cannot be read kept visible.

Registers come as UTF-8 with and without a byte order mark, as UTF-16 from spreadsheets, and in the eight-bit encodings of their countries,
of which Windows-1252 is the one that most people (and UNESCO's export of 2019) call latin-1: true latin-1 has control characters where Windows-1252 has the apostrophe ’, so reading
one as the other drops every apostrophe. A byte that cannot be read becomes a lone surrogate (PEP 383), so that only a row that
uses it is refused and the good rows are kept.
"""

import codecs
import re
from typing import NamedTuple

from vestige.capture.registers._errors import RegisterError
from vestige.capture.registers._letters import likely_encodings

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_UNREADABLE = re.compile("[\udc80-\udcff\ufffd]")
_PUNCTUATION_IN_UTF8 = re.compile(rb"\xe2\x80[\x90-\xbf]")
_LOST = re.compile(r"[^\W\d_]\?[^\W\d_]|(?<!\S)\?[^\W\d_]|\?{3,}|\?\S*\w\?")
_TWICE = re.compile("[\u00c2-\u00f4][\u0080-\u00bf\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_NOT_WESTERN = re.compile("[À-ÖØ-öø-ÿŠšŽžŒœŸƒ]{4,}|(?<![^\\W\\d_])ÿ")


class Decoded(NamedTuple):
    """The text of a register, the encoding that it was read in, and whether that is more than the last resort."""

    text: str
    encoding: str
    sure: bool = True


def decode_register(data: bytes, encoding: str | None = None) -> Decoded:
    """Read the bytes of a register as text; a byte that cannot be read becomes a lone surrogate.

    ``encoding`` None: a byte order mark decides, or the empty bytes of UTF-16; else UTF-8 when more than a quarter of the lines
    beyond ASCII are (Windows-1252 is hardly ever UTF-8 by accident); else the encoding in which the words are those of the countries.
    Raises RegisterError for an encoding that Python does not know, and where two would give different letters that are both good.
    """
    if encoding is None:
        for mark, name in _MARKS:
            if data.startswith(mark):
                return Decoded(
                    data[len(mark) :].decode(name, "surrogateescape" if name == "utf-8" else "replace"), name
                )
        guessed = _guessed(data)
        if guessed is None:
            return Decoded(_windows_1252(data), "windows-1252", sure=False)
        encoding = guessed
    try:
        name = codecs.lookup(encoding).name
    except LookupError as error:
        raise RegisterError(
            f"expected a known encoding, got {encoding!r}", hint="for instance utf-8 or cp1251"
        ) from error
    if name == "cp1252":
        return Decoded(_windows_1252(data), "windows-1252")
    wide = name.startswith(("utf-16", "utf-32"))
    return Decoded(data.decode(name, "replace" if wide else "surrogateescape").removeprefix("\ufeff"), name)


def _guessed(data: bytes) -> str | None:
    head = data[:4000]
    if head.count(0) > len(head) // 4:
        return "utf-16-be" if head[0::2].count(0) > head[1::2].count(0) else "utf-16-le"
    if _is_utf8_by_lines(data):
        return "utf-8"
    likely = likely_encodings(data)
    if len(likely) > 1:
        raise RegisterError(
            f"the letters could be {' or '.join(likely[:4])}, and their words differ",
            hint=f"say which: --encoding {likely[0]}",
        )
    return likely[0] if likely else None


def lost_letters(text: str) -> str | None:
    """Say what shows that letters of a text were lost or changed before it came; None where nothing does."""
    if _LOST.search(text):
        return "letters were lost before (a question mark stands for each); ask for the file in UTF-8"
    if _TWICE.search(text):
        for name in ("cp1252", "latin-1"):
            try:
                again = text.encode(name).decode("utf-8")
            except UnicodeError:
                continue
            return f"letters were read in a wrong encoding before (perhaps it was {again[:40]!r}); ask for the file in UTF-8"
    return None


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
