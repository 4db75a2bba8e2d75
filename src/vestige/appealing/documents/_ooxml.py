"""The pieces of WordprocessingML (ISO/IEC 29500-1) that a letter needs, as text: runs, paragraphs, tables, notes.

Elements stand in the order that the schema asks for; a run that is written from right to left says so, since Word decides by that and not by
its letters.
"""

from collections.abc import Iterable, Sequence
from xml.sax.saxutils import escape, quoteattr

from vestige.appealing.documents._legible import legible

NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)


def run(
    text: str, language: str, *, rtl: bool = False, bold: bool = False, quiet: bool = False, style: str | None = None
) -> str:
    """Give a run of text in one language and direction, with its line ends as breaks."""
    properties = "".join(
        (
            f'<w:rStyle w:val="{style}"/>' if style else "",
            "<w:b/><w:bCs/>" if bold else "",
            '<w:color w:val="595959"/>' if quiet else "",
            "<w:rtl/>" if rtl else "",
            _language(language, rtl=rtl),
        )
    )
    lines = (f'<w:t xml:space="preserve">{escape(line)}</w:t>' for line in legible(text).split("\n"))
    return f"<w:r><w:rPr>{properties}</w:rPr>{'<w:br/>'.join(lines)}</w:r>"


def tab() -> str:
    """Give a tab."""
    return "<w:r><w:tab/></w:r>"


def paragraph(
    content: Iterable[str],
    style: str,
    *,
    rtl: bool = False,
    at_end: bool = False,
    keep: bool = False,
    new_page: bool = False,
) -> str:
    """Give a paragraph of a style; ``keep`` holds it on the page of the next, ``at_end`` puts it where its direction ends."""
    properties = "".join(
        (
            f'<w:pStyle w:val="{style}"/>',
            "<w:keepNext/>" if keep else "",
            "<w:pageBreakBefore/>" if new_page else "",
            "<w:bidi/>" if rtl else "",
            '<w:jc w:val="right"/>' if at_end else "",
        )
    )
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(content)}</w:p>"


def note_reference(number: int) -> str:
    """Give the mark of a footnote where it is first referred to, with a bookmark for those that refer to it again."""
    return (
        f'<w:bookmarkStart w:id="{number}" w:name="_RefNote{number}"/>'
        f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteReference w:id="{number}"/></w:r>'
        f'<w:bookmarkEnd w:id="{number}"/>'
    )


def note_again(number: int) -> str:
    """Give the mark of a footnote that was referred to before: a field, so that it follows when notes are added."""
    mark = f'<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:t>{number}</w:t></w:r>'
    return f'<w:fldSimple w:instr=" NOTEREF _RefNote{number} \\f \\h ">{mark}</w:fldSimple>'


def footnote(number: int, text: str, language: str, *, rtl: bool) -> str:
    """Give the text of a footnote."""
    mark = '<w:r><w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr><w:footnoteRef/></w:r>'
    body = paragraph((mark, run(f" {text}", language, rtl=rtl)), "FootnoteText", rtl=rtl)
    return f'<w:footnote w:id="{number}">{body}</w:footnote>'


def table(rows: Sequence[Sequence[str]], widths: Sequence[float], caption: str, *, rtl: bool) -> str:
    """Give a table of cells, each given as its paragraphs; the first row is its head and repeats on each page."""
    shares = [round(5000 * width / sum(widths)) for width in widths]
    properties = (
        f'<w:tblPr><w:tblStyle w:val="Listing"/>{"<w:bidiVisual/>" if rtl else ""}<w:tblW w:w="5000" w:type="pct"/>'
        f'<w:tblLayout w:type="fixed"/><w:tblLook w:val="0020" w:firstRow="1"/><w:tblCaption w:val={quoteattr(legible(caption))}/></w:tblPr>'
    )
    grid = "".join(f'<w:gridCol w:w="{round(share * 9070 / 5000)}"/>' for share in shares)
    body = "".join(_row(row, shares, head=place == 0) for place, row in enumerate(rows))
    return f"<w:tbl>{properties}<w:tblGrid>{grid}</w:tblGrid>{body}</w:tbl>"


def _row(cells: Sequence[str], shares: Sequence[int], *, head: bool) -> str:
    properties = f"<w:trPr><w:cantSplit/>{'<w:tblHeader/>' if head else ''}</w:trPr>"
    written = (
        f'<w:tc><w:tcPr><w:tcW w:w="{share}" w:type="pct"/></w:tcPr>{cell}</w:tc>'
        for cell, share in zip(cells, shares, strict=False)
    )
    return f"<w:tr>{properties}{''.join(written)}</w:tr>"


def _language(tag: str, *, rtl: bool) -> str:
    return f"<w:lang {'w:bidi' if rtl else 'w:val'}={quoteattr(tag)}/>"
