"""`vestige known`: what is remembered of records from checks before."""

from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json
from vestige.errors import InputError
from vestige.record import forget as forget_place
from vestige.record import recall_all


def known(
    *,
    forget: Annotated[
        tuple[str, ...],
        Parameter(help="An address or folder that is to be forgotten; the next check is then the first."),
    ] = (),
    forget_all: Annotated[bool, Parameter(negative=(), help="Forget every place.")] = False,
    json: Annotated[bool, Parameter(negative=(), help="Print it as JSON.")] = False,
) -> int:
    """Show what is known of records from checks before, or forget it.

    `vestige verify` keeps key and last checkpoint of each place that it found unchanged, in a folder of yours that others cannot read, so that a later
    check tells when the key or the history is another. `vestige verify --no-remember` neither asks nor keeps.

    Example: vestige known --forget https://heritage.example/
    """
    chosen = [one.place for one in recall_all()] if forget_all else list(forget)
    gone = [place for place in chosen if forget_place(place)]
    strangers = sorted(set(chosen) - set(gone))
    if strangers:
        raise InputError("expected a place that is known, got another", where=strangers[0], hint="see: vestige known")
    left = list(recall_all())
    if json:
        print_json({"forgotten": gone, "known": left})
        return 0
    for place in gone:
        out.print(f"forgotten: {place}")
    if chosen:
        return 0
    for one in left:
        out.print(f"{one.place}: {one.size} entries of {one.origin}, first checked {one.first}, last {one.last}")
        for vkey in one.vkeys:
            out.print(f"  signed by the log key {vkey}")
    if not left:
        out.print("nothing is known: no record was checked yet, or all was forgotten")
    return 0
