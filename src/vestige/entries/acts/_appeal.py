"""Appeals: what somebody asked of a body that can act, and on what it rests."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._values import DateWindow, Hash, LanguageTag, Line, Name, Text, ThingId, Translations, Value
from vestige.entries.kinds import Body, require_translations

Role = Annotated[str, Meta(pattern=r"^(fact|request|view|declaration|measure|quotation)\Z")]


class AppealAddressee(Value, frozen=True, kw_only=True):
    """To whom an appeal goes: a body or a person by office, and the actor entry if there is one."""

    name: Line
    office: Line | None = None
    actor: ThingId | None = None


class AppealText(Value, frozen=True, kw_only=True):
    """A text in one language."""

    text: Text
    language: LanguageTag | None = None


class AppealSignatory(Value, frozen=True, kw_only=True):
    """Who signs or signed, in which capacity, and for whom. ``consent`` tells that they agreed to be named in public."""

    name: Line
    capacity: Line
    organisation: Line | None = None
    on_behalf_of: Line | None = None
    actor: ThingId | None = None
    consent: bool = False


class AppealSignature(Value, frozen=True, kw_only=True):
    """A signature of a signatory over the digest of the draft: a raw Ed25519 key and signature, base64."""

    signatory: Line
    key: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{43}=\Z")]
    signature: Annotated[str, Meta(pattern=r"^[A-Za-z0-9+/]{86}==\Z")]
    draft: Hash


class AppealParagraph(Value, frozen=True, kw_only=True):
    """A paragraph of one's own appeal. A ``fact`` was made by the sentence named from the entries that it cites; the rest are people's words."""

    role: Role
    text: Text
    language: LanguageTag | None = None
    sentence: Line | None = None
    cites: tuple[Hash, ...] = ()

    def __post_init__(self) -> None:
        if self.role == "fact" and not (self.sentence and self.cites):
            raise ValueError("expected a fact that names its sentence and the entries that it was made from, got none")


class AppealPart(Value, frozen=True, kw_only=True):
    """The paragraphs under one field of the form."""

    field: Line
    heading: Line
    paragraphs: tuple[AppealParagraph, ...] = ()


class AppealDocument(Value, frozen=True, kw_only=True):
    """A document of an appeal. A ``courtesy`` one is a translation, the ``authentic`` one is what was signed; ``public`` may be handed on."""

    name: Line
    file: Hash
    media_type: Line
    language: LanguageTag
    status: Annotated[str, Meta(pattern=r"^(authentic|courtesy|draft)\Z")] = "authentic"
    public: bool = True


class Appeal(Body, frozen=True, kw_only=True):
    """An appeal: ``own``, composed from this record, or ``recorded``, somebody else's that a source tells of.

    An own one names its form, the exact form file and draft (preserved), the checkpoint that it rests on (``size root``) and its documents.
    A recorded one names its ``source``; ``text_seen`` tells whether that holds the appeal itself or only tells of it. ``form`` is the id of a
    form file, or ``letter`` where none is known. ``succeeds`` is the appeal that this one follows. Whether it is signed, sent, answered,
    overdue or stale is derived from the entries, never stored. ``note`` is the keeper's, and ``translations`` give it in other languages.
    """

    KIND = "appeal"
    TRANSLATED: ClassVar[tuple[str, ...]] = ("note",)
    BY_KEEPER: ClassVar[tuple[str, ...]] = ("note",)
    origin: Annotated[str, Meta(pattern=r"^(own|recorded)\Z")]
    form: Line
    title: Line
    addressees: Annotated[tuple[AppealAddressee, ...], Meta(min_length=1)]
    senders: tuple[AppealSignatory, ...] = ()
    sites: tuple[ThingId, ...] = ()
    requests: tuple[AppealText, ...] = ()
    answers: tuple[AppealPart, ...] = ()
    signatures: tuple[AppealSignature, ...] = ()
    language: LanguageTag | None = None
    form_file: Hash | None = None
    draft: Hash | None = None
    checkpoint: Line | None = None
    documents: tuple[AppealDocument, ...] = ()
    source: ThingId | None = None
    text_seen: bool = False
    statements: tuple[ThingId, ...] = ()
    made: DateWindow | None = None
    succeeds: ThingId | None = None
    sample: bool = False
    note: Text | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        require_translations(self.TRANSLATED, self.translations)
        if self.origin == "recorded" and self.source is None:
            raise ValueError("expected the source from which a recorded appeal is known, got none")
        if self.origin == "own" and not (self.form_file and self.draft and self.checkpoint and self.documents):
            raise ValueError("expected form file, draft, checkpoint and documents of an appeal of one's own, got fewer")

    def named(self) -> tuple[Name, ...]:
        """Give its title."""
        return (Name(text=self.title, language=self.language),)

    def words(self) -> Iterable[str | None]:
        """Give title, addressees, who signs, and what is asked."""
        who = (part for one in self.senders for part in (one.name, one.organisation, one.on_behalf_of))
        return (self.title, *(one.name for one in self.addressees), *who, *(one.text for one in self.requests))

    def links(self) -> Iterable[str | None]:
        """Give sites, source, statements, actors, and the appeal before."""
        actors = (*(one.actor for one in self.addressees), *(one.actor for one in self.senders))
        return (*self.sites, self.source, self.succeeds, *self.statements, *actors)

    def held(self) -> Iterable[str | None]:
        """Give its form file, draft and documents."""
        return (self.form_file, self.draft, *(one.file for one in self.documents))

    def exposes(self) -> Iterable[str]:
        """Give nothing: what is public of it holds public places only; `vestige appeal check` sees to it."""
        return ()
