"""Days, adverbs and circumstances between a reporting verb and what was said: "said on Monday in a statement that …"."""

import re

from vestige.reading.grammar._clauses import FINITE
from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

AFTER_PREPOSITION = re.compile(
    r"(?:[DQ0NXGR']|E(?=[NXGE])){0,6}(?:[NXYO0Q]|<[XI0DC'SYQ]{1,8}[,.]?>)(?:I(?:[DQ0NXEG]{0,5}[NXY]))?"
)
YEAR = re.compile("[12]\\d{3}")
RELATIVE_TIME = frozenset(("last", "this", "earlier", "early", "late"))
STEPS = 5


def skip_adverbials(tokens: Tokens, at: int, ceiling: int, *, strict: bool) -> int:
    """Step over what is no part of the content; ``strict``: days and adverbs only."""
    for _ in range(STEPS):
        after = skip_one(tokens, at, ceiling, strict=strict) if at < ceiling else at
        if after == at:
            break
        at = after
    return at


def skip_one(tokens: Tokens, at: int, ceiling: int, *, strict: bool) -> int:
    """Step over one adverb, time or circumstance; the same position where there is none."""
    tags, low = tokens.tags, tokens.lows[at]
    if tags[at] == "Y" or (tags[at] == "R" and not FINITE.match(tags, at + 1)):
        return at + 1
    if tags[at] == "0" and tags[at - 1] == "Y":  # "March (23)"
        return at + 1
    if low in RELATIVE_TIME and tags[at + 1] == "Y":
        return at + 2
    if low == "earlier":
        return at + 1
    if low in words("circumstance") and not strict:
        return max(at, after_preposition(tokens, at, ceiling))
    return at


def after_preposition(tokens: Tokens, at: int, ceiling: int) -> int:
    """Give the token after "in a statement" where what was said follows; -1 where the words belong to the clause itself."""
    tags, lows = tokens.tags, tokens.lows
    match = AFTER_PREPOSITION.match(tags, at + 1, min(ceiling, at + 16))
    if not match:
        return at + 2 if at + 1 < ceiling and tags[at + 1] in "YO" else -1
    end = match.end()
    ends_here = (
        end >= ceiling
        or tags[end] in ",:<.#PBYISR-"
        or lows[end] == "that"
        or (tags[end - 1] == "N" and tags[end] in "DX")
    )
    return end if ends_here or not FINITE.match(tags, end) else back_off(tokens, at, end)


def back_off(tokens: Tokens, at: int, end: int) -> int:
    """Split "in an interview Clinton (would)", "in 2007 officials (were)": the phrase ends where a common noun meets a name or number, or after a year."""
    tags = tokens.tags
    for position in range(end - 1, at + 1, -1):
        number = tags[position] == "D" and tags[position - 1] == "0"
        if (
            number
            or (tags[position] in "XD0" and tags[position - 1] in "NY")
            or YEAR.fullmatch(tokens.lows[position - 1])
        ):
            return position
    return -1
