"""The appeal as a DOCX, to be put on a letterhead: real footnotes, either direction, and the plain statement that it is a draft.

Written as the parts of ISO/IEC 29500 by our own hand, at a fixed time, since the usual library knows neither footnotes nor the direction of a
paragraph, and gives other bytes each time.
"""

import importlib.resources
from collections.abc import Iterator
from xml.sax.saxutils import escape

from vestige.appealing._composed import Composed, Paragraph, Run, Section
from vestige.appealing.documents import _ooxml as ooxml
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
from vestige.appealing.documents._zip import zipped

_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def render_docx(composed: Composed) -> bytes:
    """Give the DOCX of an appeal; raises InputError as `render_pdf` does."""
    require_own_head(composed)
    letter = _Letter(composed)
    document = letter.document()
    return zipped(
        {
            "[Content_Types].xml": _part("content-types.xml"),
            "_rels/.rels": _part("package.rels"),
            "docProps/core.xml": _core(composed).encode(),
            "word/document.xml": document.encode(),
            "word/_rels/document.xml.rels": _part("document.rels"),
            "word/footnotes.xml": letter.footnotes().encode(),
            "word/footer1.xml": letter.footer().encode(),
            "word/settings.xml": _part("settings.xml"),
            "word/styles.xml": _part("styles.xml"),
        }
    )


