"""The data files: joined from the pieces of all things; and the files that describe them."""

import datetime as dt
import io
from collections.abc import Mapping, Sequence

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from vestige.publishing._arrow import binaries, lists, numbers, strings, struct_of
from vestige.publishing._fragments import CSV_COLUMNS, point
from vestige.publishing._linked_art import CONTEXT
from vestige.publishing._views import Summary

_ARRAYS = (
    "sites.json", "assessments.json", "observations.json", "findings.json", "statements.json", "sources.json", "actors.json", "studies.json",
)  # fmt: skip
PARQUET = "sites.parquet"
LINKED_ART = "linked-art"
_EPOCH = dt.date(1970, 1, 1).toordinal()


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

_SCHEMA = pa.schema(
    [
        ("id", pa.string()),
        ("name", pa.string()),
        ("names", pa.list_(pa.struct([("text", pa.string()), ("language", pa.string())]))),
        ("countries", pa.list_(pa.string())),
        ("type", pa.string()),
        ("cell_degrees", pa.float64()),
        ("sensitivity", pa.string()),
        ("finding", pa.string()),
        ("conditions", pa.list_(pa.string())),
        ("window_first_day", pa.date32()),
        ("window_last_day", pa.date32()),
        ("assessments", pa.int32()),
        ("statements", pa.int32()),
        ("observations", pa.int32()),
        ("entry", pa.string()),
        ("geometry", pa.binary()),
    ],
    metadata={
        "geo": msgspec.json.encode(
            {
                "version": "1.1.0",
                "primary_column": "geometry",
                "columns": {"geometry": {"encoding": "WKB", "geometry_types": ["Point"]}},
            }
        )
    },
)


PIECED = (*FRAMES, LINKED_ART)
"""What is joined from the pieces of things: each data file but the Parquet, and the Linked Art, of which there is one a tile."""


def separator(name: str) -> bytes:
    """Give what stands between two pieces of a data file."""
    return FRAMES[name].separator if name in FRAMES else b",\n"


def data_file(name: str, parts: Sequence[bytes]) -> bytes:
    """Put a data file together from its parts."""
    if name == PARQUET:
        return _parquet(parts)
    frame = FRAMES[name]
    return frame.head + frame.separator.join(parts) + frame.foot


def linked_art_file(part: bytes) -> bytes:
    """Give the Linked Art of one tile: its context, and its sites as a graph."""
    return b'{"@context":%s,\n"@graph":[\n%s\n]}\n' % (msgspec.json.encode(CONTEXT), part)


def arrow_part(sites: Sequence[Summary]) -> bytes:
    """Put the sites of one tile into an Arrow stream of one batch."""
    windows = [site.window.bounds() if site.window else (None, None) for site in sites]
    names = [name for site in sites for name in site.names]
    name = struct_of(
        _SCHEMA.field("names").type.value_type, strings([n.text for n in names]), strings([n.language for n in names])
    )
    columns = [
        strings([site.id for site in sites]),
        strings([site.names[0].text for site in sites]),
        lists([len(site.names) for site in sites], name),
        lists([len(site.countries) for site in sites], strings([code for site in sites for code in site.countries])),
        strings([site.type for site in sites]),
        numbers([site.location.cell_degrees if site.location else None for site in sites], pa.float64()),
        strings([site.sensitivity for site in sites]),
        strings([site.finding for site in sites]),
        lists([len(site.conditions) for site in sites], strings([term for site in sites for term in site.conditions])),
        numbers([_epoch_day(first) for first, _ in windows], pa.date32()),
        numbers([_epoch_day(last) for _, last in windows], pa.date32()),
        numbers([site.assessments for site in sites], pa.int32()),
        numbers([site.statements for site in sites], pa.int32()),
        numbers([site.observations for site in sites], pa.int32()),
        strings([site.entry for site in sites]),
        binaries([point(site.location.longitude, site.location.latitude) if site.location else None for site in sites]),
    ]
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA) as writer:
        writer.write_batch(pa.RecordBatch.from_arrays(columns, schema=_SCHEMA))
    return bytes(sink.getvalue())


def _epoch_day(date: dt.date | None) -> int | None:
    return None if date is None else date.toordinal() - _EPOCH


def _parquet(batches: Sequence[bytes]) -> bytes:
    """Write GeoParquet 1.1 from Arrow streams."""
    tables = [pa.ipc.open_stream(batch).read_all() for batch in batches]
    table = pa.concat_tables(tables) if tables else _SCHEMA.empty_table()
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(_SCHEMA.metadata), sink, compression="zstd", row_group_size=16_384)
    return sink.getvalue()
