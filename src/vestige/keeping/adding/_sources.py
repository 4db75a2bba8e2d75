"""Sources: taken in with their bytes untouched, or only named."""

from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import unquote, urlsplit

from vestige.capture import Captured, media_type_of, page_title, take_in
from vestige.entries import Draft, Source, encode_body
from vestige.errors import InputError
from vestige.positions import tells_place
from vestige.printable import without_controls
from vestige.record import Record


class SourceEntered(NamedTuple):
    """A source in a record: the thing, its entry, whether it was there already, and whether its file will never be published."""

    about: str
    entry: str
    body: Source
    known: bool
    kept: bool = False


def capture_source(source: str) -> Captured:
    """Take in a file, or what an address of the web gives. Raises InputError when it is empty."""
    captured = take_in(source)
    if not captured.data:
        raise InputError("expected a source with content, got an empty one", where=source)
    return captured


def source_body(
    captured: Captured, title: str | None, origin: str | None, address: str | None, printed: dict[str, Any]
) -> Source:
    """Say what a source is: what the user says of it, and what the bytes and the way here show. Raises InvalidBodyError."""
    from_web = "://" in captured.address
    path = unquote(urlsplit(captured.final_address).path) if from_web else captured.address
    name = Path(path).name or None
    way = " to ".join((captured.address, *captured.redirects))
    body = Source(
        title=without_controls(title or page_title(captured) or name or captured.address) or captured.sha256,
        form="copy",
        address=address or (captured.address if from_web else None),
        origin=origin or (f"fetched from {way}" if from_web else None),
        file=captured.sha256,
        file_name=name,
        media_type=media_type_of(captured),
        size=len(captured.data),
        captured=captured.taken.strftime("%Y-%m-%dT%H:%M:%SZ") if from_web else None,
        **printed,
    )
    encode_body(body)
    return body


def enter_source(record: Record, captured: Captured, body: Source, *, withheld: bool = False) -> SourceEntered:
    """Enter a source with its bytes, unless a source with the same bytes stands."""
    record.signing_key()
    same = [entry for entry in record.index.file_users(body.file or "") if entry.kind == "source" and entry.stands]
    if same:
        kept = _never_published(record, body, withheld=same[0].envelope.visibility == "withheld")
        return SourceEntered(same[0].about, same[0].hash, body, known=True, kept=kept)
    record.add_file(captured.data, withheld=withheld)
    (receipt,) = record.append(Draft(body, visibility="withheld" if withheld else "public"))
    kept = _never_published(record, body, withheld=withheld)
    return SourceEntered(receipt.about, receipt.entry, body, known=False, kept=kept)


def enter_reference(record: Record, body: Source) -> SourceEntered:
    """Enter a source of which no bytes are kept, unless the same stands."""
    same = [entry for entry in record.index.search(body.title, "source") if entry.body == body]
    if same:
        return SourceEntered(same[0].about, same[0].hash, body, known=True)
    (receipt,) = record.append(Draft(body))
    return SourceEntered(receipt.about, receipt.entry, body, known=False)


def _never_published(record: Record, body: Source, *, withheld: bool) -> bool:
    """Whether a file would be published but for the position that it tells, or may tell (docs/adr/0131)."""
    return not withheld and body.file is not None and tells_place(record.files.path_of(body.file))
