"""The sites as GeoParquet 1.1: each tile of the ledger an Arrow batch, all of them one file."""

import datetime as dt
import io
from collections.abc import Sequence

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from vestige.publishing.data._arrow import binaries, lists, numbers, strings, struct_of
from vestige.publishing.kinds._rows import point
from vestige.publishing.views._partials import Summary

_EPOCH = dt.date(1970, 1, 1).toordinal()
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


def parquet_file(batches: Sequence[bytes]) -> bytes:
    """Write GeoParquet 1.1 from Arrow streams."""
    tables = [pa.ipc.open_stream(batch).read_all() for batch in batches]
    table = pa.concat_tables(tables) if tables else _SCHEMA.empty_table()
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(_SCHEMA.metadata), sink, compression="zstd", row_group_size=16_384)
    return sink.getvalue()
