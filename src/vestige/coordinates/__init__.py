"""Coordinates that a text tells, in whatever notation a reader could look them up in."""

from vestige.coordinates._protected import Betrayal, Protected
from vestige.coordinates._text import Told, told_by

__all__ = ["Betrayal", "Protected", "Told", "told_by"]
