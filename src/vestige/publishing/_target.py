"""Where a publication goes: whether a folder may be written, and where what is remembered of it lies."""

import hashlib
import os
from pathlib import Path

from vestige.publishing._errors import NotASiteError
from vestige.publishing._manifest import NAME as MANIFEST

_FIRST_FOLDERS = frozenset(
    {"site", "statement", "source", "actor", "study", "body", "entries", "en", "fr", "az", "hy", "ar", "ru", "uk"}
)


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


def _unfinished(out: Path) -> bool:
    """Whether a folder looks like a publication that was stopped before its manifest was written."""
    return (out / "assets" / "vestige.css").is_file() or {path.name for path in out.iterdir()} <= _FIRST_FOLDERS


def state_path(record: Path, out: Path) -> Path:
    """Give where the memory of this publication lies: the user's cache, since it is neither part of the record nor of the site."""
    name = hashlib.sha256(f"{record.resolve()}\n{out.resolve()}".encode()).hexdigest()[:32]
    return cache_folder() / f"published-{name}.sqlite"


def cache_folder() -> Path:
    """Give where what is derived and may be deleted lies."""
    return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "vestige"
