"""Candidate statements: read from the sources of a record, and decided on by a person."""

from vestige.keeping.candidates._reading import (
    SourceRead,
    encoding_doubts,
    enter_candidates,
    read_document,
    reading_context,
    unread_sources,
)
from vestige.keeping.candidates._review import Review, waiting_candidates

__all__ = [
    "Review",
    "SourceRead",
    "encoding_doubts",
    "enter_candidates",
    "read_document",
    "reading_context",
    "unread_sources",
    "waiting_candidates",
]
