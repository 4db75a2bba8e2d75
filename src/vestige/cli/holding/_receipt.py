"""`vestige receipt`: one entry in a file of its own that anybody can check without the record."""

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.cli._options import READ, InRecord
from vestige.durable import write_file
from vestige.errors import InputError
from vestige.keeping.finding import find_entry
from vestige.ledger import Tiles, parse_checkpoint
from vestige.record import log_verifiers, prove_entry, write_receipt

if TYPE_CHECKING:
    from vestige.record import ReceiptReport


def receipt(
    entry: str,
    /,
    *,
    to: Annotated[
        Path | None, Parameter(help="The file; without it one named after the entry, in this folder.")
    ] = None,
    withheld: Annotated[
        bool, Parameter(negative=(), help="Put in a body that is withheld; whoever has the file then reads it.")
    ] = False,
    where: InRecord = READ,
) -> int:
    """Write one entry with its proof into a file that is checked offline by the log key alone.

    The file holds envelope, salt and body, and leads to the newest checkpoint (C2SP tlog-proof). Check it: vestige verify FILE --key VKEY

    Example: vestige receipt 5f2c91aa
    """
    with where.read(withheld=withheld) as opened:
        found = find_entry(opened, entry)
        if found.void is not None:
            raise InputError(
                f"expected an entry that counts, got one that is void: {found.void.rule}", where=found.hash
            )
        note = opened.checkpoint_note
        content = write_receipt(prove_entry(found, Tiles(opened.source, parse_checkpoint(note).size)), note.decode())
        keys = [str(verifier) for verifier in log_verifiers(opened.policy)]
    path = to or Path(f"{found.hash[:16]}.tlog-proof")
    if path.exists() and path.read_bytes() != content:
        raise InputError("expected a name that is free, got a file that is there", where=str(path), hint="--to FILE")
    write_file(path.absolute(), content)
    if where.json:
        print_json(
            {"file": str(path), "entry": found.hash, "index": found.index, "body": found.body is not None, "keys": keys}
        )
        return 0
    without = "" if found.body is not None else ", without its body"
    out.print(f"{path}: {found.kind} {found.about}, entry {found.index}: {found.hash}{without}")
    out.print(f"  check it anywhere: vestige verify {path} --key {keys[0]}")
    return 0


def print_receipt(path: Path, report: "ReceiptReport") -> None:
    """Print what a receipt says and what of it fits, for people."""
    out.print(f"{path}: {report.kind} {report.about}, entry {report.index} of {report.origin}, signed {report.made}")
    if report.body is None:
        out.print("  without its body: it was withheld or withdrawn")
    for words in report.findings.values():
        out.print(f"  {words}")
    for signer in report.keys:
        out.print(f"  its checkpoint of {report.size} entries is signed by the log key {signer.vkey}")
    for signer in report.cosigners:
        seen = dt.datetime.fromtimestamp(signer.seconds or 0, dt.UTC)
        out.print(f"  cosigned by {signer.name} at {seen:%Y-%m-%dT%H:%M:%SZ}")
    if report.findings:
        out.print("not as it was entered: see above")
    elif not report.pinned:
        out.print(
            "everything in it fits, but anybody could have made it: give the record's log key, from elsewhere: --key"
        )
    else:
        out.print(
            "unchanged since it was entered. That does not say that what was entered is so, nor that it was not replaced or withdrawn since."
        )
