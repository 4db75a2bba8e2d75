"""Whether the fields are there, answered, and no longer than the addressee lets them be. Text is never cut."""

from collections.abc import Iterator

from vestige.appealing.checking._complaint import Complaint, error
from vestige.appealing.composing import length
from vestige.appealing.drafting import PLACEHOLDER, DraftFile, DraftPart
from vestige.entries import Site, public_location
from vestige.procedures.forms import Field, Form
from vestige.record import RecordReader

_FROM_HEAD = frozenset({"signatory", "names", "country", "coordinates"})


def fields(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    """Check every field of the form against what is given."""
    given: dict[str, DraftPart] = {}
    for part in draft.part:
        known = form.one(part.field) is not None or (part.field == "update" and draft.succeeds)
        if not known:
            yield error("form", part.field, "is no field of this form", "take the part out")
        if part.field in given:
            yield error("form", part.field, "is given twice", "join the two parts")
        given[part.field] = part
    order = [part.field for part in draft.part if form.one(part.field)]
    if order != [one.key for one in form.field if one.key in given]:
        yield error(
            "form",
            "part",
            "the parts are not in the form's order",
            f"order them: {', '.join(one.key for one in form.field)}",
        )
    for one in form.field:
        yield from _field(one, given.get(one.key), draft, record)


def _field(one: Field, part: DraftPart | None, draft: DraftFile, record: RecordReader) -> Iterator[Complaint]:
    if one.kind == "coordinates":
        yield from _coordinates(draft, record)
    if one.kind in _FROM_HEAD:
        if part is not None:
            yield error("form", one.key, "is filled from the record, not by hand", "take the part out")
        return
    if part is None:
        yield error("form", one.key, "was taken out of the draft", "put the part back, be it empty")
        return
    if (
        one.kind == "choice"
        and part.answer not in one.options
        and (one.required or part.answer not in {None, PLACEHOLDER})
    ):
        yield error("form", one.key, f"expected one of {'; '.join(one.options)}, got {part.answer!r}", "choose one")
    if one.kind == "consent" and part.answer not in {"yes", "no"}:
        yield error(
            "persons", one.key, f"expected yes or no, got {part.answer!r}", "ask the persons concerned, and write it"
        )
    elif one.kind == "consent" and one.required and part.answer != "yes":
        yield error("persons", one.key, "consent is missing", "without it this form cannot be used")
    if one.kind in {"facts", "text"} and one.required and not part.paragraph:
        yield error(
            "form", one.key, "is required and empty", one.hint or "fill it, or enter what it rests on and draft again"
        )
    yield from _paragraphs(one, part)


def _paragraphs(one: Field, part: DraftPart) -> Iterator[Complaint]:
    for number, paragraph in enumerate(part.paragraph, 1):
        where = f"{one.key} paragraph {number}"
        if PLACEHOLDER in paragraph.text and paragraph.role != "fact":
            yield error("form", where, "still has the place-holder", one.hint or "write it, or take the paragraph out")
        wanted = "fact" if one.kind == "facts" else one.role
        if paragraph.role != wanted:
            yield error(
                "form",
                where,
                f"expected the role {wanted} under this field, got {paragraph.role}",
                "move it to the field that asks for it",
            )
    for most, unit in ((one.words, "words"), (one.characters, "characters")):
        text = "\n\n".join(paragraph.text for paragraph in part.paragraph)
        over = length(text, unit) - most
        if most and over > 0 and not one.overflow:
            yield error(
                "form",
                one.key,
                f"is {over} {unit} over its {most}, and the form allows no annex",
                "shorten it: take a paragraph out",
            )


def _coordinates(draft: DraftFile, record: RecordReader) -> Iterator[Complaint]:
    for thing in draft.sites:
        entry = record.index.current(thing)
        place = (
            public_location(entry.body, record.policy.sensitive_cell_degrees)
            if entry and isinstance(entry.body, Site)
            else None
        )
        if place is None or place.cell_degrees is not None:
            says = (
                "the form wants the exact place, and the record may not give it"
                if place
                else "the record holds no place"
            )
            yield error("place", thing, says, "choose a form that does not ask for it", entry.hash if entry else None)
