"""The people and institutions that a text names."""

import re
from dataclasses import dataclass

from vestige.reading.speakers._designation import Designation

ACRONYM = re.compile(r"\((\w{2,12})\)")
COMPARED = 40
"""So many names with the same last word are compared."""


@dataclass(slots=True)
class Entity:
    """Somebody who is named in the text; what is known of them grows with every mention."""

    name: str
    kind: str
    role: str | None = None
    organisation: str | None = None
    gender: str = ""

    def learn(self, what: Designation) -> None:
        """Take over what a further mention tells; the longest form of a name is kept, and a role rather than a form of address."""
        if what.role and (self.role is None or self.role.endswith(".") or self.role in what.role):
            self.role = what.role
        self.organisation = self.organisation or what.organisation
        self.gender = self.gender or what.gender
        if what.name and len(what.name) > len(self.name):
            self.name = what.name
        if what.kind == "person" and self.kind == "unknown":
            self.kind = "person"


class Entities:
    """All that are named, by the last word of their name."""

    def __init__(self) -> None:
        self.by_key: dict[str, list[Entity]] = {}
        self.by_acronym: dict[str, Entity] = {}

    def admit(self, what: Designation) -> Entity:
        """Give the entity of a named mention, new or known."""
        name = what.name or ""
        known = self.match(name, what.key)
        if known is None:
            known = Entity(name, what.kind)
            self.by_key.setdefault(what.key, []).append(known)
            short = ACRONYM.search(name)
            if short:
                self.by_acronym.setdefault(short.group(1), known)
        known.learn(what)
        return known

    def match(self, name: str, key: str) -> Entity | None:
        """Find an entity by full name, else by surname when one form is a part of the other."""
        best = None
        parts = set(name.lower().split())
        for entity in self.by_key.get(key, ())[:COMPARED]:
            if entity.name == name:
                return entity
            known = set(entity.name.lower().split())
            if best is None and (known <= parts or parts <= known):
                best = entity
        return best
