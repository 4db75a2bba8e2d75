"""The plug-in point: another reader, a parser or a language model, proposes statements beside the rules.

A reader is any object with a ``name``, a ``version`` and a method ``propose``. What it proposes is checked (every span must lie
in the text, what is empty is refused) and marked with its name and version, so that nobody takes it for another's.
"""

from collections.abc import Iterable, Sequence
from typing import Protocol

import msgspec

from vestige.reading._errors import ReadingError
from vestige.reading._model import Span, Statement


class Reader(Protocol):
    """Somebody or something that proposes statements for a text."""

    @property
    def name(self) -> str:
        """What it is called, such as ``spacy en_core_web_sm``."""

    @property
    def version(self) -> str:
        """Its version: the same name and version must propose the same statements."""

    def propose(self, text: str, body: tuple[Span, ...], language: str) -> Iterable[Statement]:
        """Propose statements; spans are character offsets into ``text``."""


def proposed(reader: Reader, text: str, body: tuple[Span, ...], language: str) -> list[Statement]:
    """Ask a reader, check what it proposes and mark it. Raises ``ReadingError`` where a span lies outside the text."""
    mark = f"{reader.name} {reader.version}"
    found = []
    for statement in reader.propose(text, body, language):
        pieces = [*statement.content, *filter(None, (statement.speaker, statement.cue))]
        wrong = next((span for span in pieces if not 0 <= span[0] < span[1] <= len(text)), None)
        if wrong is not None or not statement.content:
            got = f"got {wrong[0]}:{wrong[1]}" if wrong else "got no content"
            raise ReadingError(
                f"expected spans inside a text of {len(text)} characters, {got}",
                where=mark,
                hint="leave this reader out",
            )
        found.append(
            msgspec.structs.replace(statement, reader=mark, content=tuple(Span(*span) for span in statement.content))
        )
    return found


def all_proposed(readers: Sequence[Reader], text: str, body: tuple[Span, ...], language: str) -> list[Statement]:
    """Ask several readers, in their order."""
    return [statement for reader in readers for statement in proposed(reader, text, body, language)]
