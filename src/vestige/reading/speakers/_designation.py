"""One mention of a speaker, taken apart into name, role and organisation."""

import re
from typing import NamedTuple

LINKS = frozenset(["of", "for", "at", "from", "with"])
OPENING = re.compile("[I(]")
"""What ends the head of a noun phrase: a preposition or a bracket."""


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
