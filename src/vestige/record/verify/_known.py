"""What a reader knows of records from checks before: where each lies, who signed it, its last checkpoint.

It lies in the user's own data folder, readable by them alone: which records somebody looks at may be nobody's business. So it is shown and cleared
by a command, and a check can do without it.
"""

import contextlib
import datetime as dt
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec

from vestige.durable import close_to_others, fault, own_folder, write_file
from vestige.errors import NOT_JSON
from vestige.record.verify._report import Report


class Known(msgspec.Struct, frozen=True, kw_only=True):
    """A record as it was last found unchanged: its place, its origin, the log keys that had signed, its checkpoint as signed note; ``first`` and ``last`` time of a check."""

    place: str
    origin: str
    vkeys: tuple[str, ...]
    size: int
    checkpoint: str
    first: str
    last: str


def known_folder() -> Path:
    """Give the folder of what is known: within ``VESTIGE_DATA``, or the platform's data folder of this user."""
    chosen = os.environ.get("VESTIGE_DATA")
    return (Path(chosen) if chosen else _of_platform()) / "known"


def _of_platform() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or "~").expanduser() / "vestige"
    if sys.platform == "darwin":
        return Path("~/Library/Application Support/vestige").expanduser()
    return Path(os.environ.get("XDG_DATA_HOME") or "~/.local/share").expanduser() / "vestige"


def same_place(place: str) -> str:
    """Give one name for a place: an address as it is with a slash at its end, a folder by its whole path."""
    return f"{place.rstrip('/')}/" if "://" in place else str(Path(place).resolve())


def recall(place: str) -> Known | None:
    """Give what is known of the record at a place, or None."""
    return _read(_path(place))


def recall_all() -> Iterator[Known]:
    """Give everything that is known, in order of places."""
    with contextlib.suppress(OSError):
        found = filter(None, map(_read, known_folder().glob("*.json")))
        yield from sorted(found, key=lambda known: known.place)


def remember(place: str, report: Report) -> Known | None:
    """Keep key and checkpoint of a record that was found unchanged; nothing is kept of another. Raises EnvironmentFault when the machine refuses."""
    if not report.unchanged or not report.checkpoint or not report.keys:
        return None
    before, now = recall(place), f"{dt.datetime.now(dt.UTC):%Y-%m-%dT%H:%M:%SZ}"
    known = Known(
        place=same_place(place),
        origin=report.origin,
        vkeys=tuple(signer.vkey for signer in report.keys),
        size=report.size,
        checkpoint=report.checkpoint,
        first=before.first if before else now,
        last=now,
    )
    path = _path(place)
    try:
        own_folder(path.parent)
    except OSError as error:
        raise fault(error) from error
    close_to_others(path.parent)
    write_file(path, msgspec.json.format(msgspec.json.encode(known), indent=1) + b"\n")
    close_to_others(path)
    return known


def forget(place: str) -> bool:
    """Forget a place; tell whether anything was known of it."""
    try:
        _path(place).unlink()
    except FileNotFoundError:
        return False
    except OSError as error:
        raise fault(error) from error
    return True


def _path(place: str) -> Path:
    return known_folder() / f"{hashlib.sha256(same_place(place).encode()).hexdigest()[:32]}.json"


def _read(path: Path) -> Known | None:
    with contextlib.suppress(OSError, *NOT_JSON):
        return msgspec.json.decode(path.read_bytes(), type=Known)
    return None
