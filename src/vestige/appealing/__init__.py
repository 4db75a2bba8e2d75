"""Appeals that carry their own proof: forms as data, sentences made from entries, checks, deadlines, letters.

A `Composed` holds everything that a document shows; ``documents`` lays it out and words nothing.
"""

from vestige.appealing._composed import (
    Addressee,
    Citation,
    Composed,
    HeldFile,
    Limit,
    Origin,
    Paragraph,
    Run,
    Section,
    Signatory,
    Withheld,
    direction_of,
)

__all__ = [
    "Addressee",
    "Citation",
    "Composed",
    "HeldFile",
    "Limit",
    "Origin",
    "Paragraph",
    "Run",
    "Section",
    "Signatory",
    "Withheld",
    "direction_of",
]
