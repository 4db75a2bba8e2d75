"""Where what is derived and may be deleted at any time lies: a folder of this user alone.

What lies there decides what a text means and is run as code (compiled templates). So a folder that another user owns is not used, one
that others may write to is closed, and what they may have put there meanwhile is dropped.
"""

import atexit
import contextlib
import functools
import os
import shutil
import stat
import sys
import tempfile
from pathlib import Path

from vestige.durable import OTHERS, own_folder

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH
_OURS = ("templates/*", "gazetteer-*.bin", "published-*.sqlite*", "sources-read.txt")


def cache_folder() -> Path:
    """Give the folder for what can be made again: ``VESTIGE_CACHE``, or the platform's cache folder for this user.

    It is made readable by its owner alone, whatever the umask. Where another user owns it, a new one for this process stands in.
    """
    chosen = os.environ.get("VESTIGE_CACHE")
    folder = Path(chosen) if chosen else _of_platform()
    if os.name != "posix":
        return folder
    try:
        own_folder(folder)
        found = folder.stat()
        if found.st_uid != os.geteuid():
            return _of_process()
        if found.st_mode & _OTHERS_WRITE:
            _drop_foreign(folder)
        if found.st_mode & (_OTHERS_WRITE if chosen else OTHERS):
            folder.chmod(stat.S_IMODE(found.st_mode) & ~(_OTHERS_WRITE if chosen else OTHERS))
    except OSError:
        return folder  # whoever writes there is told
    return folder


def _of_platform() -> Path:
    if sys.platform == "win32":
        return Path(os.environ.get("LOCALAPPDATA", tempfile.gettempdir())) / "vestige"
    if sys.platform == "darwin":
        return Path("~/Library/Caches/vestige").expanduser()
    return Path(os.environ.get("XDG_CACHE_HOME") or "~/.cache").expanduser() / "vestige"


@functools.cache
def _of_process() -> Path:
    folder = tempfile.mkdtemp(prefix="vestige-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _drop_foreign(folder: Path) -> None:
    """Delete what others may have written in a folder that was open to them: all of it can be made again."""
    for pattern in _OURS:
        for path in folder.glob(pattern):
            with contextlib.suppress(OSError):
                path.unlink()


def is_ours(path: Path) -> bool:
    """Whether a file of the cache, and the folder that it lies in, can have been written by this user alone."""
    if os.name != "posix":
        return True
    try:
        both = path.lstat(), path.parent.stat()
    except OSError:
        return False
    return all(found.st_uid == os.geteuid() and not found.st_mode & _OTHERS_WRITE for found in both)
