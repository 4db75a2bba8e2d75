"""Reading the sources of a record: which wait, what the reading should know, and what it found entered as candidates."""

from collections import Counter
from typing import NamedTuple

from vestige.capture import Decoded, NotTextError, decode
from vestige.entries import Draft, Site, Source, Statement
from vestige.errors import InputError
from vestige.keeping.candidates._sources_read import read_in_vain, remember_read_in_vain
from vestige.reading import Candidate, Context, PageReading, ReadingError, candidates, read, read_page
from vestige.record import Entry, Record


class SourceRead(NamedTuple):
    """What reading one source gave: how many candidates were entered, in which encoding, where that is in doubt, and whether it holds text."""

    source: str
    title: str
    candidates: int
    possible: int
    encoding: str
    text: bool = True


def read_text(text: str, media_type: str, context: Context | None = None, *, where: str) -> PageReading:
    """Read a text, or the text of a page. Raises `InputError` where there is none, ReadingError where a page has none."""
    if not text.strip():
        raise InputError("expected a text, got an empty file", where=where)
    if "html" in media_type or text[:2000].lstrip().lower().startswith(("<!doctype html", "<html")):
        try:
            return read_page(text, context=context)
        except ReadingError as error:
            raise ReadingError(error.message, where=where, hint=error.hint) from error
    return PageReading(text=text, reading=read(text, context=context))


def encoding_doubts(decoded: Decoded) -> str:
    """Say in which encoding a text was read where that is a guess, or did not fit all of it; else nothing."""
    doubts = ["guessed"] * (decoded.ground == "guessed")
    if decoded.replaced:
        doubts.append(f"{decoded.replaced} bytes are not valid in it")
    return f"{decoded.encoding} ({'; '.join(doubts)}; not checked)" if doubts else ""


def unread_sources(record: Record) -> list[Entry]:
    """Give the preserved sources that no reader has entered statements from, nor looked for some in vain."""
    found, in_vain = [], read_in_vain()
    for entry in record.index.entries("source", current=True):
        if (
            isinstance(entry.body, Source)
            and entry.body.file
            and entry.body.form == "copy"
            and entry.hash not in in_vain
        ):
            bodies = [other.body for other in record.index.of_source(entry.about)]
            if not any(isinstance(body, Statement) and body.reader for body in bodies) and not _rejected(record, entry):
                found.append(entry)
    return found


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


def enter_candidates(record: Record, entry: Entry, context: Context) -> SourceRead:
    """Read one source and enter its candidates; the text of a page is preserved beside the page. A picture holds no text, and that is no error."""
    source = entry.body
    assert isinstance(source, Source)  # noqa: S101 - the callers give sources
    assert source.file is not None  # noqa: S101 - with a file
    withheld = entry.envelope.visibility == "withheld"
    data = record.files.read(source.file)
    try:
        decoded = decode(data, source.media_type or "", where=source.title)
    except NotTextError:
        return SourceRead(entry.about, source.title, 0, 0, "", text=False)
    page = read_text(decoded.text, source.media_type or "", context, where=source.title)
    encoded = page.text.encode("utf-8", "surrogatepass")
    file = source.file if encoded == data else record.add_file(encoded, withheld=withheld)
    bodies = candidates(page.reading, page.text, source=entry.about, file=file)
    drafts = [Draft(body, cites=(entry.hash,), visibility="withheld") for body in bodies]
    if drafts:
        record.append(*drafts)
    else:
        remember_read_in_vain(entry.hash)
    return SourceRead(entry.about, source.title, len(drafts), len(page.reading.possible), encoding_doubts(decoded))
