"""One attributed statement, entered by hand: its words found in the preserved text of its source."""

import hashlib

import msgspec

from vestige.capture import (
    Document,
    DocumentError,
    NotTextError,
    content_under,
    find_quote,
    nearest,
    open_document,
    optional_window,
    read_span,
    read_speaker,
)
from vestige.entries import Draft, Place, Source, Span, Speaker, Statement
from vestige.errors import InputError
from vestige.keeping.adding._alike import require_other_statement
from vestige.keeping.adding._speakers import speakers_checked
from vestige.keeping.finding import find_site, find_source, find_statement
from vestige.record import Entry, Receipt, Record


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a statement, as typed: things by what people call them, windows and spans in the short notations."""

    quote: tuple[str, ...] = ()
    offsets: tuple[str, ...] = ()
    content: str | None = None
    locator: str | None = None
    speaker: str | None = None
    role: str | None = None
    organisation: str | None = None
    manner: str = "indirect"
    cue: str | None = None
    via: tuple[str, ...] = ()
    said_on: str | None = None
    said_between: str | None = None
    said_before: str | None = None
    place: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    disagrees_with: tuple[str, ...] = ()
    agrees_with: tuple[str, ...] = ()
    language: str | None = None
    reader: str | None = None
    note: str | None = None


class _Text(msgspec.Struct, frozen=True):
    """The text of a source, and where the words of a statement stand in it."""

    text: str
    spans: tuple[tuple[int, int], ...]
    locator: str | None = None
    """Where in the source they stand: page 3."""
    file: str | None = None
    """SHA-256 of the text; None where nothing was checked against one."""

    def span(self, words: str | None) -> Span | None:
        """Give where words stand nearest to the statement's own."""
        found = nearest(self.text, words, self.spans) if self.spans else None
        return Span(start=found[0], end=found[1]) if found else None


def enter_statement(
    record: Record, source: str, said: Said, *, beside: bool = False
) -> tuple[Receipt, Statement, Entry]:
    """Enter what somebody said in a source, and give the receipt, the statement, and the source's entry.

    The text that the offsets point into is preserved beside the source. Of a picture, a film, a scanned page or a book, whose words are in no
    text, they are taken as typed with ``said.locator``, and the statement has no spans: it was not checked against text. Raises
    `InputError` where nobody spoke, the source has no text and no locator is given, or the words are not in it, and AlikeError where nearly
    the same stands, unless it is to stand ``beside`` that one.
    """
    if not (said.speaker or said.role or said.organisation):
        raise InputError("expected who spoke, got nobody", hint="give --speaker, --role or --organisation")
    entry = find_source(record, source)
    assert isinstance(entry.body, Source)  # noqa: S101 - find_source gives sources only
    content, at, preserved = _found(record, entry, said)
    body = _statement(record, entry, content, at, said)
    body = speakers_checked(body, at.text) if at.file else body
    if not beside:
        require_other_statement(record, body)
    if preserved is not None:
        record.add_file(preserved, withheld=entry.envelope.visibility == "withheld")
    (receipt,) = record.append(Draft(body, cites=(entry.hash,), visibility=entry.envelope.visibility))
    return receipt, body, entry


def _found(record: Record, entry: Entry, said: Said) -> tuple[str, _Text, bytes | None]:
    """Give what was said, where it stands, and the text to be preserved beside the source, if it is not the source itself."""
    source = entry.body
    assert isinstance(source, Source)  # noqa: S101 - find_source gives sources only
    data = record.files.read(source.file) if source.file else b""
    document = _document(data, source, said)
    by_hand = " ".join((*said.quote, said.content or "")).strip()
    if document is None or (said.locator and document.parts and not _holds(document, said.locator)):
        if not by_hand:
            raise InputError("expected what was said, got nothing", hint="give --quote or --content with --locator")
        return by_hand, _Text("", (), said.locator), None
    given = [*(find_quote(document.text, words) for words in said.quote), *map(read_span, said.offsets)]
    content, spans = content_under(document.text, given, said.content)
    encoded = document.text.encode("utf-8", "surrogatepass")
    where = said.locator or document.locator(min(spans)[0], max(spans)[1])
    at = _Text(document.text, spans, where, hashlib.sha256(encoded).hexdigest())
    return content, at, encoded if encoded != data else None


def _document(data: bytes, source: Source, said: Said) -> Document | None:
    """Give the source as a document; None where it holds no text and a locator says where a person can look instead."""
    if source.file is None and not said.locator:
        raise InputError(
            "expected a source with a preserved text, got a bare reference",
            where=source.title,
            hint='quote it by hand with --locator "page 12": it is marked as not checked against text',
        )
    try:
        document = open_document(data, source.media_type, where=source.title) if data else None
        return _with_text(document, source.title) if document else None
    except (NotTextError, DocumentError) as error:
        if said.locator:
            return None
        hint = 'quote it by hand with --locator "page 3" or 00:01:12: it is marked as not checked against text'
        raise type(error)(error.message, where=error.where, hint=hint) from error


def _with_text(document: Document, title: str) -> Document:
    if not document.text.strip():
        raise NotTextError(f"expected text, got {document.form} without any", where=title)
    return document


def _holds(document: Document, locator: str) -> bool:
    """Whether a locator names a part of a document whose text is read; one in words of a person's own may."""
    read = {part.locator for part in document.parts if part.locator}
    kinds = {name.rpartition(" ")[0] for name in read}
    return not read or locator in read or locator.rpartition(" ")[0] not in kinds


def _statement(record: Record, entry: Entry, content: str, at: _Text, said: Said) -> Statement:
    return Statement(
        source=entry.about,
        content=content,
        manner=said.manner,
        speaker=Speaker(name=said.speaker, role=said.role, organisation=said.organisation),
        status="confirmed",
        file=at.file,
        spans=tuple(Span(start=start, end=end) for start, end in at.spans),
        locator=at.locator,
        cue=said.cue,
        cue_span=at.span(said.cue),
        speaker_span=at.span(said.speaker or said.role or said.organisation),
        reported_via=tuple(map(read_speaker, said.via)),
        language=said.language or getattr(entry.body, "language", None),
        said=optional_window(on=said.said_on, between=said.said_between, before=said.said_before),
        places=tuple(Place(text=name, span=at.span(name)) for name in said.place),
        sites=tuple(find_site(record, name).about for name in said.site),
        disagrees_with=tuple(find_statement(record, name).about for name in said.disagrees_with),
        agrees_with=tuple(find_statement(record, name).about for name in said.agrees_with),
        reader=said.reader,
        note=said.note,
    )
