"""The PDF: one file that is PDF/A-3a (ISO 19005-3, for archives) and PDF/UA-1 (ISO 14289-1, for every reader) with the evidence attached.

Typst lays it out with the fonts that ship with the project alone, at the date of the appeal, and refuses what either standard forbids, so the
same appeal gives the same bytes on every machine.
"""

import datetime as dt
import importlib.resources
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from vestige.appealing._composed import Addressee, Composed, Paragraph, Run, Section
from vestige.appealing.documents._fonts import FAMILIES, Printable, font_folder
from vestige.appealing.documents._heads import (
    addressee_lines,
    remarks,
    require_own_head,
    signature_lines,
    under_heading,
)
from vestige.appealing.documents._legible import direction_in, direction_of_run, one_line
from vestige.appealing.documents._notes import Notes
from vestige.appealing.documents._widths import column_widths
from vestige.appealing.documents._words import words
from vestige.errors import InputError, MissingExtraError


class Attachment(msgspec.Struct, frozen=True):
    """A file that a PDF carries. ``relationship`` is that of PDF 2.0's AFRelationship: ``data``, ``source``, ``supplement``."""

    name: str
    content: bytes
    media_type: str
    description: str
    relationship: str = "data"


def render_pdf(composed: Composed, attachments: Sequence[Attachment] = ()) -> bytes:
    """Give the PDF of an appeal; raises MissingExtraError without Typst, InputError where the head could be taken for the addressee's."""
    require_own_head(composed)
    layout = _Layout(composed).data(attachments)
    with tempfile.TemporaryDirectory(prefix="vestige-letter-") as name:
        folder = Path(name)
        for attachment in attachments:
            (folder / attachment.name).write_bytes(attachment.content)
        (folder / "letter.json").write_bytes(msgspec.json.encode(layout))
        template = importlib.resources.files("vestige.appealing.documents") / "templates" / "letter.typ"
        (folder / "letter.typ").write_bytes(template.read_bytes())
        return _compiled(folder, dt.date.fromisoformat(composed.date))


def _compiled(folder: Path, day: dt.date) -> bytes:
    try:
        import typst
    except ImportError as error:
        raise MissingExtraError("appealing", "typst") from error
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_folder()])
    compiler = typst.Compiler(folder / "letter.typ", root=folder, font_paths=fonts, ignore_system_fonts=True)
    midnight = dt.datetime.combine(day, dt.time(), dt.UTC)
    try:
        pdf = compiler.compile(format="pdf", pdf_standards=["a-3a", "ua-1"], timestamp=int(midnight.timestamp()))
    except typst.TypstError as error:
        raise InputError(
            f"expected an appeal that can be laid out as PDF/A-3a and PDF/UA-1: {one_line(str(error.message))}"
        ) from error
    assert isinstance(pdf, bytes)  # noqa: S101 - a list is given for pictures alone
    return pdf


