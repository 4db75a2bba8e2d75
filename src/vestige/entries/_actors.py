"""Those who speak, publish or assess."""

from typing import Annotated

from msgspec import Meta

from vestige.entries._common import Identifier, Name, Text, Value


class Actor(Value, frozen=True, kw_only=True):
    """A person, organisation, government or campaign that can speak, publish or assess."""

    names: Annotated[tuple[Name, ...], Meta(min_length=1)]
    type: Annotated[str, Meta(pattern=r"^(person|organisation|government|campaign|other)\Z")]
    description: Text | None = None
    identifiers: tuple[Identifier, ...] = ()
