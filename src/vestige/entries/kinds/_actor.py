"""Those who speak, publish or assess."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._values import Identifiers, LanguageTag, Name, Names, Text, Translations
from vestige.entries.kinds._body import Body
from vestige.entries.kinds._translated import require_translations


class Actor(Body, frozen=True, kw_only=True):
    """A person, organisation, government or campaign that can speak, publish or assess.

    ``language`` is that of the description, ``translations`` give it in others.
    """

    KIND = "actor"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("description",)
    names: Names
    type: Annotated[str, Meta(pattern=r"^(person|organisation|government|campaign|other)\Z")]
    description: Text | None = None
    identifiers: Identifiers = ()
    language: LanguageTag | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)

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
