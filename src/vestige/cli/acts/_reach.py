"""``vestige reach``: who took the record up, and the keeper's count of views."""

from pathlib import Path
from typing import Annotated

from cyclopts import App, Parameter

from vestige.cli._console import out, print_json, progress
from vestige.cli._options import READ, WRITE, InRecord, ToRecord
from vestige.entries import Draft
from vestige.entries.acts import Reach
from vestige.errors import InputError
from vestige.keeping.acts import count_readers, find_mentions
from vestige.reach import Marks, Site

app = App(
    name="reach", help="Reach: sources that take the record up, and views counted from logs.", help_format="plaintext"
)


@app.command
def mentions(
    *,
    address: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    name: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    at: InRecord = READ,
) -> int:
    """Find preserved sources that link to the record or name it: candidates, which a person confirms in the source's entry.

    Example: vestige reach mentions --address https://heritage.example/ --name "The Sample Record of Culture"

    Parameters
    ----------
    address
        Where the record is published. May be given several times.
    name
        What it is called; its own name is looked for as well. May be given several times.
    """
    with at.read() as record:
        found = list(find_mentions(record, Marks(address, (record.policy.name, *name))))
    if at.json:
        print_json(found)
        return 0
    for one in found:
        out.print(f"{one.source}  {one.title}\n  {one.mention.how}: {one.mention.words}")
    out.print(f"{len(found)} candidates; confirm one by entering the source again with cites_record")
    return 0


@app.command
def count(
    *logs: Path,
    month: str,
    host: Annotated[tuple[str, ...], Parameter(negative=())] = (),
    base: str = "/",
    site: Path | None = None,
    countries: Path | None = None,
    licence: str = "",
    least: int = 20,
    dry_run: Annotated[bool, Parameter(negative=())] = False,
    at: ToRecord = WRITE,
) -> int:
    """Count a month's views from server logs, in memory, and enter one reach: the keeper's count, never people.

    Formats: combined, vhost-combined, Caddy JSON, CloudFront, Bunny; gzip or not, rotated or not.

    Example: vestige reach count /var/log/nginx/access.log* --month 2026-10 --host heritage.example

    Parameters
    ----------
    logs
        The logs, in any order.
    month
        The month, UTC.
    host
        The site's own host, so that others in the log and own links are left out. May be given several times.
    base
        The path at which the site begins.
    site
        The published folder: the SHA-256 of its manifest says what was counted.
    countries
        An MMDB file that gives countries; without it none are told.
    licence
        The licence of that file, to be printed.
    least
        k: no cell of a table is smaller.
    dry_run
        Print and enter nothing.
    """
    if not logs:
        raise InputError(
            "expected at least one log, got none", hint="name them: vestige reach count LOG… --month 2026-10"
        )
    manifest = _manifest_of(site) if site else None
    with progress() as bar:
        task = bar.add_task("reading lines", total=None)
        body = count_readers(
            logs,
            month,
            site=Site(hosts=frozenset(host), base=base),
            manifest=manifest,
            countries=countries,
            licence=licence,
            least=least,
            progress=lambda lines: bar.update(task, completed=lines),
        )
    receipt = None
    if not dry_run:
        with at.open() as record:
            (receipt,) = record.append(Draft(body))
    if at.json:
        print_json({"receipt": receipt, "reach": body})
        return 0
    _tell(month, body)
    out.print(f"entered: {receipt.about}. Now delete the logs." if receipt else "nothing was entered")
    return 0


def _manifest_of(site: Path) -> Path:
    manifest = site / "manifest"
    if not manifest.is_file():
        raise InputError("expected a published record with a manifest, got none", where=str(site))
    return manifest


def _tell(month: str, body: Reach) -> None:
    """Say what was counted, and what was left out and why."""
    low = f"{body.views_low} by visitors that fetched more than pages"
    out.print(f"{month}: {body.views} views ({low}); the keeper's count, never people")
    for reason in body.left_out.__struct_fields__:
        if number := getattr(body.left_out, reason):
            out.print(f"  left out, {reason.replace('_', ' ')}: {number}")
