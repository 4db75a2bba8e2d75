"""Names of people by their capitals, and the designations beside them: "Name, role", "the role, Name", "Role Name", "Name (role)"."""

import re
from collections.abc import Sequence

from vestige.reading.places._words import listed
from vestige.reading.text._lexicon import words

_PARTICLE = r"(?:de|da|di|du|von|van|der|den|ter|bin|ibn|al|el|la|le|of the)"
_CAPITAL = r"[A-ZÀ-ÞĀ-ŽΑ-ЯҐЄІЇ][\w'’.-]*"
FULL_NAME = rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{1,4}}"
_FULL_NAME = re.compile(FULL_NAME)
_NAME = re.compile(rf"{_CAPITAL}(?: (?:{_PARTICLE} ){{0,2}}{_CAPITAL}){{0,4}}")
_PARENTHESES = re.compile(r"^(?P<name>[^()]+?) \((?P<role>[^()]{2,60})\)$")
_ARTICLE = re.compile(r"^(?:the|our|their|its|his|her|a|an) ", re.IGNORECASE)
_LONGEST = 6
"""So many words has a name at most."""


def signature(who: str) -> tuple[str | None, str | None]:
    """Part "Councillor Jan Beispiel", "Jan Beispiel, director" and "the chairwoman, Jelena Primer" into name and role; no name where none is printed."""
    who = who.strip()
    if inside := _PARENTHESES.match(who):
        name, role = signature(inside["name"])
        return name, role or inside["role"]
    printed, _, after = (part.strip() for part in who.partition(","))
    if _ARTICLE.match(printed):
        return _after_role(_ARTICLE.sub("", printed), after)
    parts, title = printed.split(), []
    while parts and parts[0].lower() in words("title"):
        title.append(parts.pop(0))
    if not parts:
        return _after_role(printed, after)
    named = len(parts) <= _LONGEST and parts[0][0].isupper() and parts[-1][0].isupper()
    return (" ".join(parts) if named else None), after or " ".join(title).lower() or None


def _after_role(role: str, name: str) -> tuple[str | None, str | None]:
    """Read "the chairwoman, Jelena Primer" and "the chairwoman Jelena Primer"."""
    if not name:
        found = _FULL_NAME.search(role)
        if found is None or found.end() != len(role) or found.start() == 0:
            return None, None
        role, name = role[: found.start()].strip(), found[0]
    return (name, role[0].lower() + role[1:]) if _NAME.fullmatch(name) else (None, None)


def is_titled(who: str) -> bool:
    """Tell whether a designation holds a title or a form of address."""
    return not words("title").isdisjoint(re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", who.lower()))


def begins_with_given_name(who: str) -> bool:
    """Tell whether the first word is a given name that is listed."""
    return who.split(maxsplit=1)[0].lower() in listed("given_names.txt")


def introduced(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """Give the full names that a text introduces, in order, each once by its last word; names of places and of institutions are none."""
    found: dict[str, str] = {}
    for line in text.splitlines():
        printed = line.split()
        headline = len(printed) > 3 and sum(word[:1].isupper() for word in printed) > 0.7 * len(printed)
        for match in () if headline else _FULL_NAME.finditer(line):
            name = _without_function_words(match[0])
            known = name.split()
            if len(known) > 1 and words("institution").isdisjoint(word.lower() for word in known):
                found.setdefault(known[-1].rstrip(".").lower(), name.rstrip("."))
    taken = {text[first:last] for first, last in places}
    return [name for name in found.values() if name not in taken]


def _without_function_words(name: str) -> str:
    """Drop what stands before a name with a capital for another reason: "For Ana", "Interview Ana", "Ms Ana"."""
    parts = name.split()
    drop = words("preposition") | words("determiner") | words("conjunction") | words("subordinator") | words("title")
    while parts and (parts[0].lower() in drop or parts[0].lower() in _OPENING):
        parts.pop(0)
    return " ".join(parts)


_OPENING = frozenset(("interview", "question", "answer", "q&a", "we", "here", "today", "yesterday", "profile"))
