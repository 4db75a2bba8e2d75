"""Preserved sources that take the record up: they link to it, copy its words, or name it. A candidate each, for a person to confirm."""

import re
import unicodedata
from collections.abc import Iterable

import msgspec


class Marks(msgspec.Struct, frozen=True):
    """By what a record is known: its addresses, its names in its languages, and its hashes (of entries, files, checkpoints)."""

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    hashes: frozenset[str] = frozenset()


class Mention(msgspec.Struct, frozen=True):
    """How a text takes a record up (``linked`` or ``named``), and the words that show it."""

    how: str
    words: str


_HASH = re.compile(r"\b[0-9a-f]{64}\b")


def mention_in(text: str, marks: Marks) -> Mention | None:
    """Give the strongest way in which a text takes a record up: a link or hash before a name; nothing where it does not.

    Names are compared without regard to case and width, as whole words.
    """
    plain = _plain(text)
    for address in marks.addresses:
        bare = re.sub(r"^[a-z]+://(www\.)?", "", address.casefold()).rstrip("/")
        if bare and (at := _whole(plain, bare)) >= 0:
            return Mention("linked", _around(plain, at, len(bare)))
    for found in _HASH.finditer(plain):
        if found[0] in marks.hashes:
            return Mention("linked", found[0])
    return _named(plain, marks.names)


def _named(plain: str, names: Iterable[str]) -> Mention | None:
    for name in names:
        sought = _plain(name)
        if len(sought) >= 8 and (at := _whole(plain, sought)) >= 0:  # a shorter name is a common word
            return Mention("named", _around(plain, at, len(sought)))
    return None


def _plain(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", text).casefold().split())


def _whole(text: str, sought: str) -> int:
    """Find a text where neither a letter nor a digit stands beside it."""
    at = text.find(sought)
    while at >= 0:
        end = at + len(sought)
        if not (at and text[at - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            return at
        at = text.find(sought, at + 1)
    return -1


def _around(text: str, at: int, length: int) -> str:
    start, end = max(0, at - 60), at + length + 60
    return text[start:end].strip()
