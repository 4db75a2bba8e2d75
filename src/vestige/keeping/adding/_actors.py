"""Those who speak, publish or assess: entered once by a name."""

from vestige.entries import Actor, Draft
from vestige.keeping.finding import title_of
from vestige.record import Record, fold


def enter_actor(record: Record, body: Actor) -> tuple[str, bool]:
    """Enter an actor unless one of the same first name and type stands; give its id, and whether it stood already."""
    first = body.names[0].text
    for entry in record.index.search(first, "actor"):
        if isinstance(entry.body, Actor) and entry.body.type == body.type and fold(title_of(entry)) == fold(first):
            return entry.about, True
    return record.append(Draft(body))[0].about, False
