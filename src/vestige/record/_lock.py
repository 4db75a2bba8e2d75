"""One writer at a time: an advisory lock on a file, released by the system when its holder dies."""

import contextlib
import os
import time
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from vestige.durable import fault
from vestige.record._errors import LockHeldError

fcntl: Any = import_module("fcntl") if find_spec("fcntl") else None
"""The locks of POSIX; Windows has none."""

_PAUSE_SECONDS = 0.02
_LOCKED_BYTE = 1 << 30
"""The byte that Windows locks: far behind the name of the holder, which others must be able to read."""


@contextlib.contextmanager
def writer_lock(path: Path, *, patience_seconds: float = 30.0) -> Iterator[None]:
    """Hold the writer lock of a record.

    Raises LockHeldError, which names the holder, when another process keeps it for longer than ``patience_seconds``, and
    EnvironmentFault when the folder cannot be written.
    """
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
    except OSError as error:
        raise fault(error) from error
    try:
        _wait(descriptor, path, patience_seconds)
        os.ftruncate(descriptor, 0)
        os.lseek(descriptor, 0, os.SEEK_SET)
        os.write(descriptor, f"process {os.getpid()}".encode())
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            _take(descriptor)
        except (BlockingIOError, PermissionError):
            if time.monotonic() > deadline:
                os.lseek(descriptor, 0, os.SEEK_SET)
                holder = os.read(descriptor, 200).decode(errors="replace") or "another process"
                raise LockHeldError(
                    f"{holder} is writing to this record", where=str(path), hint="wait for it to end"
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return


def _take(descriptor: int) -> None:
    """Take the lock, or raise BlockingIOError or PermissionError where another process has it; it ends with the descriptor."""
    if fcntl is not None:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return
    windows: Any = import_module("msvcrt")
    os.lseek(descriptor, _LOCKED_BYTE, os.SEEK_SET)
    windows.locking(descriptor, windows.LK_NBLCK, 1)
