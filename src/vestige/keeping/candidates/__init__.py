"""Candidate statements: read from the sources of a record, and decided on by a person."""

from vestige.keeping.candidates._choices import Choice
from vestige.keeping.candidates._edit import EMPTY, FIELDS, Editing, Field, window_shown
from vestige.keeping.candidates._reading import (
    SourceRead,
    encoding_doubts,
    enter_candidates,
    located,
    read_document,
    reading_context,
    said_by,
    unread_sources,
)
from vestige.keeping.candidates._review import Review, decided_candidates, waiting_candidates

__all__ = [
    "EMPTY",
    "FIELDS",
    "Choice",
    "Editing",
    "Field",
    "Review",
    "SourceRead",
    "decided_candidates",
    "encoding_doubts",
    "enter_candidates",
    "located",
    "read_document",
    "reading_context",
    "said_by",
    "unread_sources",
    "waiting_candidates",
    "window_shown",
]
