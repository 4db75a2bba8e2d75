"""The opening of a withheld entry: from then on its body is public."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Hash, Name
from vestige.entries.kinds._body import Body


class Opening(Body, frozen=True, kw_only=True):
    """The salt of one withheld entry, with which anybody can see that its body is what was committed to earlier."""

    KIND = "opening"
    entry: Hash
    salt: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\Z", description="32 bytes, base64")]

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
        """Give nothing: it tells no place by itself; the record asks the body that it opens."""
        return ()
