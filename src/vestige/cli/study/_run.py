"""What the commands of ``vestige study`` share: their options, and a study made, written, entered and said."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from cyclopts import Parameter

from vestige.cli._console import err, print_json
from vestige.cli._console import out as console
from vestige.errors import MissingExtraError

Files = Annotated[list[Path], Parameter(consume_multiple=True, negative=())]
Out = Annotated[Path, Parameter(name="--out")]
Json = Annotated[bool, Parameter(name="--json", negative=())]


@Parameter(name="*")
@dataclass(frozen=True, kw_only=True)
class Kept:
    """Where a study is entered, read from the command line."""

    record: Path | None = None
    """Enter the study in this record, so that the public record shows it; recovery reads its assessments, too."""

    key: Path | None = None
    """Private key to sign the entry with; default: the record's own."""

    json: Json = False
    """Print the manifest as JSON."""


KEPT = Kept()
"""A study that is entered nowhere."""


def studying_room() -> Any:
    """Give the room of studying. Raises `MissingExtraError` where what it needs is not installed."""
    try:
        from vestige import studying
    except ModuleNotFoundError as error:
        raise MissingExtraError("studying", error.name or "pandas") from error
    return studying


def run_study(make: Callable[[Any], Any], folder: Path, at: Kept) -> int:
    """Make a study, write it to a folder, enter it in a record where there is one, and say what it found."""
    room = studying_room()
    with err.status("studying") if err.is_terminal else nullcontext():
        study = make(room)
        manifest = room.write_study(study, folder)
        entered = _enter(study, folder, at.record, at.key) if at.record else None
    if at.json:
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
        console.print(f"entry in {at.record}: {entered.entry} ({entered.state})")
    return 0


def _enter(study: Any, folder: Path, record: Path, key: Path | None) -> Any:
    from vestige.keeping.studies import enter_study  # here, since it loads what studying needs

    return enter_study(study, folder, record, key=key)
