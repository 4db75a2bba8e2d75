"""The words of pages in each language."""

from vestige.publishing.words._language import Language, language

__all__ = ["Language", "language"]
