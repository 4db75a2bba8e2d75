"""What an assessor judged: condition and disturbances of one site, in EAMENA's terms."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._inner import Signed, require_inner
from vestige.entries._values import DateWindow, Hash, LanguageTag, Line, Name, Text, ThingId, Translations, Value
from vestige.entries._vocabulary import require_term, terms_schema
from vestige.entries.kinds._body import Body
from vestige.entries.kinds._translated import require_translations

Condition = Annotated[Line, Meta(extra_json_schema=terms_schema("condition"))]
Extent = Annotated[Line, Meta(extra_json_schema=terms_schema("extent"))]
Trend = Annotated[Line, Meta(extra_json_schema=terms_schema("trend"))]
AssessmentType = Annotated[Line, Meta(extra_json_schema=terms_schema("assessment_type"))]
CauseCategory = Annotated[Line, Meta(extra_json_schema=terms_schema("cause_category"))]
CauseType = Annotated[Line, Meta(extra_json_schema=terms_schema("cause_type"))]
EffectType = Annotated[Line, Meta(extra_json_schema=terms_schema("effect_type"))]
Certainty = Annotated[Line, Meta(extra_json_schema=terms_schema("certainty"))]


class Effect(Value, frozen=True, kw_only=True):
    """What a disturbance did, in EAMENA's terms."""

    type: EffectType
    certainty: Certainty | None = None

    def __post_init__(self) -> None:
        require_term("effect_type", self.type)
        if self.certainty is not None:
            require_term("certainty", self.certainty)


class Disturbance(Value, frozen=True, kw_only=True):
    """One disturbance with its cause and its own effects, nested; the assessor who believes it may differ from the assessment's."""

    cause_category: CauseCategory
    cause_type: CauseType
    cause_certainty: Certainty | None = None
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


class Assessment(Body, frozen=True, kw_only=True):
    """One assessor's judgement of one site in a date window, in EAMENA's terms.

    ``made_during`` is the visit on which the assessor saw it, so that a finding can say whose guests its assessors were; ``signed`` is the
    assessor's own signature where somebody else enters it. ``language`` is that of the note, ``translations`` give it in others.
    """

    KIND = "assessment"
    MARKED_BY_KEEPER: ClassVar = ("language", "translations")
    TRANSLATED: ClassVar[tuple[str, ...]] = ("note",)
    site: ThingId
    assessor: Assessor
    window: DateWindow
    condition: Condition
    original: OriginalGrade | None = None
    extent: Extent | None = None
    disturbances: tuple[Disturbance, ...] = ()
    trend: Trend | None = None
    method: AssessmentType | None = None
    evidence: tuple[Hash, ...] = ()
    note: Text | None = None
    made_during: ThingId | None = None
    signed: Signed | None = None
    language: LanguageTag | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)
        for name, term in (
            ("condition", self.condition),
            ("extent", self.extent),
            ("trend", self.trend),
            ("assessment_type", self.method),
        ):
            if term is not None:
                require_term(name, term)
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give its assessor."""
        return (Name(text=self.assessor.name),)

    def words(self) -> Iterable[str | None]:
        """Give assessor, condition, extent, trend, the assessor's own grade, causes and effects, and note."""
        return (
            self.assessor.name,
            self.assessor.organisation,
            self.condition,
            self.extent,
            self.trend,
            self.original.grade if self.original else None,
            *(part for one in self.disturbances for part in (one.cause_category, one.cause_type)),
            *(effect.type for one in self.disturbances for effect in one.effects),
            self.note,
        )

    def links(self) -> Iterable[str | None]:
        """Give its site, its assessor and the visit on which it was made."""
        return (self.site, self.assessor.actor, self.made_during)

    def held(self) -> Iterable[str | None]:
        """Give nothing: it refers to no file."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
