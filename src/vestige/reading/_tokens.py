"""Words of a text with one letter of grammar each, so that phrases are found by patterns over a string of letters.

The tagger knows the closed classes and frequent verbs of English and guesses the rest from endings and capitals. It is meant to
find the edges of noun phrases and clauses, not to parse (a finite-state cascade in the sense of Abney 1996). For any other
language the letters say only: capitalised, number, mark or word.

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

import re
from collections.abc import Iterable
from functools import cache
from itertools import accumulate, compress
from operator import add
from typing import NamedTuple

from vestige.reading._lexicon import cues, words
from vestige.reading._model import Span
from vestige.reading._remembered import Remembered

PART = re.compile(
    r" ?(?:[^\W\d_]\w*(?:(?:[’'`ʼ\-‑&@]|\.(?=[a-z]))\w+)*|[@#]\w+|[$€£]?\d(?:[\d.,:/–-]*\d)?(?:%|(?:-[^\W\d_]\w*)+)?|''|``|\.{2,}|--+|[^\w\s]|_+)|\n|\s+"
)
"""Every character of a text falls into one part, so that positions are sums of lengths."""
QUOTES = {**dict.fromkeys("“„«「", "<"), **dict.fromkeys("”»」", ">"), "``": "<", '"': '"', "''": '"', "″": '"'}
MARKS = {
    **dict.fromkeys(".!?؟։", "."), **dict.fromkeys(",،", ","), **dict.fromkeys(";؛", ";"), ":": ":", "(": "(", ")": ")", "[": "(",
    "]": ")", **dict.fromkeys("-–—―", "-"), "…": "~", **dict.fromkeys("'’‘‚‹›", "'"),
}  # fmt: skip
APOSTROPHES = str.maketrans({"’": "'", "`": "'", "ʼ": "'", "‑": "-"})
LONGEST_SENTENCE = 300
"""Longer ones, in tokens, are cut: it is no sentence, and every step stays short."""
SINGULAR_S = ("ss", "us", "is", "'s")
WRAPPED_LINES = 8
WRAP_MINIMUM, WRAP_MAXIMUM = 45, 100
LINE_BREAK = re.compile("\n")
BLANK_LINE = re.compile(r"\n[ \t\r\xa0]*(?:\n|\Z)")
NEXT_LETTER = re.compile(r"\n[ \t\r\xa0]*([^\W\d_])")
SENTENCE_END = re.compile(r"#+|[.~]['>)]*#?")


class Part(NamedTuple):
    """What is known of one written form, alone and after certain neighbours."""

    low: str
    """Normal form: lower case, plain apostrophe."""
    tag: str
    lead: int
    """Characters of white space before it."""
    settled: bool
    """Whether the neighbours change nothing."""
    in_phrase: str = ""
    """The letter after an article or possessive."""
    after_preposition: str = ""
    compound: str = ""
    """The letter after a noun in the singular."""
    at_start: str = ""
    """The letter where a sentence begins."""


class Tokens(NamedTuple):
    """The words and marks of a text, in columns."""

    text: str
    starts: list[int]
    ends: list[int]
    lows: list[str]
    tags: str
    """One letter each, see the module."""
    sentences: list[int]
    """Index of the first token of every sentence, and the number of tokens at the end."""

    def slice(self, first: int, last: int) -> str:
        """Give the text from token ``first`` up to, without, token ``last``."""
        return self.text[self.starts[first] : self.ends[last - 1]] if last > first else ""


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


def part_of(written: str) -> Part:
    """Look up one written form, with the space before it."""
    word = written.lstrip(" ")
    lead = len(written) - len(word)
    if not word or word.isspace():
        return Part(word, "#" if word == "\n" else " ", lead, settled=word != "\n")
    low = word.lower() if word.isalnum() else word.lower().translate(APOSTROPHES)
    if word[0].isdigit() or word[0] in "$€£":
        return Part(low, "0", lead, settled=True)
    if not (word[0].isalpha() or word[0] in "@#") or (len(word) > 1 and word[0] in "@#" and not word[1].isalnum()):
        mark = QUOTES.get(word) or MARKS.get(word[0], "*")
        return Part(
            low,
            ("~" if word[0] == "." else "-") if len(word) > 1 and mark not in '<>"' else mark,
            lead,
            settled=mark != '"',
        )
    return word_part(word, low, lead)


def word_part(word: str, low: str, lead: int) -> Part:
    """Look up a word."""
    known = closed_classes().get(low)
    if known is None:
        tag = open_class(word, low)
        if tag in "EG":
            return Part(low, tag, lead, False, "N", "N" if tag == "E" else "G", tag, tag)
        return Part(low, tag, lead, settled=True)
    capital = word[0].isupper() and len(word) > 1
    noun = low in words("nounable")
    if known in "OPHIDR" and len(word) > 1 and word.isupper():
        return Part(low, "X", lead, settled=True)
    if capital and known in "VGEA":
        return Part(low, "X", lead, False, "X", "X", "X", known if known in "GA" or not noun else "X")
    if known == "V" and noun:
        base = cues().forms[low].shape == "base" if low in cues().forms else True
        return Part(low, "V", lead, False, "N", "N", "N" if base else "V", "N" if low == "state" else "V")
    settled = known not in "VG" and low != "her"
    return Part(low, known, lead, settled, "N" if known in "VG" else known, known, known, known)


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


def tokenize(text: str, body: Iterable[Span]) -> Tokens:
    """Cut the body of a text into words and marks; a line is a paragraph unless the text is wrapped."""
    starts: list[int] = []
    ends: list[int] = []
    lows: list[str] = []
    letters: list[str] = []
    for start, end in body:
        written = PART.findall(text, start, end)
        parts = list(map(PARTS.__getitem__, written))
        stops = list(accumulate(map(len, written), initial=start))
        tags = [part.tag for part in parts]
        settle(text, parts, stops, tags, paragraph_breaks(text, start, end))
        kept = list(map(" ".__ne__, tags))
        starts += compress(map(add, stops, [part.lead for part in parts]), kept)
        ends += compress(stops[1:], kept)
        lows += compress([part.low for part in parts], kept)
        letters += compress(tags, kept)
        if letters and letters[-1] != "#":
            starts.append(end)
            ends.append(end)
            lows.append("\n")
            letters.append("#")
    join_abbreviations(text, starts, ends, lows, letters)
    line = headline_letters("".join(letters), lows)
    return Tokens(text, starts, ends, lows, line, sentence_starts(line, starts, text))


def settle(text: str, parts: list[Part], stops: list[int], tags: list[str], breaks: frozenset[int]) -> None:
    """Decide the letters that depend on the word before, in place."""
    unsettled = [at for at, part in enumerate(parts) if not part.settled]
    for at in unsettled:
        tag = tags[at]
        last = at - 1
        while last >= 0 and tags[last] == " ":
            last -= 1
        before = tags[last] if last >= 0 else "#"
        if tag == "#":
            if before == "#" or stops[at] not in breaks:
                tags[at] = " "
        elif tag == '"':
            tags[at] = quote_letter(text, stops[at], stops[at + 1], parts[at].lead, before)
        else:
            tags[at] = in_context(parts[at], parts[last].low, before)
            if before == "S" and parts[last].low == "that" and tags[at] in "VA" and last and tags[last - 1] in "NX":
                tags[last] = "H"
    for at in unsettled:
        if tags[at] == "D" and parts[at].low == "her" and at + 1 < len(parts) and tags[at + 1] not in "XN0E":
            tags[at] = "O"


def quote_letter(text: str, start: int, end: int, lead: int, before: str) -> str:
    """Tell whether a straight quotation mark opens or closes, by the white space around it."""
    free = lead or start == 0 or text[start - 1].isspace() or before in "(<-#"
    return "<" if free and not text[end : end + 1].isspace() and end < len(text) else ">"


def in_context(part: Part, last: str, before: str) -> str:
    """Settle a letter by the word before: after an article, "report" is a noun; a sentence begins with a capital."""
    if before in "DQ":
        verb = part.tag == "V" and part.low not in words("nounable")  # "Another said"
        return part.tag if last in words("pronominal") or (verb and last in words("standing_alone")) else part.in_phrase
    if before in "I0O(":
        return part.after_preposition
    if before in "NX":
        return part.tag if last.endswith("s") and not last.endswith(SINGULAR_S) else part.compound
    return part.at_start if before in ".#<>" else part.tag


def join_abbreviations(text: str, starts: list[int], ends: list[int], lows: list[str], letters: list[str]) -> None:
    """Give the dot after "Mr", "J" or "U.S" to the word before, in place."""
    dots = [
        at
        for at in compress(range(len(lows)), map(".".__eq__, lows))
        if at and starts[at] == ends[at - 1] and is_abbreviated(text, starts[at - 1], lows[at - 1])
    ]
    if not dots:
        return
    for at in dots:
        ends[at - 1] = ends[at]
        letters[at] = ""
        if len(lows[at - 1]) == 1:  # "F.B.I."
            letters[at - 1] = "X"
    kept = letters.copy()
    for numbers in (starts, ends):
        numbers[:] = compress(numbers, kept)
    for strings in (lows, letters):
        strings[:] = compress(strings, kept)


def is_abbreviated(text: str, start: int, last: str) -> bool:
    """Tell whether the dot after a word belongs to it."""
    if last == "no":
        return text[start + 3 : start + 5].strip()[:1].isdigit()
    party = len(last) > 2 and last[1] == "-" and text[start] in "RDI"  # "(R-Tex.)"
    return (len(last) == 1 and text[start].isupper()) or party or last in words("abbreviation")


def headline_letters(tags: str, lows: list[str]) -> str:
    """Find the verb in a first line whose words are all capitalised: "Minister Says Talks Failed"."""
    end = tags.find("#")
    line = tags[:end]
    if not 4 <= end <= 30 or line.count("X") < 0.5 * end or ("N" in line and line.endswith(".")):
        return tags
    forms, known = cues().forms, closed_classes()
    letters = [
        "V" if tag == "X" and lows[at] in forms and forms[lows[at]].shape in ("s", "past") and at and tags[at - 1] in "XN>"
        else "A" if tag == "X" and known.get(lows[at]) == "A" and at else tag
        for at, tag in enumerate(line)
    ]  # fmt: skip
    return "".join(letters) + tags[end:]


def paragraph_breaks(text: str, start: int, end: int) -> frozenset[int]:
    """Give the positions of the line breaks that end a paragraph; in a text wrapped at a fixed width only blank lines do."""
    breaks = [match.start() for match in LINE_BREAK.finditer(text, start, end)]
    if len(breaks) < WRAPPED_LINES or not is_wrapped(text, breaks, start):
        return frozenset(position for position in breaks if not continues(text, position))
    return frozenset(position for position in breaks if BLANK_LINE.match(text, position))


def is_wrapped(text: str, breaks: list[int], start: int) -> bool:
    """Tell whether most lines stop near one width, as in mail and old text files."""
    lengths = [b - a for a, b in zip([start, *breaks], breaks, strict=False) if text[a:b].strip()]
    filled = sum(length > WRAP_MINIMUM for length in lengths)
    return max(lengths, default=0) <= WRAP_MAXIMUM and filled > 0.6 * len(lengths) and filled >= WRAPPED_LINES


def continues(text: str, position: int) -> bool:
    """Tell whether the line after a break carries on the sentence before it: no mark before, a small letter after."""
    after = NEXT_LETTER.match(text, position)
    return bool(after and after.group(1).islower() and position and text[position - 1] not in '.!?:;\n"”')


def sentence_starts(tags: str, starts: list[int], text: str) -> list[int]:
    """Give the first token of every sentence: after a final mark and its closing quotation marks, and after a paragraph."""
    found = [0]
    for match in SENTENCE_END.finditer(tags):
        first = match.end()
        found.extend(range(found[-1] + LONGEST_SENTENCE, first, LONGEST_SENTENCE))
        if first >= len(tags) or first == found[-1]:
            continue
        if (
            match.group()[-1] == "#"
            or tags[first] == "#"
            or not (text[starts[first]].islower() or tags[first] in ",;:")
        ):
            found.append(first)
    found.extend(range(found[-1] + LONGEST_SENTENCE, len(tags), LONGEST_SENTENCE))
    found.append(len(tags))
    return found