class _Layout:
    """Turns an appeal into what the template reads: plain data in letters that the fonts hold."""

    def __init__(self, composed: Composed) -> None:
        self._composed = composed
        self._notes = Notes(composed)
        self._printed: set[int] = set()
        self._printable = Printable()

    def data(self, attachments: Sequence[Attachment]) -> dict[str, object]:
        composed, label = self._composed, words(self._composed.language)
        day = dt.date.fromisoformat(composed.date)
        data: dict[str, object] = {
            "author": self._printable.text(one_line(composed.sender)),
            "year": day.year,
            "month": day.month,
            "day": day.day,
            "lang": _typst_language(composed.language, "en"),
            "rtl": composed.direction == "rtl",
            "fonts": _families(composed.language),
            "labels": {key: label[key] for key in ("from", "to", "copies")},
            "page": label["page"],
            **self._head(label["reference"]),
            "sections": [self._section(section) for section in composed.sections],
            "annexes": [self._section(section) for section in composed.annexes],
            "signatories": [self._signatory(*one) for one in signature_lines(composed)],
            "copies": [self._shown(_in_one_line(copy)) for copy in composed.copies],
            "notes": [self._shown(note) for note in composed.notes],
            "attached": [_attached(one) for one in attachments],
        }
        data["remarks"] = [self._shown(remark) for remark in remarks(composed)] + self._lacking(label["lacking"])
        return data

    def _head(self, reference: str) -> dict[str, object]:
        composed, title, sender = self._composed, one_line(self._composed.title), one_line(self._composed.sender)
        number = composed.reference
        dated = [composed.date_text, *([f"{reference}: {number}"] if number else [])]
        return {
            "title": self._shown(title),
            "running": self._shown(f"{_shortened(sender, 60)} · {_shortened(title, 70)}"),
            "reference": number and self._shown(number),
            "footer": self._shown(one_line(composed.footer)),
            "sender": self._shown(composed.sender),
            "addressee": [self._shown(line) for line in addressee_lines(composed.addressee)],
            "dated": [self._shown(line) for line in dated],
            "salutation": composed.salutation and self._shown(composed.salutation),
            "closing": composed.closing and self._shown(composed.closing),
        }

    def _shown(self, text: str) -> dict[str, object]:
        """Give a line that stands by itself, with the direction in which it runs."""
        return {"text": self._printable.text(text), "rtl": direction_in(text, self._composed.direction) == "rtl"}

    def _lacking(self, message: str) -> list[dict[str, object]]:
        count = self._printable.lacking
        return [self._shown(message.format(count=count))] if count else []

    def _section(self, section: Section) -> dict[str, object]:
        return {
            "heading": self._shown(section.heading),
            "remarks": [self._shown(line) for line in under_heading(self._composed, section)],
            "paragraphs": [self._paragraph(section, paragraph) for paragraph in section.paragraphs],
        }

    def _paragraph(self, section: Section, paragraph: Paragraph) -> dict[str, object]:
        return {
            "kind": paragraph.kind,
            "number": paragraph.number,
            "runs": [self._run(run, section) for run in paragraph.runs],
            "rows": [[self._run(cell, None) for cell in row] for row in paragraph.rows],
            "widths": column_widths(paragraph.rows),
        }

    def _run(self, run: Run, section: Section | None) -> dict[str, object]:
        here = self._composed
        direction = direction_of_run(run)
        rtl = direction == "rtl"
        plain = run.language == here.language and direction == here.direction
        return {
            "text": self._printable.text(run.text),
            "lang": _typst_language(run.language, here.language),
            "rtl": rtl,
            "plain": plain,
            "larger": rtl and here.direction == "ltr",
            "notes": [self._note(section, entry) for entry in dict.fromkeys(run.cites)] if section else [],
        }

    def _note(self, section: Section, entry: str) -> dict[str, object]:
        note = self._notes.of(section, entry)
        first = note.number not in self._printed
        self._printed.add(note.number)
        return {
            "number": note.number,
            "first": first,
            **self._shown(note.text),
            "lang": _typst_language(note.language, self._composed.language),
            "address": note.address and self._printable.text(note.address),
        }

    def _signatory(self, name: str, lines: Sequence[str], signed: str | None, line: str) -> dict[str, object]:
        shown = [self._shown(each) for each in lines]
        return {"name": self._shown(name), "lines": shown, "signed": signed, "line": self._shown(line)}


def _attached(one: Attachment) -> dict[str, str]:
    return {
        "name": one.name,
        "type": one.media_type,
        "description": one.description,
        "relationship": one.relationship,
    }


def _typst_language(tag: str, otherwise: str) -> str:
    """Give the subtag of a language that Typst takes: two or three letters."""
    primary = tag.split("-", maxsplit=1)[0].lower()
    return (
        primary
        if primary.isascii() and primary.isalpha() and len(primary) in {2, 3}
        else otherwise.split("-", maxsplit=1)[0]
    )


def _families(language: str) -> list[str]:
    """Give the families in the order in which a letter is looked for: those of the language's own script first."""
    own = {"ar": "Noto Naskh Arabic", "hy": "Noto Serif Armenian"}.get(language.split("-", maxsplit=1)[0])
    return sorted(FAMILIES, key=lambda family: family != own)


def _in_one_line(one: Addressee) -> str:
    return ", ".join(one_line(line) for line in addressee_lines(one))


def _shortened(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"
