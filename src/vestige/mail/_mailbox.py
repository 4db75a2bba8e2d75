"""The messages of a mailbox, one at a time: an mbox file, a Maildir, a folder of ``.eml`` files, or one ``.eml`` file.

A message is held in memory alone and never longer than `LARGEST`, so that what a mailbox holds cannot fill the memory. An mbox is read as
mboxrd: a line of the body that begins with ``>From`` loses one ``>``, as the signature of the sender's domain was made before it was put there.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import BinaryIO

import msgspec

from vestige.errors import InputError
from vestige.mail._dkim import LARGEST, MailError

LARGEST_MAILBOX = 1 << 30
"""Bytes of a mailbox that is read at once; a day's signatures are far fewer."""
_LINE = 1 << 16
_QUOTED = re.compile(rb">+From ")


class Posted(msgspec.Struct, frozen=True):
    """A message where it stands: the file, its number there from 1, and its bytes, or why it cannot be read."""

    where: str
    data: bytes
    fault: str | None = None


def messages_in(path: Path) -> Iterator[Posted]:
    """Give the messages of a mailbox in the order of its files; an empty one gives none.

    Raises MailError in one line when it is not there, is no mailbox, or holds more than `LARGEST_MAILBOX` bytes; nothing is read then.
    """
    try:
        files = _files(path)
        size = sum(file.stat().st_size for file in files)
    except OSError as error:
        raise MailError(f"cannot be read: {error.strerror or error}", where=str(path)) from error
    if size > LARGEST_MAILBOX:
        raise MailError(
            f"expected a mailbox of at most {LARGEST_MAILBOX >> 20} MB, got {size >> 20} MB",
            where=str(path),
            hint="Split it by day, and take each part in",
        )
    return _posted(files)


def _files(path: Path) -> list[Path]:
    if not path.is_dir():
        if not path.exists():
            raise MailError("expected a mailbox (mbox, Maildir, a folder of .eml files), got nothing", where=str(path))
        return [path]
    folders = [path / name for name in ("cur", "new") if (path / name).is_dir()]
    if folders:
        return sorted(file for folder in folders for file in folder.iterdir() if file.is_file())
    files = sorted(file for file in path.iterdir() if file.is_file() and file.suffix.casefold() in {".eml", ".mbox"})
    if not files and any(path.iterdir()):
        raise MailError("expected a Maildir or a folder of .eml files, got a folder with neither", where=str(path))
    return files


def _posted(files: Iterable[Path]) -> Iterator[Posted]:
    for file in files:
        try:
            with file.open("rb") as opened:
                if opened.read(5) == b"From ":
                    opened.seek(0)
                    yield from _mbox(opened, str(file))
                else:
                    opened.seek(0)
                    yield _bounded(str(file), opened.read(LARGEST + 1))
        except OSError as error:
            raise MailError(f"cannot be read: {error.strerror or error}", where=str(file)) from error


def _mbox(file: BinaryIO, where: str) -> Iterator[Posted]:
    """Part an mbox at the lines that begin with ``From `` after an empty one."""
    number, size, lines = 0, 0, list[bytes]()
    empty, begun = True, True
    while line := file.readline(_LINE):
        if begun and empty and line.startswith(b"From "):
            if number:
                yield _bounded(f"{where}, message {number}", b"".join(lines), size)
            number, size, lines = number + 1, 0, []
        else:
            size += len(line)
            if size <= LARGEST:
                lines.append(line[1:] if begun and _QUOTED.match(line) else line)
        empty = not line.strip(b"\r\n")
        begun = line.endswith(b"\n")
    if number:
        yield _bounded(f"{where}, message {number}", b"".join(lines), size)


def _bounded(where: str, data: bytes, size: int = 0) -> Posted:
    if max(size, len(data)) > LARGEST:
        return Posted(where, b"", f"expected a message of at most {LARGEST >> 20} MB, got a longer one")
    return Posted(where, data)


def require_message(path: Path) -> bytes:
    """Give the bytes of the one message of a file; raises InputError when there is none, more than one, or it is too long."""
    found = list(messages_in(path))
    if len(found) != 1:
        raise InputError(f"expected one message, got {len(found)}", where=str(path))
    if found[0].fault:
        raise MailError(found[0].fault, where=found[0].where)
    return found[0].data
