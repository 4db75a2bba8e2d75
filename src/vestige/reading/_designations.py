"""What a noun phrase says of a speaker: name, role and organisation, each as printed.

"Azerbaijan Culture Minister X", "High Representative for the D (E) X", "X, Chair of A and founding Director of B at C",
"the company". First names are never used to guess a gender; only forms of address and nouns that carry one are.
"""

import re
from typing import NamedTuple

from vestige.reading._lexicon import words
from vestige.reading._remembered import Kept
from vestige.reading._speaker_names import key_of, kind_of_name, person_name, stripped, territories
from vestige.reading._tokens import Tokens

LINKS = frozenset(["of", "for", "at", "from", "with"])
OPENING = re.compile("[I(]")
"""What ends the head of a noun phrase: a preposition or a bracket."""
NAMED = re.compile("[XQ<]")
PLURAL_PRONOUNS = frozenset(["they", "we", "these", "those"])


class Designation(NamedTuple):
    """One mention of a speaker, taken apart."""

    kind: str
    """``person``, ``institution``, ``role`` (a person without a name), ``pronoun``, ``group`` or ``unknown``."""
    name: str | None = None
    role: str | None = None
    organisation: str | None = None
    gender: str = ""
    """``m`` or ``f`` where a title or noun says so, else empty."""
    key: str = ""
    """Last word of the name in lower case, or the head noun."""


KNOWN: Kept[tuple[str, str], Designation] = Kept(most=1 << 13)
"""What noun phrases say, by their text and their letters."""


def describe(tokens: Tokens, first: int, last: int) -> Designation:
    """Take a noun phrase apart; ``first`` to ``last`` are tokens."""
    while first < last and tokens.tags[last - 1] in ",-":
        last -= 1
    if last - first == 1 and tokens.tags[first] in "PBHW":
        return pronoun(tokens.lows[first])
    comma = tokens.tags.find(",", first, last)
    head_end = comma if comma > 0 else last
    main = simple(tokens, first, head_end)
    if comma < 0 or comma + 1 >= last:
        return main
    other = simple(tokens, comma + 1, last)
    return combine(main, other)


def pronoun(low: str) -> Designation:
    """Describe a pronoun."""
    base = low.split("'", maxsplit=1)[0]
    gender = {"he": "m", "she": "f"}.get(base, "")
    return Designation("pronoun", gender=gender, key=base)


def combine(main: Designation, other: Designation) -> Designation:
    """Join a noun phrase with its apposition, whichever of the two has the name."""
    if main.kind != "person" and other.kind == "person" and not other.role:
        main, other = other, main
    if main.kind in ("person", "unknown", "institution") and main.name:
        kind = "person" if other.kind in ("role", "person") and main.kind == "unknown" else main.kind
        if main.kind == "institution" and other.kind != "role":
            return main
        return main._replace(
            kind=kind,
            role=main.role or other.role,
            organisation=main.organisation or other.organisation,
            gender=main.gender or other.gender,
        )
    return main


def simple(tokens: Tokens, first: int, last: int) -> Designation:
    """Describe a noun phrase without apposition; the same names come again and again."""
    printed = tokens.slice(first, last), tokens.tags[first:last]
    known = KNOWN.get(printed)
    return KNOWN.keep(printed, taken_apart(tokens, first, last)) if known is None else known


def taken_apart(tokens: Tokens, first: int, last: int) -> Designation:
    """Describe a noun phrase without apposition that is new."""
    lows, tags = tokens.lows, tokens.tags
    while first < last and tags[first] in "DCSR,-W(" and not (tags[first] == "D" and last - first == 1):
        first += 1
    if first >= last:
        return Designation("group")
    if lows[first] in words("institution") and (last - first == 1 or lows[first + 1] in LINKS):
        return without_title(tokens, first, last, "")
    known = words("title")
    titles = [at for at, low in enumerate(lows[first:last], first) if low in known or low.rstrip("s") in known]
    gender = gender_of(lows[first:last])
    if titles:
        named = with_title(tokens, first, last, titles, gender)
        if named:
            return named
    return without_title(tokens, first, last, gender)


def gender_of(lows: list[str]) -> str:
    """Give the gender that a title or noun states."""
    masculine, feminine = words("masculine"), words("feminine")
    if masculine.isdisjoint(lows) and feminine.isdisjoint(lows):
        return ""
    gendered = next((low for low in lows if low in masculine or low in feminine), "")
    return "m" if gendered in masculine else "f" if gendered else ""


