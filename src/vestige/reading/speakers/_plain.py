"""What a noun phrase says of a speaker in the other languages: by capitals alone, the name last and the role before it."""

from bisect import bisect_left
from functools import cache
from typing import NamedTuple

from vestige.reading.speakers._arabic import describe_arabic, is_arabic
from vestige.reading.speakers._designation import Designation
from vestige.reading.speakers._names import key_of, kind_of_name
from vestige.reading.text._languages import known, words_of_all
from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

GENITIVE = frozenset(("de", "du", "des", "la", "le", "les"))
"""French words before a name that belongs to the role: "le maire de Porto", "la ministre de la Culture Anne Berg"."""
ELIDED = frozenset(("d'", "l'"))
CYRILLIC = frozenset("абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґ")
PATRONYMIC = ("вич", "вна", "чна")
CASES = frozenset(("", *"а я у ю и ы і ї е є ь й о ей ой ою єю ею ом ем єм ії ию ии ті".split()))  # noqa: SIM905
"""Endings of the cases."""
PREPOSITIONS = frozenset(("в", "во", "у", "на", "à", "au", "aux"))
BETWEEN = ', «“"'
"""Marks between a role and a name."""
LONGEST_ROLE = 8
"""A phrase with one capital, its first, is a role up to so many words."""


class Listed(NamedTuple):
    """Words that tell names from roles, of all the languages that have them."""

    openers: frozenset[str]
    """What begins a sentence with a capital and is no name: "Selon", "Согласно"."""
    titles: frozenset[str]
    territories: frozenset[str]
    institutions: tuple[str, ...]


@cache
def listed() -> Listed:
    """Give these words, read when the first phrase is taken apart."""
    plain = known(designations="plain")
    return Listed(
        openers=frozenset(cue.split()[0] for cue in words_of_all("according", *plain)),
        titles=words_of_all("title", *plain),
        territories=words_of_all("territory", *plain),
        institutions=tuple(sorted(words_of_all("institution", *plain))),
    )


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
    begin, end = name_run(tokens, first, last)
    whole = Designation("role", None, tokens.slice(first, last) or None)
    if end == first or (end - begin == 1 and begin > first and is_of_role(tokens, begin)):
        return whole
    if begin > first and tokens.lows[begin - 1] in GENITIVE:
        if end - begin <= 2:
            return whole
        begin = end - 2
    if tokens.lows[end - 1].startswith(listed().institutions):
        return Designation("institution", tokens.slice(first, end), key=tokens.lows[end - 1])
    alone = end - begin == 1 and begin == first and tokens.lows[first] not in names and last - first <= LONGEST_ROLE
    if alone and begins_sentence(tokens, first):
        return whole
    name = tokens.slice(begin, end)
    preposition = begin - first == 1 and tokens.lows[first] in PREPOSITIONS  # "В (Минобороны заявили)"
    role = None if preposition else tokens.slice(first, begin).rstrip(BETWEEN) or None
    return Designation(kind_of_name(name), name, role, None, "", key_of(name))


def named_alone(what: Designation) -> Designation:
    """Leave out the role of a run of capitals that is no title: of "директор ЮНЕСКО Анна Берг" the run begins in the middle."""
    titled = what.role is not None and what.role.split()[0].lower() in listed().titles
    return what if titled else what._replace(role=None)


def name_run(tokens: Tokens, first: int, last: int) -> tuple[int, int]:
    """Give the last run of capitals of a phrase, without what in it belongs to the role."""
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
    if begin == first < end - 2:
        begin = end - name_length(tokens, end)  # "Глава (МИД Азербайджана) Джейхун Байрамов"
    return (after_office(tokens, first, begin, end) if end > first else begin), end


def name_length(tokens: Tokens, end: int) -> int:
    """Give how many words a full name has that ends before a token."""
    middle = tokens.lows[end - 2]
    return 3 if middle.endswith(PATRONYMIC) or middle in GENITIVE or middle in words("particle") else 2


def after_office(tokens: Tokens, first: int, begin: int, end: int) -> int:
    """Step over capitals that are no part of the name after them: "директор (ЮНЕСКО) Одре Азуле", "(Selon) l'Unesco", "(Министр) Берг"."""
    low = tokens.lows[begin]
    opens = end - begin > 1 and (low in listed().titles or (low in listed().openers and begins_sentence(tokens, begin)))
    begin += opens
    while end - begin > 1 and begin + opens > first and (is_elided(tokens, begin) or is_acronym(tokens, begin)):
        begin += 1
    if begin > first and tokens.lows[end - 1][0] in CYRILLIC:
        return max(begin, end - name_length(tokens, end))  # "директор Государственного Музея Иван Берг"
    return begin


def is_of_role(tokens: Tokens, at: int) -> bool:
    """Tell what after a role is part of it, and nobody's name: "le maire d'Odessa", "министр обороны России"."""
    low = tokens.lows[at]
    return is_elided(tokens, at) or any(
        low[:size] in listed().territories and low[size:] in CASES for size in (len(low), len(low) - 1, len(low) - 2)
    )


def is_elided(tokens: Tokens, at: int) -> bool:
    """Tell "d'Odessa", which belongs to what stands before it."""
    return tokens.lows[at][:2] in ELIDED and tokens.text[tokens.starts[at]].islower()


def is_acronym(tokens: Tokens, at: int) -> bool:
    """Tell "МИД" before "Лавров" from a name in capitals."""
    word, after = tokens.slice(at, at + 1), tokens.slice(at + 1, at + 2)
    return len(word) > 1 and word.isalpha() and word.isupper() and not (after.isupper() and len(after) > 1)


def begins_sentence(tokens: Tokens, at: int) -> bool:
    """Tell whether a sentence begins at a token."""
    where = bisect_left(tokens.sentences, at)
    return where < len(tokens.sentences) and tokens.sentences[where] == at
