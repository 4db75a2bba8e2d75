"""What the commands of ``vestige study`` share: their options, and a study made, written, entered and said."""

from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from vestige.cli._console import err, print_json
from vestige.cli._console import out as console
from vestige.errors import MissingExtraError

Files = Annotated[list[Path], Parameter(consume_multiple=True, negative=())]
Out = Annotated[Path, Parameter(name="--out")]
RecordPath = Annotated[Path | None, Parameter(name="--record")]
Key = Annotated[Path | None, Parameter(name="--key")]
Json = Annotated[bool, Parameter(name="--json", negative=())]


def studying_room() -> Any:
    """Give the room of studying. Raises `MissingExtraError` where what it needs is not installed."""
    try:
        from vestige import studying
    except ModuleNotFoundError as error:
        raise MissingExtraError("studying", error.name or "pandas") from error
    return studying


def run_study(make: Callable[[Any], Any], folder: Path, record: Path | None, key: Path | None, *, json: bool) -> int:
    """Make a study, write it to a folder, enter it in a record where there is one, and say what it found."""
    room = studying_room()
    with err.status("studying") if err.is_terminal else nullcontext():
        study = make(room)
        manifest = room.write_study(study, folder)
        entered = _enter(study, folder, record, key) if record else None
    if json:
        print_json(manifest | ({"entered": vars(entered)} if entered else {}))
        return 0
    console.print(study.title)
    for finding in study.findings:
        console.print(f"- {finding}")
    for dropped in study.dropped:
        console.print(f"left out: {dropped.count:,} {dropped.what}: {dropped.why}")
    console.print(
        f"written: {folder / 'report.html'}, report.pdf and {len(manifest['outputs']) - 2} more, manifest.json"
    )
    if entered:
        console.print(f"entry in {record}: {entered.entry} ({entered.state})")
    return 0


def _enter(study: Any, folder: Path, record: Path, key: Path | None) -> Any:
    from vestige.keeping.studies import enter_study  # here, since it loads what studying needs

    return enter_study(study, folder, record, key=key)
