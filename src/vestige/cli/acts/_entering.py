"""What the commands for acts share: entering one from a TOML file, and saying what happened."""

from pathlib import Path

from vestige.cli._console import out, print_json
from vestige.cli._options import ToRecord


def enter(kind: str, file: Path, at: ToRecord, *, withheld: bool = False) -> int:
    """Enter an act of a kind from a file, and print its receipt; what is withheld is not printed: output ends in logs and tickets."""
    from vestige.keeping.acts import enter_act

    with at.open() as record:
        entered = enter_act(record, kind, file, withheld=withheld)
    if at.json:
        body = {} if entered.withheld else {kind: entered.body}
        print_json({"receipt": entered.receipt, **body, "withheld": entered.withheld})
        return 0
    out.print(f"entered: {entered.receipt.about}  {entered.receipt.entry}")
    if entered.withheld:
        out.print(f"  withheld: {entered.withheld}")
    return 0
