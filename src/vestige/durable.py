"""Files that survive a power cut: written beside their place, forced to the disk, then renamed into it.

A reader sees the old bytes or the new, never a part. All files of one call are forced to the disk together, since a disk takes
many such requests faster at once than one after the other.
"""

import errno
import itertools
import os
import stat
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from vestige.errors import EnvironmentFault

_counter = itertools.count()
_pool = ThreadPoolExecutor(8, thread_name_prefix="fsync")
TEMPORARY = ".tmp-"
"""Names of files that are being written begin so; a killed writer may leave one, and the next writer removes it."""
OTHERS = 0o077
"""The bits of a mode that let others than the owner in."""
_PRIVATE = frozenset({("bodies", "withheld"), ("files", "withheld")})
"""Folders of a record whose content is its keeper's alone, whatever the umask, with the folders that they lie in."""


def write_files(files: Mapping[Path, bytes]) -> None:
    """Write every file by temporary file, fsync and rename, then fsync the folders.

    Raises EnvironmentFault when the disk is full, the folder is read-only or the like; a rename may then have been done for some files.
    """
    try:
        changed = {path.parent for path in files}
        changed.update(*(_make_missing(folder) for folder in sorted(changed)))
        for temporary, path in list(_pool.map(_write_temporary, files.items())):
            temporary.replace(path)
        list(_pool.map(sync_folder, changed))
    except OSError as error:
        raise fault(error) from error


def write_file(path: Path, data: bytes) -> None:
    """Write one file as `write_files` does."""
    write_files({path: data})


def replace_file(path: Path, data: bytes) -> None:
    """Put other bytes into the place of a file that is there: after a power cut the old stands or the new, and nobody was told which.

    For what can be asked for again; `write_file` forces the name to the disk, too. Raises EnvironmentFault as `write_files` does.
    """
    try:
        temporary, _ = _write_temporary((path, data))
        temporary.replace(path)
    except OSError as error:
        raise fault(error) from error


def make_folder(folder: Path) -> None:
    """Make a folder and its parents, and force their names to the disk."""
    for parent in _make_missing(folder):
        sync_folder(parent)


def _make_missing(folder: Path) -> list[Path]:
    """Make a folder and its parents where they are missing, and give the folders whose names are not on the disk yet."""
    if folder.is_dir():
        return []
    above = _make_missing(folder.parent)
    folder.mkdir(mode=0o700 if is_private(folder) else 0o755, exist_ok=True)
    return [*above, folder.parent]


def is_private(path: Path) -> bool:
    """Whether a path lies among what a record withholds, or is the folder of it."""
    return not _PRIVATE.isdisjoint(itertools.pairwise(path.parts))


def own_folder(folder: Path) -> None:
    """Make a folder for its owner alone where it is missing; raises OSError."""
    if not folder.is_dir():
        folder.parent.mkdir(parents=True, exist_ok=True)
        folder.mkdir(mode=0o700, exist_ok=True)


def own_file(path: Path) -> None:
    """Make a file for its owner alone where it is missing, and close one that is open to others; raises OSError."""
    descriptor = os.open(path, os.O_CREAT | os.O_RDWR, 0o600)
    try:
        close_to_others(path)
    finally:
        os.close(descriptor)


def close_to_others(path: Path) -> bool:
    """Take from others what they may do with a file or folder; say whether they could. What is not ours stays as it is."""
    try:
        mode = stat.S_IMODE(path.lstat().st_mode)
        if path.is_symlink() or not mode & OTHERS:
            return False
        path.chmod(mode & ~OTHERS)
    except OSError:
        return False
    return True


def close_folder(folder: Path) -> bool:
    """Close a folder and all below it where it stands open to others; say whether it did."""
    if not close_to_others(folder):
        return False
    for below, folders, names in os.walk(folder):
        for name in (*folders, *names):
            close_to_others(Path(below, name))
    return True


def sync_folder(folder: Path) -> None:
    """Force the names in a folder to the disk; Windows opens no folder and forces them itself."""
    if not hasattr(os, "O_DIRECTORY"):
        return
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def fault(error: OSError) -> EnvironmentFault:
    """Say in plain words what the machine refused."""
    where = os.fsdecode(error.filename) if error.filename is not None else None
    if error.errno in {errno.ENOSPC, errno.EDQUOT}:
        return EnvironmentFault(
            "the disk is full; nothing that was acknowledged is lost", where=where, hint="free some space and repeat"
        )
    if error.errno in {errno.EROFS, errno.EACCES, errno.EPERM}:
        return EnvironmentFault(
            "expected a place that can be written, got one that cannot", where=where, hint="check its permissions"
        )
    return EnvironmentFault(error.strerror or str(error), where=where)


def _write_temporary(item: tuple[Path, bytes]) -> tuple[Path, Path]:
    path, data = item
    temporary = path.with_name(f"{TEMPORARY}{os.getpid()}-{next(_counter)}")
    try:
        # no mode but this one is ever seen, so that nothing withheld can be read while it is written
        mode = 0o600 if is_private(path) else 0o644
        with open(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, mode), "wb") as file:  # noqa: PTH123 - by descriptor
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except OSError:
        temporary.unlink(missing_ok=True)
        raise
    return temporary, path
