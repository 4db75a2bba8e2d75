"""Appeals and actors by what a person types."""

import re

from vestige.appealing._errors import AppealError
from vestige.entries import Actor, Appeal
from vestige.errors import an
from vestige.keeping.finding import find_entry
from vestige.record import Entry, Record

_NAMED = re.compile(r"[a-z]{1,20}:[a-z2-7]{16}|[0-9a-f]{8,64}")


def find_appeal(record: Record, text: str) -> Entry:
    """Give the appeal that an id, a hash or words of its title mean. Raises AppealError when there is none or several."""
    if _NAMED.fullmatch(text):
        entry = find_entry(record, text)
        if not isinstance(entry.body, Appeal):
            raise AppealError(f"expected an appeal, got {an(entry.kind)}", where=text, hint="see: vestige appeal list")
        return entry
    found = record.index.search(text, "appeal", limit=5)
    if len(found) != 1:
        shown = "; ".join(f"{entry.about} {entry.body.title}" for entry in found if isinstance(entry.body, Appeal))
        raise AppealError(
            f"expected one appeal of this record, got {len(found)}{': ' if shown else ''}{shown}",
            where=text,
            hint="see: vestige appeal list",
        )
    return found[0]


def find_actor(record: Record, text: str) -> Entry:
    """Give the actor that an id, a hash or a name means. Raises AppealError when there is none or several."""
    if _NAMED.fullmatch(text):
        found = [find_entry(record, text)]
    else:
        every = record.index.search(text, "actor", limit=20)
        exact = [e for e in every if e.body and text.casefold() in {n.text.casefold() for n in e.body.named()}]
        found = exact or every
    found = [entry for entry in found if isinstance(entry.body, Actor)]
    if len(found) != 1:
        raise AppealError(
            f"expected one actor of this record, got {len(found)}",
            where=text,
            hint="an appeal is signed by an actor of the record: enter them first, or give the id",
        )
    return found[0]
