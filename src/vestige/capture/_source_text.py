"""What the bytes of a source show of it: its media type, its title, and the text into which offsets point."""

from vestige.capture._captured import Captured
from vestige.capture._errors import NotTextError
from vestige.capture._text import decode
from vestige.reading import ReadingError, read_page

_LONGEST_TITLE = 500


def media_type_of(captured: Captured) -> str | None:
    """Give the media type that the server or the name says; plain text where nothing says it and the bytes are UTF-8."""
    kind = captured.media_type.partition(";")[0].strip().lower()
    if kind and not kind.startswith("text/"):
        return captured.media_type
    try:
        captured.data.decode("utf-8")
    except UnicodeDecodeError:
        return captured.media_type or None
    return f"{kind or 'text/plain'}; charset=utf-8"


def page_title(captured: Captured) -> str | None:
    """Give the title that a web page prints of itself; None for what is no page."""
    try:
        text = decode(captured.data, captured.media_type).text
        page = read_page(text) if is_page(text, captured.media_type) else None
    except (NotTextError, ReadingError):
        return None
    return " ".join(page.title.value.split())[:_LONGEST_TITLE] or None if page and page.title else None


def is_page(text: str, media_type: str | None) -> bool:
    """Whether a text is a web page, by what is said of it or by how it begins."""
    return "html" in (media_type or "") or text[:2000].lstrip().lower().startswith(("<!doctype html", "<html"))


def source_text(data: bytes, media_type: str | None, *, where: str | None = None) -> str:
    """Give the text of a source: its bytes decoded, a web page as a reader sees it. Offsets are code points of this text.

    Raises NotTextError for what is no text and ReadingError for a page that cannot be read.
    """
    text = decode(data, media_type or "", where=where).text
    return read_page(text).text if is_page(text, media_type) else text
