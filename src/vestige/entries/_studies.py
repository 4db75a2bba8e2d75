"""Reproducible studies: question, method, result, and the files."""

from vestige.entries._common import Hash, Line, Text, Value


class StudyFile(Value, frozen=True, kw_only=True):
    """A file of a study's results, preserved in the archive."""

    name: Line
    file: Hash
    media_type: Line
    description: Line | None = None


class Study(Value, frozen=True, kw_only=True):
    """A reproducible study: the question, the method, what came out in honest words, the inputs and the files."""

    title: Line
    question: Text
    method: Text
    result: Text
    limits: Text
    software: Line
    inputs: tuple[StudyFile, ...] = ()
    files: tuple[StudyFile, ...] = ()
    citations: tuple[Line, ...] = ()
