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


def shown(text: str) -> str:
    """Give a text with what steers a terminal, or turns its direction, made visible as U+FFFD."""
    return _CONTROL.sub("\N{REPLACEMENT CHARACTER}", text)


def without_controls(text: str) -> str:
    """Give a text without what steers, and without what XML 1.0 cannot hold; tabs and line ends stay."""
    return _NO_XML.sub("", text)


def escaped_json(text: str) -> str:
    """Give JSON with what it would leave raw but a terminal would obey written as escapes: the same value."""
    return _UNSEEN_IN_JSON.sub(lambda match: f"\\u{ord(match[0]):04x}", text)


def as_cell(text: str) -> str:
    """Guard a text in a table against being run as a formula by a spreadsheet: an apostrophe before what would start one."""
    text = without_controls(text)
    return f"'{text}" if text[:1] in {"=", "+", "-", "@", "\t", "\r"} else text
