"""Threads in a page: comments under an article and lists of other stories repeat a date, or "Anna says:", every few lines.

An article has a date or two at its head. Where dates recur at short distances, what stands between them counts for less.
"""

import re
from collections.abc import Iterator, Sequence

DATE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}:\d\d\b|\b\d+\s?(?:h|d|m|hrs?|hours?|mins?|minutes?|days?|weeks?|months?|years?) ago\b"
    r"|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b",
    re.IGNORECASE,
)
SAYS = re.compile(r"^.{2,40} (?:says|writes|wrote|said) ?:$")
DIGITS, LETTERS = re.compile(r"\d+"), re.compile(r"[^\W\d_]+")
LONGEST, MOST_WORDS = 70, 10
"""A line that gives a date has fewer characters, and not more words."""
FEWEST, FARTHEST = 4, 8
"""A thread has so many dates at least, none more than so many lines after the one before."""
HEAD = 2
"""So many lines before the first date belong to the thread: a headline, a name."""


def is_dated(line: str) -> bool:
    """Tell a line that is a date, or announces who writes next."""
    if len(line) >= LONGEST:
        return False
    return (DATE.search(line) is not None and len(line.split()) <= MOST_WORDS) or SAYS.match(line) is not None


def shape(line: str) -> str:
    """Give the way in which a date is written: "12/05/2021 3:15 PM" as "9/9/9 9:9 a"."""
    return LETTERS.sub("a", DIGITS.sub("9", line))


def threads(lines: Sequence[str]) -> Iterator[range]:
    """Give the threads among the lines of a page, by their indexes."""
    chain: list[int] = []
    for at in [*(at for at, line in enumerate(lines) if is_dated(line)), len(lines) + FARTHEST + 1]:
        if chain and at - chain[-1] > FARTHEST:
            if len(chain) > 1 and shape(lines[chain[0]]) != shape(lines[chain[1]]):
                chain = chain[1:]  # the article's own date stands above a list that writes dates in another way
            if len(chain) >= FEWEST:
                step = (chain[-1] - chain[0]) // (len(chain) - 1)
                yield range(max(0, chain[0] - HEAD), min(len(lines), chain[-1] + step + 1))
            chain = []
        chain.append(at)
