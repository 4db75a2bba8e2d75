"""Coordinates that a text tells, in whatever notation a reader could look them up in."""

from vestige.coordinates._protected import Betrayal, Protected

__all__ = ["Betrayal", "Protected"]