def with_title(tokens: Tokens, first: int, last: int, titles: list[int], gender: str) -> Designation | None:
    """Describe a phrase with a title: the name follows it, or there is none."""
    lows = tokens.lows
    start = titles[0]
    run_end = start
    while run_end + 1 < last and (run_end + 1 in titles or (lows[run_end + 1] == "and" and run_end + 2 in titles)):
        run_end += 1
    role_first, role_last = start, run_end + 1
    while role_first < role_last and lows[role_first] in words("honorific"):
        role_first += 1
    organisation = leading_organisation(tokens, first, start)
    if organisation is None and start > first:
        role_first = first
    name_first = role_last
    if role_last < last and lows[role_last] in LINKS:
        return linked(tokens, role_first, role_last, last, organisation, gender)
    name = person_name(tokens, name_first, last)
    if name_first < last and not name:
        return None
    role = role_text(tokens, role_first, role_last)
    if name is None:
        return Designation("role", None, role, organisation, gender, lows[run_end])
    return Designation("person", name, role, organisation, gender, key_of(name))


def role_text(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the role without forms of address."""
    while last > first and tokens.lows[last - 1] in words("honorific"):
        last -= 1
    return tokens.slice(first, last) or None


def leading_organisation(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the country or organisation before a title: "Azerbaijan (Culture Minister)", "UNAOC (High …)"."""
    if last <= first:
        return None
    if all(tokens.tags[at] in "XQ" for at in range(first, last)):
        return stripped(tokens.slice(first, last))
    if tokens.tags[first] in "XQ":
        at = first
        while at < last and tokens.tags[at] in "XQ":
            at += 1
        if tokens.slice(first, at).lower() in territories() or tokens.lows[at] in words("institution"):
            return stripped(tokens.slice(first, at if tokens.lows[at] not in words("institution") else at + 1))
    return None


def linked(
    tokens: Tokens, role_first: int, role_last: int, last: int, organisation: str | None, gender: str
) -> Designation:
    """Describe "High Representative for the D (E) X" and "founding Director of B at C"."""
    tags, lows = tokens.tags, tokens.lows
    closing = tags.rfind(")", role_last, last)
    name = None
    end = last
    if 0 <= closing < last - 1:
        name, end = person_name(tokens, closing + 1, last), closing + 1
    elif tags[last - 1] == "X":
        run = last
        while run > role_last and tags[run - 1] == "X":
            run -= 1
        if last - run >= 3 and lows[run - 1] in (*LINKS, "the"):
            name, end = person_name(tokens, last - 2, last), last - 2
    at = next((i for i in range(end - 1, role_last, -1) if lows[i] == "at"), -1)
    start = at if at > 0 else role_last
    if at < 0 and is_portfolio(tokens, role_last, end):
        start = end
    role = role_text(tokens, role_first, start)
    begin = start + 1
    while begin < end and tags[begin] == "D":
        begin += 1
    organisation = organisation or (stripped(tokens.slice(begin, end)) if begin < end else None)
    key = key_of(name) if name else lows[role_last - 1]
    return Designation("person" if name else "role", name, role, organisation, gender, key)


def is_portfolio(tokens: Tokens, link: int, end: int) -> bool:
    """Tell "Secretary of State", one role, from "director of the museum", "President of Georgia": role and organisation."""
    if tokens.lows[link] != "of" or end - link < 2 or tokens.tags[link + 1] != "X":
        return False
    what = tokens.slice(link + 1, end)
    return (
        not what.isupper()
        and what.lower() not in territories()
        and not any(low in words("institution") for low in tokens.lows[link + 1 : end])
    )


def without_title(tokens: Tokens, first: int, last: int, gender: str) -> Designation:
    """Describe a phrase without a title: a name, an institution, a group."""
    tags, lows = tokens.tags, tokens.lows
    institutions = words("institution")
    opening = OPENING.search(tags, first + 1, last)
    end = opening.start() if opening else last
    head = lows[end - 1]
    has_name = NAMED.search(tags, first, end) is not None
    text = stripped(tokens.slice(first, last))
    if head in institutions or (lows[last - 1] in institutions and has_name):
        return Designation("institution", text if has_name else None, gender=gender, key=head)
    if head in words("people") or (head.endswith("s") and tags[end - 1] == "N"):
        return Designation("group", None, text, key=head)
    name = person_name(tokens, first, end)
    if name and (last == end or lows[end] in LINKS or tags[end] == "("):
        organisation = trailing_organisation(tokens, end, last)
        return Designation(kind_of_name(name), name, None, organisation, gender, key_of(name))
    if has_name and not institutions.isdisjoint(lows[first:last]):
        return Designation("institution", text, key=head)
    return Designation(
        "unknown" if has_name else "role", text if has_name else None, None if has_name else text, None, gender, head
    )


def trailing_organisation(tokens: Tokens, first: int, last: int) -> str | None:
    """Give "(the) Nation" after "George Zornick of"."""
    if first >= last or tokens.lows[first] not in ("of", "from", "with", "at"):
        return None
    begin = first + 1
    while begin < last and tokens.tags[begin] == "D" and tokens.lows[begin] != "the":
        begin += 1
    return stripped(tokens.slice(begin, last)) or None
