"""Noun phrases, subjects and verb groups around a word, found by patterns over the letters of ``_tokens``."""

import re
from typing import NamedTuple

from vestige.reading.text._lexicon import cues, words
from vestige.reading.text._tokens import Tokens

REACH = 48
"""A phrase is looked for within so many tokens: every step costs the same, however long the text."""

# Patterns to the left run over the reversed letters, so they read from the head of the phrase to its beginning.
CORE_BEFORE = r"(?:\)[^()#]{1,12}\()?(?:>[XN0DRGE'Q-]{1,6}<|[XN0Q'])(?:[NX0QE'RG*]|>[XN0DRGE'Q-]{1,6}<|\)[^()#]{1,6}\(|-(?=[XN])){0,14}[D]{0,3}"
# A determiner before a preposition ends it only where nothing stands before: "(one) of the experts".
NOUN_BEFORE = re.compile(
    rf"{CORE_BEFORE}(?:[ICT]{CORE_BEFORE}){{0,4}}(?:ID(?![A-Z]))?|D{{1,2}}(?:I{CORE_BEFORE})?|N?DI"
)
CORE_AFTER = r"(?:D{0,3}(?:[NXQ0E'RG*]|<[^<>#.]{1,6}>|\([^()#]{1,6}\)(?=X)|-(?=[XN])){0,14}(?:[NX0]|<[^<>#.]{1,6}>)(?:\([^()#]{1,12}\))?)"
NOUN_AFTER = re.compile(rf"(?:{CORE_AFTER}|D)(?:[IC]{CORE_AFTER}){{0,4}}|[OP]")
ADDRESSEE = re.compile(
    r"[DXQ]*<[XIDC'SYQN]{1,7}[,.]?>|O|(?:D{0,2}[QE0GN]*N|D{0,2}(?:[QN0]*X+Q?)+)(?:C(?:D?[QN]*N|X+))?(?:I(?:D?[QN]{0,3}N|D?X+))?|D"
)
TIME_BEFORE = re.compile(r"Y{1,3}(?:[DN0]{0,2}I)?|R+")
APPOSITION = re.compile(r",([^#<>]{1,40}?|[^#]{1,40}?),")
INSERTED = ("VI", "VS", "VW", "VY")
"""", signed by …,", ", asked if …,", ", announced Monday,": a participle begins an insertion."""
CLAUSE_OPENING = frozenset(("after", "before", "until", "since"))
"""What stands before one of these in a noun phrase is none of a subject after it: "in jail on theft charges after (police allege)"."""
ADVERBS = re.compile(r"[RA]+")
RELATIVE_CLAUSE = re.compile(r"[RA]*[VAE](?:TR?V|[^,;:.#<>PHWVAE])*")
"""A relative clause whose subject is the relative pronoun, with one verb and no clause of its own."""


class Phrase(NamedTuple):
    """Tokens ``first`` up to, without, ``last``, and how the phrase was found."""

    first: int
    last: int
    how: str


class VerbGroup(NamedTuple):
    """A verb with its auxiliaries and adverbs: tokens ``first`` up to, without, ``last``."""

    first: int
    last: int
    shape: str
    """``finite``, ``passive``, ``ing`` (without auxiliary), ``infinitive``, or ``reduced`` ("written by")."""


def verb_group(tokens: Tokens, index: int, floor: int) -> VerbGroup:
    """Give the verb group whose main verb is token ``index``, auxiliaries and adverbs before it included."""
    tags, lows = tokens.tags, tokens.lows
    first = index
    auxiliaries: list[str] = []
    while first > floor and (tags[first - 1] in "RA" or (lows[first - 1] == "long" and tags[first - 2] == "A")):
        first -= 1
        if tags[first] == "A":
            auxiliaries.append(lows[first])
    while first < index and tags[first] == "R" and not auxiliaries and first == floor:
        first += 1
    if first > floor and tags[first - 1] == "B":
        auxiliaries.append(lows[first - 1])
    shape = cues().forms[lows[index]].shape if lows[index] in cues().forms else "past"
    if first > floor and tags[first - 1] == "T":
        return VerbGroup(first - 1, index + 1, "infinitive")
    nearest = auxiliaries[0] if auxiliaries else ""
    if shape == "ing":
        return VerbGroup(first, index + 1, "finite" if nearest in words("be") else "ing")
    if nearest in words("be") and shape in ("both", "participle"):
        return VerbGroup(first, index + 1, "passive")
    if shape == "participle" and not auxiliaries:
        return VerbGroup(first, index + 1, "reduced")
    return VerbGroup(first, index + 1, "finite")


