"""Text in; candidate statements, places and related news out. Knows nothing of records."""

from vestige.reading._candidates import candidates, decided, posted_at
from vestige.reading._errors import ReadingError
from vestige.reading._html import PageReading, PageText, Printed, page_text, parsed, read_page, visible_text
from vestige.reading._model import (
    Candidate,
    Context,
    Manner,
    Place,
    PossibleStatement,
    Reading,
    Span,
    Statement,
)
from vestige.reading._page_bounds import is_bounded
from vestige.reading._read import read, read_body
from vestige.reading._reader import Reader
from vestige.reading.places._places import find_places, places_called
from vestige.reading.places._sites import nearest_of
from vestige.reading.related._news import Link, NewsIndex, link
from vestige.reading.speakers._speakers import RESOLUTION_STEPS
from vestige.reading.text._languages import unread

__all__ = [
    "RESOLUTION_STEPS",
    "Candidate",
    "Context",
    "Link",
    "Manner",
    "NewsIndex",
    "PageReading",
    "PageText",
    "Place",
    "PossibleStatement",
    "Printed",
    "Reader",
    "Reading",
    "ReadingError",
    "Span",
    "Statement",
    "candidates",
    "decided",
    "find_places",
    "is_bounded",
    "link",
    "nearest_of",
    "page_text",
    "parsed",
    "places_called",
    "posted_at",
    "read",
    "read_body",
    "read_page",
    "unread",
    "visible_text",
]
