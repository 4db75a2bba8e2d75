"""Files that somebody hands over: a receipt, a sample, an auditor's list. They are read whole, and no further than they may be long."""

from pathlib import Path

from vestige.errors import InputError


def read_handed(file: Path, largest: int) -> bytes:
    """Read a file of at most so many bytes; raises InputError in one line when it cannot be read or is longer."""
    try:
        with file.open("rb") as opened:
            data = opened.read(largest + 1)
    except OSError as error:
        raise InputError(f"cannot be read: {error.strerror}", where=str(file)) from error
    if len(data) > largest:
        raise InputError(f"expected at most {largest:,} bytes, got more", where=str(file))
    return data
