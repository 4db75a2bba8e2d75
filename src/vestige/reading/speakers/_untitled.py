"""What a noun phrase without a title says of a speaker: a name, an institution, a group; "Cuban pianist X", "local media"."""

import re

from vestige.reading.speakers._designation import LINKS, OPENING, Designation
from vestige.reading.speakers._names import key_of, kind_of_name, person_name, stripped, territories
from vestige.reading.text._lexicon import words
from vestige.reading.text._tokens import Tokens

NAMED = re.compile("[XQ<]")
OWNED = re.compile("(X*Q)X+$")
"""Whom somebody works for, then the name: "Human Rights Watch's X"."""
DESCRIBED = re.compile("[XQ]{0,3}N+(X+)$")
"""What somebody is, with an adjective of origin or without, then the name."""


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
    plain = tags[end - 1] == "N" and lows[end - 1] not in words("particle")
    local = plain and has_name and tags[first] in "XQ" and "D" not in tags[first:end]  # "Local media"
    if local or head in words("people") or (head.endswith("s") and tags[end - 1] == "N"):
        return Designation("group", None, text, key=head)
    described = with_description(tokens, first, end, last, gender)
    if described:
        return described
    name = person_name(tokens, first, end)
    if name and (last == end or lows[end] in LINKS or tags[end] == "("):
        organisation = trailing_organisation(tokens, end, last)
        return Designation(kind_of_name(name), name, None, organisation, gender, key_of(name))
    if has_name and not institutions.isdisjoint(lows[first:last]):
        proper = NAMED.search(tags, first, end)  # "the monitoring group (X)"
        name = stripped(tokens.slice(proper.start(), last)) if proper else text
        return Designation("institution", name, key=head)
    return Designation(
        "unknown" if has_name else "role", text if has_name else None, None if has_name else text, None, gender, head
    )


def with_description(tokens: Tokens, first: int, end: int, last: int, gender: str) -> Designation | None:
    """Describe "Cuban pianist X", "the news agency X" and "Human Rights Watch's X"; None for a bare name."""
    lows = tokens.lows
    owned = OWNED.match(tokens.tags, first, end)
    if owned:
        name, owner = tokens.slice(owned.end(1), end), stripped(tokens.slice(first, owned.end(1)))
        known = " " in owner or owner.lower() in territories()
        return Designation(kind_of_name(name), name, None, owner, gender, key_of(name)) if known else None
    described = DESCRIBED.match(tokens.tags, first, end)
    if described is None or not words("particle").isdisjoint(lows[first:end]):
        return None
    start = described.start(1)
    name, role = tokens.slice(start, end), tokens.slice(first, start)
    kind = kind_of_name(name) if words("institution").isdisjoint(lows[first:start]) else "institution"
    organisation = trailing_organisation(tokens, end, last)
    return Designation(kind, name, role if kind == "person" else None, organisation, gender, key_of(name))


def trailing_organisation(tokens: Tokens, first: int, last: int) -> str | None:
    """Give "The Nation" after "George Zornick of", and "Kansas Highway Patrol" after "Mike Murphy of the"."""
    if first >= last or tokens.lows[first] not in ("of", "from", "with", "at"):
        return None
    begin = first + 1
    while begin < last and tokens.tags[begin] == "D" and tokens.slice(begin, begin + 1) != "The":
        begin += 1
    return stripped(tokens.slice(begin, last)) or None
