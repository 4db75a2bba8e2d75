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

Other marks stand for themselves. What the neighbours settle has a small letter until they do, see ``OPEN``.
"""

from functools import cache
from typing import Final, NamedTuple

from vestige.reading.text._lexicon import cues, words

STRAIGHT, DOT, LINE_END, HER, VERBAL, MONTH = "q", "a", "l", "h", "u", "m"
"""Until the neighbours settle it: a quotation mark that may open or close; a dot that may belong to the word before it ("Mr.", "J."); a line
break that may end a paragraph; "her"; a verb that is never a noun; a month that is a given name too ("June", "Jan")."""
QUOTES = {
    **dict.fromkeys("“„«「", "<"),
    **dict.fromkeys("”»」", ">"),
    "``": "<",
    **dict.fromkeys(('"', "''", "″"), STRAIGHT),
}
MARKS = {
    **dict.fromkeys(".!?؟։", "."), **dict.fromkeys(",،", ","), **dict.fromkeys(";؛", ";"), ":": ":", "(": "(", ")": ")", "[": "(",
    "]": ")", **dict.fromkeys("-–—―", "-"), "…": "~", **dict.fromkeys("'’‘‚‹›", "'"),
}  # fmt: skip
MONTHS = frozenset(("jan", "april", "june", "august"))
"""Months that are given names too."""
APOSTROPHES = (("’", "'"), ("`", "'"), ("ʼ", "'"), ("‑", "-"))


class Letter(NamedTuple):
    """The letter of a word or mark that depends on what stands before it."""

    tag: str
    """The letter after anything else."""
    in_phrase: str = ""
    """The letter after an article or possessive."""
    after_preposition: str = ""
    compound: str = ""
    """The letter after a noun in the singular."""
    at_start: str = ""
    """The letter where a sentence begins."""


OPEN: Final = {
    "e": Letter("E", "N", "N", "E", "E"),  # a word in -ed
    "g": Letter("G", "N", "G", "G", "G"),  # a word in -ing
    "v": Letter("V", "N", "N", "N", "V"),  # a verb that may be a noun, in its base form: "report"
    "w": Letter("V", "N", "N", "V", "V"),  # and in another: "reports"
    "s": Letter("V", "N", "N", "N", "N"),  # "state"
    VERBAL: Letter("V", "N", "V", "V", "V"),
    "x": Letter("X", "X", "X", "X", "V"),  # with a capital, a verb where a sentence begins
    "y": Letter("X", "X", "X", "X", "G"),
    "z": Letter("X", "X", "X", "X", "A"),
    HER: Letter("D", "D", "D", "D", "D"),
    MONTH: Letter("Y", "Y", "Y", "Y", "Y"),
    STRAIGHT: Letter('"'),
    DOT: Letter("."),
    LINE_END: Letter("#"),
}
"""What the neighbours settle, by its letter until then."""


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


@cache
def lower_case() -> dict[str, str]:
    """Give the letter of every word of the closed classes as written in lower case."""
    return {word: closed_class(word, word, tag) for word, tag in closed_classes().items()}


def normal_form(word: str) -> str:
    """Give a word in lower case with plain apostrophes and hyphens; a mark by itself stays as it is."""
    low = word.lower()
    if len(low) > 1 and not low.isalnum():
        for printed, plain in APOSTROPHES:
            if printed in low:
                low = low.replace(printed, plain)
    return low


def letter_of(word: str, low: str) -> str:
    """Look up one word or mark, given also in its normal form."""
    first = word[0]
    if first.isalpha():
        return word_letter(word, low)
    if first.isdigit() or first in "$€£":
        return "0"
    if first in "@#" and (len(word) == 1 or word[1].isalnum()):
        return word_letter(word, low)
    mark = QUOTES.get(word) or MARKS.get(first, "*")
    several = len(word) > 1 and mark not in ("<", ">", STRAIGHT)
    return ("~" if first == "." else "-") if several else mark


def word_letter(word: str, low: str) -> str:
    """Look up a word."""
    known = lower_case().get(low)
    if known is None:
        return open_class(word, low)
    return known if word == low else closed_class(word, low, closed_classes()[low])


def small_word_letter(word: str) -> str:
    """Look up a word in small letters that has no mark in it."""
    return lower_case().get(word) or by_ending(word)


def closed_class(word: str, low: str, known: str) -> str:
    """Give what a word of a closed class may be, as it is written."""
    several, noun = len(word) > 1, low in words("nounable")
    if known in "OPHIDR" and several and word.isupper():
        return "X"
    if several and word[0].isupper() and known in "VGEA":
        return {"G": "y", "A": "z"}.get(known, "X" if noun else "x")
    if known == "V" and noun:
        base = cues().forms[low].shape == "base" if low in cues().forms else True
        return "s" if low == "state" else "v" if base else "w"
    if low == "her":
        return HER
    if low in MONTHS and word[0].isupper():
        return MONTH
    return {"V": VERBAL, "G": "g"}.get(known, known)


def open_class(word: str, low: str) -> str:
    """Guess the letter of an unknown word from capital and ending."""
    if low.endswith(("'s", "s'")):
        return "Q"
    if word[0] in "@#" or word.lower() != word:
        return "X"
    return by_ending(low)


def by_ending(low: str) -> str:
    """Guess the letter of an unknown word in small letters."""
    ending = low[-2:]
    if ending == "ly" and len(low) > 4:
        return "N" if low in words("noun_in_ly") else "R"
    if ending == "ed" and len(low) > 4:
        return "e"
    participle = ending == "ng" and low.endswith("ing") and len(low) > 5
    return "g" if participle and low not in words("noun_in_ing") else "N"
