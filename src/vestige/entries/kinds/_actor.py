"""Those who speak, publish or assess."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Identifiers, Name, Names, Text
from vestige.entries.kinds._body import Body


class Actor(Body, frozen=True, kw_only=True):
    """A person, organisation, government or campaign that can speak, publish or assess."""

    KIND = "actor"
    names: Names
    type: Annotated[str, Meta(pattern=r"^(person|organisation|government|campaign|other)\Z")]
    description: Text | None = None
    identifiers: Identifiers = ()

    def named(self) -> tuple[Name, ...]:
        """Give its names."""
        return self.names

    def words(self) -> Iterable[str | None]:
        """Give its names."""
        return [name.text for name in self.names]

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give nothing: it refers to no file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
