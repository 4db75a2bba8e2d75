"""Text from bytes: which encoding, and how that is known.

The order is the WHATWG's for documents, but for one thing: valid UTF-8 of some length is taken before a declaration, since pages are
declared wrongly more often than other encodings happen to be valid UTF-8.
"""

import codecs
import re
from typing import Literal, NamedTuple

from charset_normalizer import from_bytes

from vestige.capture._binary import binary_kind
from vestige.capture._errors import NotTextError
from vestige.capture._latin import told_by_letters

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(rb"""charset\s*=\s*["']?\s*([A-Za-z0-9_.:-]{1,40})""", re.IGNORECASE)
_XML = re.compile(rb"""^\s{0,16}<\?xml[^>]{0,200}encoding\s*=\s*["']([A-Za-z0-9_.:-]{1,40})""")
_HEAD = 4096  # bytes in which a page declares its encoding
_SAMPLE = 200_000  # bytes from which it is guessed
_OF_THE_WEB = [
    "ibm866", "iso8859_2", "iso8859_5", "iso8859_6", "iso8859_7", "iso8859_8", "iso8859_15", "koi8_r", "koi8_u", "cp874", "cp1250", "cp1251",
    "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "gb18030", "big5", "euc_jp", "shift_jis", "euc_kr",
]  # fmt: skip
"""Encodings that texts of the last decades are in (WHATWG): among them a guess from one sentence is seldom wrong, among all that Python knows often."""
_SUPERSETS = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_MOST_NOISE = 0.02  # share of control and replacement characters in a text that is one

Ground = Literal["byte order mark", "valid UTF-8", "declared", "guessed"]


class Decoded(NamedTuple):
    """A text and what is known of its encoding."""

    text: str
    encoding: str
    ground: Ground
    replaced: int = 0
    """Bytes that were not valid and stand as U+FFFD."""


def decode(data: bytes, media_type: str = "", *, where: str | None = None) -> Decoded:
    """Give the text in the bytes of a source; `NotTextError` where they hold none."""
    if kind := binary_kind(data):
        raise NotTextError(f"expected text, got {kind}", where=where, hint="give the text or the page itself")
    decoded = _by_mark(data) or _by_validity(data) or _by_declaration(data, media_type) or _by_guess(data, where)
    sample = decoded.text[:_SAMPLE]
    if sample and (len(_CONTROL.findall(sample)) + sample.count("\ufffd")) / len(sample) > _MOST_NOISE:
        raise NotTextError(
            "expected text, got bytes that are none", where=where, hint="give the text or the page itself"
        )
    return decoded


def _by_mark(data: bytes) -> Decoded | None:
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return _lenient(data, encoding, "byte order mark")
    return None


def _by_validity(data: bytes) -> Decoded | None:
    try:
        return Decoded(data.decode("utf-8"), "utf-8", "valid UTF-8")
    except UnicodeDecodeError:
        return None


def _by_declaration(data: bytes, media_type: str) -> Decoded | None:
    head = data[:_HEAD]
    for found in (_CHARSET.search(media_type.encode("ascii", "replace")), _XML.search(head), _CHARSET.search(head)):
        if found:
            try:
                name = codecs.lookup(found.group(1).decode("ascii")).name
            except LookupError:
                continue
            if not name.startswith(("utf-16", "utf-32", "utf-7")) and codecs.lookup(name)._is_text_encoding:  # noqa: SLF001
                return _lenient(data, _SUPERSETS.get(name, name), "declared")
    return None


def _by_guess(data: bytes, where: str | None) -> Decoded:
    sample = data[:_SAMPLE]
    best = from_bytes(sample, cp_isolation=_OF_THE_WEB).best() or from_bytes(sample).best()
    if best is None:
        raise NotTextError(
            "expected text, got bytes that are none", where=where, hint="give the text or the page itself"
        )
    return _lenient(data, told_by_letters(sample, best.encoding), "guessed")


def _lenient(data: bytes, encoding: str, ground: Ground) -> Decoded:
    text = data.decode(encoding, "replace")
    return Decoded(text, encoding.removesuffix("-sig").replace("_", "-"), ground, text.count("\ufffd"))
