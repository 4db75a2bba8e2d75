"""Control characters in bodies: refused where an entry is written, kept where one is read.

A control character of C0 or C1 stands for nothing that is read: it moves a cursor, sets the title of a terminal, breaks a feed. Tabs
and line ends stay. What older records hold is not void for it; it is shown as U+FFFD. Marks of direction (UAX 9) are letters' own in
Arabic and Hebrew texts, and stay too: pages isolate what holds them.
"""

import re
from collections.abc import Iterator
from typing import Any

import msgspec

from vestige.entries._errors import InvalidBodyError

CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_MAY_HOLD = re.compile(rb"\\u00[01]|\\[bf]|\x7f|\xc2[\x80-\x9f]")
"""How canonical JSON writes them; also an escaped backslash before such letters, so it may say so needlessly."""


def require_plain(kind: str, data: bytes) -> None:
    """Raise InvalidBodyError, which names the field, when a body in canonical JSON holds a control character."""
    told = b"\\" in data or b"\x7f" in data or b"\xc2" in data  # far cheaper than the search, which needs one of these
    if not told or _MAY_HOLD.search(data) is None:
        return
    for path, text in _texts(msgspec.json.decode(data), ""):
        if found := CONTROL.search(text):
            raise InvalidBodyError(
                f"expected a text without control characters, got U+{ord(found[0]):04X}",
                where=f"{kind}{path}",
                hint="leave it out; tabs and line ends may stay",
            )


def _texts(value: Any, path: str) -> Iterator[tuple[str, str]]:
    """Give the texts of a JSON value, names of fields included, each with where it stands."""
    if isinstance(value, str):
        yield path, value
    elif isinstance(value, dict):
        for name, part in value.items():
            yield path, name
            yield from _texts(part, f"{path}.{name}")
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, f"{path}[{number}]")
