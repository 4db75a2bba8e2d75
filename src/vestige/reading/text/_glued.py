"""Blocks of a page that were glued together when its tags were dropped: "NewsPodcastPolitics"."""

import re
from collections.abc import Iterator
from functools import lru_cache

LOW, HIGH = "a-zß-öø-ÿа-яёіїєґ", "A-ZÀ-ÖØ-ÞА-ЯЁІЇЄҐ"
PLACE = re.compile(rf"[{HIGH}](?:(?<=[{LOW}][{LOW}][{LOW}].)|(?<=[.!?].)(?=[{LOW}]))")
"""Before a capital within a word, three small letters after which are enough to leave names such as "McDonald" and "YouTube" whole."""
FEWEST, SPARSEST = 4, 20
"""A line was glued together if it has so many such places, one in so many words or more."""
SHORTEST = 60
"""Lines of fewer characters are left as they are."""


@lru_cache(maxsize=1)  # the language and the body of a text both ask
def may_be_glued(text: str) -> bool:
    """Tell whether a text has enough such places for one line."""
    return len(PLACE.findall(text)) >= FEWEST


def glued(text: str, start: int, end: int) -> list[int]:
    """Give where the blocks of a line begin that was glued together; none of any other line."""
    if end - start < SHORTEST:
        return []
    places = [match.start() for match in PLACE.finditer(text, start, end)]
    many = len(places) >= FEWEST and len(places) * SPARSEST >= text.count(" ", start, end)
    return places if many else []


def unglued(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Give a line in parts, one a block where it was glued together."""
    for at in glued(text, start, end):
        yield start, at
        start = at
    yield start, end
