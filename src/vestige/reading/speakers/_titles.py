"""Which words of a noun phrase are a title: "minister", "then-minister", "interior" before it; not those of an institution's name."""

from vestige.reading.speakers._designation import LINKS, OPENING
from vestige.reading.speakers._names import stripped
from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

MINISTERS = frozenset(["minister", "ministers", "secretary", "secretaries"])


def titles_of(tokens: Tokens, first: int, last: int) -> list[int]:
    """Give the tokens of a noun phrase that are titles; none where the whole is an institution's name."""
    titles = [at for at in range(first, last) if is_title(tokens, at, last)]
    if tokens.lows[first] in words("institution") and (last - first == 1 or tokens.lows[first + 1] in LINKS):
        titles = [at for at in titles if tokens.lows[at] not in words("modifier")][-1:]
        return titles if titles and bears_title(tokens, titles[0], last) else []
    return [] if titles and is_institution(tokens, first, last) else titles


def bears_title(tokens: Tokens, at: int, last: int) -> bool:
    """Tell "Department of Justice spokesman (X)" from "Committee of Ministers": a title after an institution's name."""
    after = tokens.tags[at + 1 : last]
    return set(after) == {"X"} if after else tokens.tags[at] == "N"


def is_title(tokens: Tokens, at: int, last: int) -> bool:
    """Tell whether a word is of a title: "minister", "then-minister", "interior" before it."""
    low, known = tokens.lows[at].removeprefix("then-").removeprefix("ex-"), words("title")
    if low in known or low.rstrip("s") in known:
        return not names_institution(tokens, at, last)
    return low in words("portfolio") and is_portfolio_of(tokens, at, last)


def names_institution(tokens: Tokens, at: int, last: int) -> bool:
    """Tell "Foreign (Ministry)" from "Foreign (Minister)": part of an institution's name, not of a title."""
    institutions = words("institution")
    return tokens.lows[at] in words("modifier") and at + 1 < last and stripped(tokens.lows[at + 1]) in institutions


def is_portfolio_of(tokens: Tokens, at: int, last: int) -> bool:
    """Tell "Interior (Minister)", "Culture and Tourism (Minister)": the portfolio is part of the role."""
    portfolio = words("portfolio")
    while at < last and (tokens.lows[at] in portfolio or tokens.lows[at] == "and"):
        at += 1
    return at < last and tokens.lows[at] in MINISTERS


def is_institution(tokens: Tokens, first: int, last: int) -> bool:
    """Tell "the Prime Minister's Office" from "Prime Minister X"."""
    opening = OPENING.search(tokens.tags, first + 1, last)
    head = (opening.start() if opening else last) - 1
    return tokens.lows[head] in words("institution") and head > first and tokens.lows[head - 1].endswith(("'s", "s'"))
