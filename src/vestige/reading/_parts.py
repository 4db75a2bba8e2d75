"""The letter of grammar of a word or mark by itself, and what becomes of it after certain neighbours.

The closed classes and frequent verbs of English are known, the rest is guessed from endings and capitals. For any other language the
letters say only: capitalised, number, mark or word.

===  ==================================  ===  ==================================
 D   determiner, possessive pronoun       V   finite verb or base form
 P   subject pronoun                      A   auxiliary
 O   object pronoun                       E   word in -ed: past or participle
 B   pronoun with auxiliary ("he's")      G   word in -ing
 X   capitalised word                     R   adverb
 Q   possessive ("Iran's")                Y   day, month, time noun
 N   any other word                       T   "to"
 0   number                               I   preposition
 W   which, what …                        C   and, or, but
 H   who, that as relative                S   because, that, while …
 <   opening quotation mark               >   closing quotation mark
 .   end of a sentence (also "?", "!")    #   end of a paragraph
===  ==================================  ===  ==================================

Other marks stand for themselves.
"""

from functools import cache
from typing import NamedTuple

from vestige.reading._lexicon import cues, words
from vestige.reading._remembered import Remembered

QUOTES = {**dict.fromkeys("“„«「", "<"), **dict.fromkeys("”»」", ">"), "``": "<", '"': '"', "''": '"', "″": '"'}
MARKS = {
    **dict.fromkeys(".!?؟։", "."), **dict.fromkeys(",،", ","), **dict.fromkeys(";؛", ";"), ":": ":", "(": "(", ")": ")", "[": "(",
    "]": ")", **dict.fromkeys("-–—―", "-"), "…": "~", **dict.fromkeys("'’‘‚‹›", "'"),
}  # fmt: skip
APOSTROPHES = str.maketrans({"’": "'", "`": "'", "ʼ": "'", "‑": "-"})


class Part(NamedTuple):
    """What is known of one word or mark, alone and after certain neighbours."""

    low: str
    """Normal form: lower case, plain apostrophe."""
    tag: str
    settled: bool
    """Whether the neighbours change nothing."""
    in_phrase: str = ""
    """The letter after an article or possessive."""
    after_preposition: str = ""
    compound: str = ""
    """The letter after a noun in the singular."""
    at_start: str = ""
    """The letter where a sentence begins."""


ABBREVIATING = Part(".", ".", settled=False)
"""A dot that may belong to the word before it: "Mr.", "J."."""
LINE_END = Part("\n", "#", settled=False)
"""A line break that may end a paragraph."""


@cache
def closed_classes() -> dict[str, str]:
    """Give the letter of every word whose class does not depend on its surroundings."""
    letters = {form: "G" if shape == "ing" else "V" for form, (_, shape) in cues().forms.items()}
    order = (
        ("irregular_past", "V"), ("verb", "V"), ("time", "Y"), ("preposition", "I"), ("adverb", "R"), ("subordinator", "S"), ("wh", "W"), ("determiner", "D"),
        ("object_pronoun", "O"), ("pronoun", "P"), ("contracted", "B"), ("auxiliary", "A"), ("conjunction", "C"),
    )  # fmt: skip
    for kind, letter in order:
        for word in words(kind):
            letters[word] = "G" if letter == "V" and word.endswith("ing") and len(word) > 5 else letter
    return letters | {"to": "T", "who": "H", "may": "A", "march": "Y", "more": "D", "her": "D", "i": "P"}


def part_of(word: str) -> Part:
    """Look up one word or mark."""
    low = word if word.islower() and word.isalnum() else word.lower().translate(APOSTROPHES)
    if word[0].isdigit() or word[0] in "$€£":
        return Part(low, "0", settled=True)
    if not (word[0].isalpha() or word[0] in "@#") or (len(word) > 1 and word[0] in "@#" and not word[1].isalnum()):
        mark = QUOTES.get(word) or MARKS.get(word[0], "*")
        several = len(word) > 1 and mark not in '<>"'
        return Part(low, ("~" if word[0] == "." else "-") if several else mark, settled=mark != '"')
    return word_part(word, low)


def word_part(word: str, low: str) -> Part:
    """Look up a word."""
    known = closed_classes().get(low)
    if known is None:
        tag = open_class(word, low)
        if tag in "EG":
            return Part(low, tag, False, "N", "N" if tag == "E" else "G", tag, tag)
        return Part(low, tag, settled=True)
    capital = word[0].isupper() and len(word) > 1
    noun = low in words("nounable")
    if known in "OPHIDR" and len(word) > 1 and word.isupper():
        return Part(low, "X", settled=True)
    if capital and known in "VGEA":
        return Part(low, "X", False, "X", "X", "X", known if known in "GA" or not noun else "X")
    if known == "V" and noun:
        base = cues().forms[low].shape == "base" if low in cues().forms else True
        return Part(low, "V", False, "N", "N", "N" if base else "V", "N" if low == "state" else "V")
    settled = known not in "VG" and low != "her"
    return Part(low, known, settled, "N" if known in "VG" else known, known, known, known)


def open_class(word: str, low: str) -> str:
    """Guess the letter of an unknown word from capital and ending."""
    if low.endswith(("'s", "s'")):
        return "Q"
    if word[0] in "@#" or word.lower() != word:
        return "X"
    if low.endswith("ly") and len(low) > 4:
        return "N" if low in words("noun_in_ly") else "R"
    if low.endswith("ed") and len(low) > 4:
        return "E"
    return "G" if low.endswith("ing") and len(low) > 5 else "N"


PARTS = Remembered(part_of)
