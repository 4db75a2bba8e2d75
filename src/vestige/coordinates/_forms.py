"""A text as a person would read it: without the escapes of addresses, pages, JSON and RTF."""

import html
import re
import unicodedata
from collections.abc import Iterator
from urllib.parse import unquote

_OTHER_DIGIT = re.compile(r"(?![0-9])\d")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")
_RTF_ESCAPE = re.compile(r"\\'([0-9a-fA-F]{2})")


def forms_of(text: str) -> Iterator[str]:
    """Give a text as it stands, its digits those of ASCII, and, where it holds escapes, without them."""
    if not text.isascii():
        text = _OTHER_DIGIT.sub(lambda match: str(unicodedata.digit(match[0])), text)
    yield text
    plain = text
    if "%" in plain:
        plain = unquote(unquote(plain))
    if "&" in plain:
        plain = html.unescape(plain)
    if "\\" in plain:
        plain = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), plain)
        plain = _RTF_ESCAPE.sub(lambda match: bytes.fromhex(match[1]).decode("cp1252", "replace"), plain)
    if plain != text:
        yield plain
