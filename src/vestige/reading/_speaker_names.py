"""Names of speakers as printed: where a person's name ends, whether its form is a person's, and what later mentions repeat."""

from functools import cache
from importlib.resources import files

from vestige.reading._lexicon import words
from vestige.reading._tokens import Tokens

APOSTROPHES = ("’", "'", "`")


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
    tags, lows = tokens.tags, tokens.lows
    while first < last and lows[first] in words("honorific"):
        first += 1
    at = first
    while at < last:
        surname = first < at == last - 1 and tags[at] == "X"  # "Tom Bishop"
        if (tags[at] in "XQ" and (surname or lows[at] not in words("title"))) or (
            lows[at] in words("particle") and at + 1 < last and tags[at + 1] in "XQN"
        ):
            at += 1
        else:
            break
    return stripped(tokens.slice(first, at)) if (at > first and tags[first] in "XQ") or at > first + 1 else None


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
