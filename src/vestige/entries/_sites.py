"""Heritage places: their names, where they are, what others call them."""

from typing import Annotated

from msgspec import Meta

from vestige.entries._common import CountryCode, Identifier, Line, Location, Name, Text, Value


class Site(Value, frozen=True, kw_only=True):
    """A heritage place: all its names, where it is, what others call it.

    ``sensitivity`` "sensitive" asks that the exact place is never public; a public body of such a site holds a location that
    ``public_location`` has already snapped.
    """

    names: Annotated[tuple[Name, ...], Meta(min_length=1)]
    location: Location | None = None
    sensitivity: Annotated[str, Meta(pattern=r"^(open|sensitive)\Z")] = "open"
    type: Line | None = None
    countries: tuple[CountryCode, ...] = ()
    address: Line | None = None
    description: Text | None = None
    designations: tuple[Line, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    register: Line | None = None
