"""Who took part in a gathering, how, and whom they represented as printed."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Line, Name, Text, ThingId
from vestige.entries.kinds import Body, Span, Speaker

PARTS = (
    "invited",
    "registered",
    "attended",
    "spoke",
    "chaired",
    "joined the outcome",
    "objected",
    "declined",
    "absent",
    "excluded",
)
"""The ways of taking part, and of not taking part, that a source can tell of somebody."""


class Participation(Body, frozen=True, kw_only=True):
    """That a source says of somebody that they took part in a gathering in one way, or did not.

    ``represents`` is an actor and ``as_printed`` the words of the source. A participants' list gives candidates; a person confirms each.
    ``words_unattributed`` marks rules under which nobody may tell who said what: no statement of the gathering then names its speaker.
    """

    KIND = "participation"
    gathering: ThingId
    who: Speaker
    part: Annotated[
        str,
        Meta(
            pattern=r"^(invited|registered|attended|spoke|chaired|joined the outcome|objected|declined|absent|excluded)\Z"
        ),
    ]
    source: ThingId
    status: Annotated[str, Meta(pattern=r"^(candidate|confirmed|rejected)\Z")] = "confirmed"
    represents: ThingId | None = None
    as_printed: Line | None = None
    spans: tuple[Span, ...] = ()
    words_unattributed: bool = False
    note: Text | None = None

    def named(self) -> tuple[Name, ...]:
        """Give who took part, as printed."""
        name = self.who.name or self.who.organisation or self.who.role
        return (Name(text=name),) if name else ()

    def words(self) -> Iterable[str | None]:
        """Give who took part and whom they represented."""
        return (self.who.name, self.who.role, self.who.organisation, self.as_printed, self.note)

    def links(self) -> Iterable[str | None]:
        """Give the gathering, who took part, whom they represented, and the source."""
        return (self.gathering, self.who.actor, self.represents, self.source)

    def held(self) -> Iterable[str | None]:
        """Give nothing: its source holds the file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
