"""What a page shows, free of any language: one frozen value a page, which is the page's JSON twin as well.

A template adds words and order to a view and nothing else, so that a page and its twin cannot tell different stories.
"""

from collections.abc import Mapping
from typing import Protocol

import msgspec

from vestige.entries import (
    Actor,
    Finding,
    Name,
    Policy,
    Site,
    Speaker,
    Study,
)
from vestige.publishing.views._partials import (
    AssessmentCard,
    Card,
    EntryLine,
    EntryRef,
    Link,
    Naming,
    ObservationCard,
    Passage,
    PictureCard,
    RelatedSource,
    RelatedStatement,
    SourceCard,
    StatementCard,
    StatementRelation,
    View,
)


class PageView(Protocol):
    """What every page about a thing is, whatever its kind."""

    @property
    def id(self) -> str:
        """The id of the thing."""

    @property
    def entry(self) -> EntryRef:
        """The entry that the page is about."""

    @property
    def entries(self) -> tuple[EntryRef, ...]:
        """The entries that the page shows."""


class SiteView(View, frozen=True, kw_only=True):
    """The page of a site."""

    id: str
    kind: str = "site"
    body: Site
    entry: EntryRef
    entries: tuple[EntryRef, ...]
    findings: tuple[Finding, ...] = ()
    worst: Finding | None = None
    """The finding of the worst condition that is documented, which the page leads with; the newest tells what followed."""
    assessments: tuple[AssessmentCard, ...] = ()
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0
    relations: dict[str, tuple[StatementRelation, ...]] = msgspec.field(default_factory=dict)
    observations: tuple[ObservationCard, ...] = ()
    sources: tuple[SourceCard, ...] = ()
    pictures: tuple[PictureCard, ...] = ()
    """The pictures whose sources name the site, as they were entered; the page opens with the first."""
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0
    naming: tuple[Naming, ...] | msgspec.UnsetType = msgspec.UNSET
    """What names it besides, a group a kind; left out where nothing does."""

    @property
    def names(self) -> tuple[Name, ...]:
        """All names."""
        return self.body.names


class StatementView(View, frozen=True, kw_only=True):
    """The page of a statement."""

    id: str
    kind: str = "statement"
    card: StatementCard
    entries: tuple[EntryRef, ...]
    passage: tuple[Passage, ...] = ()
    reported_via: tuple[Speaker, ...] = ()
    related: tuple[RelatedStatement, ...] = ()
    more_related: bool = False
    """Whether there are more of them than are given."""
    news: tuple[RelatedSource, ...] = ()
    more_news: bool = False
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0
    naming: tuple[Naming, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def entry(self) -> EntryRef:
        """The entry that the page is about."""
        return self.card.entry


class SourceView(View, frozen=True, kw_only=True):
    """The page of a source. ``passage`` is the preserved text when the file is text, ``picture`` the small copy when it is a picture.

    ``picture_size`` is width and height of the small copy in CSS pixels; ``no_picture`` says why a picture has none. ``film`` is where a copy of a film lies that may itself tell a place. ``located`` says that the file is not published because it tells
    where it was taken.
    """

    id: str
    kind: str = "source"
    card: SourceCard
    entries: tuple[EntryRef, ...]
    passage: tuple[Passage, ...] = ()
    cut: bool = False
    sites: tuple[Link, ...] = ()
    picture: str | None = None
    picture_size: tuple[int, int] | None = None
    no_picture: str | msgspec.UnsetType = msgspec.UNSET
    film: str | msgspec.UnsetType = msgspec.UNSET
    located: bool = False
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0
    copies: tuple[SourceCard, ...] = ()
    news: tuple[RelatedSource, ...] = ()
    more_news: bool = False
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0
    naming: tuple[Naming, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def entry(self) -> EntryRef:
        """The entry that the page is about."""
        return self.card.entry


class ActorView(View, frozen=True, kw_only=True):
    """The page of an actor."""

    id: str
    kind: str = "actor"
    body: Actor
    entry: EntryRef
    entries: tuple[EntryRef, ...]
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0
    naming: tuple[Naming, ...] | msgspec.UnsetType = msgspec.UNSET

    @property
    def names(self) -> tuple[Name, ...]:
        """All names."""
        return self.body.names


class StudyView(View, frozen=True, kw_only=True):
    """The page of a study. ``files`` are (name, address or None, description, media type).

    ``sizes`` gives width and height in CSS pixels, by address, of the pictures and drawings whose files tell.
    """

    id: str
    kind: str = "study"
    body: Study
    entry: EntryRef
    entries: tuple[EntryRef, ...]
    files: tuple[tuple[str, str | None, str | None, str], ...] = ()
    inputs: tuple[tuple[str, str | None, str | None, str], ...] = ()
    sizes: dict[str, tuple[int, int]] = msgspec.field(default_factory=dict)


class ActView(View, frozen=True, kw_only=True):
    """The page of an act: the act itself, what names it, and its earlier versions."""

    id: str
    kind: str
    card: Card
    entries: tuple[EntryRef, ...]
    names: tuple[Name, ...] = ()
    naming: tuple[Naming, ...] | msgspec.UnsetType = msgspec.UNSET
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0

    @property
    def entry(self) -> EntryRef:
        """The entry that the page is about."""
        return self.card.entry


class LedgerView(View, frozen=True, kw_only=True):
    """A page of the ledger: the entries of one tile."""

    tile: int
    lines: tuple[EntryLine, ...]


Counts = Mapping[str, int]
"""How many there are of what, by the name of the count; every page that gives a part gives the whole."""


class WitnessView(View, frozen=True, kw_only=True):
    """A witness that saw a checkpoint of the ledger: its name, when by its own clock, and how many entries there were where that was an earlier one."""

    name: str
    vkey: str
    time: str
    size: int | None = None


class RecordView(View, frozen=True, kw_only=True):
    """What pages say of the record as a whole."""

    policy: Policy
    origin: str
    size: int
    root: str
    counts: Counts
    updated: str
    base_url: str | None = None
    """The address under which the record is published, with its closing slash, where its keepers told it."""
    vkeys: tuple[str, ...] = ()
    """The verifier keys of the log, with which any reader of signed notes can check it."""
    witnesses: tuple[WitnessView, ...] = ()
    """Who had cosigned the checkpoint when the pages were made, or an earlier one."""
    logo: str | None = None
    """The address of the record's logo, where it has one."""
    acts: tuple[tuple[str, str], ...] = ()
    """What the navigation leads to of acts, each address and English title: nothing where the record holds none."""
