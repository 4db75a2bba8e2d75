"""The end of an entry's body, to protect a person or to take back what was entered in error."""

from collections.abc import Iterable

from vestige.entries._values import Hash, Name, Text
from vestige.entries.kinds._body import Body


class Withdrawal(Body, frozen=True, kw_only=True):
    """The end of one entry's body: which entry, and why. Body and salt are deleted; the envelope stays."""

    KIND = "withdrawal"
    entry: Hash
    reason: Text

    def named(self) -> tuple[Name, ...]:
        """Give nothing: it has no name of its own."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give nothing: it is not searched for."""
        return ()

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give nothing: it refers to no file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
