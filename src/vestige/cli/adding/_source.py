"""``vestige add source`` and ``vestige add reference``: sources with their bytes untouched, or only named."""

from dataclasses import dataclass
from typing import Any, Literal

from cyclopts import Parameter

from vestige.capture import shown_by
from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.adding._actor import read_name
from vestige.entries import Source
from vestige.keeping.adding import SourceEntered, capture_source, enter_reference, enter_source, source_body
from vestige.keeping.finding import find_site, standing, title_of
from vestige.record import Record

Nature = Literal[
    "news", "official", "report", "scholarly", "image", "video", "audio", "satellite", "testimony", "register", "law", "letter", "other"
]  # fmt: skip


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Printed:
    """What a person says of a source, read from the command line."""

    publisher: str | None = None
    """Who published it."""

    author: str | None = None
    """Who wrote it, or took the picture."""

    published: str | None = None
    """The date as printed there: 2015, 2015-08 or 2015-08-31."""

    created: str | None = None
    """When it was made, such as the day of a photograph: 2015, 2015-08 or 2015-08-31."""

    language: str | None = None
    """Its language, such as uk."""

    site: tuple[str, ...] = ()
    """A site that it shows or is about, whose page then carries it: its id, name, or whc:946. May be given several times."""

    caption: tuple[str, ...] = ()
    """What is to be seen, in your words: TEXT, or TEXT;LANGUAGE for another language. May be given several times."""

    credit: str | None = None
    """Whom to name beside it, as its author or holder asks."""

    nature: Nature | None = None
    """What it is, whoever preserved it: an appeal may not rest on news alone where its addressee says so."""

    rights: str | None = None
    """Under which terms it may be used."""

    note: str | None = None
    """A note of the keeper."""

    def fields(self, record: Record) -> dict[str, Any]:
        """Give the fields of a source's body, its sites looked up. Raises InputError where one is not found."""
        given = {field: value for field, value in vars(self).items() if field not in {"site", "caption"}}
        sites = tuple(dict.fromkeys(find_site(record, name).about for name in self.site))
        return given | {"sites": sites, "captions": tuple(map(read_name, self.caption))}


PRINTED = Printed()
"""What is said of a source when nothing is given."""


def source(
    source: str,
    *,
    origin: str | None = None,
    title: str | None = None,
    address: str | None = None,
    printed: Printed = PRINTED,
    withheld: bool = False,
    at: ToRecord = WRITE,
) -> int:
    """Add a source: a file, whose bytes are kept untouched, or a page from the web.

    Example: vestige add source report.txt --origin "sent by the museum's director on 3 May" --title "Report on the hall"

    Example: vestige add source hall.jpg --site "Old Hall" --caption "The hall from the west" --credit "Photo: City Museum"

    Parameters
    ----------
    source
        A file, or an address that begins with https://; what is fetched is never run.
    origin
        Where the bytes come from, as you assert it; nothing proves it.
    title
        The title as printed; without it the page's own title, or the file's name.
    address
        Where it can be found.
    withheld
        Keep file and entry from the public.
    """
    captured = capture_source(source)
    shown = shown_by(captured)
    with at.open() as record:
        body = source_body(captured, title, origin, address, printed.fields(record), shown)
        entered = enter_source(record, captured, body, withheld=withheld, titled=title is not None)
        remarks = (*_of_sites(record, entered), *shown.remarks)
    return _print_receipt(entered._replace(remarks=remarks), json=at.json)


def reference(
    title: str,
    *,
    address: str | None = None,
    printed: Printed = PRINTED,
    at: ToRecord = WRITE,
) -> int:
    """Add a source of which no bytes are kept: a book, a page that may not be copied.

    Example: vestige add reference "Old City of Dubrovnik" --publisher UNESCO --address https://whc.unesco.org/en/list/95

    Parameters
    ----------
    title
        The title as printed.
    address
        Where it can be found.
    """
    with at.open() as record:
        body = Source(title=title, form="reference", address=address, **printed.fields(record))
        entered = enter_reference(record, body)
        lines = _of_sites(record, entered)
    if at.json:
        print_json(
            {
                "source": entered.about,
                "entry": entered.entry,
                "known": entered.known,
                "corrected": entered.corrected,
            }
        )
        return 0
    said = _what(entered) + (f" ({', '.join(entered.corrected)})" if entered.corrected else "")
    out.print(f"{said}: {entered.about}  {title}, a reference without a copy")
    for line in lines:
        out.print(f"  {line}")
    return 0


def _what(entered: SourceEntered) -> str:
    return "in the record already" if entered.known else "corrected" if entered.corrected else "added"


def _of_sites(record: Record, entered: SourceEntered) -> tuple[str, ...]:
    """Give lines that say on whose pages a source stands, and which of those places it might betray."""
    found = [entry for site in entered.body.sites if (entry := standing(record, site))]
    lines = [f"on the page of {title_of(entry)}" for entry in found]
    kept = [title_of(entry) for entry in found if getattr(entry.body, "sensitivity", "open") != "open"]
    return (
        *lines,
        *(f"{name} is sensitive: what a picture shows can tell where it is; keep it with --withheld" for name in kept),
    )


def _print_receipt(entered: SourceEntered, *, json: bool) -> int:
    body = entered.body
    if json:
        said = {"source": entered.about, "entry": entered.entry, "file": body.file, "size": body.size}
        again = {"corrected": entered.corrected, "beside": entered.beside, "remarks": entered.remarks}
        print_json(said | {"known": entered.known, "file_stays_unpublished": entered.kept} | again)
        return 0
    out.print(f"{_what(entered)}: {entered.about}  {body.title}")
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
            f"  origin, as asserted: {body.origin}"
            if body.origin
            else f"  no origin asserted; say where it comes from: vestige correct {entered.about} --origin '…'"
        )
    return 0
