"""What a noun phrase says of a speaker in the other languages: by capitals alone, the name last and the role before it."""

from bisect import bisect_left

from vestige.reading._designation import Designation
from vestige.reading._designations_arabic import describe_arabic, is_arabic
from vestige.reading._lexicon import words
from vestige.reading._speaker_names import key_of, kind_of_name
from vestige.reading._tokens import Tokens

GENITIVE = frozenset(("de", "du", "des", "la", "le", "les"))
"""French words before a name that belongs to the role: "le maire de Porto", "la ministre de la Culture Anne Berg"."""
LONGEST_ROLE = 8
"""A phrase with one capital, its first, is a role up to so many words."""


def names_of(tokens: Tokens) -> frozenset[str]:
    """Give the words that have a capital where no sentence or quotation begins: the first of a sentence may be no name."""
    starts = set(tokens.sentences)
    marks = "<#.:"
    return frozenset(
        tokens.lows[at]
        for at, tag in enumerate(tokens.tags)
        if tag in "XQ" and at and at not in starts and tokens.tags[at - 1] not in marks
    )


def describe_plainly(tokens: Tokens, first: int, last: int, names: frozenset[str] = frozenset()) -> Designation:
    """Take a noun phrase of another language apart: the last run of capitals is the name, what stands before it the role.

    A lone capital at the beginning is no name unless ``names``, see ``names_of``, has it.
    """
    if is_arabic(tokens, first):
        return describe_arabic(tokens, first, last)
    end = last
    while end > first and tokens.tags[end - 1] not in "XQ":
        end -= 1
    begin = end
    while begin > first and (tokens.tags[begin - 1] in "XQ" or tokens.lows[begin - 1] in words("particle")):
        begin -= 1
    while begin < end - 2 and tokens.lows[begin] in words("particle"):
        begin += 1
    while first < begin < end - 1 and tokens.lows[begin] in GENITIVE:
        begin += 1
    if begin > first and tokens.lows[begin - 1] in GENITIVE:
        if end - begin <= 2:
            return Designation("role", None, tokens.slice(first, last) or None)
        begin = end - 2
    if end - begin > 2 and begin == first:
        begin = end - 2
    role = tokens.slice(first, begin) or None
    alone = end - begin == 1 and begin == first and tokens.lows[first] not in names and last - first <= LONGEST_ROLE
    if end == first or (alone and begins_sentence(tokens, first)):
        return Designation("role", None, tokens.slice(first, last) or None)
    name = tokens.slice(begin, end)
    return Designation(kind_of_name(name), name, role, None, "", key_of(name))


def begins_sentence(tokens: Tokens, at: int) -> bool:
    """Tell whether a sentence begins at a token."""
    where = bisect_left(tokens.sentences, at)
    return where < len(tokens.sentences) and tokens.sentences[where] == at
