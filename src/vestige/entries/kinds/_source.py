"""What was published, and the bytes of it that were preserved."""

from collections.abc import Iterable
from typing import Annotated, ClassVar

from msgspec import Meta

from vestige.entries._inner import Signed, require_inner
from vestige.entries._values import (
    MOST_NAMES,
    Amount,
    Hash,
    LanguageTag,
    Line,
    Name,
    PartialDate,
    Text,
    ThingId,
    Timestamp,
    Translations,
)
from vestige.entries.kinds._body import Body
from vestige.entries.kinds._translated import require_translations

NATURES = (
    "news", "official", "report", "scholarly", "image", "video", "audio", "satellite", "testimony", "register", "law", "letter", "other",
)  # fmt: skip
"""What a source can be; the first is mass media."""
Nature = Annotated[str, Meta(pattern=rf"^({'|'.join(NATURES)})\Z")]


class Source(Body, frozen=True, kw_only=True):
    """Something that was published, and the bytes of it that were preserved, if any.

    ``origin`` is the keeper's assertion of where the bytes came from; nothing proves it. ``form`` tells an original copy from a
    keeper's abstract in own words or a bare reference. ``published`` is the date as printed there. ``nature`` is what it is, whoever
    preserved it: appeals may not rest on ``news`` alone. ``made_during`` is the visit of which its author wrote, ``signed`` the
    author's own signature over title, author and file. ``cites_record`` says how it takes up this record: it links to it, names it,
    or copies its words. ``sites`` are the places that it shows or is about: their pages carry it. ``captions`` say in the keeper's words what is to be seen,
    a language each; ``credit`` is the line that its author or holder asks to stand beside it, ``created`` the day on which it was made, such as
    that of a photograph (dcterms:created), ``published`` that on which it came out.
    """

    KIND = "source"
    MARKED_BY_KEEPER: ClassVar = ("cites_record", "captured", "note", "origin", "sites", "captions", "translations")
    TRANSLATED: ClassVar[tuple[str, ...]] = ("title", "note")
    BY_KEEPER: ClassVar[tuple[str, ...]] = ("note",)
    title: Line
    form: Annotated[str, Meta(pattern=r"^(copy|abstract|reference)\Z")] = "copy"
    nature: Nature | None = None
    publisher: Line | None = None
    author: Line | None = None
    published: PartialDate | None = None
    address: Line | None = None
    language: LanguageTag | None = None
    origin: Line | None = None
    file: Hash | None = None
    file_name: Line | None = None
    media_type: Line | None = None
    size: Amount | None = None
    captured: Timestamp | None = None
    rights: Line | None = None
    note: Text | None = None
    made_during: ThingId | None = None
    cites_record: Annotated[str, Meta(pattern=r"^(linked|named|copied)\Z")] | None = None
    signed: Signed | None = None
    sites: Annotated[tuple[ThingId, ...], Meta(max_length=MOST_NAMES)] = ()
    captions: Annotated[tuple[Name, ...], Meta(max_length=MOST_NAMES)] = ()
    credit: Line | None = None
    created: PartialDate | None = None
    translations: Translations = ()

    def __post_init__(self) -> None:
        if self.form != "reference" and self.file is None:
            raise ValueError(f"expected the SHA-256 of the preserved file for a source of form {self.form!r}, got none")
        require_translations(self.TRANSLATED, self.translations)
        require_inner(self)

    def named(self) -> tuple[Name, ...]:
        """Give its title."""
        return (Name(text=self.title, language=self.language),)

    def words(self) -> Iterable[str | None]:
        """Give its title, captions, publisher, author and credit, where it can be found, and the name of its file."""
        captions = (caption.text for caption in self.captions)
        titles = (translation.text for translation in self.translations if translation.field == "title")
        return (self.title, self.publisher, self.author, self.credit, self.address, self.file_name, *captions, *titles)

    def links(self) -> Iterable[str | None]:
        """Give the visit of which it tells, and the sites that it shows."""
        return (self.made_during, *self.sites)

    def held(self) -> Iterable[str | None]:
        """Give the preserved bytes."""
        return (self.file,)

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
