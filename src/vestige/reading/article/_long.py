"""A line that is far too long, cut: at the ends of sentences, and where running text and page furniture were joined to one line.

A page that somebody has put on one line has lost the ends of its blocks. What is left to tell them by is how words are written: a sentence has
function words and words in small letters, a menu or a list of headlines hardly any. So from the end of each sentence the words are weighed
backwards, and where their sum is highest the sentence begins (maximum subsequence, Pasternack & Roth 2009).
"""

import re
from collections.abc import Iterator
from functools import cache
from itertools import accumulate, islice

from vestige.reading.text._languages import words_of_all
from vestige.reading.text._remembered import Remembered

LONGEST_LINE, SHORTEST_PART = 600, 60
"""Longer lines are cut, but not into parts shorter than that."""
JOINED = 900
"""What is longer than that has been joined of blocks."""
SENTENCE = re.compile(r"[.!?…؟։][\"”»’)\]]*\s+(?=\S)|[。！？]")
WORD = re.compile(r"\S+")
MARKS = "“”\"'‘’«»(),;:.!?"
TIME = (
    r"\d?:\d\d(?i: ?[ap]\.?m\.?)?\b|\d* ?(?i:[hdm]|hrs?|hours?|mins?|minutes?|days?|weeks?|months?|years?) (?i:ago)\b"
)
"""What follows the first digit of a time of day or of "2 hours ago": the head of a comment, or of another story, ends with it."""
HEAD, SAYING = r"\S{2,40} (?:says|writes|wrote):", (" says: ", " writes: ", " wrote: ")
"""What heads a comment, and what it holds."""
FUNCTION, SMALL, CAPITAL, CLAUSE = 1.0, 0.25, -1.2, 0.3
"""What a word says for running text: a function word, another in small letters, one with a capital or a number; and a comma after it."""
MOST_NAMES = 4
"""At most so many words with capitals before the sentence are taken for its first ones: the name of who acts in it."""
LONGEST_WORD = 60
"""So many characters of a word are looked at, since words are remembered."""
TOGETHER = 4
"""Furniture is cut into so many words a part: as many as it has in lines of its own elsewhere."""


def parts(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Give the parts of a line, or of a part of one; ``known`` are the function words of its language, if they are known."""
    if end - start <= LONGEST_LINE:
        if start < end:
            yield start, end
    elif end - start <= JOINED or not known:
        yield from sentences(text, start, end)
    else:
        for first, last in blocks(text, start, end):
            for part in sentences(text, first, last, short=True):
                yield from without_furniture(text, *part, known)


def sentences(text: str, start: int, end: int, *, short: bool = False) -> Iterator[tuple[int, int]]:
    """Cut at the ends of sentences; ``short`` ones, too, where the last word is in small letters and no abbreviation therefore."""
    for mark in SENTENCE.finditer(text, start, end):
        whole = short and text[max(start, mark.start() - 3) : mark.start()].islower()
        if whole or mark.end() - start >= SHORTEST_PART:
            yield start, mark.end()
            start = mark.end()
    if start < end:
        yield start, end


@cache
def furniture(*, heads: bool) -> re.Pattern[str]:
    """Give a pattern of what begins a block of furniture within a line; what heads a comment is looked for where ``heads`` says so.

    ``head`` is the whole of it, ``time`` only ends its first line. All but heads begin with one of a few characters, which are
    searched for many times faster than alternatives are tried.
    """
    phrases = {phrase for kind in ("section", "button", "closing") for phrase in words_of_all(kind) if " " in phrase}
    by_letter: dict[str, list[str]] = {}
    for phrase in sorted(phrases, key=len, reverse=True):
        by_letter.setdefault(phrase[0], []).append(re.escape(phrase[1:]))
    listed = "|".join(f"(?<=[{capital(letter)}])(?i:{'|'.join(rest)})" for letter, rest in by_letter.items())
    found = (
        rf"[©\d{''.join(map(capital, by_letter))}](?:(?<!\S.)(?:(?:{listed})\b|(?<=©))|(?<=\d)(?<!\w.)(?P<time>{TIME}))"
    )
    return re.compile(rf"{found}|(?<!\S)(?P<head>{HEAD})(?= )" if heads else found)


def capital(letter: str) -> str:
    """Give the letters that a phrase may begin with in a line: no small one of plain English."""
    return letter.upper() if letter.isascii() else letter + letter.upper()


def begins_furniture(text: str, start: int) -> bool:
    """Tell whether a block of furniture begins here, if anything does."""
    found = furniture(heads=True).match(text, start)
    return found is not None and found.lastgroup != "time"


def blocks(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Cut where a block of furniture begins, and after what heads a comment or another story."""
    heads = any(text.find(saying, start, end) >= 0 for saying in SAYING)
    for match in furniture(heads=heads).finditer(text, start, end):
        first = match.end() if match["time"] else match.start()
        for at in (first, match.end()) if match.lastgroup == "head" else (first,):
            if at > start:
                yield start, at
                start = at
    if start < end:
        yield start, end


def without_furniture(text: str, start: int, end: int, known: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Cut off what stands before the sentence that ends here, if one does, and that into short parts."""
    first = sentence_start(text[start:end].split(), known)
    words = [match.span() for match in islice(WORD.finditer(text, start, end), first + 1)]
    for at in range(0, first, TOGETHER):
        yield words[at][0], words[min(at + TOGETHER, first) - 1][1]
    if first < len(words):
        yield words[first][0], end


def sentence_start(words: list[str], known: frozenset[str]) -> int:
    """Give the first word of the sentence that the words end with, or their number where they end with none."""
    sums = list(accumulate(map(weights(known).__getitem__, reversed(words))))
    best = max(sums, default=-1.0)
    if best < 0:
        return len(words)
    found = sums[::-1].index(best)
    earliest = max(0, found - MOST_NAMES)
    while found > earliest and words[found - 1][0].isupper():
        found -= 1
    return found


@cache
def weights(known: frozenset[str]) -> Remembered[float]:
    """Give what is remembered of the weights of words, by the function words of their language."""
    return Remembered(lambda word: weight(word[:LONGEST_WORD], known))


def weight(word: str, known: frozenset[str]) -> float:
    """Weigh one word as printed."""
    comma = CLAUSE if word[-1] in ",;" else 0.0
    bare = word.strip(MARKS)
    if bare in known:
        return FUNCTION + comma
    if bare.islower():
        return SMALL + comma
    if bare.lower() in known:  # "The" may begin a sentence or a headline
        return comma
    return comma + (CAPITAL if bare[:1].isupper() or not bare[:1].isalpha() else 0.0)
