"""Those who speak, publish or assess: entered once by a name, and corrected by what is said of them later."""

from typing import Any, NamedTuple

import msgspec

from vestige.entries import Actor, Draft
from vestige.keeping.finding import title_of
from vestige.record import Record, fold


class ActorEntered(NamedTuple):
    """An actor in a record: its id, whether it stood already, and the fields that were corrected."""

    about: str
    known: bool
    corrected: tuple[str, ...] = ()


def enter_actor(record: Record, body: Actor) -> ActorEntered:
    """Enter an actor. Where one of the same first name and type stands, what is new of it corrects that one."""
    first = body.names[0].text
    for entry in record.index.search(first, "actor"):
        known = entry.body
        if isinstance(known, Actor) and known.type == body.type and fold(title_of(entry)) == fold(first):
            changes = _changes(known, body)
            if not changes:
                return ActorEntered(entry.about, known=True)
            better = msgspec.structs.replace(known, **changes)
            draft = Draft(better, entry.about, entry.hash, entry.envelope.cites, entry.envelope.visibility)
            record.append(draft)
            return ActorEntered(entry.about, known=True, corrected=tuple(sorted(changes)))
    return ActorEntered(record.append(Draft(body))[0].about, known=False)


def _changes(known: Actor, body: Actor) -> dict[str, Any]:
    """Give what a second adding says that the first did not: what it leaves open says nothing, and names and identifiers are added."""
    texts = {(name.text, name.language) for name in known.names}
    added = tuple(name for name in body.names[1:] if (name.text, name.language) not in texts)
    if body.names[0].language and not known.names[0].language:
        first = msgspec.structs.replace(known.names[0], language=body.names[0].language)
        names = (first, *known.names[1:], *added)
    else:
        names = (*known.names, *added)
    given = {
        "names": names,
        "description": body.description or known.description,
        "identifiers": tuple(dict.fromkeys((*known.identifiers, *body.identifiers))),
    }
    return {field: value for field, value in given.items() if value != getattr(known, field)}
