"""A visit to sites: who hosted and paid, what was planned, what was seen, and under which conditions. Never how anybody moved."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import DateWindow, Line, Name, Names, Text, ThingId, Value
from vestige.entries.acts._values import Count, Day, Evidence, Funding, Stated, require_no_movement, require_once
from vestige.entries.kinds import Body

Category = Annotated[str, Meta(pattern=r"^(diplomat|media|scientist|public figure|expert|official|other)\Z")]


class Planned(Value, frozen=True, kw_only=True):
    """One site of the plan, and who chose it."""

    site: ThingId
    chosen_by: Annotated[str, Meta(pattern=r"^(host|visitors|both|not stated)\Z")] = "not stated"


class Seen(Value, frozen=True, kw_only=True):
    """What became of one site: how far it was reached, and why no further, as somebody said."""

    site: ThingId
    access: Annotated[str, Meta(pattern=r"^(full|part|outside|refused|not reached)\Z")]
    day: Day | None = None
    why: Line | None = None
    said_by: ThingId | None = None

    def __post_init__(self) -> None:
        if self.access == "refused" and self.said_by is None:
            raise ValueError("expected the source or statement that says so for access 'refused', got none")


class Conditions(Value, frozen=True, kw_only=True):
    """Under what conditions visitors looked. What nobody stated is shown as *not stated*."""

    escort: Stated = "not stated"
    free_movement: Stated = "not stated"
    interpreter_of: Annotated[str, Meta(pattern=r"^(host|visitors|none|not stated)\Z")] = "not stated"
    recording: Annotated[str, Meta(pattern=r"^(free|limited|forbidden|not stated)\Z")] = "not stated"
    met_without_host: Stated = "not stated"


class Clearance(Value, frozen=True, kw_only=True):
    """Who declared an area cleared of mines and when. It is that body's declaration; nothing here says that a place is safe."""

    declared_by: ThingId
    declared: Day
    evidence: Evidence


class Invited(Value, frozen=True, kw_only=True):
    """Answers by category of guest. None stands for *fewer than k*, which is as much as may be told."""

    category: Category
    number: Count | None = None
    accepted: Count | None = None
    declined: Count | None = None
    absent: Count | None = None


class Visit(Body, frozen=True, kw_only=True):
    """A visit. Before ``embargo`` it is entered withheld; an opening then shows the plan as it was committed to.

    ``conducted`` *elsewhere* is a visit that others made, recorded from its ``sources``. No field holds a route, lodging, vehicle, time of
    day or place other than the id of a site, and no text may.
    """

    KIND = "visit"
    titles: Names
    hosts: Annotated[tuple[ThingId, ...], Meta(min_length=1)]
    purpose: Text
    window: DateWindow
    funding: Annotated[tuple[Funding, ...], Meta(min_length=1)]
    conducted: Annotated[str, Meta(pattern=r"^(here|elsewhere)\Z")] = "here"
    embargo: Day | None = None
    organisers: tuple[ThingId, ...] = ()
    terms: ThingId | None = None
    planned: tuple[Planned, ...] = ()
    seen: tuple[Seen, ...] = ()
    conditions: Conditions = Conditions()
    clearance: tuple[Clearance, ...] = ()
    invited: tuple[Invited, ...] = ()
    sources: tuple[ThingId, ...] = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.conducted == "here" and self.embargo is None:
            raise ValueError("expected 'embargo', the day from which the visit may be known, got none")
        if self.conducted == "elsewhere" and not self.sources:
            raise ValueError("expected the sources of a visit that others made, got none")
        if self.embargo is not None and self.embargo <= self.window.bounds()[1].isoformat():
            raise ValueError(f"expected an embargo that ends after the visit does, got {self.embargo}")
        require_once((one.site for one in self.planned), "planned site")
        require_once((one.category for one in self.invited), "category of guests")
        require_no_movement(self._texts(), "a visit")

    def _texts(self) -> Iterable[str | None]:
        lines = (*(name.text for name in self.titles), self.purpose, self.note, *(one.by for one in self.funding))
        return (*lines, *(one.why for one in self.seen), *(one.evidence.detail for one in self.clearance))

    def named(self) -> tuple[Name, ...]:
        """Give its titles."""
        return self.titles

    def words(self) -> Iterable[str | None]:
        """Give its titles, purpose and note."""
        return (*(name.text for name in self.titles), self.purpose, self.note)

    def links(self) -> Iterable[str | None]:
        """Give hosts, organisers, sites, sources and payers."""
        sites = (*(one.site for one in self.planned), *(one.site for one in self.seen))
        payers = (part for one in self.funding for part in (one.actor, one.said_by))
        cleared = (part for one in self.clearance for part in (one.declared_by, one.evidence.source))
        said = (one.said_by for one in self.seen)
        return (*self.hosts, *self.organisers, self.terms, *sites, *self.sources, *said, *payers, *cleared)

    def held(self) -> Iterable[str | None]:
        """Give the files of declared clearance."""
        return (one.evidence.file for one in self.clearance)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it names sites by id and tells no place."""
        return ()
