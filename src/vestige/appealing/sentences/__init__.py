"""Sentences of fact, made by machine from entries in the language of the appeal, or not at all."""

from vestige.appealing.sentences._facts import Facts, Made, condition_groups
from vestige.appealing.sentences._words import LANGUAGES, Words, fill, joined, plain, words
from vestige.procedures._closure import brought_along, completed

__all__ = [
    "LANGUAGES",
    "Facts",
    "Made",
    "Words",
    "brought_along",
    "completed",
    "condition_groups",
    "fill",
    "joined",
    "plain",
    "words",
]
