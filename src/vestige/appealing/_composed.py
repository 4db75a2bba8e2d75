"""A composed appeal: everything that a document of it shows, decided and worded, and nothing about how it looks.

`compose` makes one from a draft and a record; `vestige.appealing.documents` renders it (PDF, DOCX, HTML, JSON, calendar, bundle). Every
text a reader sees stands in here, in the appeal's own language, so that a document is laid out and never worded. Dates are ISO 8601
(``YYYY-MM-DD``) beside the text that prints them; ``direction`` is that of CSS and HTML (``ltr`` or ``rtl``).
"""

from collections.abc import Iterator
from typing import Literal

import msgspec

from vestige.procedures import Deadline

Direction = Literal["ltr", "rtl"]
Kind = Literal["fact", "request", "view", "declaration", "measure", "quotation", "table", "note"]
Letter = Literal["letter", "formal-letter", "note-verbale", "form"]
FormStatus = Literal["fields-known", "incomplete", "outline"]

RIGHT_TO_LEFT = frozenset({"ar", "fa", "he", "ur", "ckb", "ps", "syr", "yi"})
"""Primary subtags of BCP 47 tags of languages that are written from right to left."""


def direction_of(language: str | None) -> Direction:
    """Give the direction in which a language is written; that of an unknown one is left to right."""
    return "rtl" if (language or "").split("-")[0].casefold() in RIGHT_TO_LEFT else "ltr"


class Composing(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Base of the parts of a composed appeal."""


class Run(Composing, frozen=True, kw_only=True):
    """A stretch of text in one language. ``cites`` are the entries that it rests on: a footnote after it for each.

    A ``quotation`` is verbatim, with its quotation marks in ``text``; it stays in its own language and is set apart from the text around it.
    """

    text: str
    language: str
    direction: Direction = "ltr"
    cites: tuple[str, ...] = ()
    quotation: bool = False


class Paragraph(Composing, frozen=True, kw_only=True):
    """One paragraph. Of kind ``table``, ``rows`` holds it, the first row its head, and ``runs`` its caption.

    A ``fact`` is made by machine from entries and always cites; ``request``, ``view``, ``declaration`` and ``measure`` are people's words.
    ``number`` counts the paragraphs of the body from 1; what is not numbered has none.
    """

    kind: Kind
    runs: tuple[Run, ...] = ()
    rows: tuple[tuple[Run, ...], ...] = ()
    number: int | None = None

    @property
    def text(self) -> str:
        """What it says as plain text, its runs joined as they stand; a row a line, its cells parted by tabs."""
        lines = ("\t".join(cell.text for cell in row) for row in self.rows)
        return "\n".join(filter(None, ("".join(run.text for run in self.runs), *lines)))

    @property
    def cites(self) -> tuple[str, ...]:
        """The entries that it rests on, each once, in the order in which they are cited."""
        cells = (run for row in self.rows for run in row)
        return tuple(dict.fromkeys(entry for run in (*self.runs, *cells) for entry in run.cites))


class Limit(Composing, frozen=True, kw_only=True):
    """How long the addressee lets a field be, and how long it is. ``unit`` is words, characters or pages."""

    most: int
    unit: Literal["words", "characters", "pages"]
    length: int


class Section(Composing, frozen=True, kw_only=True):
    """A part with a heading. ``id`` is the field's key of the form (``incident``), or that of an annex (``annex-b``).

    What is longer than ``field_limit`` allows has already gone to an annex, which ``continues`` names there by this ``id``.
    ``note`` tells what the addressee's own form asks beside or instead.
    """

    id: str
    heading: str
    paragraphs: tuple[Paragraph, ...] = ()
    field_limit: Limit | None = None
    continues: str | None = None
    note: str | None = None

    @property
    def text(self) -> str:
        """What it says as plain text, a blank line between paragraphs: what is pasted into a field of a portal."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


class Signatory(Composing, frozen=True, kw_only=True):
    """Who signs: the names as they are printed. ``signed`` is the day of their endorsement, or none while it is a draft."""

    name: str
    capacity: str
    organisation: str | None = None
    on_behalf_of: str | None = None
    actor: str | None = None
    signed: str | None = None


class Addressee(Composing, frozen=True, kw_only=True):
    """To whom it goes, as printed on it. ``means`` and ``to`` are the channel of the form: ``post`` and an address, ``portal`` and a link."""

    name: str
    office: str | None = None
    lines: tuple[str, ...] = ()
    means: str | None = None
    to: str | None = None


class Origin(Composing, frozen=True, kw_only=True):
    """The record that it is composed from, at the checkpoint that its entries are proved against."""

    name: str
    origin: str
    vkey: str
    size: int
    root: str


class Citation(Composing, frozen=True, kw_only=True):
    """An entry that is cited: what a footnote says of it. ``entry`` is its hash, ``index`` its place in the ledger from 0.

    ``text`` names title, maker and date, then entry and record, in the appeal's language. For a source and what rests on one: its ``form`` (copy,
    abstract, reference), ``nature``, ``address`` and the SHA-256 of what was preserved.
    """

    entry: str
    index: int
    kind: str
    thing: str
    text: str
    language: str
    form: str | None = None
    nature: str | None = None
    address: str | None = None
    file: str | None = None
    captured: str | None = None


class HeldFile(Composing, frozen=True, kw_only=True):
    """A preserved file that a cited entry refers to. ``public`` files may be handed on; ``alternative`` describes a picture in words."""

    file: str
    name: str
    media_type: str
    entry: str
    size: int | None = None
    public: bool = True
    alternative: str | None = None


class Withheld(Composing, frozen=True, kw_only=True):
    """An entry or file of these places that is not shown, and why. ``name`` is its hash."""

    name: str
    what: Literal["entry", "file"]
    reason: str


class Composed(Composing, frozen=True, kw_only=True):
    """An appeal as its documents show it.

    ``sections`` are the letter or the fields of the form in order; ``annexes`` follow: A the evidence, B everything that the record holds about
    these places, C how to check, then what overflowed. ``entries`` are the hashes of all entries cited anywhere, which the bundle carries and
    proves to ``record``'s checkpoint. ``public`` tells the public rendering from the addressee's, which may hold exact places and persons.
    ``draft_note``, ``sample_note`` and ``footer`` are printed where they are given: what it is, and that it is not a document of the addressee.
    """

    form_id: str
    form_name: str
    form_status: FormStatus
    status_note: str
    letter: Letter
    addressee: Addressee
    title: str
    language: str
    direction: Direction
    date: str
    date_text: str
    sender: str
    signatories: tuple[Signatory, ...]
    sections: tuple[Section, ...]
    annexes: tuple[Section, ...]
    record: Origin
    footer: str
    salutation: str | None = None
    closing: str | None = None
    reference: str | None = None
    copies: tuple[Addressee, ...] = ()
    notes: tuple[str, ...] = ()
    draft: bool = True
    draft_note: str | None = None
    sample: bool = False
    sample_note: str | None = None
    authentic: bool = True
    public: bool = True
    deadlines: tuple[Deadline, ...] = ()
    citations: tuple[Citation, ...] = ()
    entries: tuple[str, ...] = ()
    files: tuple[HeldFile, ...] = ()
    withheld: tuple[Withheld, ...] = ()

    def paragraphs(self) -> Iterator[Paragraph]:
        """Give every paragraph in the order in which it is read, annexes last."""
        for section in (*self.sections, *self.annexes):
            yield from section.paragraphs
