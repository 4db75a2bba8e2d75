"""Where a publication goes: whether a folder may be written, and where what is remembered of it lies."""

import contextlib
import hashlib
import os
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from vestige.durable import fault
from vestige.errors import EnvironmentFault
from vestige.ledger import Checkpoint, NoteError, Tiles, parse_checkpoint, range_root
from vestige.publishing._errors import NotASiteError
from vestige.publishing._registry import PAGED
from vestige.publishing.checking._manifest import NAME as MANIFEST
from vestige.publishing.words._catalogue import LANGUAGES
from vestige.user_cache import cache_folder

_FIRST_FOLDERS = frozenset({*PAGED, "body", "entries", "picture", *LANGUAGES})
"""What stands in a folder before anything else: twins, pictures, bodies, pages."""


def require_ours(out: Path) -> None:
    """Raise NotASiteError when a folder holds something that was not published by us."""
    if out.is_symlink() or (out.exists() and not out.is_dir()):
        raise NotASiteError("expected a folder to publish into, got something else", where=str(out))
    if out.is_dir() and any(out.iterdir()) and not (out / MANIFEST).is_file() and not _unfinished(out):
        raise NotASiteError(
            "expected an empty folder or an earlier publication, got a folder with other files",
            where=str(out),
            hint="name a new folder",
        )


def require_outside(record: Path, out: Path) -> None:
    """Raise NotASiteError when a target is, holds or lies in a part of the record that nobody may see, or holds a private key."""
    inner, target = record.resolve(), out.resolve()
    if target == inner or inner.is_relative_to(target):
        raise NotASiteError("expected a folder apart from the record, got one that holds it", where=str(out))
    if target.is_relative_to(inner):
        raise NotASiteError(
            "expected a folder outside the record, whose private keys would be published with it by mistake",
            where=str(out),
            hint="name a folder beside it",
        )
    for folder, _, names in os.walk(target):
        for name in names:
            if name.endswith((".key", ".pem")) and b"PRIVATE KEY-----" in Path(folder, name).read_bytes()[:200]:
                raise NotASiteError(
                    "holds a private key, which nobody may see", where=str(Path(folder, name)), hint="move it away"
                )


def require_ahead(out: Path, checkpoint: Checkpoint, tiles: Tiles) -> None:
    """Raise NotASiteError when the target shows a longer history than the record has, or another: then the record is an old copy, or has forked."""
    try:
        there = parse_checkpoint((out / "ledger" / "checkpoint").read_bytes())
    except (OSError, NoteError):
        return
    if there.origin != checkpoint.origin or there.size == 0:
        return
    hint = "this record may be a restored copy: take the published history back first, or publish elsewhere"
    if there.size > checkpoint.size:
        raise NotASiteError(
            f"is ahead of the record: {there.size} entries are published, the record has {checkpoint.size}",
            where=str(out),
            hint=hint,
        )
    if range_root(tiles.node, 0, there.size) != there.root:
        raise NotASiteError(
            f"shows another history than the record: their first {there.size} entries differ", where=str(out), hint=hint
        )


def _unfinished(out: Path) -> bool:
    """Whether a folder looks like a publication that was stopped before its manifest was written."""
    return (out / "assets" / "vestige.css").is_file() or {path.name for path in out.iterdir()} <= _FIRST_FOLDERS | {
        ".gitattributes",
        ".nojekyll",
    }


def state_path(record: Path, out: Path) -> Path:
    """Give where the memory of this publication lies: the user's cache, since it is neither part of the record nor of the site."""
    name = hashlib.sha256(f"{record.resolve()}\n{out.resolve()}".encode()).hexdigest()[:32]
    return cache_folder() / f"published-{name}.sqlite"


@contextlib.contextmanager
def machine_faults(out: Path) -> Iterator[None]:
    """Say in one plain line what the machine refuses while a folder is being written."""
    try:
        yield
    except sqlite3.OperationalError as error:
        if "locked" in str(error):
            raise EnvironmentFault(
                "another publication into the same folder is running", where=str(out), hint="wait for it to end"
            ) from error
        raise EnvironmentFault(
            f"cannot keep what is remembered of a publication: {error}",
            where=str(cache_folder()),
            hint="free space there, or set XDG_CACHE_HOME to another folder",
        ) from error
    except OSError as error:
        raise fault(error) from error
