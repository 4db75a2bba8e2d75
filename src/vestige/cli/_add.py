"""``vestige add``: sites from a register, a source from a file or the web."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from cyclopts import App

from vestige.cli._console import out, print_json, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vestige.capture import Change, ImportPlan, Known, Refusal, Register
    from vestige.entries import Draft, Site, Source
    from vestige.record import Record

app = App(name="add", help="Add sites or a source to a record.", help_format="plaintext")
BATCH = 1000


@app.command
def sites(
    file: Path,
    *,
    map: str | None = None,  # noqa: A002 - the option's name
    register: str | None = None,
    encoding: str | None = None,
    sensitive: bool = False,
    trust_coordinates: bool = False,
    only_new: bool = False,
    dry_run: bool = False,
    record: Path | None = None,
    key: Path | None = None,
    json: bool = False,
) -> int:
    """Add the sites of a register in CSV, GeoJSON or JSON.

    UNESCO World Heritage, Linked4Resilience, EAMENA and Wiki Loves Monuments are known by their columns; --map says it for any other.
    Rows of one site are merged. Rows that cannot be read are listed with their line; the others come in. A register that is added
    again adds nothing; where it changed, the sites are corrected.

    Example: vestige add sites parish.csv --map name=Title,name:fr=Titre,lat=Y,lon=X,id=Nr

    Parameters
    ----------
    file
        The register.
    map
        Which column is what: name, name:LANGUAGE, lat, lon, id, type, country, address, description, wkt.
    register
        What to call a register of unknown form; without it the file's name.
    encoding
        The encoding of the file, where it is not UTF-8 or Windows-1252, such as cp1251.
    sensitive
        Mark every site as sensitive: its exact place is never published.
    trust_coordinates
        Take also places whose latitude and longitude look swapped.
    only_new
        Add sites that are not in the record and leave the others as they are: for an older edition of a register.
    dry_run
        Say what would be done, and do nothing.
    record
        The folder of the record; without it the one that this folder lies in.
    key
        The private key to sign with.
    json
        Print the result as JSON.
    """
    from vestige.capture import RegisterError, plan_import, read_register
    from vestige.cli._lookup import record_folder
    from vestige.record import Record

    folder = record_folder(record)
    try:
        read = read_register(
            _bytes(file),
            mapping=_mapping(map),
            encoding=encoding,
            sensitive=sensitive,
            trust_coordinates=trust_coordinates,
            register=register or file.stem,
        )
    except RegisterError as error:
        raise RegisterError(error.message, where=error.where or str(file), hint=error.hint) from error
    with Record.open(folder, key=key, withheld=True) as opened:
        plan = plan_import(read.sites, _finder(opened), only_new=only_new)
        if not dry_run:
            opened.signing_key()
            _append(opened, plan)
    if json:
        print_json(_report(read, plan, dry_run=dry_run))
    else:
        _print(read, plan, dry_run=dry_run)
    return 0


@app.command
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
        A file, or an address that begins with https://.
    origin
        Where the bytes come from, as you assert it; nothing proves it.
    title
        The title as printed; without it the file's name.
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
    body, content = _source(source, title, origin, address, printed)
    encode_body(body)
    with Record.open(record_folder(record), key=key, withheld=True) as opened:
        opened.signing_key()
        same = [entry for entry in opened.index.file_users(body.file or "") if entry.kind == "source" and entry.stands]
        if same:
            return _print_receipt(same[0].about, same[0].hash, body, json=json, known=True)
        opened.add_file(content, withheld=withheld)
        (receipt,) = opened.append(Draft(body, visibility="withheld" if withheld else "public"))
    return _print_receipt(receipt.about, receipt.entry, body, json=json, known=False)


@app.command
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


def _bytes(file: Path) -> bytes:
    from vestige.errors import InputError

    try:
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"expected a file that can be read: {error.strerror}", where=str(file)) from error


def _mapping(text: str | None) -> dict[str, str] | None:
    """Read ``name=COLUMN,lat=COLUMN,…``."""
    from vestige.errors import InputError

    if text is None:
        return None
    pairs = [part.partition("=") for part in text.split(",")]
    if not all(equals and field.strip() and column.strip() for field, equals, column in pairs):
        raise InputError(f"expected FIELD=COLUMN,FIELD=COLUMN, got {text!r}", where="--map")
    return {field.strip(): column.strip() for field, _, column in pairs}


def _finder(record: "Record") -> "Callable[[Site], Known | None]":
    """Give the look-up of a register's site in the record: by identifier, else by name and place."""
    from vestige.capture import Known, place_keys, strong_identifiers
    from vestige.entries import Site
    from vestige.record import Entry

    def known(entry: Entry) -> Known:
        exact = record.index.exact(entry.about)
        assert isinstance(entry.body, Site)  # noqa: S101 - the query asked for sites
        return Known(entry.hash, entry.about, exact or entry.body)

    places: dict[tuple[str, float, float], Known] = {}
    for entry in record.index.entries("site", current=True):
        if entry.envelope.visibility == "public":
            found = known(entry)
            places.update((name, found) for name in place_keys(found.site))

    def find(site: Site) -> Known | None:
        identifiers = strong_identifiers(site)
        for identifier in identifiers:
            for entry in record.index.by_identifier(identifier.scheme, identifier.value):
                if entry.envelope.visibility == "public" and entry.kind == "site":
                    return known(entry)
        here = next((places[name] for name in place_keys(site) if name in places), None)
        schemes = {identifier.scheme for identifier in identifiers}
        if here and schemes & {identifier.scheme for identifier in strong_identifiers(here.site)}:
            return None
        return here

    return find


