"""What goes with a form, photographs and other documents, as files that are named and numbered."""

import re

from vestige.appealing.drafting import DraftFile
from vestige.entries import Source
from vestige.errors import InputError
from vestige.record import Record

_ENDINGS = {
    "application/pdf": "pdf",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/tiff": "tif",
    "image/webp": "webp",
}
_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST = 60
"""Letters of a caption in the name of a file: names of 255 bytes fit everywhere, in any script."""


def photograph_files(record: Record, draft: DraftFile) -> dict[str, bytes]:
    """Give the photographs of a draft that was checked, by names such as ``photograph-01-The-west-front.jpg``, as they are preserved."""
    return dict(
        _named(record, f"photograph-{number:02}", one.source, one.caption)
        for number, one in enumerate(draft.photograph, 1)
    )


def enclosure_files(record: Record, draft: DraftFile) -> dict[str, bytes]:
    """Give the enclosures of a draft that was checked, by names such as ``enclosure-01-support.pdf``, as they are preserved."""
    return dict(
        _named(record, f"enclosure-{number:02}", one.source, one.kind) for number, one in enumerate(draft.enclosure, 1)
    )


def _named(record: Record, number: str, source: str, called: str) -> tuple[str, bytes]:
    entry = record.index.current(source)
    if entry is None or not isinstance(entry.body, Source) or entry.body.file is None:
        raise InputError("expected a source that preserves a file", where=source)
    short = _UNSAFE.sub("-", called).strip("-")[:_LONGEST].rstrip("-")
    return f"{number}-{short}.{_ending(entry.body)}", record.files.read(entry.body.file)


def _ending(body: Source) -> str:
    """Give the ending of a file by its media type, else by the name that it came with."""
    known = _ENDINGS.get(body.media_type or "")
    return known or _UNSAFE.sub("", (body.file_name or "").rpartition(".")[2])[:8] or "bin"
