"""Names of speakers as printed: where a person's name ends, whether its form is a person's, and what later mentions repeat."""

import re
from functools import cache
from importlib.resources import files

from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

APOSTROPHES = ("’", "'", "`")
NICKNAME = re.compile("<X>X")


@cache
def territories() -> frozenset[str]:
    """Give the names of countries and territories in English (Unicode CLDR), in lower case."""
    listed = (files("vestige.reading") / "lexicon" / "territories_en.txt").read_text(encoding="utf8")
    return frozenset(listed.splitlines()) | {"us", "u.s.", "uk", "u.k.", "eu", "un", "usa"}


def stripped(name: str) -> str:
    """Drop a possessive ending."""
    bare = name.removesuffix("s")
    return bare[:-1] if bare.endswith(APOSTROPHES) else name


def person_name(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the name at the start of a phrase: capitalised words, initials, particles."""
    while first < last and tokens.lows[first] in words("honorific"):
        first += 1
    at = end_of_name(tokens, first, last)
    return stripped(tokens.slice(first, at)) if (at > first and tokens.tags[first] in "XQ") or at > first + 1 else None


def end_of_name(tokens: Tokens, first: int, last: int) -> int:
    """Give where the name at the start of a phrase ends; a name in quotation marks within it belongs to it."""
    tags, lows = tokens.tags, tokens.lows
    at = first
    while at < last:
        surname = first < at == last - 1 and tags[at] == "X"  # "Tom Bishop"
        particle = lows[at] in words("particle") and at + 1 < last and tags[at + 1] in "XQN"
        if particle or (tags[at] in "XQ" and (surname or lows[at] not in words("title"))):
            at += 1
        elif first < at < last - 3 and NICKNAME.match(tags, at, last):
            at += 3
        else:
            break
    return at


def kind_of_name(name: str) -> str:
    """Tell a person's name from an acronym or the name of an institution, as far as its form says."""
    parts = name.split()
    if len(parts) == 1 and name.isupper() and len(name) > 1:
        return "institution"
    if name.lower() in territories():
        return "institution"
    if any(part.lower().strip(".") in words("institution") for part in parts):
        return "institution"
    return "person" if len(parts) > 1 else "unknown"


def key_of(name: str) -> str:
    """Give the last word of a name in lower case: what later mentions repeat."""
    parts = [part for part in name.lower().split() if part.strip(".,") not in ("jr", "sr", "ii", "iii")]
    return parts[-1].strip(".,()") if parts else ""
