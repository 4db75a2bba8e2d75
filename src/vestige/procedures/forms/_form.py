"""What a form file says: who may appeal to whom, about what, in which form, and how sure of each we are.

Every fact has a mark and a source. ``A`` was read in the text itself or on the body's own page, ``B`` in a copy or a secondary page. What was
only recalled is no fact and cannot be written: it goes to ``unknown`` in words, which the person who appeals is shown. ``own`` marks a field of
an outline that is ours, and nothing else.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

Mark = Literal["A", "B"]
Line = Annotated[str, Meta(min_length=1, max_length=2_000)]
Who = Literal["state", "mission", "person", "group", "ngo", "institution"]
Held = Literal["site", "designation", "finding", "observation", "statement"]
Role = Literal["request", "view", "declaration", "measure"]


class Part(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of every part of a form file: a key that is not known is an error."""


class Fact(Part, frozen=True, kw_only=True):
    """A fact about an addressee: how sure it is, and the key of the source that it stands in."""

    mark: Mark
    source: Line


class FormSource(Part, frozen=True, kw_only=True):
    """Where facts were read, and the day on which they were."""

    title: Line
    address: Line
    checked: dt.date


class Basis(Fact, frozen=True, kw_only=True):
    """The instrument and article that the procedure rests on; none where an addressee simply receives letters."""

    instrument: Line
    article: Line | None = None


class Applicant(Fact, frozen=True, kw_only=True):
    """Who may use the form, or may not, and where that is said."""

    who: Who
    may: bool
    article: Line


class FormLanguage(Fact, frozen=True, kw_only=True):
    """A language that the addressee takes."""

    tag: Line


class Channel(Fact, frozen=True, kw_only=True):
    """How it reaches the addressee. ``sole`` says that no other way is taken."""

    means: Literal["post", "email", "portal", "diplomatic"]
    to: Line
    sole: bool = False


class Requirement(Fact, frozen=True, kw_only=True):
    """What a place must be listed as, must not be, or in which countries it must lie (``countries`` are ISO 3166-1 alpha-2)."""

    says: Line
    designated: tuple[Line, ...] = ()
    undesignated: tuple[Line, ...] = ()
    countries: tuple[Line, ...] = ()


class Rule(Fact, frozen=True, kw_only=True):
    """A rule of admissibility that can be checked, with what it says in our words."""

    rule: Literal["not-anonymous", "not-only-media", "remedies", "elsewhere", "consent", "not-abusive", "publicity"]
    says: Line


class Field(Part, frozen=True, kw_only=True):
    """What the addressee asks. ``label`` is as printed in the form's language; ``heading`` is the key of one of our own headings.

    ``kind``: ``facts`` are made from the entries named in ``holds``; ``text`` is written by people in ``role``; ``choice`` is one of ``options``;
    ``country``, ``signatory``, ``names`` and ``coordinates`` are filled from the record; ``consent`` is yes or no. ``words`` and ``characters`` limit its length,
    0 is no limit known; ``overflow`` lets the rest go to an annex. ``figures`` says that what is asked is a figure that no entry about the places
    holds, such as an agenda item or the date of a judgment; ``annex`` that it stands in the annex to the letter, after the signature.
    """

    key: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*\Z")]
    kind: Literal["facts", "text", "choice", "country", "signatory", "names", "coordinates", "consent"]
    mark: Literal["A", "B", "own"]
    source: Line | None = None
    label: Line | None = None
    heading: Line | None = None
    required: bool = False
    holds: tuple[Held, ...] = ()
    role: Role = "view"
    options: tuple[Line, ...] = ()
    default: Line | None = None
    words: Annotated[int, Meta(ge=0)] = 0
    characters: Annotated[int, Meta(ge=0)] = 0
    overflow: bool = True
    withheld: bool = False
    figures: bool = False
    annex: bool = False
    hint: Line | None = None


