"""What stands around the text of an appeal, the same in every document of it: head, remarks, signatures. And whose head it is.

Nothing that is composed may look like a document of its addressee: the head names the sender, in the sender's words alone, and no emblem is
ever drawn.
"""

from collections.abc import Iterator

from vestige.appealing._composed import Addressee, Composed, Section
from vestige.appealing.documents._legible import legible, one_line
from vestige.appealing.documents._words import words, written_day
from vestige.errors import InputError


def require_own_head(composed: Composed) -> None:
    """Raise InputError when an appeal names nobody as its sender, or its addressee."""
    sender = _folded(composed.sender)
    if not sender:
        raise InputError(
            "expected a sender, got none", hint="name who makes the appeal: nothing goes out without a head"
        )
    theirs = {_folded(line) for line in (composed.addressee.name, composed.addressee.office or "") if line}
    if sender in theirs:
        raise InputError(
            f"expected a sender other than the addressee, got {one_line(composed.sender)}",
            hint="nothing that is composed may look like a document of its addressee",
        )


def _folded(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())


def addressee_lines(addressee: Addressee) -> list[str]:
    """Give the lines of an address as they are printed: office or name first, then the post, then the channel where it is another."""
    posted = addressee.means == "post" and addressee.lines
    lines = (addressee.name, addressee.office, *addressee.lines, None if posted else addressee.to)
    return list(dict.fromkeys(legible(line) for line in lines if line))


def remarks(composed: Composed) -> list[str]:
    """Give what is printed before the title: that it is a sample, a draft, and how sure its form is."""
    draft = composed.draft_note if composed.draft else None
    notes = (composed.sample_note, draft, composed.status_note)
    return [legible(note) for note in notes if note]


def under_heading(composed: Composed, section: Section) -> list[str]:
    """Give what is printed under a heading: the form's own note, how long the field may be, which field is continued here."""
    return list(_under_heading(composed, section))


def _under_heading(composed: Composed, section: Section) -> Iterator[str]:
    label = words(composed.language)
    headings = {other.id: other.heading for other in composed.sections}
    if section.continues in headings:
        yield label["continues"].format(heading=headings[section.continues])
    if section.note:
        yield section.note
    if section.field_limit:
        limit = section.field_limit
        yield label[f"limit_{limit.unit}"].format(length=limit.length, most=limit.most)


def signature_lines(composed: Composed) -> list[tuple[str, list[str], str | None, str]]:
    """Give of each signatory the name, the lines under it, the day of signing and the line that tells it."""
    label = words(composed.language)
    given = []
    for one in composed.signatories:
        behalf = label["on_behalf"].format(name=one.on_behalf_of) if one.on_behalf_of else None
        lines = [legible(line) for line in (one.capacity, one.organisation, behalf) if line]
        day = one.signed and one.signed[:10]
        told = label["signed"].format(date=written_day(day, composed.language)) if day else label["unsigned"]
        given.append((legible(one.name), lines, day, told))
    return given
