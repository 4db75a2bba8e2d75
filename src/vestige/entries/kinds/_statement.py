"""What a named speaker said in a source: an attribution, never a fact."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._countries import country_names
from vestige.entries._inner import Signed, require_inner
from vestige.entries._values import (
    LARGEST_NUMBER,
    Amount,
    CountryCode,
    DateWindow,
    Hash,
    LanguageTag,
    Latitude,
    Line,
    Longitude,
    Name,
    Text,
    ThingId,
    Translations,
    Value,
)
from vestige.entries.kinds._body import Body, shortened
from vestige.entries.kinds._translated import require_translations


class Speaker(Value, frozen=True, kw_only=True):
    """Who spoke, as printed; and the actor that this was resolved to, if it was.

    ``not_printed`` names the fields among name, role and organisation that the text does not print: the keeper gives them.
    """

    name: Line | None = None
    role: Line | None = None
    organisation: Line | None = None
    actor: ThingId | None = None
    resolved_by: Line | None = None
    not_printed: tuple[Annotated[str, Meta(pattern=r"^(name|role|organisation)\Z")], ...] = ()

    def __post_init__(self) -> None:
        if not (self.name or self.role or self.organisation or self.actor):
            raise ValueError("expected a speaker with a name, role, organisation or actor, got none of them")


class Span(Value, frozen=True, kw_only=True):
    """A stretch of the preserved text: Unicode code points, end exclusive."""

    start: Amount
    end: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]

    def __post_init__(self) -> None:
        if self.end <= self.start:
            raise ValueError(f"expected a span that ends after it starts, got {self.start} to {self.end}")


class Place(Value, frozen=True, kw_only=True):
    """A place that a statement names: the text as printed, and the gazetteer's best candidate."""

    text: Line
    span: Span | None = None
    identifier: Line | None = None
    name: Line | None = None
    latitude: Latitude | None = None
    longitude: Longitude | None = None
    country: CountryCode | None = None


class Figure(Value, frozen=True, kw_only=True):
    """A number that a statement gives: of what, how many, and how exactly it was said."""

    counts: Line
    number: Annotated[int, Meta(ge=0, le=10_000_000_000)]
    said: Annotated[str, Meta(pattern=r"^(exactly|about|at least|at most)\Z")] = "exactly"

    def range(self) -> tuple[float, float]:
        """Give the least and the most that it can mean; *about* is taken within a tenth."""
        slack = self.number / 10 if self.said == "about" else 0
        low = 0.0 if self.said == "at most" else self.number - slack
        return low, float("inf") if self.said == "at least" else self.number + slack


class Statement(Body, frozen=True, kw_only=True):
    """What a named speaker said in a source. Never a fact: an attribution that a reader can check.

    ``content`` is verbatim the text under ``spans`` of the preserved file, joined by one space. ``status``: a machine or person proposes
    (candidate); a person confirms or rejects, each time as an entry of its own that replaces the one before. ``acts`` are the calls, visits,
    gatherings and undertakings that it is about, ``figures`` the numbers that it gives, ``clause`` its place in an outcome, ``progress``
    what it says of undertakings. ``locator`` is where in the source it stands, as a person looks it up (page 3, 00:01:12); without ``spans``
    nothing was checked against a text. ``made_during`` is the visit on which it was said; ``signed`` the speaker's own signature. ``translations``
    give content and note in other languages: the keeper's words, beside those that were said.
    """

    KIND = "statement"
    MARKED_BY_KEEPER: ClassVar = ("status", "reader", "rule", "note", "translations")
    TRANSLATED: ClassVar[tuple[str, ...]] = ("content", "note")
    BY_KEEPER: ClassVar[tuple[str, ...]] = ("note",)
    source: ThingId
    content: Text
    manner: Annotated[str, Meta(pattern=r"^(direct|indirect|mixed|topic)\Z")]
    speaker: Speaker
    status: Annotated[str, Meta(pattern=r"^(candidate|confirmed|rejected)\Z")]
    file: Hash | None = None
    spans: tuple[Span, ...] = ()
    cue: Line | None = None
    cue_span: Span | None = None
    speaker_span: Span | None = None
    reported_via: tuple[Speaker, ...] = ()
    language: LanguageTag | None = None
    said: DateWindow | None = None
    places: tuple[Place, ...] = ()
    sites: tuple[ThingId, ...] = ()
    disagrees_with: tuple[ThingId, ...] = ()
    agrees_with: tuple[ThingId, ...] = ()
    reader: Line | None = None
    rule: Line | None = None
    note: Text | None = None
    acts: tuple[ThingId, ...] = ()
    clause: Line | None = None
    figures: tuple[Figure, ...] = ()
    locator: Line | None = None
    progress: Annotated[str, Meta(pattern=r"^(kept|partly|not kept)\Z")] | None = None
    made_during: ThingId | None = None
    signed: Signed | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)
        if self.spans and self.file is None:
            raise ValueError("expected the SHA-256 of the preserved text that the spans point into, got none")
        if self.progress is not None and not any(act.startswith("undertaking:") for act in self.acts):
            raise ValueError("expected the undertaking that 'progress' speaks of among 'acts', got none")
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give the beginning of what was said."""
        return (Name(text=shortened(self.content), language=self.language),)

    def words(self) -> Iterable[str | None]:
        """Give what was said, by whom and through whom, and the places it names, with their countries."""
        return (
            self.content,
            *(one.text for one in self.translations),
            *(part for one in self._voices() for part in (one.name, one.role, one.organisation)),
            *(part for place in self.places for part in (place.text, place.name)),
            *(name for place in self.places if place.country for name in country_names(place.country)),
        )

    def links(self) -> Iterable[str | None]:
        """Give its source, sites, related statements and actors."""
        return (
            self.source,
            *self.sites,
            *self.acts,
            self.made_during,
            *self.agrees_with,
            *self.disagrees_with,
            *(one.actor for one in self._voices()),
        )

    def held(self) -> Iterable[str | None]:
        """Give the preserved text."""
        return (self.file,)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()

    def _voices(self) -> tuple[Speaker, ...]:
        return (self.speaker, *self.reported_via)