class Photographs(Fact, frozen=True, kw_only=True):
    """What an addressee says of photographs: how many at most, about how many pixels wide and high, and of how many bytes at least.

    Each is named, numbered, and has a caption and a credit. ``label`` is what they are called in the form's language.
    """

    label: Line
    most: Annotated[int, Meta(ge=1)]
    width: Annotated[int, Meta(ge=1)]
    height: Annotated[int, Meta(ge=1)]
    least_bytes: Annotated[int, Meta(ge=1)]
    says: Line


class Enclosed(Fact, frozen=True, kw_only=True):
    """A document that an addressee asks for beside the form: ``kind`` is our name for it, ``label`` what it is called, ``language`` the one it is asked in."""

    kind: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*\Z")]
    label: Line
    language: Line | None = None
    says: Line


class Clock(Fact, frozen=True, kw_only=True):
    """A time that a rule gives: from ``after`` so many days, working days (Monday to Friday), months or years, until ``what`` is due.

    Without ``length`` the rule gives none; ``about`` says that it is a rough one. Neither makes a day: it is told in words.
    """

    after: Literal["sent", "notified", "forwarded", "exhausted", "acknowledged"]
    what: Line
    length: Annotated[int, Meta(ge=1)] | None = None
    unit: Literal["days", "working-days", "months", "years"] = "days"
    about: bool = False
    says: Line
    by: Literal["addressee", "sender"] = "addressee"


class Step(Fact, frozen=True, kw_only=True):
    """What can be done next, in words; ``form`` names another form."""

    on: Literal["silence", "refused", "answered", "sent"]
    do: Line
    form: Line | None = None


class Form(Part, frozen=True, kw_only=True):
    """One addressee's form. ``status`` tells how much of it is known; ``unknown`` tells what is not, in words."""

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9-]*\Z")]
    title: Line
    addressee: Line
    office: Line | None = None
    family: Literal["letter", "request", "communication", "application"]
    status: Literal["fields-known", "incomplete", "outline"]
    letter: Literal["letter", "formal-letter", "note-verbale", "form"]
    publish: Literal["free", "ask", "after-report", "never"]
    summary: Line
    sources: dict[str, FormSource]
    who: Annotated[tuple[Applicant, ...], Meta(min_length=1)]
    field: Annotated[tuple[Field, ...], Meta(min_length=1)]
    basis: Basis | None = None
    languages: tuple[FormLanguage, ...] = ()
    channel: tuple[Channel, ...] = ()
    requires: tuple[Requirement, ...] = ()
    rule: tuple[Rule, ...] = ()
    photographs: Photographs | None = None
    enclosed: tuple[Enclosed, ...] = ()
    clock: tuple[Clock, ...] = ()
    next: tuple[Step, ...] = ()
    unknown: tuple[Line, ...] = ()

    def facts(self) -> Iterator[tuple[str, str, str | None]]:
        """Give where each fact stands in the file, its mark and its source."""
        groups = (
            self.who,
            self.languages,
            self.channel,
            self.requires,
            self.rule,
            self.enclosed,
            self.clock,
            self.next,
        )
        names = ("who", "languages", "channel", "requires", "rule", "enclosed", "clock", "next")
        if self.basis:
            yield "basis", self.basis.mark, self.basis.source
        if self.photographs:
            yield "photographs", self.photographs.mark, self.photographs.source
        for name, group in zip(names, groups, strict=True):
            yield from ((f"{name}[{i}]", fact.mark, fact.source) for i, fact in enumerate(group))
        yield from ((f"field {one.key}", one.mark, one.source) for one in self.field)

    @property
    def checked(self) -> dt.date:
        """The day on which its oldest source was read."""
        return min(source.checked for source in self.sources.values())

    def rules(self, name: str) -> Rule | None:
        """Give a rule by its name, if the form has it."""
        return next((one for one in self.rule if one.rule == name), None)

    def one(self, key: str) -> Field | None:
        """Give a field by its key."""
        return next((one for one in self.field if one.key == key), None)
