"""What can be said: one frozen type a kind.

A body says only what its author puts into it; who signed it, when, and what it rests on stand in the envelope. Field names are
those of the published JSON. Each type is strict: a wrong or unknown field is an error that names it.
"""

from typing import Annotated

import msgspec
from msgspec import Meta

from vestige.entries._common import (
    CountryCode,
    DateWindow,
    Hash,
    Identifier,
    LanguageTag,
    Latitude,
    Line,
    Location,
    Longitude,
    Name,
    PartialDate,
    Text,
    ThingId,
    Timestamp,
    Value,
)
from vestige.entries._vocabulary import require_term


class Site(Value, frozen=True, kw_only=True):
    """A heritage place: all its names, where it is, what others call it.

    ``sensitivity`` "sensitive" asks that the exact place is never public; a public body of such a site holds a location that
    ``public_location`` has already snapped.
    """

    names: Annotated[tuple[Name, ...], Meta(min_length=1)]
    location: Location | None = None
    sensitivity: Annotated[str, Meta(pattern=r"^(open|sensitive)\Z")] = "open"
    type: Line | None = None
    countries: tuple[CountryCode, ...] = ()
    address: Line | None = None
    description: Text | None = None
    designations: tuple[Line, ...] = ()
    identifiers: tuple[Identifier, ...] = ()
    register: Line | None = None


class Actor(Value, frozen=True, kw_only=True):
    """A person, organisation, government or campaign that can speak, publish or assess."""

    names: Annotated[tuple[Name, ...], Meta(min_length=1)]
    type: Annotated[str, Meta(pattern=r"^(person|organisation|government|campaign|other)\Z")]
    description: Text | None = None
    identifiers: tuple[Identifier, ...] = ()


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


class ByteRange(Value, frozen=True, kw_only=True):
    """Bytes of a file that were read: first and last, both inclusive, as in HTTP."""

    first: Annotated[int, Meta(ge=0)]
    last: Annotated[int, Meta(ge=0)]


class Scene(Value, frozen=True, kw_only=True):
    """One satellite acquisition that an observation rests on."""

    id: Line
    acquired: Timestamp | None = None
    href: Line | None = None
    platform: Line | None = None
    processor: Line | None = None
    ranges: tuple[ByteRange, ...] = ()
    sha256: Hash | None = None


class BandChange(Value, frozen=True, kw_only=True):
    """The size of a change in one band, in decibels of backscatter or reflectance ratio."""

    band: Line
    decibels: float


class Observation(Value, frozen=True, kw_only=True):
    """A tested change, or its absence, or why it could not be known, at one site. Never damage: only an assessment says that.

    Either ``p_value`` or ``abstained`` is given. ``last_unchanged`` and ``first_changed`` bracket the change.
    """

    site: ThingId
    method: Line
    software: Line
    before: DateWindow
    after: DateWindow
    orbit: Line | None = None
    p_value: Annotated[float, Meta(ge=0, le=1)] | None = None
    q_value: Annotated[float, Meta(ge=0, le=1)] | None = None
    abstained: Line | None = None
    changes: tuple[BandChange, ...] = ()
    last_unchanged: Timestamp | None = None
    first_changed: Timestamp | None = None
    acquisitions_before: Annotated[int, Meta(ge=0)] = 0
    acquisitions_after: Annotated[int, Meta(ge=0)] = 0
    scenes: tuple[Scene, ...] = ()
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    figures: tuple[Hash, ...] = ()
    findings: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        if (self.p_value is None) == (self.abstained is None):
            raise ValueError("expected either p_value or the reason in abstained, got both or neither")


class Effect(Value, frozen=True, kw_only=True):
    """What a disturbance did, in EAMENA's terms."""

    type: Line
    certainty: Line | None = None

    def __post_init__(self) -> None:
        require_term("effect_type", self.type)
        if self.certainty is not None:
            require_term("certainty", self.certainty)


