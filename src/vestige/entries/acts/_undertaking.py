"""What somebody undertook to do: a clause of an outcome, verbatim, with who is bound and until when."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Line, Name, PartialDate, Text, ThingId, last_day
from vestige.entries.kinds import Body, shortened


class Undertaking(Body, frozen=True, kw_only=True):
    """A clause by which somebody is bound. Whether it was kept is nobody's field: it follows from statements about it.

    ``statement`` holds the clause verbatim; ``bound`` are the actors whom it binds; ``due`` is the last day that it can mean.
    """

    KIND = "undertaking"
    statement: ThingId
    bound: Annotated[tuple[ThingId, ...], Meta(min_length=1)]
    what: Text
    gathering: ThingId | None = None
    due: PartialDate | None = None
    measure: Line | None = None
    sites: tuple[ThingId, ...] = ()

    def __post_init__(self) -> None:
        if self.due is not None:
            last_day(self.due)

    def named(self) -> tuple[Name, ...]:
        """Give the beginning of what was undertaken."""
        return (Name(text=shortened(self.what)),)

    def words(self) -> Iterable[str | None]:
        """Give what was undertaken and how it is measured."""
        return (self.what, self.measure)

    def links(self) -> Iterable[str | None]:
        """Give the clause, who is bound, the gathering and the sites."""
        return (self.statement, *self.bound, self.gathering, *self.sites)

    def held(self) -> Iterable[str | None]:
        """Give nothing: its statement holds the text."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
