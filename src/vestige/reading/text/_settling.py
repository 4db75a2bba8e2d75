"""The letters that a word by itself leaves open, settled by the word before it: after an article, "report" is a noun."""

from itertools import compress
from typing import NamedTuple

from vestige.reading.text._letters import DOT, HER, LINE_END, MONTH, OPEN, STRAIGHT, VERBAL
from vestige.reading.text._lexicon import words

TAGS = str.maketrans({code: letter.tag for code, letter in OPEN.items()})
SINGULAR_S = ("ss", "us", "is", "'s")
NOUNS = {"v": "N", "w": "N", "s": "N", "x": "X", "y": "X", "z": "X"}
"""What a verb in a form that may be a noun, or a name, is as the subject of another verb."""
OPENING = frozenset(",.#<>C~:;-(")
BEFORE_NAME = OPENING | frozenset("XV")
SAYING = frozenset(("said", "says", "say"))
NOMINAL, AFTER_HER = frozenset("NX"), frozenset("XN0E")


class Columns(NamedTuple):
    """Tokens of one part of a text; a token whose letter is taken away is none."""

    starts: list[int]
    sizes: list[int]
    lows: list[str]
    letters: list[str]

    def without_dropped(self) -> "Columns":
        """Give the tokens that are left."""
        kept = self.letters
        return Columns(
            starts=list(compress(self.starts, kept)),
            sizes=list(compress(self.sizes, kept)),
            lows=list(compress(self.lows, kept)),
            letters=list(compress(self.letters, kept)),
        )


def settle(text: str, found: Columns, codes: str, breaks: frozenset[int]) -> None:
    """Decide in place the letters that depend on the neighbours; give the dot after "Mr", "J" or "U.S" to the word before."""
    starts, sizes, lows, letters = found
    waiting = [(at, code) for at, code in enumerate(codes) if code in OPEN]
    inside = False  # a straight quotation
    for at, code in waiting:
        last = at - 1
        while last >= 0 and not letters[last]:
            last -= 1
        before = letters[last] if last >= 0 else "#"
        if code == LINE_END:
            letters[at] = "#" if before != "#" and starts[at] in breaks else ""
            inside = inside and not letters[at]
        elif code == STRAIGHT:
            letters[at] = quote_letter(text, starts[at], starts[at] + sizes[at], before, inside=inside)
            inside = letters[at] == "<"
        elif code != DOT:
            letters[at] = in_context(code, lows[last], before)
            if before == "S" and letters[at] in "VA":
                settle_that(found, last)
    settle_late(text, found, waiting)


def settle_late(text: str, found: Columns, waiting: list[tuple[int, str]]) -> None:
    """Decide what depends on the word after it."""
    for at, code in waiting:
        if code == DOT:
            join(text, found, at)
        elif code == HER:
            settle_her(found.letters, at)
        elif code == MONTH:
            settle_month(found.letters, at)
        elif code in NOUNS and found.letters[at] in "VGA":
            settle_subject(found.letters, at, NOUNS[code])


def settle_that(found: Columns, at: int) -> None:
    """Take "that" between a noun and a verb for a relative pronoun."""
    if found.lows[at] == "that" and at and found.letters[at - 1] in NOMINAL:
        found.letters[at] = "H"


def settle_her(letters: list[str], at: int) -> None:
    """Take "her" for an object where no noun phrase follows."""
    if letters[at] == "D" and at + 1 < len(letters) and letters[at + 1] not in AFTER_HER:
        letters[at] = "O"


def settle_month(letters: list[str], at: int) -> None:
    """Take a month for a given name where a capital follows and no preposition precedes: "Jan Vzor", but "in June Kharkiv"."""
    last = at - 1
    while last >= 0 and not letters[last]:
        last -= 1
    before = letters[last] if last >= 0 else "#"
    if letters[at + 1 : at + 2] == ["X"] and before in BEFORE_NAME:
        letters[at] = "X"


def settle_subject(letters: list[str], at: int, noun: str) -> None:
    """Take what may be a noun for one where it begins a clause and a verb follows: ", (advocates) said"."""
    after = at + 1
    while after < len(letters) and not letters[after]:
        after += 1
    before = letters[at - 1] if at else "#"
    if before in OPENING and after < len(letters) and letters[after] in ("V" if noun == "X" else "VA"):
        letters[at] = noun


def join(text: str, found: Columns, dot: int) -> None:
    """Give a dot to the word before it; that after "no" only before a number."""
    low, end = found.lows[dot - 1], found.starts[dot] + found.sizes[dot]
    if low == "no" and not text[end : end + 2].strip()[:1].isdigit():
        return
    found.sizes[dot - 1] = end - found.starts[dot - 1]
    found.letters[dot] = ""
    if len(low) == 1:  # "F.B.I."
        found.letters[dot - 1] = "X"


def quote_letter(text: str, start: int, end: int, before: str, *, inside: bool) -> str:
    """Tell whether a straight quotation mark opens or closes, by the white space around it; with that on both sides, by what is open."""
    free = start == 0 or text[start - 1].isspace() or before in "(<-#"
    if not free or end >= len(text):
        return ">"
    return "<" if not text[end].isspace() or not inside else ">"


def in_context(code: str, last: str, before: str) -> str:
    """Settle a letter by the word before: after an article, "report" is a noun; a sentence begins with a capital."""
    letter = OPEN[code]
    if before in "DQ":
        if last in words("pronominal") or (code == VERBAL and last in words("standing_alone")):  # "Another said"
            return letter.tag
        return letter.in_phrase
    if before in "I0O(":
        return letter.after_preposition
    if before in "NX":
        plural = last.endswith("s") and not last.endswith(SINGULAR_S) and last not in words("singular_in_s")
        return letter.tag if plural else letter.compound
    state = code == "s" and before in OPENING  # ", state media said"
    several = code == "w" and before in "VEG"  # "denied reports that …"
    if state or several or (last in SAYING and NOUNS.get(code) == "N"):  # "said caution is …"
        return "N"
    return letter.at_start if before in ".#<>" else letter.tag
