"""`vestige verify`: a record on disk, a published one in a folder or on the web, or what somebody received of one."""

import datetime as dt
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import err, out, print_json, progress
from vestige.durable import write_file
from vestige.errors import EnvironmentFault, InputError
from vestige.ledger import parse_vkey
from vestige.publishing import find_root, is_site, verify_site
from vestige.record import Known, NotACheckpointError, Report, recall, verify_record
from vestige.record import remember as keep_in_mind

_TITLES = {
    "modified": "Modified: not the bytes that were committed to",
    "missing": "Missing: should be there",
    "unexpected": "Unexpected: should not be there",
    "unsigned": "Unsigned or wrongly signed",
    "not-allowed": "Not allowed: whoever signed may not; every reader skips the entry",
    "malformed": "Malformed: not what the format asks for; every reader skips the entry",
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
        tuple[str, ...],
        Parameter(help="A verifier key (vkey) that must have signed the checkpoint, of the log or of a witness."),
    ] = (),
    remember: Annotated[
        bool, Parameter(help="Compare with the check before of this place, and keep key and checkpoint for the next.")
    ] = True,
    json: Annotated[bool, Parameter(negative=(), help="Print the report as JSON.")] = False,
) -> int:
    """Check that a record is unchanged since it was entered; a folder, an address, or any page of a site. Or what was received of an appeal.

    Recomputes every hash and signature. It cannot say whether what was entered is true. Key and checkpoint are kept from the first check on, and each
    later one asks whether they still hold (vestige known). Exit code 1 when something is not as it should be, 3 when another key has signed than the
    one known, or the log key has signed two histories; both are then written to a file.

    Example: vestige verify https://heritage.example/ --since checkpoint
    """
    if Path(place).is_file() and Path(place).suffix != ".html":
        from vestige.cli._verify_received import verify_received

        return verify_received(Path(place), print_report, record=record, keys=key, known=remember, json=json)
    earlier = [_read(since)] if since else []
    root = find_root(place)
    before = recall(root) if remember else None
    with progress() as bar:
        task = bar.add_task("checking entries", total=None)
        try:
            report = _check(root, earlier, key, before, lambda count: bar.update(task, completed=count))
        except NotACheckpointError as error:
            raise InputError(error.message, where=str(since), hint=error.hint) from error
    evidence = _keep_evidence(report)
    if json:
        print_json({"unchanged": report.unchanged, "witnessed": report.quorum is None, "root": root, "report": report})
    else:
        if root != place:
            out.print(f"{place} lies in the published record {root}")
        print_report(root, report)
        if evidence:
            out.print(f"two histories: both checkpoints with the proof are in {evidence}; show them to others")
        if report.other_key and before:
            out.print(
                f"another key: since {before.first} you know {root} by {', '.join(before.vkeys)}. Another record stands there, or somebody else "
                "has taken its place. Ask its keepers elsewhere; if it is meant: vestige known --forget"
            )
    if remember:
        _keep(root, report)
    return 3 if evidence or report.other_key else 0 if report.unchanged and report.quorum is None else 1


def _keep(root: str, report: Report) -> None:
    """Keep what the next check compares with; where the machine does not let it, the check stands all the same."""
    try:
        keep_in_mind(root, report)
    except EnvironmentFault as error:
        err.print(f"not kept for the next check: {error}")


def _check(
    place: str, earlier: Sequence[bytes], keys: Sequence[str], before: Known | None, told: Callable[[int], None]
) -> Report:
    pinned = [parse_vkey(key) for key in keys]
    known = before.checkpoint.encode() if before else None
    if is_site(place):
        return verify_site(place, since=earlier, progress=told, pinned=pinned, known=known)
    return verify_record(Path(place), since=earlier, progress=told, pinned=pinned, known=known)


def _keep_evidence(report: Report) -> Path | None:
    """Write two histories into a file of their own, beside whatever is there, and give it."""
    if report.contradiction is None:
        return None
    path = Path(f"two-histories-{report.root[:16]}.txt")
    write_file(path.absolute(), report.contradiction.encode())
    return path


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise InputError(f"expected a checkpoint that can be read: {error.strerror}", where=str(path)) from error


def print_report(place: str, report: Report) -> None:
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
    _print_signers(report)
    if report.unknown:
        kinds = ", ".join(f"{count} of kind {kind}" for kind, count in report.unknown.items())
        out.print(f"this version could not look into {kinds}: a newer Vestige wrote them")
        for one in report.unchecked:
            out.print(f"  may be missing: {one.file} [entry {one.entry}]")
    _print_verdict(report)


def _print_verdict(report: Report) -> None:
    """Say in one line what the check comes to, and what the policy asks of witnesses where that is not met."""
    if report.unchanged and report.unknown:
        out.print("what this version can read is unchanged since it was entered; the rest it cannot judge")
    elif report.unchanged:
        out.print("unchanged since it was entered. That does not say that what was entered is true.")
    else:
        nothing = (
            "something that could not be checked may be missing: see above"
            if report.unchecked
            else "nothing to check: no claim is made"
        )
        out.print("not as it was entered: see above" if report.discrepancies else nothing)
    if report.quorum:
        out.print(f"not witnessed as its policy asks: {report.quorum}")


def _print_signers(report: Report) -> None:
    """Name the keys that have signed the checkpoint, the witnesses, and how old the newest entry is."""
    for signer in report.keys:
        out.print(f"  signed by the log key {signer.vkey}")
    for signer in (*report.cosigners, *report.earlier):
        size = f", when it had {signer.size} entries" if signer.size is not None else ""
        out.print(f"  cosigned by {signer.name} at {signer.time}{size}")
    if report.newest:
        age = dt.datetime.now(dt.UTC) - dt.datetime.fromisoformat(report.newest)
        out.print(f"  its newest entry was signed {report.newest}, {max(0, age.days)} days ago")
