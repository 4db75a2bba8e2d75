"""What a noun phrase says of a speaker: name, role and organisation, each as printed.

"Azerbaijan Culture Minister X", "High Representative for the D (E) X", "X, Chair of A and founding Director of B at C",
"the company". First names are never used to guess a gender; only forms of address and nouns that carry one are.
"""

from vestige.reading.speakers._designation import LINKS, Designation
from vestige.reading.speakers._names import end_of_name, key_of, person_name, stripped, territories
from vestige.reading.speakers._titles import titles_of
from vestige.reading.speakers._untitled import trailing_organisation, without_title
from vestige.reading.text._lexicon import words
from vestige.reading.text._remembered import Kept
from vestige.reading.text._tokens import Tokens

PRONOUNS = {"him": "he", "her": "she", "them": "they"}
PARTIES = frozenset(["d-", "r-", "i-"])
KNOWN: Kept[tuple[str, str], Designation] = Kept(most=1 << 13)
"""What noun phrases say, by their text and their letters."""


def describe(tokens: Tokens, first: int, last: int) -> Designation:
    """Take a noun phrase apart; ``first`` to ``last`` are tokens."""
    while first < last and tokens.tags[last - 1] in ",-":
        last -= 1
    if last - first == 1 and tokens.tags[first] in "PBHWO":
        return pronoun(tokens.lows[first])
    comma = tokens.tags.find(",", first, last)
    head_end = comma if comma > 0 else last
    main = simple(tokens, first, head_end)
    if 0 < comma < last - 1 and tokens.lows[comma + 1][:2] in PARTIES:
        comma = tokens.tags.find(",", comma + 1, last)  # "Joseph F. Wagner, D-Chicopee, the chairman"
    if comma < 0 or comma + 1 >= last:
        return main
    other = simple(tokens, comma + 1, last)
    return combine(main, other)


def pronoun(low: str) -> Designation:
    """Describe a pronoun."""
    base = low.split("'", maxsplit=1)[0]
    base = PRONOUNS.get(base, base)
    gender = {"he": "m", "she": "f"}.get(base, "")
    return Designation("pronoun", gender=gender, key=base)


def combine(main: Designation, other: Designation) -> Designation:
    """Join a noun phrase with its apposition, whichever of the two has the name."""
    proper = other.name is not None and other.name[0].isupper() and other.kind in ("unknown", "person")
    unnamed = main.name is None and proper
    if unnamed or (main.kind != "person" and other.kind == "person" and not other.role):
        main, other = other, main
    if main.kind in ("person", "unknown", "institution") and main.name:
        kind = "person" if other.kind in ("role", "person") and main.kind == "unknown" else main.kind
        if main.kind == "institution" and other.kind != "role":
            return main
        return main._replace(
            kind=kind,
            role=other.role if other.role and (main.role or ".").endswith(".") else main.role,
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
    while (
        first < last
        and tags[first] in "DCSR,-W("
        and not (tags[first] == "D" and tags[first + 1 : last][:1] in ("", "I"))
    ):
        first += 1
    if first < last - 1 and tags[first] == "0" and tags[first + 1] == "X" and lows[first].endswith("old"):
        first += 1  # "37-year-old X"
    if first >= last:
        return Designation("group")
    titles, gender = titles_of(tokens, first, last), gender_of(lows[first:last])
    named = with_title(tokens, first, last, titles, gender) if titles else None
    return named or without_title(tokens, first, last, gender)


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
    if role_last < last and lows[role_last] in LINKS:
        return linked(tokens, role_first, role_last, last, organisation, gender)
    role_last = end_of_role(tokens, role_last, last, titles)
    if owns(tokens, role_last, last):
        return Designation(
            "role", None, tokens.slice(first, last), None, gender_of(lows[role_last:last]), lows[last - 1]
        )
    name, named = person_name(tokens, role_last, last), end_of_name(tokens, role_last, last)
    if role_last < last and not name:
        return None
    if name and tokens.tags[named:last][:1] == "N":  # "former British officials"
        return Designation("group", None, tokens.slice(role_first, last), organisation, gender, lows[last - 1])
    role = role_text(tokens, role_first, role_last)
    if name is None:
        return Designation("role", None, role, organisation, gender, lows[run_end])
    organisation = organisation or trailing_organisation(tokens, named, last)
    return Designation("person", name, role, organisation, gender, key_of(name))


def end_of_role(tokens: Tokens, at: int, last: int, titles: list[int]) -> int:
    """Give where a role ends that has more than one title: "former presidential candidate X", "Acting Circuit Judge X"."""
    for title in titles:
        if (
            title >= at
            and title + 1 < last
            and tokens.tags[title + 1] in "XQ"
            and set(tokens.tags[at:title]) <= set("XQN")
        ):
            at = title + 1
    return at


def owns(tokens: Tokens, at: int, last: int) -> bool:
    """Tell "Ms. Berg's (mother)", who is somebody else, from "Ms. Berg"."""
    end = at
    while end < last and tokens.tags[end] == "X":
        end += 1
    return end < last - 1 and tokens.tags[end] == "Q"


def role_text(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the role without forms of address, and without a rank after it: "spokesman (Capt.)"."""
    while last > first and tokens.lows[last - 1] in words("honorific"):
        last -= 1
    titled = last - first > 1 and tokens.tags[last - 2] == "N" and tokens.lows[last - 2] in words("title")
    if titled and tokens.slice(last - 1, last).endswith("."):
        last -= 1
    return tokens.slice(first, last) or None


def leading_organisation(tokens: Tokens, first: int, last: int) -> str | None:
    """Give the country or organisation before a title: "Azerbaijan (Culture Minister)", "UNAOC (High …)"."""
    if last <= first:
        return None
    if tokens.lows[first] in words("institution") and tokens.lows[first + 1] in LINKS:
        return tokens.slice(first, last)
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
    if tokens.lows[link : link + 2] == ["of", "staff"]:
        return True
    if tokens.lows[link] != "of" or end - link < 2 or tokens.tags[link + 1] != "X":
        return False
    what = tokens.slice(link + 1, end)
    return (
        not what.isupper()
        and what.lower() not in territories()
        and not any(low in words("institution") for low in tokens.lows[link + 1 : end])
    )
