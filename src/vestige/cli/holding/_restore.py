"""`vestige restore`: take a record back from its own public site."""

from pathlib import Path
from typing import Annotated

from cyclopts import Parameter

from vestige.cli._console import out, print_json, progress
from vestige.ledger import parse_vkey
from vestige.publishing import restore as restore_record


def restore(
    place: str,
    folder: Path,
    /,
    *,
    key: Annotated[
        tuple[str, ...], Parameter(help="The log key (vkey), from elsewhere, that must have signed what is published.")
    ] = (),
    json: Annotated[bool, Parameter(negative=(), help="Print what came back as JSON.")] = False,
) -> int:
    """Bring an older copy of a record, or a new folder, to what its public site holds, so that it can be entered into again.

    The site is verified first. Entries, public bodies, preserved files and proofs come back. What is withheld and the private keys were never published:
    take them from a backup. A record that is ahead of the site, or has another history, is left as it is.

    Example: vestige restore https://heritage.example/ heritage/
    """
    pinned = [parse_vkey(one) for one in key]
    with progress() as bar:
        task = bar.add_task("checking the site", total=None)
        done = restore_record(place, folder, pinned=pinned, progress=lambda count: bar.update(task, completed=count))
    keys = any((folder / "keys").glob("*.key"))
    if json:
        print_json({"folder": str(folder), "private_keys": keys, "restored": done})
        return 0
    out.print(
        f"{folder}: entries {done.first} to {done.size} came back, with {done.bodies} bodies and {done.files} files"
    )
    if done.without_body:
        out.print(
            f"  {done.without_body} entries have no public body: withheld, or withdrawn. Withheld ones can come from a backup only"
        )
    if done.without_file:
        out.print(f"  {done.without_file} preserved files are not public: from a backup only")
    if not keys:
        out.print(
            f"  there is no private key here: put the log key and your own into {folder / 'keys'} to enter anything"
        )
    return 0
