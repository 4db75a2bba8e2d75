"""One writer at a time: an advisory lock on a file, released by the system when its holder dies."""

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path

from vestige.durable import fault
from vestige.record._errors import LockHeldError

_PAUSE_SECONDS = 0.02


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
        os.pwrite(descriptor, f"process {os.getpid()}".encode(), 0)
        yield
    finally:
        os.close(descriptor)


def _wait(descriptor: int, path: Path, patience_seconds: float) -> None:
    deadline = time.monotonic() + patience_seconds
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > deadline:
                holder = os.pread(descriptor, 200, 0).decode(errors="replace") or "another process"
                raise LockHeldError(
                    f"{holder} is writing to this record", where=str(path), hint="wait for it to end"
                ) from None
            time.sleep(_PAUSE_SECONDS)
        else:
            return
