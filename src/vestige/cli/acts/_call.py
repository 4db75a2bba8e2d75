"""``vestige call``: calls for peace, who joined them, and the same counted again as a stranger."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import App, Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.cli.acts._audit import ask, audit, auditor, commit, openings, sample
from vestige.cli.acts._crowd import collect, destroy, end, tally
from vestige.cli.acts._entering import enter
from vestige.errors import InputError

if TYPE_CHECKING:
    from vestige.keeping.acts import CallCount

app = App(name="call", help="Calls for peace: enter one, enter who joined it, count it again.", help_format="plaintext")


@app.command
def new(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter a call from a TOML file; its texts are files beside it (path:call.en.txt).

    Example: vestige call new call.toml

    Parameters
    ----------
    file
        Fields as in docs/calls.md; @TEXT names a thing of the record, path:FILE a file beside.
    """
    return enter("call", file, at)


@app.command
def endorse(file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter who joined a call, with evidence from the endorser's own side; what was only heard stays a candidate and is withheld.

    Example: vestige call endorse museum.toml

    Parameters
    ----------
    file
        Fields as in docs/calls.md.
    """
    return enter("endorsement", file, at)


@app.command(name="enter")
def enter_part(kind: str, file: Path, /, *, at: ToRecord = WRITE) -> int:
    """Enter a tally, a draw or an audit of a call from a TOML or JSON file. A draw is withheld until it is opened.

    Example: vestige call enter audit audit.json

    Parameters
    ----------
    kind
        tally, draw or audit.
    file
        Fields as in docs/format.md.
    """
    if kind not in {"tally", "draw", "audit"}:
        raise InputError("expected tally, draw or audit", where=kind)
    return enter(kind, file, at)


for part in (collect, tally, end, destroy, auditor, commit, sample, openings, ask, audit):
    app.command(part)


@app.command
def count(
    place: str,
    /,
    *,
    call: str | None = None,
    receipt: tuple[Path, ...] = (),
    since: Path | None = None,
    json: Annotated[bool, Parameter(negative=(), help="Print as JSON.")] = False,
) -> int:
    """Count calls again as a stranger: evidence, wording, doubles, sheets, endings, tables, audits. Exit code 1 when something does not fit.

    Example: vestige call count https://heritage.example/ --receipt mine.json --since checkpoint

    Parameters
    ----------
    place
        A published record (folder or address) or a record on disk.
    call
        The id of one call; without it all are counted.
    receipt
        A receipt of a signature or of an endorsement, to be looked for. May be given several times.
    since
        A checkpoint kept from before: no earlier entry may have changed or gone since.
    """
    from vestige.keeping.acts import count_call
    from vestige.record import NotACheckpointError

    try:
        counts = count_call(place, call, since=(_kept(since),) if since else (), receipts=receipt)
    except NotACheckpointError as error:
        raise InputError(error.message, where=str(since), hint=error.hint) from error
    sound = all(one.unchanged and not one.findings for one in counts.calls)
    counted = all(one.counted for one in counts.receipts)
    if json:
        print_json({"sound": sound, "calls": counts.calls, "receipts": counts.receipts})
        return 0 if sound and counted else 1
    for one in counts.calls:
        _tell(one)
    for looked in counts.receipts:
        out.print(f"{looked.receipt}: {'counted' if looked.counted else 'NOT counted'}: {looked.what}")
    if not all(one.unchanged for one in counts.calls):
        out.print("the record itself does not verify: vestige verify says what differs")
    return 0 if sound and counted else 1


def _kept(checkpoint: Path) -> bytes:
    try:
        return checkpoint.read_bytes()[:100_000]
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(checkpoint)) from error


def _tell(one: "CallCount") -> None:
    out.print(f"{one.title}  {one.call}")
    out.print(f"  bodies {one.bodies}, named persons {one.persons}, retracted {one.retracted}: never one number")
    crowd = one.crowd
    out.print(
        f"  confirmed mailboxes {crowd.standing}: {crowd.counted} in {crowd.sheets} sheets, {crowd.ended} ended; not people"
    )
    if one.unaudited:
        out.print(f"  samples that were committed to and of which no audit tells: {one.unaudited}")
    for finding in one.findings:
        out.print(f"  {finding.file} at {finding.number}: {finding.what}")