def _append(record: "Record", plan: "ImportPlan") -> None:
    """Enter what the plan adds and corrects, in batches."""
    from vestige.entries import Draft

    drafts: list[Draft] = [Draft(item.site) for item in plan.new]
    drafts += [Draft(item.site, about=item.known.about, replaces=item.known.entry) for item in plan.changed]
    with progress() as bar:
        task = bar.add_task("adding sites", total=len(drafts))
        for batch in _batches(drafts):
            record.append(*batch)
            bar.advance(task, len(batch))


def _batches(drafts: "list[Draft]") -> "Iterable[list[Draft]]":
    return (drafts[start : start + BATCH] for start in range(0, len(drafts), BATCH))


def _print(read: "Register", plan: "ImportPlan", *, dry_run: bool) -> None:
    would = "would be " if dry_run else ""
    out.print(f"{read.form}, {read.encoding}: {read.rows} rows, {len(read.sites)} sites")
    out.print(f"  {len(plan.new):>6} {would}added")
    if plan.changed:
        out.print(f"  {len(plan.changed):>6} {would}corrected")
    if plan.same:
        out.print(f"  {plan.same:>6} in the record already")
    if read.merged:
        out.print(f"  {read.merged:>6} rows merged into another row of the same site")
    if read.unlocated:
        out.print(f"  {read.unlocated:>6} without a single point: serial properties over several countries")
    if read.refused:
        out.print(f"  {len(read.refused):>6} rows refused:")
    for row in read.refused:
        _print_row(row)
    if read.conflicts:
        out.print(f"  {len(read.conflicts):>6} rows disagree on the place:")
    for row in read.conflicts:
        _print_row(row)
    exposed = _exposed(plan.changed)
    if exposed:
        out.print(
            f"  {len(exposed)} sites are sensitive now, but an earlier public entry holds the exact place; end it: "
            f"vestige withdraw {exposed[0].known.entry[:16]} --why …"
        )


def _print_row(row: "Refusal") -> None:
    out.print(f"    line {row.line}: {row.reason}" + (f" ({row.name})" if row.name else ""))


def _exposed(changed: "tuple[Change, ...]") -> "list[Change]":
    return [item for item in changed if item.site.sensitivity == "sensitive" and item.known.site.sensitivity == "open"]


def _report(read: "Register", plan: "ImportPlan", *, dry_run: bool) -> dict[str, Any]:
    return {
        "form": read.form,
        "encoding": read.encoding,
        "dry_run": dry_run,
        "rows": read.rows,
        "sites": len(read.sites),
        "added": len(plan.new),
        "corrected": len(plan.changed),
        "same": plan.same,
        "merged": read.merged,
        "without_point": read.unlocated,
        "refused": [row._asdict() for row in read.refused],
        "conflicts": [row._asdict() for row in read.conflicts],
        "exposed": [item.known.entry for item in _exposed(plan.changed)],
    }


def _source(
    source: str, title: str | None, origin: str | None, address: str | None, printed: "dict[str, str | None]"
) -> "tuple[Source, bytes]":
    """Give the body and the bytes of a file."""
    from vestige.capture import read_file_source
    from vestige.entries import Source
    from vestige.errors import InputError

    if "://" in source:
        raise InputError("expected a file; pages from the web cannot be fetched yet", where=source)
    file = read_file_source(Path(source))
    body = Source(
        title=title or file.name,
        form="copy",
        address=address,
        origin=origin,
        file=file.sha256,
        file_name=file.name,
        media_type=file.media_type,
        size=len(file.content),
        **printed,
    )
    return body, file.content


def _print_receipt(about: str, entry: str, body: "Source", *, json: bool, known: bool) -> int:
    if json:
        print_json({"source": about, "entry": entry, "file": body.file, "size": body.size, "known": known})
        return 0
    out.print(f"{'in the record already' if known else 'added'}: {about}  {body.title}")
    out.print(f"  {body.size} bytes kept untouched, SHA-256 {body.file}")
    if not known:
        out.print(
            f"  origin, as asserted: {body.origin}" if body.origin else "  no origin asserted: give --origin next time"
        )
    return 0
