"""``vestige add sites``: the sites of a register."""

import functools
from pathlib import Path
from typing import TYPE_CHECKING

from vestige.cli._console import print_json, progress
from vestige.cli.adding._sites_report import as_json, print_assessments, print_import

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from vestige.capture import ImportPlan, Known, Register
    from vestige.entries import Draft, Site
    from vestige.record import Record

BATCH = 1000


def sites(
    file: Path,
    *,
    map: str | None = None,  # noqa: A002 - the option's name
    register: str | None = None,
    encoding: str | None = None,
    sensitive: bool = False,
    trust_coordinates: bool = False,
    only_new: bool = False,
    assessments: bool = False,
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
    assessments
        Enter the assessments of the register too, where its form has any (EAMENA).
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
        raise RegisterError(error.message, where=_where(file, error.where), hint=error.hint) from error
    with Record.open(folder, key=key, withheld=True) as opened:
        plan = plan_import(read.sites, _finder(opened), only_new=only_new)
        if not dry_run:
            opened.signing_key()
            _append(opened, plan)
        entered = _assess(opened, read) if assessments and not dry_run else 0
    if json:
        print_json(as_json(read, plan, dry_run=dry_run) | {"assessments_added": entered})
    else:
        print_import(read, plan, dry_run=dry_run)
        print_assessments(read, entered, asked=assessments)
    return 0


def _where(file: Path, place: str | None) -> str:
    """Name the file beside a line of it; an option stands for itself."""
    return place if place and place.startswith("--") else ", ".join(filter(None, (str(file), place)))


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
        body = entry.body
        assert isinstance(body, Site)  # noqa: S101 - the queries ask for sites
        exact = record.index.exact(entry.about) if body.sensitivity == "sensitive" else None
        return Known(entry.hash, entry.about, exact or body)

    @functools.cache
    def places() -> dict[tuple[str, float, float], Known]:
        standing = (known(e) for e in record.index.entries("site", current=True) if e.envelope.visibility == "public")
        return {key: found for found in standing for key in place_keys(found.site)}

    def find(site: Site) -> Known | None:
        identifiers = strong_identifiers(site)
        for identifier in identifiers:
            for entry in record.index.by_identifier(identifier.scheme, identifier.value):
                if entry.envelope.visibility == "public" and entry.kind == "site":
                    return known(entry)
        here = next((places()[key] for key in place_keys(site) if key in places()), None)
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


def _assess(record: "Record", read: "Register") -> int:
    """Enter the assessments that the record does not hold yet, and give how many."""
    import msgspec

    from vestige.entries import Draft

    drafts: list[Draft] = []
    for item in read.assessments:
        sites = record.index.by_identifier(item.site.scheme, item.site.value)
        place = next((entry for entry in sites if entry.envelope.visibility == "public"), None)
        if place is None:
            continue
        body = msgspec.structs.replace(item.body, site=place.about)
        if all(entry.body != body for entry in record.index.of_site(place.about, "assessment")):
            drafts.append(Draft(body, cites=(place.hash,)))
    for batch in _batches(drafts):
        record.append(*batch)
    return len(drafts)


def _batches(drafts: "list[Draft]") -> "Iterable[list[Draft]]":
    return (drafts[start : start + BATCH] for start in range(0, len(drafts), BATCH))
