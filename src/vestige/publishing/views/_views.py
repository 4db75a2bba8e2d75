"""What a page shows, free of any language: one frozen value a page, which is the page's JSON twin as well.

A template adds words and order to a view and nothing else, so that a page and its twin cannot tell different stories.
"""

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
    EntryLine,
    EntryRef,
    ObservationCard,
    Passage,
    RelatedSource,
    RelatedStatement,
    SourceCard,
    StatementCard,
    StatementRelation,
    View,
)


class SiteView(View, frozen=True, kw_only=True):
    """The page of a site."""

    id: str
    kind: str = "site"
    body: Site
    entry: EntryRef
    entries: tuple[EntryRef, ...]
    findings: tuple[Finding, ...] = ()
    assessments: tuple[AssessmentCard, ...] = ()
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0
    relations: dict[str, tuple[StatementRelation, ...]] = msgspec.field(default_factory=dict)
    observations: tuple[ObservationCard, ...] = ()
    sources: tuple[SourceCard, ...] = ()
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0

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


class SourceView(View, frozen=True, kw_only=True):
    """The page of a source. ``passage`` is the preserved text when the file is text, ``picture`` the small copy when it is a picture.

    ``picture_size`` is width and height of the small copy in CSS pixels. ``located`` says that the file is not published because it tells
    where it was taken.
    """

    id: str
    kind: str = "source"
    card: SourceCard
    entries: tuple[EntryRef, ...]
    passage: tuple[Passage, ...] = ()
    cut: bool = False
    picture: str | None = None
    picture_size: tuple[int, int] | None = None
    located: bool = False
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0
    copies: tuple[SourceCard, ...] = ()
    news: tuple[RelatedSource, ...] = ()
    more_news: bool = False
    versions: tuple[EntryRef, ...] = ()
    versions_in_all: int = 0


class ActorView(View, frozen=True, kw_only=True):
    """The page of an actor."""

    id: str
    kind: str = "actor"
    body: Actor
    entry: EntryRef
    entries: tuple[EntryRef, ...]
    statements: tuple[StatementCard, ...] = ()
    statements_in_all: int = 0

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


class LedgerView(View, frozen=True, kw_only=True):
    """A page of the ledger: the entries of one tile."""

    tile: int
    lines: tuple[EntryLine, ...]


class Counts(View, frozen=True, kw_only=True):
    """How many sites stand how; every page that gives one of them gives the whole."""

    sites: int = 0
    agreed: int = 0
    contested: int = 0
    single: int = 0
    none: int = 0
    located: int = 0
    sensitive: int = 0
    statements: int = 0
    statements_disputed: int = 0
    sources: int = 0
    sources_preserved: int = 0
    sources_abstracts: int = 0
    assessments: int = 0
    observations: int = 0
    actors: int = 0
    studies: int = 0
    withdrawn: int = 0
    withheld: int = 0
    entries: int = 0


class RecordView(View, frozen=True, kw_only=True):
    """What pages say of the record as a whole."""

    policy: Policy
    origin: str
    size: int
    root: str
    counts: Counts
    updated: str
