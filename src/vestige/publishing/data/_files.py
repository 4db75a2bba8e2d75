"""The data files: joined from the pieces of all things; and the files that describe them."""

from collections.abc import Sequence

import msgspec

from vestige.extras import is_installed
from vestige.publishing._registry import DATA_FILES
from vestige.publishing.kinds._site_linked_art import CONTEXT

PARQUET = "sites.parquet"


def writes_parquet() -> bool:
    """Tell whether the optional part that writes GeoParquet is installed; without it a record is published without that file."""
    return is_installed("pyarrow")


LINKED_ART = "linked-art"


PIECED = (*DATA_FILES, LINKED_ART)
"""What is joined from the pieces of things: each data file but the Parquet, and the Linked Art, of which there is one a tile."""


def separator(name: str) -> bytes:
    """Give what stands between two pieces of a data file."""
    return DATA_FILES[name].separator if name in DATA_FILES else b",\n"


def data_file(name: str, parts: Sequence[bytes]) -> bytes:
    """Put a data file together from its parts."""
    if name == PARQUET:
        # Here, since Arrow takes long to load and not every process writes it.
        from vestige.publishing.data._geoparquet import parquet_file

        return parquet_file(parts)
    frame = DATA_FILES[name]
    return frame.head + frame.separator.join(parts) + frame.foot


def linked_art_file(part: bytes) -> bytes:
    """Give the Linked Art of one tile: its context, and its sites as a graph."""
    return b'{"@context":%s,\n"@graph":[\n%s\n]}\n' % (msgspec.json.encode(CONTEXT), part)
