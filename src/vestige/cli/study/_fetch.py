"""``vestige study fetch``: the data sets that studies use, fetched by name or listed."""

from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from vestige.cli._console import out as console
from vestige.cli._console import print_json, progress
from vestige.cli.study._run import Json, Out, studying_room
from vestige.errors import InputError


def fetch(
    *names: str,
    out: Out = Path("data"),
    sha256: str | None = None,
    address: str | None = None,
    allow_private: Annotated[bool, Parameter(negative=())] = False,
    json: Json = False,
) -> int:
    """Fetch data sets by name; without a name, list them.

    The first fetch notes the SHA-256 in the folder's manifest; a later one is held to it, or to the hash of the list where one is pinned there.

    Example: vestige study fetch ucdp-country-year ucdp-ged --out data

    Parameters
    ----------
    names
        Names of data sets.
    out
        Folder for the files and their manifest, datasets.json.
    sha256
        Accept this version only (for one name).
    address
        Take it from this address (a mirror; for one name).
    allow_private
        Allow an address of a private network.
    json
        Print the manifest's lines as JSON.
    """
    room = studying_room()
    if not names:
        return _list_datasets(room, json=json)
    if len(names) > 1 and (sha256 or address):
        raise InputError("--sha256 and --address are for one data set", where="fetch")
    wanted = [room.dataset(name) for name in names]
    lines = []
    with progress() as bar:
        for each in wanted:
            task = bar.add_task(each.name, total=None)
            lines.append(
                room.fetch(
                    each,
                    out,
                    sha256=sha256,
                    address=address,
                    allow_private=allow_private,
                    progress=lambda done, total, task=task: bar.update(task, completed=done, total=total),
                )
            )
    if json:
        print_json(lines)
        return 0
    for line in lines:
        out_line = f"{line['state']}: {out / line['file']}, {line['bytes']:,} bytes, SHA-256 {line['sha256']}"
        console.print(out_line)
        console.print(f"  {line['title']}, version {line['version']}; {line['licence']}")
        console.print(f"  cite: {line['citation']}")
    return 0


def _pin(sha256: str | None) -> str:
    """Say what holds the bytes of a data set: only a hash pins it."""
    return f"pinned: SHA-256 {sha256}" if sha256 else "no hash is known beforehand: the first fetch notes it"


def _list_datasets(room: Any, *, json: bool) -> int:
    if json:
        print_json([vars(each) for each in room.datasets()])
        return 0
    for each in room.datasets():
        console.print(
            f"{each.name}: {each.title}, version {each.version}; {each.licence}; {each.note}; {_pin(each.sha256)}"
        )
    for pattern in room.PATTERNS:
        console.print(f"{pattern}: NASA FIRMS active fires by year and country; for: study fires")
    return 0
