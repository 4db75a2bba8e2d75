"""Reproducible studies: question, method, result, and the files."""

from collections.abc import Iterable

from vestige.entries._values import Hash, Line, Name, Text, Value
from vestige.entries.kinds._body import Body


class StudyFile(Value, frozen=True, kw_only=True):
    """A file of a study's results, preserved in the archive."""

    name: Line
    file: Hash
    media_type: Line
    description: Line | None = None


class Study(Body, frozen=True, kw_only=True):
    """A reproducible study: the question, the method, what came out in honest words, the inputs and the files."""

    KIND = "study"
    title: Line
    question: Text
    method: Text
    result: Text
    limits: Text
    software: Line
    inputs: tuple[StudyFile, ...] = ()
    files: tuple[StudyFile, ...] = ()
    citations: tuple[Line, ...] = ()

    def named(self) -> tuple[Name, ...]:
        """Give its title."""
        return (Name(text=self.title),)

    def words(self) -> Iterable[str | None]:
        """Give title, question and result."""
        return (self.title, self.question, self.result)

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give its inputs and files."""
        return [part.file for part in (*self.files, *self.inputs)]

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