class _Letter:
    def __init__(self, composed: Composed) -> None:
        self._composed = composed
        self._language = composed.language
        self._rtl = composed.direction == "rtl"
        self._notes = Notes(composed)
        self._referred: set[int] = set()

    def document(self) -> str:
        """Give the body."""
        body = "".join((*self._head(), *self._body(), *self._end()))
        section = (
            '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:pgSz w:w="11906" w:h="16838"/>'
            '<w:pgMar w:top="1418" w:right="1418" w:bottom="1418" w:left="1418" w:header="709" w:footer="709" w:gutter="0"/>'
            f"{'<w:bidi/>' if self._rtl else ''}</w:sectPr>"
        )
        return f"{_HEAD}<w:document {ooxml.NAMESPACES}><w:body>{body}{section}</w:body></w:document>"

    def footnotes(self) -> str:
        """Give the footnotes, with the two that draw the line above them."""
        lines = (
            f'<w:footnote w:type="{kind}" w:id="{number}"><w:p><w:pPr><w:spacing w:after="0"/></w:pPr><w:r><w:{mark}/></w:r></w:p></w:footnote>'
            for kind, number, mark in (
                ("separator", -1, "separator"),
                ("continuationSeparator", 0, "continuationSeparator"),
            )
        )
        notes = (
            ooxml.footnote(
                note.number,
                f"{note.text} {note.address}" if note.address else note.text,
                note.language,
                rtl=self._runs_rtl(note.text),
            )
            for note in self._notes
        )
        return f"{_HEAD}<w:footnotes {ooxml.NAMESPACES}>{''.join((*lines, *notes))}</w:footnotes>"

    def footer(self) -> str:
        """Give the foot of each page: whose it is not, and the number of the page."""
        number = '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        text = self._text(one_line(self._composed.footer))
        line = ooxml.paragraph((text, ooxml.tab(), number), "Footer", rtl=self._rtl)
        return f"{_HEAD}<w:ftr {ooxml.NAMESPACES}>{line}</w:ftr>"

    def _head(self) -> Iterator[str]:
        composed, label = self._composed, words(self._language)
        yield self._line(label["docx_draft"], "Remark")
        yield from (self._line(remark, "Remark") for remark in remarks(composed))
        yield self._line(label["from"], "Label")
        yield self._line(composed.sender, "Sender")
        yield self._line(composed.date_text, "Head")
        if composed.reference:
            yield self._line(f"{label['reference']}: {composed.reference}", "Head")
        yield self._line(label["to"], "Label")
        yield from (self._line(line, "Head") for line in addressee_lines(composed.addressee))
        yield self._line(composed.title, "Title")

    def _body(self) -> Iterator[str]:
        composed = self._composed
        if composed.salutation:
            yield self._line(composed.salutation, "Normal")
        for section in composed.sections:
            yield from self._section(section)
        if composed.closing:
            yield self._line(composed.closing, "Normal", keep=True)

    def _end(self) -> Iterator[str]:
        composed, label = self._composed, words(self._language)
        for name, lines, signed, told in signature_lines(composed):
            yield self._line("" if signed else "\n\n____________________________", "Signature")
            yield self._line(name, "Signature", bold=True)
            yield from (self._line(line, "Signature") for line in lines)
            yield self._line(told, "Aside")
        if composed.copies:
            yield self._line(label["copies"], "Label")
            yield from (self._line(", ".join(addressee_lines(copy)), "Head") for copy in composed.copies)
        yield from (self._line(note, "Aside") for note in composed.notes)
        for annex in composed.annexes:
            yield from self._section(annex, new_page=True)

    def _section(self, section: Section, *, new_page: bool = False) -> Iterator[str]:
        if section.heading:
            text = (self._text(section.heading),)
            yield ooxml.paragraph(text, "Heading1", rtl=self._rtl, new_page=new_page)
        yield from (self._line(line, "Aside") for line in under_heading(self._composed, section))
        for paragraph in section.paragraphs:
            yield from self._paragraph(section, paragraph)

    def _paragraph(self, section: Section, one: Paragraph) -> Iterator[str]:
        content = [part for run in one.runs for part in self._cited(section, run)]
        if one.kind == "table":
            if content:
                yield ooxml.paragraph(content, "Caption", rtl=self._rtl)
            rows = [[ooxml.paragraph((self._run(cell),), "Cell", rtl=self._rtl) for cell in row] for row in one.rows]
            caption = "".join(run.text for run in one.runs) or section.heading
            yield ooxml.table(rows, column_widths(one.rows), one_line(caption), rtl=self._rtl)
            yield ooxml.paragraph((), "Normal")
            return
        style = {"quotation": "Quotation", "note": "Aside"}.get(one.kind, "Normal")
        if one.number is not None:
            style = "Numbered"
            content[:0] = [self._text(f"{one.number}."), ooxml.tab()]
        yield ooxml.paragraph(content, style, rtl=self._rtl)

    def _cited(self, section: Section, run: Run) -> Iterator[str]:
        yield self._run(run)
        for place, entry in enumerate(dict.fromkeys(run.cites)):
            number = self._notes.of(section, entry).number
            if place:
                yield ooxml.run(",", self._language, style="FootnoteReference")
            yield ooxml.note_again(number) if number in self._referred else ooxml.note_reference(number)
            self._referred.add(number)

    def _run(self, run: Run) -> str:
        return ooxml.run(run.text, run.language, rtl=direction_of_run(run) == "rtl")

    def _line(self, text: str, style: str, *, keep: bool = False, bold: bool = False) -> str:
        """Give a line in its own direction, on the side on which the letter begins its lines."""
        rtl = self._runs_rtl(text)
        return ooxml.paragraph((self._text(text, bold=bold),), style, rtl=rtl, at_end=rtl != self._rtl, keep=keep)

    def _text(self, text: str, *, bold: bool = False) -> str:
        return ooxml.run(text, self._language, rtl=self._runs_rtl(text), bold=bold)

    def _runs_rtl(self, text: str) -> bool:
        return direction_in(text, self._composed.direction) == "rtl"


def _core(composed: Composed) -> str:
    day = f"{composed.date}T00:00:00Z"
    return (
        f'{_HEAD}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(one_line(composed.title))}</dc:title><dc:creator>{escape(one_line(composed.sender))}</dc:creator>"
        f"<dc:language>{escape(composed.language)}</dc:language><cp:contentStatus>Draft</cp:contentStatus>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified></cp:coreProperties>'
    )


def _part(name: str) -> bytes:
    return (importlib.resources.files("vestige.appealing.documents") / "templates" / "docx" / name).read_bytes()
