"""The forms of documents that are read: one line each. The first whose ``tells`` says yes reads the bytes."""

from collections.abc import Callable
from typing import NamedTuple

from vestige.capture.documents import _docx, _epub, _mail, _odt, _pdf, _rtf, _telegram, _transcript, _warc
from vestige.capture.documents._document import Document


class Form(NamedTuple):
    """One form of document: what it is in words, its media type, how it is told by its bytes, and how it is read."""

    name: str
    media_type: str
    tells: Callable[[bytes], bool]
    read: Callable[[bytes], Document]


FORMS = (
    Form("a PDF", "application/pdf", _pdf.tells, _pdf.read),
    Form("a DOCX", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", _docx.tells, _docx.read),
    Form("an ODT", "application/vnd.oasis.opendocument.text", _odt.tells, _odt.read),
    Form("an EPUB", "application/epub+zip", _epub.tells, _epub.read),
    Form("a WACZ", "application/wacz", _warc.tells_wacz, _warc.read_wacz),
    Form("a WARC", "application/warc", _warc.tells, _warc.read),
    Form("an RTF", "application/rtf", _rtf.tells, _rtf.read),
    Form("a saved page (MHTML)", "multipart/related", _mail.tells_saved_page, _mail.read_saved_page),
    Form("an mbox", "application/mbox", _mail.tells_letters, _mail.read_letters),
    Form("a letter (EML)", "message/rfc822", _mail.tells_letter, _mail.read_letter),
    Form("a transcript with times", "text/vtt", _transcript.tells, _transcript.read),
    Form("a Telegram export", "application/json", _telegram.tells_json, _telegram.read_json),
    Form("a Telegram page", "text/html", _telegram.tells, _telegram.read),
)  # fmt: skip


def form_of(data: bytes) -> Form | None:
    """Give the form that bytes are in; None for a page, a plain text, or what is not read."""
    return next((form for form in FORMS if form.tells(data)), None)
