"""``vestige enter``: any kind of entry from a TOML file."""

from pathlib import Path

from vestige.cli._console import out, print_json
from vestige.cli._options import WRITE, ToRecord
from vestige.keeping.finding import named_by
from vestige.keeping.typed import enter_file


def enter(kind: str, file: Path, *, withheld: bool = False, at: ToRecord = WRITE) -> int:
    """Enter a thing of any kind from a TOML file, strictly read: its fields are those that docs/format names for the kind.

    Where a field holds the id of another thing, its name, title, file name or SCHEME:VALUE does; where it holds a preserved file, a
    path beside the TOML file does.

    Example: vestige enter actor museum.toml

    Parameters
    ----------
    kind
        What it is: actor, site, source, statement, assessment, appeal, visit ….
    file
        The TOML file.
    withheld
        Keep it from the public.
    """
    with at.open() as record:
        receipt, body = enter_file(record, kind, file, withheld=withheld)
        named = named_by(record, body)
    if at.json:
        print_json({"receipt": receipt, "body": body})
        return 0
    names = body.named()
    out.print(f"entered: {receipt.about}" + (f"  {names[0].text}" if names else ""))
    for line in named:
        out.print(f"  about {line}")
    return 0
