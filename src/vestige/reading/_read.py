"""`read`: one text in, one reading out. Pure: no file, no network, no clock."""

from hashlib import sha256

from vestige.reading._assemble import possible, statements
from vestige.reading._english import find_statements
from vestige.reading._model import Context, Reading, Span
from vestige.reading._page import Page
from vestige.reading._places import find_places
from vestige.reading._tokens import tokenize


def read(text: str, *, context: Context | None = None) -> Reading:
    """Read one preserved news text; every offset in the reading points into ``text``."""
    body = (Span(0, len(text)),) if text.strip() else ()
    language = "en"
    places = find_places(text, body, language, context)
    page = Page(tokenize(text, body))
    find_statements(page)
    return Reading(
        text_sha256=sha256(text.encode("utf-8", "surrogatepass")).hexdigest(),
        language=language,
        body=body,
        statements=statements(page, places),
        possible=possible(page),
        places=places,
    )
