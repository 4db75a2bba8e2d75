"""Whether a clause, a quotation or a noun phrase begins at a word."""

import re
from typing import NamedTuple

from vestige.reading.grammar._phrases import REACH, noun_phrase_after
from vestige.reading.text._lexicon import cues, words
from vestige.reading.text._settling import SAYING
from vestige.reading.text._tokens import Tokens

FINITE = re.compile("[AVEB]")
NOMINAL = frozenset("DXNQP0BO<EGRWIS('")
OBJECT = frozenset("DXNQ0O<EGP'")
LATER_QUOTE = re.compile("[,:]<")
TITLE = re.compile("<[XI0DC'SYQ]{1,8}[,.]?>")
INSERTED = 16
"""The most tokens of an insertion between a verb and "that"."""
INSERTED_CLAUSE = re.compile(",[HWEG][^,.;:#<>]{1,40},(?=[VA])")
"""Between a subject and its verb: "the judge, who was born in Indiana, (could)"."""


class Clause(NamedTuple):
    """What begins at token ``first``: ``that``, ``clause``, ``quote``, ``question``, or ``block``, a paragraph set apart."""

    kind: str
    first: int


def clause_at(tokens: Tokens, at: int, ceiling: int) -> Clause | None:
    """Tell which clause or quotation begins at ``at``, if any; a comma or colon may stand before it."""
    if at >= ceiling:
        return None
    tags, lows = tokens.tags, tokens.lows
    marked = tags[at] in ",:~-" and at + 1 < ceiling
    if tags[at] == "<" or (marked and tags[at + 1] == "<"):
        return None if tags[at] == "<" and is_title(tags, at, ceiling) else Clause("quote", at + marked)
    if tags[at] == ":":
        return Clause("quote", at + 1) if marked and tags[at + 1] != "#" else None
    if lows[at] == "that" or (tags[at] == "," and lows[at + 1] == "that"):
        return Clause("that", at + (tags[at] == ","))
    if lows[at] in words("indirect_question"):
        return Clause("question", at)
    said = lows[at - 1] in SAYING and tags[at] in "DXNQP0B" and ceiling - at > 3
    return Clause("clause", at) if said or begins_clause(tokens, at, ceiling) else None


def next_paragraph(tokens: Tokens, at: int) -> Clause | None:
    """Read a colon that ends its paragraph: what was said is the next one, in quotation marks or without."""
    tags = tokens.tags
    if tags[at : at + 2] != ":#" or at + 3 >= len(tags):
        return None
    return Clause("quote" if tags[at + 2] == "<" else "block", at + 2)


def after_insertion(tokens: Tokens, at: int, ceiling: int) -> Clause | None:
    """Read "insisted, without evidence, that …", "claimed - again falsely - that …"."""
    tags = tokens.tags
    if (
        tags[at] not in ",-"
        or at + 2 >= ceiling
        or (tags[at + 1] not in "IRGS" and tags[at + 1 : at + 3] not in ("CI", "CR"))
    ):
        return None
    end = tags.find(tags[at], at + 2, min(ceiling - 2, at + INSERTED))
    follows = end > 0 and tokens.lows[end + 1] == "that" and tags[end + 2] not in "VA"
    return Clause("that", end + 1) if follows else None


def is_title(tags: str, at: int, ceiling: int) -> bool:
    """Tell a title ("This Week With …") from words that somebody said."""
    match = TITLE.match(tags, at)
    return match is not None and match.end() < ceiling


def begins_clause(tokens: Tokens, at: int, ceiling: int) -> bool:
    """Tell whether a clause without "that" begins at ``at``."""
    tags = tokens.tags
    if tags[at] not in NOMINAL or not FINITE.search(tags, at, min(ceiling, at + 25)):
        return False
    if tags[at] in "IS":
        if tokens.lows[at] in words("approximate") and tags[at + 1] in "0D":  # "said about 30 houses will be lost"
            return has_near_verb(tokens, at + 1, ceiling)
        said = tokens.lows[at - 1] in SAYING
        comma = tags.find(",", at, min(ceiling, at + (24 if said else 14)))
        if comma > 0 and said and has_near_verb(tokens, comma + 1, ceiling):
            return True
        return (
            comma > 0 and tags[comma + 1] in "PDXNQ" and tokens.lows[at] not in ("as", "because", "while", "although")
        )
    return True


def has_near_verb(tokens: Tokens, at: int, ceiling: int) -> bool:
    """Tell a clause from an object: "feel they won" from "feel some pressure as …"."""
    tag = tokens.tags[at]
    if tag not in "PBDXNQ0":
        return False
    last = 1 + at if tag in "PB" else noun_phrase_after(tokens, at, ceiling)
    inserted = INSERTED_CLAUSE.match(tokens.tags, last, ceiling) if at < last < ceiling else None
    return tag == "B" or (at < last < ceiling and (tokens.tags[last] in "VAER" or inserted is not None))


def later_quote(tokens: Tokens, at: int, ceiling: int) -> int:
    """Find a quotation after an aside: "said on Monday, in reference to her child, “…”"; -1 where there is none."""
    match = LATER_QUOTE.search(tokens.tags, at, min(ceiling, at + REACH))
    if not match or is_title(tokens.tags, match.end() - 1, ceiling) or reports(tokens, at, match.start()):
        return -1
    return match.end() - 1


def reports(tokens: Tokens, first: int, last: int) -> bool:
    """Tell whether a verb that may introduce a quotation stands between: "said, adding: “…”"."""
    forms, groups = cues().forms, cues().groups
    return any(
        tokens.tags[at] in "VG"
        and tokens.tags[at - 1] != "I"
        and tokens.lows[at] in forms
        and (forms[tokens.lows[at]].lemma in groups["clause"] or forms[tokens.lows[at]].lemma in groups["quote_only"])
        for at in range(first, last)
    )
