"""A dialogue: a series of events, an event, or a session of one; and who organised, paid, chaired and wrote its outcome."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import CountryCode, DateWindow, Identifiers, Line, Name, Names, Text, ThingId, Value
from vestige.entries.acts._values import require_once
from vestige.entries.kinds import Body


class Role(Value, frozen=True, kw_only=True):
    """Who did what for a gathering, and which source says so. *not disclosed* is an answer, and is shown."""

    part: Annotated[str, Meta(pattern=r"^(organised|partner|hosted|paid|chaired|wrote the outcome)\Z")]
    by: Line
    actor: ThingId | None = None
    said_by: ThingId | None = None


class Venue(Value, frozen=True, kw_only=True):
    """Where it was held, as printed."""

    name: Line
    country: CountryCode | None = None
    site: ThingId | None = None


class Gathering(Body, frozen=True, kw_only=True):
    """A series, an event or a session. What its organisers say of it, its numbers too, are statements about it, never fields of it.

    ``level`` *series* holds events by their ``part_of``, an *event* its sessions. ``outcomes`` are sources whose clauses are statements.
    """

    KIND = "gathering"
    names: Names
    level: Annotated[str, Meta(pattern=r"^(series|event|session)\Z")]
    sources: Annotated[tuple[ThingId, ...], Meta(min_length=1)]
    status: Annotated[str, Meta(pattern=r"^(announced|held|cancelled|moved|online)\Z")] = "held"
    part_of: ThingId | None = None
    window: DateWindow | None = None
    place: Venue | None = None
    roles: tuple[Role, ...] = ()
    agenda: ThingId | None = None
    outcomes: tuple[ThingId, ...] = ()
    identifiers: Identifiers = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.level == "series" and self.part_of is not None:
            raise ValueError("expected a series to be part of nothing, got 'part_of'")
        if self.level == "session" and self.part_of is None:
            raise ValueError("expected the event of a session in 'part_of', got none")
        require_once(self.outcomes, "outcome")

    def named(self) -> tuple[Name, ...]:
        """Give its names."""
        return self.names

    def words(self) -> Iterable[str | None]:
        """Give names, place and note."""
        place = self.place.name if self.place else None
        return (*(name.text for name in self.names), place, self.note, *(role.by for role in self.roles))

    def links(self) -> Iterable[str | None]:
        """Give what it is part of, who had a role, where, and its sources."""
        roles = (part for role in self.roles for part in (role.actor, role.said_by))
        site = self.place.site if self.place else None
        return (self.part_of, site, *roles, self.agenda, *self.outcomes, *self.sources)

    def held(self) -> Iterable[str | None]:
        """Give nothing: its sources hold the files."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no exact place."""
        return ()
