"""Drafts: read, written, and filled from the record."""

from vestige.appealing.drafting._draft import (
    PLACEHOLDER,
    DraftEnclosure,
    DraftFile,
    DraftParagraph,
    DraftPart,
    DraftPhotograph,
    DraftSignatory,
    DraftSignature,
    read_draft,
    write_draft,
)
from vestige.appealing.drafting._fill import fill_draft

__all__ = [
    "PLACEHOLDER",
    "DraftEnclosure",
    "DraftFile",
    "DraftParagraph",
    "DraftPart",
    "DraftPhotograph",
    "DraftSignatory",
    "DraftSignature",
    "fill_draft",
    "read_draft",
    "write_draft",
]
