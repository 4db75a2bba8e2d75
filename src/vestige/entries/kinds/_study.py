"""Reproducible studies: question, method, result, and the files."""

from collections.abc import Iterable
from typing import ClassVar

from vestige.entries._values import Hash, LanguageTag, Line, Name, Text, Translations, Value
from vestige.entries.kinds._body import Body
from vestige.entries.kinds._translated import require_translations


class StudyFile(Value, frozen=True, kw_only=True):
    """A file of a study's results, preserved in the archive."""

    name: Line
    file: Hash
    media_type: Line
    description: Line | None = None


class Study(Body, frozen=True, kw_only=True):
    """A reproducible study: the question, the method, what came out in honest words, the inputs and the files.

    ``language`` is that of its texts, ``translations`` give them in others.
    """

    KIND = "study"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "question", "method", "result", "limits")
    title: Line
    question: Text
    method: Text
    result: Text
    limits: Text
    software: Line
    inputs: tuple[StudyFile, ...] = ()
    files: tuple[StudyFile, ...] = ()
    citations: tuple[Line, ...] = ()
    language: LanguageTag | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)

    def named(self) -> tuple[Name, ...]:
        """Give its title."""
        return (
            Name(text=self.title, language=self.language),
            *(Name(text=one.text, language=one.language) for one in self.translations if one.field == "title"),
        )

    def words(self) -> Iterable[str | None]:
        """Give title, question and result."""
        return (self.title, self.question, self.result, *(one.text for one in self.translations))

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give its inputs and files."""
        return [part.file for part in (*self.files, *self.inputs)]

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
