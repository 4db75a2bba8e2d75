"""Sources from files, and from what a person names: a file or an address."""

import mimetypes
from datetime import UTC, datetime
from pathlib import Path

from vestige.capture._captured import LIMIT, Captured
from vestige.capture._errors import TooLargeError
from vestige.capture._fetch import fetch
from vestige.errors import EnvironmentFault, InputError


def capture_file(path: Path | str, *, limit: int = LIMIT) -> Captured:
    """Take a file as a source: its bytes as they are.

    Raises `InputError` for what is missing or no file, `TooLargeError` over ``limit`` bytes, `EnvironmentFault` where the
    system refuses.
    """
    path = Path(path)
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        raise InputError("there is no such file", where=str(path)) from None
    except IsADirectoryError:
        raise InputError("expected a file, got a folder", where=str(path), hint="name the files in it") from None
    except ValueError as error:
        raise InputError(f"this cannot be a path: {error}", where=repr(str(path))) from None
    except OSError as error:
        raise EnvironmentFault(error.strerror or str(error), where=str(path)) from error
    if len(data) > limit:
        raise TooLargeError(f"larger than {limit:,} bytes", where=str(path), hint="cut it, or raise the limit")
    kind = mimetypes.guess_type(path.name)[0] or ""
    return Captured(data=data, address=str(path), media_type=kind, taken=datetime.now(UTC), final_address=str(path))


def take_in(named: str) -> Captured:
    """Take in what a person names: an address if it has a scheme, else a file. Raises what `fetch` and `capture_file` raise."""
    return fetch(named) if "://" in named else capture_file(named)
