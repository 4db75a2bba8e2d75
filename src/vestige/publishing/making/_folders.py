"""Whether a published folder is still whole, told by its folders: adding, removing or renaming a file moves the times of the folder it is in.

So a folder whose times are those of the last publication needs no look at its files. Contents that were rewritten in place are not noticed, here
or by any look at names: `vestige verify` notices them, and publishing in full heals them.
"""

import os
import stat
import time
from pathlib import Path

from vestige.publishing.memory._files import FileTable, Folder

_TICK_NANOSECONDS = 100_000_000
"""Within one tick of a file system's clock a second change does not show; times this young are not trusted."""


def all_there(out: Path, files: FileTable) -> bool:
    """Whether every file that was published is still there."""
    folders = files.folders()
    return bool(folders) and all(_is_whole(out, folder, files) for folder in folders)


def note_folders(out: Path, files: FileTable) -> None:
    """Remember the folders that the publication touched as they are now, and forget those that are gone."""
    found, gone = [], []
    for path in files.touched:
        stamp = _stamp(out / path)
        if stamp is None:
            gone.append(path)
        else:
            found.append(Folder(path, stamp[0], time.time_ns()))
    files.set_folders(found, gone)


def _is_whole(out: Path, folder: Folder, files: FileTable) -> bool:
    stamp = _stamp(out / folder.path)
    if stamp is None:
        return False
    if stamp[0] == folder.stamp and folder.checked - stamp[1] > _TICK_NANOSECONDS:
        return True
    with os.scandir(out / folder.path) as entries:
        names = {entry.name for entry in entries if entry.is_file(follow_symlinks=False)}
    return files.names_in(folder.path) <= names


def _stamp(folder: Path) -> tuple[str, int] | None:
    """Give what changes when a name in a folder does, and when that was; None where there is no folder."""
    try:
        status = os.lstat(folder)
    except OSError:
        return None
    if not stat.S_ISDIR(status.st_mode):
        return None
    return f"{status.st_dev} {status.st_ino} {status.st_mtime_ns} {status.st_ctime_ns}", status.st_ctime_ns
