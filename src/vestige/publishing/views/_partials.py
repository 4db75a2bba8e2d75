"""What several pages show alike, free of any language: entries, cards, lines and relations, each one frozen value.

They are the parts of the views of pages (`_views`), and stand in the JSON twins as they stand here.
"""

from typing import Literal

import msgspec

from vestige.entries import (
    Assessment,
    Body,
    DateWindow,
    Location,
    Name,
    Observation,
    Source,
    Span,
    Speaker,
    Statement,
)
from vestige.publishing.views._paths import TILE

LEVEL = 0.05
"""Level of a test up to which pages speak of change: that of `vestige.observing`, whose libraries pages are made without."""


class View(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all views."""


class EntryRef(View, frozen=True, kw_only=True):
    """An entry as a page refers to it: where in the ledger, by whose key, and what became of it.

    ``body`` and ``file`` are addresses from the root of the published folder, or None when they are not published.
    """

    index: int
    hash: str
    kind: str
    about: str
    made: str
    by: str
    signer: str
    commitment: str
    visibility: str
    body: str | None = None
    file: str | None = None
    cites: tuple[str, ...] = ()
    replaces: str | None = None
    replaced_by: str | None = None
    withdrawn_by: str | None = None
    opened: bool = False
    person: str = ""
    void: str | None = None

    @property
    def tile(self) -> int:
        """The number of the ledger tile, and of the ledger page, that holds the entry."""
        return self.index // TILE

    @property
    def key(self) -> str:
        """The id of the thing without its kind."""
        return self.about.partition(":")[2]


class Link(View, frozen=True, kw_only=True):
    """Another thing by its names, with where its page is (None when it has no page)."""

    id: str
    names: tuple[Name, ...]
    page: str | None = None


class Card(View, frozen=True, kw_only=True):
    """An entry of any kind as other pages show it: its words, the things that it names, and its published files.

    ``links`` holds, by id, those of the things that have names; ``files``, by SHA-256, the addresses of the files that are published;
    ``positions``, by hash, the places in the ledger of the entries that it rests on; ``derived`` what follows from other entries about it.
    """

    id: str
    body: Body
    entry: EntryRef
    derived: View | msgspec.UnsetType = msgspec.UNSET
    links: dict[str, Link] = {}
    files: dict[str, str] = {}
    positions: dict[str, int] = {}

    @property
    def key(self) -> str:
        """The id without its kind."""
        return self.entry.key

    @property
    def template(self) -> str:
        """The template that shows it, on whatever page."""
        return f"acts/{self.entry.kind}.html"


class Naming(View, frozen=True, kw_only=True):
    """What of one kind names a thing, as many as a page shows, and how many there are in all."""

    kind: str
    cards: tuple[Card, ...]
    cards_in_all: int


class SourceCard(View, frozen=True, kw_only=True):
    """A source as other pages show it."""

    id: str
    body: Source
    entry: EntryRef


class PictureCard(View, frozen=True, kw_only=True):
    """A picture of a site: the small copy that pages show, its width and height in CSS pixels, and its source."""

    path: str
    size: tuple[int, int]
    card: SourceCard


class StatementCard(View, frozen=True, kw_only=True):
    """A statement as other pages show it, with its source and the actor that its speaker was resolved to."""

    id: str
    body: Statement
    entry: EntryRef
    source: SourceCard | None = None
    actor: Link | None = None
    sites: tuple[Link, ...] = ()


class Evidence(View, frozen=True, kw_only=True):
    """One entry that another rests on: its reference and what a reader calls it."""

    entry: EntryRef
    label: str
    page: str | None = None


class AssessmentCard(View, frozen=True, kw_only=True):
    """An assessment with the entries that it rests on."""

    id: str
    body: Assessment
    entry: EntryRef
    evidence: tuple[Evidence, ...] = ()
    transcribed: bool = False
    """Whether somebody else entered a judgement that its assessor published and has not signed."""


class ObservationCard(View, frozen=True, kw_only=True):
    """An observation with the addresses of its figures: those among them that are pictures, and those that are drawings (SVG).

    ``sizes`` gives width and height in CSS pixels, by address, of those whose files tell.
    """

    id: str
    body: Observation
    entry: EntryRef
    figures: tuple[str, ...] = ()
    pictures: tuple[str, ...] = ()
    drawings: tuple[str, ...] = ()
    sizes: dict[str, tuple[int, int]] = {}

    @property
    def answer(self) -> Literal["abstained", "change", "none"]:
        """What the test came to, at `LEVEL`: by the corrected chance where many sites were tested together."""
        if self.body.p_value is None:
            return "abstained"
        chance = self.body.p_value if self.body.q_value is None else self.body.q_value
        return "change" if chance <= LEVEL else "none"


class Lead(View, frozen=True, kw_only=True):
    """What a site is told by before all else: the worst condition that is documented, when, and who says so.

    ``conditions`` are those of its finding, the worst first; ``assessors`` the names of those who judged. ``better_since`` says that the
    newest finding gives a better one.
    """

    conditions: tuple[str, ...]
    state: str
    window: DateWindow
    assessors: tuple[str, ...]
    better_since: bool = False

    @property
    def condition(self) -> str:
        """The worst condition itself."""
        return self.conditions[0]


class Summary(View, frozen=True, kw_only=True):
    """One site in a line: what lists, the map, search and open data hold of it. Locations are public ones only.

    ``lead`` is the worst that is documented of it, ``finding``, ``conditions`` and ``window`` are those of its newest finding.
    """

    id: str
    index: int
    entry: str
    names: tuple[Name, ...]
    location: Location | None
    countries: tuple[str, ...]
    type: str | None
    sensitivity: str
    finding: str
    condition: str | None
    conditions: tuple[str, ...]
    window: DateWindow | None
    assessments: int
    statements: int
    observations: int
    designations: tuple[str, ...] = ()
    identifiers: tuple[tuple[str, str], ...] = ()
    register: str | None = None
    made: str = ""
    lead: Lead | None = None

    @property
    def key(self) -> str:
        """The id without its kind."""
        return self.id.partition(":")[2]


class StatementRelation(View, frozen=True, kw_only=True):
    """A statement that another agrees or disagrees with, in so many words that a reader can tell which."""

    relation: str
    id: str
    speaker: Speaker
    content: str
    language: str | None = None


class Passage(View, frozen=True, kw_only=True):
    """A stretch of a preserved text: ``marked`` parts belong to the statement, its cue or its speaker."""

    text: str
    role: str = ""
    statement: str | None = None


class TextSpan(View, frozen=True, kw_only=True):
    """A span of text with the role that it plays, for marking a preserved text."""

    span: Span
    role: str
    statement: str | None = None


class RelatedStatement(View, frozen=True, kw_only=True):
    """Another statement and how it stands to this one: agrees, disagrees or same site."""

    relation: str
    card: StatementCard


class RelatedSource(View, frozen=True, kw_only=True):
    """A source whose text is nearly the same (``copy``) or tells the same story; computed, asserted by nobody.

    ``score`` is, of a copy, the share of the smaller text that the other holds; of a story, the cosine of the texts.
    """

    kind: str
    score: float
    card: SourceCard


class EntryLine(View, frozen=True, kw_only=True):
    """One entry on a page of the ledger.

    Its reference, the page of its thing, the reason when it was withdrawn, and its proof up to the root of its tile.
    """

    entry: EntryRef
    page: str | None = None
    label: tuple[Name, ...] = ()
    reason: str | None = None
    proof: tuple[str, ...] = ()
