"""What the kinds that govern a record have in common: they are about no thing, and nobody looks for them by words."""

from collections.abc import Iterable

from vestige.entries._values import Name
from vestige.entries.kinds._body import Body


class Governing(Body, frozen=True, kw_only=True):
    """Base of the kinds that say how a record is kept; each answer is nothing unless the kind gives another."""

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
        """Give nothing: it tells no place by itself; of an opening the record asks the body that it opens."""
        return ()