def noun_phrase_before(tokens: Tokens, index: int, floor: int) -> int:
    """Give the first token of the noun phrase that ends just before ``index``, or -1."""
    low = max(floor, index - REACH)
    window = tokens.tags[low:index][::-1]
    match = NOUN_BEFORE.match(window)
    if not match:
        return -1
    first = index - match.end()
    while first < index - 1 and tokens.tags[first] in "REG'*>-)" and tokens.tags[first] != "D":
        first += 1
    return narrowed(tokens, first, index, floor)


def narrowed(tokens: Tokens, first: int, last: int, floor: int) -> int:
    """Drop what a verb or preposition before the phrase governs, and a dateline: "blamed the economy and Clinton (said)"."""
    if last - first > 2 and not CLAUSE_OPENING.isdisjoint(tokens.lows[first + 1 : last - 1]):
        return max(at for at in range(first, last) if tokens.lows[at] in CLAUSE_OPENING) + 1
    dash = tokens.tags.rfind("-", first, last)
    if dash >= 0 and dash + 1 < last and tokens.lows[dash] != "-":
        return dash + 1
    if first > floor and tokens.tags[first - 1] in "VEGITA":
        joint = tokens.tags.rfind("C", first, last)
        if joint >= 0 and joint + 1 < last:
            return joint + 1
    return first


def noun_phrase_after(tokens: Tokens, index: int, ceiling: int) -> int:
    """Give the token after the noun phrase that begins at ``index``, or -1."""
    match = NOUN_AFTER.match(tokens.tags, index, min(ceiling, index + REACH))
    return match.end() if match else -1


def subject(tokens: Tokens, group: VerbGroup, floor: int) -> Phrase | None:
    """Give the subject before a verb group, within the sentence that begins at ``floor``."""
    tags = tokens.tags
    at = skip_time_before(tokens, group.first, floor)
    if at <= floor:
        return None
    if tokens.lows[at - 1] in ("all", "both", "each") and at - 2 >= floor and tags[at - 2] in "XNH":
        at -= 1
    before = tags[at - 1]
    if before in "PB":
        return Phrase(at - 1, at, "pronoun")
    if before == "H" or (before == "W" and tokens.lows[at - 1] == "which"):
        return Phrase(at - 1, at, "relative")
    if before in ",)-":
        return subject_with_insertion(tokens, at, floor)
    if before == "C":
        return clause_subject(tokens, at - 1, floor)
    noun = tokens.lows[group.last - 1] in words("nounable")  # "explosions that stoked fears"
    return (None if noun else before_relative(tokens, at, floor)) or noun_subject(tokens, at, floor)


def before_relative(tokens: Tokens, at: int, floor: int) -> Phrase | None:
    """Give the subject before a relative clause without commas: "residents who saw the strike (said)"."""
    tags = tokens.tags
    relative = tags.rfind("H", max(floor, at - REACH), at)
    if relative <= floor or tags[relative - 1] not in "XND" or not RELATIVE_CLAUSE.fullmatch(tags, relative + 1, at):
        return None
    first = relative - 1 if tags[relative - 1] == "D" else noun_phrase_before(tokens, relative, floor)
    if first - 2 >= floor and tags[first - 2 : first] == "DI":  # "many of those who fled"
        first -= 2
    opens = first == floor or (first > floor and tags[first - 1] in ",CS<>-:")
    return Phrase(first, relative, "noun") if opens else None


def noun_subject(tokens: Tokens, at: int, floor: int) -> Phrase | None:
    """Give the noun phrase that ends before ``at``, also before an insertion that ends with a quotation."""
    if tokens.tags[at - 2 : at] == ",>":
        inserted = before_insertion(tokens, at - 2, floor)
        if inserted and tokens.tags.find("<", inserted.last, at) > 0:
            return inserted
    first = noun_phrase_before(tokens, at, floor)
    head = -1
    if is_reduced(tokens, first, floor):
        head = noun_phrase_before(tokens, first - 2 - (tokens.tags[first - 2] == "Y"), floor)
    return Phrase(head if head >= 0 else first, at, "noun") if first >= 0 else None


