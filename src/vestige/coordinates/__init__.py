"""Coordinates that a text tells, in whatever notation a reader could look them up in."""

from vestige.coordinates._protected import Betrayal, Protected
from vestige.coordinates._told import unread_links

__all__ = ["Betrayal", "Protected", "unread_links"]
