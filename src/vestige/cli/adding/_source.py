"""``vestige add source`` and ``vestige add reference``: sources with their bytes untouched, or only named."""

from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from vestige.cli._console import out, print_json

if TYPE_CHECKING:
    from vestige.capture import Captured
    from vestige.entries import Source
    from vestige.record import Record


def source(
    source: str,
    *,
    origin: str | None = None,
    title: str | None = None,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    address: str | None = None,
    language: str | None = None,
    rights: str | None = None,
    note: str | None = None,
    withheld: bool = False,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Add a source: a file, whose bytes are kept untouched, or a page from the web.

    Example: vestige add source report.txt --origin "sent by the museum's director on 3 May" --title "Report on the hall"

    Parameters
    ----------
    source
        A file, or an address that begins with https://; what is fetched is never run.
    origin
        Where the bytes come from, as you assert it; nothing proves it.
    title
        The title as printed; without it the page's own title, or the file's name.
    publisher
        Who published it.
    author
        Who wrote it.
    published
        The date as printed there: 2015, 2015-08 or 2015-08-31.
    address
        Where it can be found.
    language
        Its language, such as uk.
    rights
        Under which terms it may be used.
    note
        A note of the keeper.
    withheld
        Keep file and entry from the public.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the receipt as JSON.
    """
    from vestige.cli._lookup import record_folder
    from vestige.entries import Draft, encode_body
    from vestige.record import Record

    printed = {
        "publisher": publisher,
        "author": author,
        "published": published,
        "language": language,
        "rights": rights,
        "note": note,
    }
    captured = _capture(source)
    body = _body(captured, title, origin, address, printed)
    encode_body(body)
    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        opened.signing_key()
        same = [entry for entry in opened.index.file_users(body.file or "") if entry.kind == "source" and entry.stands]
        if same:
            kept = _never_published(opened, body, withheld=same[0].envelope.visibility == "withheld")
            return _print_receipt(same[0].about, same[0].hash, body, json=json, known=True, kept=kept)
        opened.add_file(captured.data, withheld=withheld)
        (receipt,) = opened.append(Draft(body, visibility="withheld" if withheld else "public"))
        kept = _never_published(opened, body, withheld=withheld)
    return _print_receipt(receipt.about, receipt.entry, body, json=json, known=False, kept=kept)


def reference(
    title: str,
    *,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    address: str | None = None,
    language: str | None = None,
    note: str | None = None,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Add a source of which no bytes are kept: a book, a page that may not be copied.

    Example: vestige add reference "Old City of Dubrovnik" --publisher UNESCO --address https://whc.unesco.org/en/list/95

    Parameters
    ----------
    title
        The title as printed.
    publisher
        Who published it.
    author
        Who wrote it.
    published
        The date as printed there: 2015, 2015-08 or 2015-08-31.
    address
        Where it can be found.
    language
        Its language, such as uk.
    note
        A note of the keeper.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the receipt as JSON.
    """
    from vestige.cli._lookup import record_folder
    from vestige.entries import Draft, Source
    from vestige.record import Record

    body = Source(
        title=title,
        form="reference",
        publisher=publisher,
        author=author,
        published=published,
        address=address,
        language=language,
        note=note,
    )
    with Record.open(record_folder(record), key=key) as opened:
        same = [e for e in opened.index.search(title, "source") if e.body == body]
        if same:
            about, entry = same[0].about, same[0].hash
        else:
            (receipt,) = opened.append(Draft(body))
            about, entry = receipt.about, receipt.entry
    if json:
        print_json({"source": about, "entry": entry, "known": bool(same)})
    else:
        out.print(f"{'in the record already' if same else 'added'}: {about}  {title}, a reference without a copy")
    return 0


def _capture(source: str) -> "Captured":
    """Take in a file, or what an address of the web gives."""
    from vestige.capture import take_in
    from vestige.errors import InputError

    captured = take_in(source)
    if not captured.data:
        raise InputError("expected a source with content, got an empty one", where=source)
    return captured


def _body(
    captured: "Captured", title: str | None, origin: str | None, address: str | None, printed: "dict[str, str | None]"
) -> "Source":
    """Say what a source is: what the user says of it, and what the bytes and the way here show."""
    from vestige.capture import media_type_of, page_title
    from vestige.entries import Source

    from_web = "://" in captured.address
    path = unquote(urlsplit(captured.final_address).path) if from_web else captured.address
    name = Path(path).name or None
    kind = media_type_of(captured)
    way = " to ".join((captured.address, *captured.redirects))
    return Source(
        title=title or page_title(captured) or name or captured.address,
        form="copy",
        address=address or (captured.address if from_web else None),
        origin=origin or (f"fetched from {way}" if from_web else None),
        file=captured.sha256,
        file_name=name,
        media_type=kind,
        size=len(captured.data),
        captured=captured.taken.strftime("%Y-%m-%dT%H:%M:%SZ") if from_web else None,
        **printed,
    )


def _never_published(record: "Record", body: "Source", *, withheld: bool) -> bool:
    """Whether a file would be published but for the position in its metadata (docs/adr/0083)."""
    if withheld or not (body.file and (body.media_type or "").startswith(("image/", "video/", "application/pdf"))):
        return False
    from vestige.publishing import tells_place  # here, since texts need no publishing

    return tells_place(record.files.path_of(body.file))


def _print_receipt(about: str, entry: str, body: "Source", *, json: bool, known: bool, kept: bool = False) -> int:
    if json:
        said = {"source": about, "entry": entry, "file": body.file, "size": body.size, "known": known}
        print_json(said | {"file_stays_unpublished": kept})
        return 0
    out.print(f"{'in the record already' if known else 'added'}: {about}  {body.title}")
    out.print(f"  {body.size} bytes kept untouched, SHA-256 {body.file}")
    if kept:
        out.print(
            "  the file tells a position, or cannot be looked into: it stays in the record and will not be published as it is,"
        )
        out.print(
            "  pictures as a smaller copy without metadata; add a copy without the position to publish the whole file"
        )
    if not known:
        out.print(
            f"  origin, as asserted: {body.origin}" if body.origin else "  no origin asserted: give --origin next time"
        )
    return 0
