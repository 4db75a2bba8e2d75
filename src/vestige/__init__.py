"""Vestige: the public record of what happened to culture in war, that anyone can check."""

__version__ = "0.1.0"
