"""``vestige add source`` and ``vestige add reference``: sources with their bytes untouched, or only named."""

from typing import Literal

from vestige.capture import shown_by
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.entries import Source
from vestige.keeping.adding import SourceEntered, capture_source, enter_reference, enter_source, source_body

Nature = Literal[
    "news", "official", "report", "scholarly", "image", "video", "audio", "satellite", "testimony", "register", "law", "letter", "other"
]  # fmt: skip


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
    nature: Nature | None = None,
    note: str | None = None,
    withheld: bool = False,
    at: ToRecord = WRITE,
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
    nature
        What it is: news, official, report, scholarly, image, video, audio, satellite, testimony, register, law, letter or other. An appeal may
        not rest on news alone where its addressee says so.
    note
        A note of the keeper.
    withheld
        Keep file and entry from the public.
    """
    printed = {
        "publisher": publisher,
        "author": author,
        "published": published,
        "language": language,
        "rights": rights,
        "nature": nature,
        "note": note,
    }
    captured = capture_source(source)
    shown = shown_by(captured)
    body = source_body(captured, title, origin, address, printed, shown)
    with at.open() as record:
        entered = enter_source(record, captured, body, withheld=withheld, titled=title is not None)
    return _print_receipt(entered._replace(remarks=shown.remarks), json=at.json)


def reference(
    title: str,
    *,
    publisher: str | None = None,
    author: str | None = None,
    published: str | None = None,
    address: str | None = None,
    language: str | None = None,
    nature: Nature | None = None,
    note: str | None = None,
    at: ToRecord = WRITE,
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
    nature
        What it is: news, official, report, scholarly, register, law and so on, as for vestige add source.
    note
        A note of the keeper.
    """
    body = Source(
        title=title,
        form="reference",
        publisher=publisher,
        author=author,
        published=published,
        address=address,
        language=language,
        nature=nature,
        note=note,
    )
    with at.open() as record:
        entered = enter_reference(record, body)
    if at.json:
        print_json({"source": entered.about, "entry": entered.entry, "known": entered.known})
        return 0
    said = "in the record already" if entered.known else "added"
    out.print(f"{said}: {entered.about}  {title}, a reference without a copy")
    return 0


def _print_receipt(entered: SourceEntered, *, json: bool) -> int:
    body = entered.body
    if json:
        said = {"source": entered.about, "entry": entered.entry, "file": body.file, "size": body.size}
        again = {"corrected": entered.corrected, "beside": entered.beside, "remarks": entered.remarks}
        print_json(said | {"known": entered.known, "file_stays_unpublished": entered.kept} | again)
        return 0
    what = "in the record already" if entered.known else "corrected" if entered.corrected else "added"
    out.print(f"{what}: {entered.about}  {body.title}")
    if entered.corrected:
        out.print(f"  the same bytes were there; corrected: {', '.join(entered.corrected)}")
    if entered.beside:
        out.print(
            f"  a further source: the same bytes as {entered.beside}, which it cites, found elsewhere or another day"
        )
    out.print(f"  {body.size} bytes kept untouched, SHA-256 {body.file}")
    for remark in entered.remarks:
        out.print(f"  {remark}")
    if entered.kept:
        out.print(
            "  the file tells a position, or cannot be looked into: it stays in the record and will not be published as it is,"
        )
        out.print(
            "  pictures as a smaller copy without metadata; add a copy without the position to publish the whole file"
        )
    if not entered.known:
        out.print(
            f"  origin, as asserted: {body.origin}" if body.origin else "  no origin asserted: give --origin next time"
        )
    return 0
