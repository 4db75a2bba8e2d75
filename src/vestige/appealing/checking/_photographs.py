"""Whether the photographs that go with a form are what its addressee takes: number, pixels, bytes, caption and credit."""

from collections import Counter
from collections.abc import Iterator

from vestige.appealing.checking._complaint import Complaint, error, warning
from vestige.appealing.drafting import PLACEHOLDER, DraftFile, DraftPhotograph
from vestige.archive import ArchiveError
from vestige.entries import Source
from vestige.positions import tells_place
from vestige.procedures.forms import Form, Photographs
from vestige.publishing.views._image_size import size_of
from vestige.publishing.views._pictures import form_of
from vestige.record import RecordReader

_ABOUT = 0.9
"""The share of the asked width and height from which on a photograph is about so large."""


def photographs(draft: DraftFile, form: Form, record: RecordReader) -> Iterator[Complaint]:
    """Check the photographs of a draft against what its form says of them. Their pixels are read from their heads, none is decoded."""
    rule = form.photographs
    if rule is None:
        if draft.photograph:
            yield error(
                "form", "photograph", "this form says nothing of photographs", "take them out, or send them apart"
            )
        return
    if not draft.photograph:
        do = "name each in the draft: [[photograph]] with source, caption and credit"
        yield warning("form", "photograph", f"none is named: {rule.says}", do)
    if len(draft.photograph) > rule.most:
        over = len(draft.photograph) - rule.most
        yield error(
            "form", "photograph", f"expected at most {rule.most}, got {len(draft.photograph)}", f"take out {over}"
        )
    named = Counter(one.source for one in draft.photograph)
    for number, one in enumerate(draft.photograph, 1):
        if named[one.source] > 1:
            yield error("form", f"photograph {number}", "is named more than once", "name each once")
        yield from _photograph(f"photograph {number}", one, rule, record)


def _photograph(where: str, one: DraftPhotograph, rule: Photographs, record: RecordReader) -> Iterator[Complaint]:
    for what, text in (("caption", one.caption), ("credit", one.credit)):
        if PLACEHOLDER in text or not text.strip():
            yield error("form", where, f"has no {what}: {rule.says}", f"write its {what}")
    entry = record.index.current(one.source)
    body = entry.body if entry else None
    if not isinstance(body, Source) or body.file is None or not record.files.exists(body.file):
        says = "expected a public source of this record that preserves a picture"
        yield error(
            "evidence", where, says, "add it: vestige add source FILE; then give its id", entry.hash if entry else None
        )
        return
    try:
        yield from _file(where, body.file, rule, record)
    except ArchiveError as fault:
        yield error("evidence", where, fault.message, "restore the file of this source", entry.hash if entry else None)


def _file(where: str, name: str, rule: Photographs, record: RecordReader) -> Iterator[Complaint]:
    with record.files.open(name) as file:
        is_picture = form_of(file) == "picture"
        file.seek(0)
        size = size_of(file) if is_picture else None
        file.seek(0)
        tells = tells_place(file)
    if size is None:
        yield error(
            "form", where, "is no picture whose width and height can be read", "give a photograph, such as a JPEG"
        )
        return
    if tells:
        do = "add a copy without its position as a source of its own, and name that"
        yield error("place", where, "tells, or may tell, where it was made", do)
    asked, held = sorted((rule.width, rule.height)), sorted(size)
    if any(got < _ABOUT * wanted for wanted, got in zip(asked, held, strict=True)):
        says = f"is {size[0]} x {size[1]} pixels, and the form asks for about {rule.width} x {rule.height}"
        yield warning("form", where, says, "give a larger one, if there is one: it is not enlarged")
    if (got := record.files.size(name)) < rule.least_bytes:
        says = f"is of {got:,} bytes, and the form asks for {rule.least_bytes:,} or more"
        yield error("form", where, says, "give the file as it came from the camera or the agency")
