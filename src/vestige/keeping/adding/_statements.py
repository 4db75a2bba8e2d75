"""One attributed statement, entered by hand: its words found in the preserved text of its source."""

import hashlib

import msgspec

from vestige.capture import (
    content_under,
    find_quote,
    nearest,
    optional_window,
    read_span,
    read_speaker,
    source_text,
)
from vestige.entries import Draft, Place, Source, Span, Speaker, Statement
from vestige.errors import InputError
from vestige.keeping.finding import find_site, find_source, find_statement
from vestige.record import Entry, Receipt, Record


class Said(msgspec.Struct, frozen=True, kw_only=True):
    """What a person says of a statement, as typed: things by what people call them, windows and spans in the short notations."""

    quote: tuple[str, ...] = ()
    offsets: tuple[str, ...] = ()
    content: str | None = None
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

    def span(self, words: str | None) -> Span | None:
        """Give where words stand nearest to the statement's own."""
        found = nearest(self.text, words, self.spans)
        return Span(start=found[0], end=found[1]) if found else None


def enter_statement(record: Record, source: str, said: Said) -> tuple[Receipt, Statement, Entry]:
    """Enter what somebody said in a source, and give the receipt, the statement, and the source's entry.

    The text that the offsets point into is preserved beside the source. Raises `InputError` where nobody spoke, the source has no
    text, or the words are not in it.
    """
    if not (said.speaker or said.role or said.organisation):
        raise InputError("expected who spoke, got nobody", hint="give --speaker, --role or --organisation")
    entry = find_source(record, source)
    assert isinstance(entry.body, Source)  # noqa: S101 - find_source gives sources only
    if entry.body.file is None:
        raise InputError("expected a source with a preserved text, got a bare reference", where=source)
    data = record.files.read(entry.body.file)
    text = source_text(data, entry.body.media_type, where=entry.body.title)
    encoded = text.encode("utf-8", "surrogatepass")
    body = _statement(record, entry, text, said, hashlib.sha256(encoded).hexdigest())
    if encoded != data:
        record.add_file(encoded, withheld=entry.envelope.visibility == "withheld")
    (receipt,) = record.append(Draft(body, cites=(entry.hash,), visibility=entry.envelope.visibility))
    return receipt, body, entry


def _statement(record: Record, entry: Entry, text: str, said: Said, file: str) -> Statement:
    given = [*(find_quote(text, words) for words in said.quote), *map(read_span, said.offsets)]
    content, spans = content_under(text, given, said.content)
    at = _Text(text, spans)
    return Statement(
        source=entry.about,
        content=content,
        manner=said.manner,
        speaker=Speaker(name=said.speaker, role=said.role, organisation=said.organisation),
        status="confirmed",
        file=file,
        spans=tuple(Span(start=start, end=end) for start, end in spans),
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
