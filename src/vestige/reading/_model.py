"""What a reading holds: frozen values, every position a character offset into the text that was given.

The text itself is never altered and never copied into a reading: a reading names it by its SHA-256, and whoever holds the
text can check each span. Nothing here is a fact: a statement is what a named speaker said, proposed by a machine until a
person confirms it.
"""

from typing import Literal, NamedTuple

from msgspec import Struct

Manner = Literal["direct", "indirect", "mixed", "topic"]
"""How something was said: in quotation marks, in the writer's words, in both, or as a mere topic ("spoke about …")."""


class Span(NamedTuple):
    """The characters ``text[start:end]`` of the given text (Unicode code points, not bytes)."""

    start: int
    end: int


class Candidate(Struct, frozen=True, kw_only=True):
    """One place that a mention may stand for, with its source's identifier and WGS 84 degrees."""

    id: str
    """Identifier with its source: ``geonames:586523``, ``country:AZ``, ``site:…`` of the record."""
    name: str
    lat: float
    lon: float
    country: str
    """ISO 3166-1 alpha-2 code; empty where there is none."""
    kind: str = ""
    """What it is: city, country, division, site."""
    population: int = 0
    score: float = 0.0
    """Rank among the candidates of one mention, larger is better; not a probability."""


class Place(Struct, frozen=True, kw_only=True):
    """A mention of a place: where it stands in the text, and all that it may be, best first."""

    span: Span
    candidates: tuple[Candidate, ...]
    refers_to: tuple[int, ...] = ()
    """Indexes of earlier places that this mention stands for ("these territories"); empty for a name."""


class Statement(Struct, frozen=True, kw_only=True):
    """What somebody is reported to have said, wanted or thought, as the text has it."""

    content: tuple[Span, ...]
    """Verbatim pieces of the content, in order; quotation marks included, tags such as "he said" left out."""
    manner: Manner
    speaker: Span | None = None
    """The designation at this very statement, a pronoun too; None where the text leaves it out."""
    cue: Span | None = None
    """The words that report it, as printed; None for a quotation that carries on without any."""
    name: str | None = None
    """Name of the speaker as printed somewhere in the text: a person's, an institution's or a campaign's."""
    role: str | None = None
    organisation: str | None = None
    resolved_by: str | None = None
    """The step that led from ``speaker`` to ``name``: one of ``vestige.reading.RESOLUTION_STEPS``; None when unresolved."""
    reported_via: tuple[str, ...] = ()
    """Those who passed it on, nearest to the text first: the text → A → B (the speaker) gives ``("A",)``."""
    posted: Span | None = None
    """The time that a live page prints above the block in which this stands; None on any other page."""
    about: tuple[int, ...] = ()
    """Indexes into ``Reading.places``."""
    rule: str = ""
    """The rule that found it."""
    inferred: bool = False
    """True when the text does not tag this passage itself, so that the speaker is our inference."""
    reader: str = ""
    """Name and version of the reader that proposed it."""


class PossibleStatement(Struct, frozen=True, kw_only=True):
    """A sentence that looks like a report of speech and gave no statement, or one of nobody named: a person sees what was missed."""

    sentence: Span
    cue: Span
    why: str


class Context(Struct, frozen=True, kw_only=True):
    """What the caller knows beforehand: the record's own sites and the countries it is about."""

    sites: tuple[Candidate, ...] = ()
    countries: tuple[str, ...] = ()
    """ISO 3166-1 alpha-2 codes of the record's region; they break ties, they exclude nothing."""


class Reading(Struct, frozen=True, kw_only=True):
    """All that was found in one text."""

    text_sha256: str
    """SHA-256 of the text in UTF-8, hexadecimal."""
    language: str
    """ISO 639-1 code of the language the body is written in, or ``und``."""
    body: tuple[Span, ...]
    """The article in the given text: what is left when the page around it is cut. In order, without overlap."""
    statements: tuple[Statement, ...] = ()
    possible: tuple[PossibleStatement, ...] = ()
    places: tuple[Place, ...] = ()
