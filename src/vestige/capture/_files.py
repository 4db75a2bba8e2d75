"""Files as sources: the bytes untouched, what they seem to be, and the text of those that are text."""

import hashlib
import mimetypes
from pathlib import Path
from typing import NamedTuple

from vestige.errors import InputError

_TEXT = ("text/", "application/json", "application/xml")


class FileSource(NamedTuple):
    """A file on its way into a record: its bytes as they are, and what can be seen from outside."""

    content: bytes
    name: str
    media_type: str | None
    sha256: str


def read_file_source(path: Path) -> FileSource:
    """Read a file as a source; raises InputError when it cannot be read or is empty."""
    try:
        content = path.read_bytes()
    except OSError as error:
        raise InputError(f"expected a file that can be read: {error.strerror}", where=str(path)) from error
    if not content:
        raise InputError("expected a source with content, got an empty file", where=str(path))
    return FileSource(content, path.name, media_type_of(path.name, content), hashlib.sha256(content).hexdigest())


def media_type_of(name: str, content: bytes) -> str | None:
    """Give the media type that a name suggests; plain text for a name that suggests none and bytes that are UTF-8."""
    guessed, encoding = mimetypes.guess_type(name)
    if guessed and not encoding:
        return f"{guessed}; charset=utf-8" if guessed.startswith("text/") and _is_utf8(content) else guessed
    return "text/plain; charset=utf-8" if encoding is None and _is_utf8(content) and b"\0" not in content else None


def text_of(content: bytes, media_type: str | None) -> str:
    """Give the text into which offsets point: the bytes as UTF-8, nothing added or taken away.

    Raises InputError for what is not plain text, since offsets into a rendering would depend on the renderer.
    """
    kind = (media_type or "").partition(";")[0]
    if kind == "text/html" or (kind and not kind.startswith(_TEXT)):
        raise InputError(
            f"expected a source that is plain text, got {kind}",
            hint="preserve its text as a source of its own: vestige add source FILE.txt",
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        raise InputError(
            f"expected text in UTF-8, got byte {error.object[error.start]:#04x} at {error.start}"
        ) from error


def _is_utf8(content: bytes) -> bool:
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
