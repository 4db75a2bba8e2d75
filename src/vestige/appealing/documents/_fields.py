"""The appeal as data: the whole of it, and its fields as plain text with their lengths, for portals that have no other way in.

Lengths are counted as a person would: words are runs of letters between white space, characters are those of the text as it would be pasted
(Unicode code points after NFC).
"""

import unicodedata

import msgspec

from vestige.appealing._composed import Composed, Section
from vestige.appealing.documents._legible import legible
from vestige.appealing.documents._notes import Notes
from vestige.appealing.documents._words import words


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """One field of a form: its plain text, how long it is, how long it may be, and the entries that it rests on."""

    key: str
    heading: str
    text: str
    characters: int
    words: int
    told: str
    language: str
    limit: int | None = None
    unit: str | None = None
    note: str | None = None
    cites: tuple[str, ...] = ()


def portal_fields(composed: Composed) -> tuple[Field, ...]:
    """Give the fields of an appeal in the order of its form."""
    return tuple(_field(composed, section) for section in composed.sections)


def render_fields(composed: Composed) -> bytes:
    """Give the fields as JSON: form, language, and for each field its key, text and lengths."""
    shape = {
        "form": composed.form_id,
        "title": composed.title,
        "language": composed.language,
        "draft": composed.draft,
        "fields": portal_fields(composed),
        "annexes": [{"key": annex.id, "heading": annex.heading, "text": annex.text} for annex in composed.annexes],
    }
    return _json(shape)


def render_data(composed: Composed) -> bytes:
    """Give the whole appeal as JSON, its texts as they are, with the number of every note."""
    notes = [{"number": note.number, "section": note.section, "entry": note.entry} for note in Notes(composed)]
    return _json({"appeal": composed, "notes": notes})


def _json(value: object) -> bytes:
    return msgspec.json.format(msgspec.json.encode(value, order="deterministic"), indent=1) + b"\n"


def _field(composed: Composed, section: Section) -> Field:
    text = unicodedata.normalize("NFC", legible(section.text))
    limit = section.field_limit
    characters, count = len(text), len(text.split())
    label = words(composed.language)
    length = f"{label['limit_words'].partition(':')[0].strip()}: {count}"
    told = label[f"limit_{limit.unit}"].format(length=limit.length, most=limit.most) if limit else length
    cites = dict.fromkeys(entry for paragraph in section.paragraphs for entry in paragraph.cites)
    return Field(
        key=section.id,
        heading=section.heading,
        text=text,
        characters=characters,
        words=count,
        told=told,
        language=composed.language,
        limit=limit.most if limit else None,
        unit=limit.unit if limit else None,
        note=section.note,
        cites=tuple(cites),
    )
