"""The data files: joined from the pieces of all things; and the files that describe them."""

from collections.abc import Mapping, Sequence

import msgspec

from vestige.publishing.kinds._rows import CSV_COLUMNS
from vestige.publishing.kinds._site_linked_art import CONTEXT

_ARRAYS = (
    "sites.json", "assessments.json", "observations.json", "findings.json", "statements.json", "sources.json", "actors.json", "studies.json",
)  # fmt: skip
PARQUET = "sites.parquet"
BALANCE = "balance.csv"
LINKED_ART = "linked-art"


class Frame(msgspec.Struct, frozen=True):
    """How the pieces of a data file are put together."""

    head: bytes
    separator: bytes
    foot: bytes


FRAMES: Mapping[str, Frame] = {
    **{name: Frame((",".join(columns) + "\r\n").encode(), b"", b"") for name, columns in CSV_COLUMNS.items()},
    **{name: Frame(b"[\n", b",\n", b"\n]\n") for name in _ARRAYS},
    "sites.geojson": Frame(b'{"type":"FeatureCollection","features":[\n', b",\n", b"\n]}\n"),
    "sites-index.json": Frame(b'{"format":1,"sites":[\n', b",\n", b"\n]}\n"),
}


PIECED = (*FRAMES, LINKED_ART)
"""What is joined from the pieces of things: each data file but the Parquet, and the Linked Art, of which there is one a tile."""


def separator(name: str) -> bytes:
    """Give what stands between two pieces of a data file."""
    return FRAMES[name].separator if name in FRAMES else b",\n"


def data_file(name: str, parts: Sequence[bytes]) -> bytes:
    """Put a data file together from its parts."""
    if name == PARQUET:
        # Here, since Arrow takes long to load and not every process writes it.
        from vestige.publishing.data._geoparquet import parquet_file

        return parquet_file(parts)
    frame = FRAMES[name]
    return frame.head + frame.separator.join(parts) + frame.foot


def linked_art_file(part: bytes) -> bytes:
    """Give the Linked Art of one tile: its context, and its sites as a graph."""
    return b'{"@context":%s,\n"@graph":[\n%s\n]}\n' % (msgspec.json.encode(CONTEXT), part)
