"""The photographs that go with a form, as files that are named and numbered."""

import re

from vestige.appealing.drafting import DraftFile
from vestige.entries import Source
from vestige.record import Record

_ENDINGS = {"image/jpeg": "jpg", "image/png": "png", "image/tiff": "tif", "image/webp": "webp"}
_UNSAFE = re.compile(r"[^\w-]+")
_LONGEST = 60
"""Letters of a caption in the name of a file: names of 255 bytes fit everywhere, in any script."""


def photograph_files(record: Record, draft: DraftFile) -> dict[str, bytes]:
    """Give the photographs of a draft that was checked, by names such as ``photograph-01-The-west-front.jpg``, as they are preserved."""
    files = {}
    for number, one in enumerate(draft.photograph, 1):
        entry = record.index.current(one.source)
        if entry is not None and isinstance(entry.body, Source) and entry.body.file:
            called = _UNSAFE.sub("-", one.caption).strip("-")[:_LONGEST].rstrip("-")
            ending = _ENDINGS.get(entry.body.media_type or "", "bin")
            files[f"photograph-{number:02}-{called}.{ending}"] = record.files.read(entry.body.file)
    return files
