"""`vestige verify`: a record on disk, a published one in a folder or on the web, or what somebody received of one."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json, progress
from vestige.errors import InputError

if TYPE_CHECKING:
    from vestige.record import Report

_TITLES = {
    "modified": "Modified: not the bytes that were committed to",
    "missing": "Missing: should be there",
    "unexpected": "Unexpected: should not be there",
    "unsigned": "Unsigned or wrongly signed",
}
_SHOWN = 50


def verify(
    place: str,
    /,
    *,
    since: Annotated[
        Path | None, Parameter(help="An earlier checkpoint that must be the beginning of today's ledger.")
    ] = None,
    record: Annotated[
        str | None, Parameter(help="The record, a folder or address, in which to look for a received document.")
    ] = None,
    key: Annotated[
        str | None, Parameter(help="The record's key as it publishes it, to check a bundle or document by.")
    ] = None,
    json: Annotated[bool, Parameter(negative=(), help="Print the report as JSON.")] = False,
) -> int:
    """Check that a record is unchanged since it was entered; a folder or an address. Or the bundle or PDF of an appeal that was received.

    Recomputes every hash and signature. It cannot say whether what was entered is so. Exit code 1 when something is not as it should be.

    Example: vestige verify https://heritage.example/ --since checkpoint
    """
    if Path(place).is_file():
        from vestige.cli._verify_received import verify_received

        return verify_received(Path(place), print_report, record=record, key=key, json=json)
    earlier = _read(since) if since else None
    with progress() as bar:
        task = bar.add_task("checking entries", total=None)
        report = _check(place, earlier, lambda count: bar.update(task, completed=count))
    if json:
        print_json({"unchanged": report.unchanged, "report": report})
    else:
        print_report(place, report)
    return 0 if report.unchanged else 1


def _check(place: str, earlier: bytes | None, told: Callable[[int], None]) -> "Report":
    import msgspec

    from vestige.ledger import FolderSource, LedgerError
    from vestige.publishing import is_site, verify_site
    from vestige.record import Discrepancy, verify_record, verify_since

    if is_site(place):
        return verify_site(place, since=earlier, progress=told)
    report = verify_record(Path(place), progress=told)
    if earlier is None:
        return report
    source = FolderSource(Path(place) / "ledger")
    try:
        then = verify_since(source, source.read("checkpoint") or b"", earlier)
    except LedgerError as error:
        lost = Discrepancy(
            "modified", "ledger/checkpoint", f"history was not kept since the earlier checkpoint: {error.message}"
        )
        return msgspec.structs.replace(report, discrepancies=(*report.discrepancies, lost))
    kept = f"the earlier checkpoint of {then.size} entries is the beginning of today's ledger"
    return msgspec.structs.replace(report, notes=(*report.notes, kept))


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"expected a checkpoint that can be read: {error.strerror}", where=str(path)) from error


def print_report(place: str, report: "Report") -> None:
    """Print a report for people."""
    for kind, title in _TITLES.items():
        found = list(report.of_kind(kind))
        if found:
            out.print(f"{title} ({len(found)})")
            for one in found[:_SHOWN]:
                out.print(f"  {one}")
            if len(found) > _SHOWN:
                out.print(f"  and {len(found) - _SHOWN} more; --json gives all")
    for note in report.notes:
        out.print(f"note: {note}")
    counts = (
        f"{report.size} entries of {report.origin}: {report.signatures} signatures, {report.bodies} bodies, {report.files} files; "
        f"{report.withheld} withheld, {report.withdrawn} withdrawn"
    )
    out.print(f"{place}: {counts}")
    if report.unchanged:
        out.print("unchanged since it was entered. That does not say that what was entered is so.")
    else:
        out.print("not as it was entered: see above" if report.discrepancies else "nothing to check: no claim is made")
