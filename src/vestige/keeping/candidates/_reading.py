"""Reading the sources of a record: which wait, what the reading should know, and what it found entered as candidates."""

import hashlib
from collections import Counter
from functools import partial
from typing import NamedTuple

from msgspec.structs import replace

from vestige.budget import seconds_for, within
from vestige.capture import Decoded, Document, NotTextError, open_document, optional_window
from vestige.entries import LONGEST_TEXT, DateWindow, Draft, Site, Source, Statement
from vestige.errors import InputError
from vestige.keeping.candidates._sources_read import read_in_vain, remember_read_in_vain
from vestige.reading import Candidate, Context, PageReading, Reading, candidates, posted_at, read, read_body, unread
from vestige.reading import Statement as ReadStatement
from vestige.record import Entry, Record


class SourceRead(NamedTuple):
    """What reading one source gave: how many candidates were entered, in which encoding, where that is in doubt, and whether it holds text."""

    source: str
    title: str
    candidates: int
    possible: int
    encoding: str
    text: bool = True
    unread: str | None = None
    """What is not read in its language; None where statements are."""
    too_long: int = 0
    """Statements that were left out, since an entry holds at most `vestige.entries.LONGEST_TEXT` characters."""
    skipped: str | None = None
    """Why the source was not read to its end, and nothing of it was entered; None where it was."""


def read_document(document: Document, context: Context | None = None, *, where: str) -> PageReading:
    """Read a document: who said what in it, each statement with whom its part passes on.

    Raises `NotTextError` where there is no text, and `OverBudgetError` for one that takes longer than its length allows.
    """
    if not document.text.strip():
        raise NotTextError(
            f"expected a text, got {document.form} without any",
            where=where,
            hint="; ".join(document.remarks) or "quote it by hand: vestige state --locator",
        )
    found = within(seconds_for(len(document.text)), partial(_found, document, context), where=where)
    return PageReading(
        text=document.text,
        reading=replace(found, statements=tuple(_passed_on(one, document) for one in found.statements)),
        title=document.title,
        author=document.author,
        date=document.date,
        body_by=document.body_by,
    )


def _found(document: Document, context: Context | None) -> Reading:
    if document.body is None:
        return read(document.text, context=context)
    return read_body(document.text, document.body, context=context)


def _passed_on(statement: ReadStatement, document: Document) -> ReadStatement:
    """Give a statement that stands in a forwarded message with who wrote it, nearest to the text."""
    part = document.part_at(statement.content[0].start)
    via = tuple(name for name in (part.via if part else ()) if name not in (statement.name, *statement.reported_via))
    return replace(statement, reported_via=(*via, *statement.reported_via)) if via else statement


def encoding_doubts(decoded: Decoded) -> str:
    """Say in which encoding a text was read where that is a guess, or did not fit all of it; else nothing."""
    doubts = ["guessed"] * (decoded.ground == "guessed")
    if decoded.replaced:
        doubts.append(f"{decoded.replaced} bytes are not valid in it")
    return f"{decoded.encoding} ({'; '.join(doubts)}; not checked)" if doubts else ""


def unread_sources(record: Record) -> list[Entry]:
    """Give the preserved sources that no reader has entered statements from, nor looked for some in vain; of several with the same bytes the first."""
    found, in_vain, files = [], read_in_vain(), set[str]()
    copies = [entry for entry in record.index.entries("source", current=True) if _file_of(entry)]
    for entry in sorted(copies, key=lambda entry: (not _was_read(record, entry, in_vain), entry.index)):
        file = _file_of(entry)
        if file not in files and not _was_read(record, entry, in_vain):
            found.append(entry)
        files.add(file)
    return found


def _file_of(entry: Entry) -> str:
    body = entry.body
    return body.file or "" if isinstance(body, Source) and body.form == "copy" else ""


def _was_read(record: Record, entry: Entry, in_vain: frozenset[str]) -> bool:
    if entry.hash in in_vain or _rejected(record, entry):
        return True
    bodies = (other.body for other in record.index.of_source(entry.about))
    return any(isinstance(body, Statement) and body.reader for body in bodies)


def _rejected(record: Record, source: Entry) -> bool:
    """Whether candidates of a source were entered and all withdrawn: their envelopes still cite it."""
    citing = record.index.cited_by(source.hash)
    return any(e.kind == "statement" and e.withdrawn_by and e.envelope.visibility == "withheld" for e in citing)


def reading_context(record: Record) -> Context:
    """Tell the reading which sites the record knows and which countries it is about."""
    sites: list[Candidate] = []
    countries: Counter[str] = Counter()
    for entry in record.index.entries("site", current=True):
        body = entry.body if entry.envelope.visibility == "public" else None  # the keeper's view holds exact places too
        if isinstance(body, Site) and body.location:
            countries.update(body.countries)
            country = body.countries[0] if body.countries else ""
            point = body.location
            sites += [
                Candidate(
                    id=entry.about,
                    name=name.text,
                    lat=point.latitude,
                    lon=point.longitude,
                    country=country,
                    kind="site",
                )
                for name in body.names
            ]
    return Context(sites=tuple(sites), countries=tuple(country for country, _ in countries.most_common(5)))


def said_by(source: Source, page: PageReading | None = None) -> DateWindow | None:
    """Give when what a source reports was said at the latest: the day that it was published, as the keeper gave it or the page prints it."""
    printed = page.date.value if page and page.date else ""
    try:
        return optional_window(before=source.published or printed or None)
    except InputError:  # a page may print as its date what is none
        return None


def enter_candidates(record: Record, entry: Entry, context: Context) -> SourceRead:
    """Read one source and enter its candidates; the text of a page is preserved beside the page. A picture holds no text, and that is no error."""
    source = entry.body
    assert isinstance(source, Source)  # noqa: S101 - the callers give sources
    assert source.file is not None  # noqa: S101 - with a file
    withheld = entry.envelope.visibility == "withheld"
    data = record.files.read(source.file)
    try:
        document = open_document(data, source.media_type, where=source.title)
        page = read_document(document, context, where=source.title)
    except NotTextError:
        return SourceRead(entry.about, source.title, 0, 0, "", text=False)
    encoded = page.text.encode("utf-8", "surrogatepass")
    said, file = said_by(source, page), hashlib.sha256(encoded).hexdigest()
    found = candidates(page.reading, page.text, source=entry.about, file=file, said=said)
    bodies = [_located(body, document) for body in found if len(body.content) <= LONGEST_TEXT]
    drafts = [Draft(body, cites=(entry.hash,), visibility="withheld") for body in bodies]
    if drafts:
        if encoded != data:
            record.add_file(encoded, withheld=withheld)
        record.append(*drafts)
    else:
        remember_read_in_vain(entry.hash)
    doubts = encoding_doubts(document.decoded) if document.decoded else ""
    return SourceRead(
        entry.about, source.title, len(drafts), len(page.reading.possible), doubts,
        unread=unread(page.reading.language), too_long=len(found) - len(bodies),
    )  # fmt: skip


def _located(body: Statement, document: Document) -> Statement:
    """Give a candidate with where in the document it stands: page 3."""
    where = document.locator(body.spans[0].start, body.spans[-1].end) if body.spans else None
    both = ", ".join(filter(None, (where, body.locator)))
    return replace(body, locator=both) if both else body


def located(statement: ReadStatement, document: Document) -> str | None:
    """Give where in a document a statement stands, as its candidate says it: page 3, message 7, block of 14:32 GMT."""
    where = document.locator(statement.content[0].start, statement.content[-1].end)
    return ", ".join(filter(None, (where, posted_at(statement, document.text)))) or None
