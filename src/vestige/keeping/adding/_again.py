"""The same bytes once more: what that says of a source which is there already."""

from typing import Any, NamedTuple

from vestige.entries import Name, Source
from vestige.errors import InputError
from vestige.record import Entry, fold

_FOUND = ("origin", "address")
"""Where the bytes were found: a second one does not correct the first, both hold."""
_PRINTED = ("publisher", "author", "published", "created", "language", "credit", "rights", "note", "nature")
_MANY = ("sites", "captions")
"""What a second adding adds to."""


class Again(NamedTuple):
    """What is new: the fields to correct, or that this is a further source, found elsewhere or on another day."""

    changes: dict[str, Any]
    further: bool


def seen_again(known: Source, body: Source, *, titled: bool) -> Again:
    """Compare a source with one that has the same bytes. What the new one leaves open says nothing."""
    found = {name: (getattr(known, name), getattr(body, name)) for name in _FOUND}
    another = any(old and new and old != new for old, new in found.values())
    on_another_day = bool(body.captured) and (known.captured or "")[:10] != (body.captured or "")[:10]
    if another or on_another_day:
        return Again({}, further=True)
    fields = (*_FOUND, *_PRINTED, *(("title",) if titled else ()))
    given = {name: getattr(body, name) for name in fields}
    given |= {name: _joined(getattr(known, name), getattr(body, name)) for name in _MANY}
    return Again({name: new for name, new in given.items() if new and new != getattr(known, name)}, further=False)


def same_reference(known: Source, body: Source) -> bool:
    """Whether two sources without a copy are one: the same title, and nothing that both say of it differs."""
    if known.form != "reference" or fold(known.title) != fold(body.title):
        return False
    parts = ("publisher", "author", "published", "address", "language")
    both = [(getattr(known, part), getattr(body, part)) for part in parts]
    return all(old == new for old, new in both if old and new)


def require_visibility(known: Entry, *, withheld: bool) -> None:
    """Raise InputError where bytes that are public should be withheld, or bytes that are withheld would become public by the way."""
    is_withheld = known.envelope.visibility == "withheld"
    if withheld and not is_withheld:
        raise InputError(
            f"these bytes are public since {known.envelope.made}, as {known.about}: they cannot be withheld any more",
            where="--withheld",
            hint=f"take them back first: vestige withdraw {known.about} --why '…'",
        )
    if is_withheld and not withheld:
        raise InputError(
            f"these bytes are withheld, as {known.about}, and adding them again would publish them",
            where=known.about,
            hint="add --withheld to say more of them",
        )


def _joined(known: tuple[Any, ...], new: tuple[Any, ...]) -> tuple[Any, ...]:
    """Give what is known and what is new; a text in a language takes the place of the one that was there."""
    languages = {one.language for one in new if isinstance(one, Name)}
    kept = (one for one in known if not (isinstance(one, Name) and one.language in languages))
    return tuple(dict.fromkeys((*kept, *new)))
