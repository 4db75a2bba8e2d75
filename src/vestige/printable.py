"""Characters that steer instead of standing for something: what a text from outside may do to a terminal, a feed or a table.

C0 and C1 controls move cursors, set titles and break XML; controls of direction (Unicode UAX 9: embeddings, overrides, isolates)
make one name look like another. Every text from outside passes one of these before it is printed or written into a format.
"""

import re
from typing import Final

_STEERS: Final = "\x00-\x08\x0b-\x1f\x7f-\x9f\udc80-\udcff\u202a-\u202e\u2066-\u2069"
_CONTROL = re.compile(f"[{_STEERS}]")
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff\u202a-\u202e\u2066-\u2069]")
_UNSEEN_IN_JSON = re.compile("[\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


_C0 = bytes({*range(32), 0x7F} - {0x09, 0x0A, 0x0D})
_C1 = re.compile(rb"\xc2[\x80-\x9f]")
_C0_OR_C1 = re.compile(rb"[" + re.escape(_C0) + rb"]|\xc2[\x80-\x9f]")
_TURNS = re.compile("[\u202a-\u202e\u2066-\u2069]")
_SPACES: Final = dict.fromkeys(map(ord, "\x0b\x0c\x1c\x1d\x1e\x85"), "\n")
_STANDS_FOR_NOTHING = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f]")


def shown(text: str) -> str:
    """Give a text with what steers a terminal, or turns its direction, made visible as U+FFFD."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def without_controls(text: str) -> str:
    """Give a text without what steers, and without what XML 1.0 cannot hold; tabs and line ends stay."""
    return _NO_XML.sub("", text)


def plain_page(page: bytes) -> bytes:
    """Give a page in UTF-8 with U+FFFD where C0 and C1 controls stand that an older record holds; tabs and line ends stay."""
    if len(page.translate(None, _C0)) == len(page) and _C1.search(page) is None:
        return page
    return _C0_OR_C1.sub("\N{REPLACEMENT CHARACTER}".encode(), page)


def readable(text: str) -> str:
    """Give the text of a document of as many characters: line ends for what parts pages and lines, U+FFFD for other controls of C0 and C1."""
    if text.isprintable() or _STANDS_FOR_NOTHING.search(text := text.translate(_SPACES)) is None:
        return text
    return _STANDS_FOR_NOTHING.sub("\N{REPLACEMENT CHARACTER}", text)


def unturned(text: str) -> str:
    """Give a text without controls of direction, for where nothing can isolate it: the title of a window, an attribute."""
    return _TURNS.sub("", text)


def escaped_json(text: str) -> str:
    """Give JSON with what it would leave raw but a terminal would obey written as escapes: the same value."""
    return _UNSEEN_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def as_cell(text: str) -> str:
    """Guard a text in a table against being run as a formula by a spreadsheet: an apostrophe before what would start one."""
    text = without_controls(text)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
