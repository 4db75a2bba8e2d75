"""Heritage places: their names, where they are, what others call them."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._countries import country_names
from vestige.entries._values import (
    MOST_NAMES,
    CountryCode,
    Identifiers,
    LanguageTag,
    Line,
    Location,
    Name,
    Names,
    PartialDate,
    Text,
    Translations,
    Value,
    first_day,
    last_day,
)
from vestige.entries.kinds._body import Body
from vestige.entries.kinds._translated import require_translations


class Designation(Value, frozen=True, kw_only=True):
    """What a body has listed a place as, in terms that a rule can ask for; prose about it stays in ``designations``.

    ``scheme``: whc (World Heritage List), whc-danger, hague-special, hague-enhanced, national, other. ``id`` is the list's own number,
    ``since`` and ``until`` are the days as the list gives them. ``part_of`` names the listed property that the place is a component of.
    """

    scheme: Annotated[str, Meta(pattern=r"^(whc|whc-danger|hague-special|hague-enhanced|national|other)\Z")]
    id: Line | None = None
    since: PartialDate | None = None
    until: PartialDate | None = None
    part_of: Line | None = None

    def __post_init__(self) -> None:
        if self.since and self.until and first_day(self.since) > last_day(self.until):
            raise ValueError(f"expected a designation that starts before it ends, got {self.since} to {self.until}")


class Site(Body, frozen=True, kw_only=True):
    """A heritage place: all its names, where it is, what others call it.

    ``sensitivity`` "sensitive" asks that the exact place is never public; a public body of such a site holds a location that
    ``public_location`` has already snapped. ``language`` is that of type, address and description, ``translations`` give them in others.
    """

    KIND = "site"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("type", "address", "description")
    names: Names
    location: Location | None = None
    sensitivity: Annotated[str, Meta(pattern=r"^(open|sensitive)\Z")] = "open"
    type: Line | None = None
    countries: tuple[CountryCode, ...] = ()
    address: Line | None = None
    description: Text | None = None
    designations: Annotated[tuple[Line, ...], Meta(max_length=MOST_NAMES)] = ()
    designated: Annotated[tuple[Designation, ...], Meta(max_length=MOST_NAMES)] = ()
    identifiers: Identifiers = ()
    register: Line | None = None
    language: LanguageTag | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)

    def named(self) -> tuple[Name, ...]:
        """Give its names."""
        return self.names

    def words(self) -> Iterable[str | None]:
        """Give its names, type, address, designations, description and countries by name, and what others call it."""
        return (
            *(name.text for name in self.names),
            self.type,
            self.address,
            self.description,
            *self.designations,
            *(name for code in self.countries for name in (code, *country_names(code))),
            *(identifier.value for identifier in self.identifiers),
            *(translation.text for translation in self.translations),
        )

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give nothing: it refers to no file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: what may be public of its place is decided by `public_site`."""
        return ()
