"""What the body of every kind answers for itself, so that no other room need know which kinds there are."""

from abc import abstractmethod
from collections.abc import Iterable
from typing import ClassVar

from vestige.entries._values import Name, Value


class Body(Value, frozen=True, kw_only=True):
    """Base of the body of every kind. A kind that leaves an answer out is refused by the type checker and by a test.

    Index, verification, the rules of privacy and publishing ask these and never match over kinds. An answer may hold None or repeat
    itself where that makes a kind shorter to write; `words_of`, `links_of`, `files_of` and `exposed_by` leave that out.
    """

    KIND: ClassVar[str]
    TRANSLATED: ClassVar[tuple[str, ...]] = ()
    """Fields that can be given in other languages too, in ``translations``."""
    BY_KEEPER: ClassVar[tuple[str, ...]] = ()
    """Those among them that do not stand in the body's ``language``, which is that of a source."""

    @abstractmethod
    def named(self) -> tuple[Name, ...]:
        """Give what a reader calls it; nothing where it has no name of its own."""

    @abstractmethod
    def words(self) -> Iterable[str | None]:
        """Give the texts by which it is found."""

    @abstractmethod
    def links(self) -> Iterable[str | None]:
        """Give the ids of the things that it is about besides its own."""

    @abstractmethod
    def held(self) -> Iterable[str | None]:
        """Give the SHA-256 of every preserved file that it refers to."""

    @abstractmethod
    def exposes(self) -> Iterable[str]:
        """Give the ids of the sites whose exact place a public body of it would betray."""


def words_of(body: Body) -> str:
    """Give the text by which a body is found, as written, one text a line."""
    return " \n".join(filter(None, body.words()))


def links_of(body: Body) -> list[str]:
    """Give the ids of the things that a body is about besides its own, each once."""
    return list(dict.fromkeys(filter(None, body.links())))


def files_of(body: Body) -> list[str]:
    """Give the SHA-256 of every preserved file that a body refers to, each once."""
    return list(dict.fromkeys(filter(None, body.held())))


def exposed_by(body: Body) -> list[str]:
    """Give the ids of the sites whose exact place a public body would betray, each once."""
    return list(dict.fromkeys(body.exposes()))


def shortened(text: str, most: int = 120) -> str:
    """Cut a long text at a word, with an ellipsis."""
    line = " ".join(text[: most * 4].split())
    return line if len(line) <= most else line[:most].rsplit(" ", 1)[0] + "…"
