"""Sources: taken in with their bytes untouched, or only named."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

import msgspec

from vestige.capture import Captured, Document, media_type_of, readable_text, shown_by, take_in, title_of_document
from vestige.entries import Draft, Source, encode_body
from vestige.errors import InputError
from vestige.keeping.adding._again import require_visibility, same_reference, seen_again
from vestige.positions import tells_place
from vestige.printable import without_controls
from vestige.record import Entry, Record, RecordError


class SourceEntered(NamedTuple):
    """A source in a record: the thing, its entry, whether it was there already, and whether its file will never be published."""

    about: str
    entry: str
    body: Source
    known: bool
    kept: bool = False
    corrected: tuple[str, ...] = ()
    """The fields of the standing source that were corrected."""
    beside: str | None = None
    """The source with the same bytes that this further one cites."""
    remarks: tuple[str, ...] = ()
    """What its bytes show that a person should know: no text, a page that asks to log in."""


def capture_source(source: str) -> Captured:
    """Take in a file, or what an address of the web gives. Raises InputError when it is empty."""
    captured = take_in(source)
    if not captured.data:
        raise InputError("expected a source with content, got an empty one", where=source)
    return captured


def source_body(
    captured: Captured,
    title: str | None,
    origin: str | None,
    address: str | None,
    printed: dict[str, Any],
    shown: Document | None = None,
) -> Source:
    """Say what a source is: what the user says of it, and what the bytes and the way here show. Raises InvalidBodyError.

    A web archive or saved page names the address and the time of its capture: they are taken over. ``shown`` is what the bytes show, where
    that is known already.
    """
    shown = shown or shown_by(captured)
    from_web = "://" in captured.address
    path = unquote(urlsplit(captured.final_address).path) if from_web else captured.address
    name = Path(path).name or None
    way = " to ".join((captured.address, *captured.redirects))
    body = Source(
        title=without_controls(title or title_of_document(shown) or name or captured.address) or captured.sha256,
        form="copy",
        address=address or (captured.address if from_web else shown.address),
        origin=origin or (f"fetched from {way}" if from_web else None),
        file=captured.sha256,
        file_name=name,
        media_type=media_type_of(captured),
        size=len(captured.data),
        captured=captured.taken.strftime("%Y-%m-%dT%H:%M:%SZ") if from_web else shown.captured,
        **printed,
    )
    encode_body(body)
    return body


def enter_source(
    record: Record, captured: Captured, body: Source, *, withheld: bool = False, titled: bool = False
) -> SourceEntered:
    """Enter a source with its bytes. Where a source with the same bytes stands, what is new is entered and nothing is lost.

    What the standing one left open, and another title (``titled`` says that somebody gave it), correct it; another origin, address or day of
    capture is a further source that cites it. Raises InputError where the bytes are public and should be withheld, or the other way round, RecordError where
    they tell the exact place of a sensitive site.
    """
    record.signing_key()
    same = [entry for entry in record.index.file_users(body.file or "") if entry.kind == "source" and entry.stands]
    if same:
        require_visibility(same[0], withheld=withheld)
        return _again(record, same, body, titled=titled)
    if not withheld:
        record.require_untold(lambda: readable_text(captured.data), "source.file")
    record.add_file(captured.data, withheld=withheld)
    try:
        (receipt,) = record.append(Draft(body, visibility="withheld" if withheld else "public"))
    except RecordError:
        if not record.index.file_users(captured.sha256):
            record.files.delete(captured.sha256)
        raise
    kept = _never_published(record, body, withheld=withheld)
    return SourceEntered(receipt.about, receipt.entry, body, known=False, kept=kept)


def _again(record: Record, same: list[Entry], body: Source, *, titled: bool) -> SourceEntered:
    """Enter what is new of a source whose bytes are there."""
    again = [seen_again(entry.body, body, titled=titled) for entry in same if isinstance(entry.body, Source)]
    entry, seen = min(zip(same, again, strict=True), key=lambda pair: (pair[1].further, bool(pair[1].changes)))
    withheld = entry.envelope.visibility == "withheld"
    kept = _never_published(record, body, withheld=withheld)
    if seen.further:
        (receipt,) = record.append(Draft(body, cites=(entry.hash,), visibility=entry.envelope.visibility))
        return SourceEntered(receipt.about, receipt.entry, body, known=False, kept=kept, beside=entry.about)
    assert isinstance(entry.body, Source)  # noqa: S101 - only sources are compared
    return _corrected(record, entry, entry.body, seen.changes, kept=kept)


def enter_reference(record: Record, body: Source) -> SourceEntered:
    """Enter a source of which no bytes are kept. Where the same one stands, by title and by all that both say of it, what is new corrects it."""
    for entry in record.index.search(body.title, "source"):
        known = entry.body
        if isinstance(known, Source) and entry.stands and same_reference(known, body):
            return _corrected(record, entry, known, seen_again(known, body, titled=False).changes)
    (receipt,) = record.append(Draft(body))
    return SourceEntered(receipt.about, receipt.entry, body, known=False)


def _corrected(
    record: Record, entry: Entry, known: Source, changes: dict[str, Any], *, kept: bool = False
) -> SourceEntered:
    """Enter what is new of a source that stands, if anything is."""
    if not changes:
        return SourceEntered(entry.about, entry.hash, known, known=True, kept=kept)
    better = msgspec.structs.replace(known, **changes)
    draft = Draft(better, entry.about, entry.hash, entry.envelope.cites, entry.envelope.visibility)
    (receipt,) = record.append(draft)
    return SourceEntered(receipt.about, receipt.entry, better, known=False, kept=kept, corrected=tuple(sorted(changes)))


def _never_published(record: Record, body: Source, *, withheld: bool) -> bool:
    """Whether a file would be published but for the position that it tells, or may tell (docs/adr/0131)."""
    if withheld or body.file is None:
        return False
    with record.files.open(body.file) as file:
        return tells_place(file)
