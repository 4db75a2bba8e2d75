"""ZIP files whose bytes depend on their content alone: stored, in a given order, at a fixed time.

Nothing is compressed: two versions of zlib may give two results, and the same appeal has to give the same bytes on every machine.
"""

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

_EPOCH = (1980, 1, 1, 0, 0, 0)


def zipped(files: Mapping[str, bytes | Path]) -> bytes:
    """Give a ZIP of files by their names, in the order given."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name, content in files.items():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.create_system = 3
            info.external_attr = 0o100644 << 16
            archive.writestr(info, content if isinstance(content, bytes) else content.read_bytes())
    return target.getvalue()
