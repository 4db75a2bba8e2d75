"""What was published: sources, and what a named speaker said in one."""

from typing import Annotated

from msgspec import Meta

from vestige.entries._common import (
    CountryCode,
    DateWindow,
    Hash,
    LanguageTag,
    Latitude,
    Line,
    Longitude,
    PartialDate,
    Text,
    ThingId,
    Timestamp,
    Value,
)


class Source(Value, frozen=True, kw_only=True):
    """Something that was published, and the bytes of it that were preserved, if any.

    ``origin`` is the keeper's assertion of where the bytes came from; nothing proves it. ``form`` tells an original copy from a
    keeper's abstract in own words or a bare reference. ``published`` is the date as printed there.
    """

    title: Line
    form: Annotated[str, Meta(pattern=r"^(copy|abstract|reference)\Z")] = "copy"
    publisher: Line | None = None
    author: Line | None = None
    published: PartialDate | None = None
    address: Line | None = None
    language: LanguageTag | None = None
    origin: Line | None = None
    file: Hash | None = None
    file_name: Line | None = None
    media_type: Line | None = None
    size: Annotated[int, Meta(ge=0)] | None = None
    captured: Timestamp | None = None
    rights: Line | None = None
    note: Text | None = None

    def __post_init__(self) -> None:
        if self.form != "reference" and self.file is None:
            raise ValueError(f"expected the SHA-256 of the preserved file for a source of form {self.form!r}, got none")


class Speaker(Value, frozen=True, kw_only=True):
    """Who spoke, as printed; and the actor that this was resolved to, if it was."""

    name: Line | None = None
    role: Line | None = None
    organisation: Line | None = None
    actor: ThingId | None = None
    resolved_by: Line | None = None

    def __post_init__(self) -> None:
        if not (self.name or self.role or self.organisation or self.actor):
            raise ValueError("expected a speaker with a name, role, organisation or actor, got none of them")


class Span(Value, frozen=True, kw_only=True):
    """A stretch of the preserved text: Unicode code points, end exclusive."""

    start: Annotated[int, Meta(ge=0)]
    end: Annotated[int, Meta(ge=1)]

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


class Statement(Value, frozen=True, kw_only=True):
    """What a named speaker said in a source. Never a fact: an attribution that a reader can check.

    ``content`` is verbatim the text under ``spans`` of the preserved file, joined by one space. ``status``: a machine or person proposes
    (candidate); a person confirms or rejects, each time as an entry of its own that replaces the one before.
    """

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

    def __post_init__(self) -> None:
        if self.spans and self.file is None:
            raise ValueError("expected the SHA-256 of the preserved text that the spans point into, got none")
