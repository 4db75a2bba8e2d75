"""What a noun phrase says of a speaker in Arabic, which has no capitals: a title opens the role, words with the article belong to it.

"وزير الثقافة أحمد حسن" is a role, "وزير الثقافة", and a name. A phrase that begins with a noun such as "منظمة" is an institution. What
cannot be told apart is given whole as the role.
"""

import re

from vestige.reading.speakers._designation import Designation
from vestige.reading.speakers._names import key_of
from vestige.reading.text._languages import words_of
from vestige.reading.text._tokens import Tokens

ARABIC = "ar"
LETTER = re.compile("[\u0620-\u064a]")
LONGEST_NAME = 5
JOINTS = frozenset(("في", "من", "على", "عن", "باسم", "لدى", "إلى", "و"))


def is_arabic(tokens: Tokens, at: int) -> bool:
    """Tell whether a token is written in Arabic letters."""
    return LETTER.match(tokens.lows[at]) is not None


def describe_arabic(tokens: Tokens, first: int, last: int) -> Designation:
    """Take a noun phrase apart into role and name; a name without a title is told only by two to four words without article."""
    lows, titles, offices = tokens.lows, words_of(ARABIC, "title"), words_of(ARABIC, "office")
    if lows[first] in offices and last - first > 1:
        return Designation("institution", tokens.slice(first, last), key=lows[first])
    if lows[first] in words_of(ARABIC, "group"):
        return Designation("role", None, tokens.slice(first, last))
    at = first
    while at < last and lows[at] in titles:
        at = end_of_office(tokens, at + 1, last)
    if at == first:
        named = 2 <= last - first <= LONGEST_NAME - 1 and not any(belongs(low) for low in lows[first : last - 1])
        whole = tokens.slice(first, last)
        return (
            Designation("person", whole, None, None, "", key_of(whole)) if named else Designation("role", None, whole)
        )
    role = tokens.slice(first, at)
    adjective = last - at == 1 and at - first == 1 and not belongs(lows[first])  # "مسؤول محلي", a local official
    if adjective or at == last or last - at > LONGEST_NAME:
        return Designation("role", None, tokens.slice(first, last))
    name = tokens.slice(at, last)
    return Designation("person", name, role, None, "", key_of(name))


def end_of_office(tokens: Tokens, at: int, last: int) -> int:
    """Step over the words after a title that tell what it is of."""
    lows, offices = tokens.lows, words_of(ARABIC, "office")
    while at < last:
        if lows[at] in offices:
            at += 2 if at + 1 < last and not belongs(lows[at + 1]) and at + 2 < last else 1
        elif lows[at] in JOINTS:
            at += 2
        elif belongs(lows[at]):
            at += 1
        else:
            break
    return min(at, last)


def belongs(low: str) -> bool:
    """Tell whether a word has the article, alone or after "for": it does not begin a person's name."""
    return low.startswith(("ال", "لل", "وال", "بال")) or low in JOINTS
