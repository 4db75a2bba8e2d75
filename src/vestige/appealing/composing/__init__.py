"""Composing: from a draft and a record to everything that the documents show."""

from vestige.appealing.composing._annexes import held_about, originals, shown, sources_of, withheld_about
from vestige.appealing.composing._compose import UPDATE, claimed_by_several, compose, title_of
from vestige.appealing.composing._cut import cut_text, length, measured, parted

__all__ = [
    "UPDATE",
    "claimed_by_several",
    "compose",
    "cut_text",
    "held_about",
    "length",
    "measured",
    "originals",
    "parted",
    "shown",
    "sources_of",
    "title_of",
    "withheld_about",
]
