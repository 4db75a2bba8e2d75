"""An endorsement of a call, by a body or a named person, with evidence from the endorser's own side."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._inner import Signed, require_inner
from vestige.entries._values import Hash, LanguageTag, Name, Text, ThingId
from vestige.entries.acts._values import Day, Evidence, own_side
from vestige.entries.kinds import Body, Speaker


class Endorsement(Body, frozen=True, kw_only=True):
    """That a body or a named person joins a call in the wording whose hash is given.

    ``heard`` alone shows nothing, so such an endorsement stays a *candidate* and is not public. ``retracted`` marks one that its endorser
    took back and wishes to be seen as taken back; who wishes it gone asks for its withdrawal. ``sample`` marks one that only shows the way.
    """

    KIND = "endorsement"
    MARKED_BY_KEEPER: ClassVar = ("evidence", "status", "retracted_on", "sample")
    call: ThingId
    wording: Hash
    by: Speaker
    capacity: Annotated[str, Meta(pattern=r"^(body|person)\Z")]
    signed_on: Day
    evidence: Annotated[tuple[Evidence, ...], Meta(min_length=1)]
    status: Annotated[str, Meta(pattern=r"^(candidate|confirmed|retracted)\Z")] = "candidate"
    language: LanguageTag | None = None
    reservation: Text | None = None
    retracted_on: Day | None = None
    sample: bool = False
    signed: Signed | None = None

    def __post_init__(self) -> None:
        if self.status != "candidate" and not own_side(self.evidence):
            raise ValueError(
                "expected evidence from the endorser's own side, got only what was heard: it stays a candidate"
            )
        if (self.signed is None) == any(one.what == "key" for one in self.evidence):
            raise ValueError("expected evidence 'key' exactly where the endorser's own signature stands in 'signed'")
        if (self.status == "retracted") != (self.retracted_on is not None):
            raise ValueError("expected 'retracted_on' exactly where the endorsement is retracted")
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give the endorser, as printed."""
        name = self.by.name or self.by.organisation or self.by.role
        return (Name(text=name, language=self.language),) if name else ()

    def words(self) -> Iterable[str | None]:
        """Give the endorser and the reservation."""
        return (self.by.name, self.by.organisation, self.by.role, self.reservation)

    def links(self) -> Iterable[str | None]:
        """Give the call, the endorser and the sources."""
        return (self.call, self.by.actor, *(one.source for one in self.evidence))

    def held(self) -> Iterable[str | None]:
        """Give the files of its evidence."""
        return (one.file for one in self.evidence)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