class Disturbance(Value, frozen=True, kw_only=True):
    """One disturbance with its cause and its own effects, nested; the assessor who believes it may differ from the assessment's."""

    cause_category: Line
    cause_type: Line
    cause_certainty: Line | None = None
    effects: tuple[Effect, ...] = ()
    window: DateWindow | None = None
    assessor: Line | None = None

    def __post_init__(self) -> None:
        require_term("cause_category", self.cause_category)
        require_term("cause_type", self.cause_type)
        if self.cause_certainty is not None:
            require_term("certainty", self.cause_certainty)


class Assessor(Value, frozen=True, kw_only=True):
    """Who judged: a name, the organisation, and the actor entry if there is one."""

    name: Line
    organisation: Line | None = None
    actor: ThingId | None = None


class OriginalGrade(Value, frozen=True, kw_only=True):
    """The grade in the scale that the assessor used, kept beside the mapped condition."""

    scheme: Line
    grade: Line


class Assessment(Value, frozen=True, kw_only=True):
    """One assessor's judgement of one site in a date window, in EAMENA's terms."""

    site: ThingId
    assessor: Assessor
    window: DateWindow
    condition: Line
    original: OriginalGrade | None = None
    extent: Line | None = None
    disturbances: tuple[Disturbance, ...] = ()
    trend: Line | None = None
    method: Line | None = None
    evidence: tuple[Hash, ...] = ()
    note: Text | None = None

    def __post_init__(self) -> None:
        for name, term in (
            ("condition", self.condition),
            ("extent", self.extent),
            ("trend", self.trend),
            ("assessment_type", self.method),
        ):
            if term is not None:
                require_term(name, term)


class Withdrawal(Value, frozen=True, kw_only=True):
    """The end of one entry's body: which entry, and why. Body and salt are deleted; the envelope stays."""

    entry: Hash
    reason: Text


class Key(Value, frozen=True, kw_only=True):
    """A public key that may sign entries. A keeper may also change the policy and sign checkpoints."""

    public: Annotated[
        str, Meta(pattern=r"^[A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=\Z", description="raw Ed25519 public key, base64")
    ]
    name: Line
    role: Annotated[str, Meta(pattern=r"^(keeper|author)\Z")] = "author"
    retired: bool = False


class Policy(Value, frozen=True, kw_only=True):
    """The rules of one record, its first entry; a later policy replaces it from that entry on.

    ``origin`` names the log on its checkpoints. ``required_assessors`` must agree for a finding to be *agreed*.
    ``sensitive_cell_degrees`` is the grid of sensitive sites; its values nest, so that a change to a coarser grid tells nothing new.
    """

    name: Line
    origin: Annotated[str, Meta(pattern=r"^[^\s+]{1,200}\Z")]
    keys: Annotated[tuple[Key, ...], Meta(min_length=1)]
    description: Text | None = None
    required_assessors: Annotated[int, Meta(ge=1, le=20)] = 2
    sensitive_cell_degrees: float = 0.1
    languages: Annotated[tuple[LanguageTag, ...], Meta(min_length=1)] = ("en",)
    region: tuple[CountryCode, ...] = ()
    balance: Text | None = None
    limits: Text | None = None
    licence: Line | None = None

    def __post_init__(self) -> None:
        if self.sensitive_cell_degrees not in {0.1, 0.5, 1.0}:
            raise ValueError(f"expected sensitive_cell_degrees 0.1, 0.5 or 1, got {self.sensitive_cell_degrees}")
        if not any(key.role == "keeper" and not key.retired for key in self.keys):
            raise ValueError("expected at least one keeper whose key is not retired, got none")


class StudyFile(Value, frozen=True, kw_only=True):
    """A file of a study's results, preserved in the archive."""

    name: Line
    file: Hash
    media_type: Line
    description: Line | None = None


class Study(Value, frozen=True, kw_only=True):
    """A reproducible study: the question, the method, what came out in honest words, the inputs and the files."""

    title: Line
    question: Text
    method: Text
    result: Text
    limits: Text
    software: Line
    inputs: tuple[StudyFile, ...] = ()
    files: tuple[StudyFile, ...] = ()
    citations: tuple[Line, ...] = ()


Body = Site | Actor | Source | Statement | Observation | Assessment | Withdrawal | Policy | Study