def is_reduced(tokens: Tokens, first: int, floor: int) -> bool:
    """Tell whether the noun phrase at ``first`` hangs on a participle: "a person briefed on (the matter) said"."""
    tags = tokens.tags
    verb = first - 2 - (tags[first - 2 : first - 1] == "Y")
    if verb - 1 < floor or tags[first - 1] != "I" or tags[verb] not in "VE" or tags[verb - 1] not in "NX":
        return False
    return tokens.lows[verb].endswith(("ed", "en", "wn"))


def skip_time_before(tokens: Tokens, index: int, floor: int) -> int:
    """Step left over "on Tuesday", "last week" and adverbs."""
    low = max(floor, index - 6)
    match = TIME_BEFORE.match(tokens.tags[low:index][::-1])
    return index - match.end() if match else index


def subject_with_insertion(tokens: Tokens, index: int, floor: int) -> Phrase | None:
    """Give the subject before an apposition, relative clause or aside: "X, the chair of Y, (said)"."""
    tags = tokens.tags
    mark = tags[index - 1]
    low = max(floor, index - REACH)
    if mark == ")":
        opening = tags.rfind("(", low, index)
        first = noun_phrase_before(tokens, opening, floor) if opening > floor else -1
        return Phrase(first, index, "noun") if first >= 0 else None
    return before_insertion(tokens, index - 1, floor) or clause_subject(tokens, index - 1, floor)


def before_insertion(tokens: Tokens, closing: int, floor: int) -> Phrase | None:
    """Give the noun phrase before the apposition, relative clause or aside that ends at the mark ``closing``."""
    tags = tokens.tags
    mark = tags[closing]
    low = max(floor, closing - REACH)
    comma = closing
    doubtful: Phrase | None = None
    for _ in range(4):
        comma = tags.rfind(mark, low, comma)
        if comma <= floor:
            break
        if tags[comma - 1 : comma + 2] == "P,R" and closing == comma + 2:  # "She, however, (said)"
            return Phrase(comma - 1, comma, "pronoun")
        if (tags[comma + 1] in "DNXWHIGE0SRCQY" or tags[comma + 1 : comma + 3] in INSERTED) and tags[
            comma - 1
        ] in "XN)0O>Q":
            clause = before_relative(tokens, comma, floor)
            if clause:
                return clause
            first = noun_phrase_before(tokens, comma, floor)
            if first >= 0 and (first == floor or tags[first - 1] in ",CS<>-:I("):
                kind = "apposition" if tags[comma + 1] in "DNXQ" else "aside"
                found = Phrase(first, closing if kind == "apposition" else comma, kind)
                if first > floor and (tags[first - 1] == "I" or tags[first:comma] == "0"):
                    doubtful = doubtful or found
                else:
                    return with_head(tokens, found, floor)
    return doubtful


def with_head(tokens: Tokens, found: Phrase, floor: int) -> Phrase:
    """Take in what the found phrase is itself an apposition of: "Berg's father, Rafael, a pastor, (said)"."""
    if found.first - 1 <= floor or tokens.tags[found.first - 1] != ",":
        return found
    first = noun_phrase_before(tokens, found.first - 1, floor)
    return found._replace(first=first) if first == floor and not tokens.lows[first].endswith("ly") else found


def clause_subject(tokens: Tokens, index: int, floor: int) -> Phrase | None:
    """Give the subject of the finite verb before ``index``: "he smiled and (said)", "she left, (saying)"."""
    tags = tokens.tags
    low = max(floor, index - REACH)
    position = index
    while position > low:
        position -= 1
        if tags[position] == ">":
            position = max(low, tags.rfind("<", low, position))
        elif tags[position] == "B":
            return Phrase(position, position + 1, "shared subject")
        elif tags[position] in "VAE":
            found = subject_of_verb(tokens, position, low, floor)
            if found:
                return Phrase(found[0], found[1], "shared subject")
    return None


def subject_of_verb(tokens: Tokens, index: int, low: int, floor: int) -> tuple[int, int] | None:
    """Give the subject that stands right before the verb at ``index``, or before an insertion."""
    tags = tokens.tags
    group = index
    while group > low and tags[group - 1] in "RA":
        group -= 1
    group = max(low, skip_time_before(tokens, group, floor))
    before = tags[group - 1] if group > floor else "C"
    if before in "TIC":
        return None
    if before == ",":
        inserted = before_insertion(tokens, group - 1, floor)
        return (inserted.first, inserted.last) if inserted else None
    if before in "PH":
        return group - 1, group
    first = noun_phrase_before(tokens, group, floor)
    opens = first == floor or (first > floor and tags[first - 1] in ',CS.:;<>-"(W')
    return (first, group) if opens else None
