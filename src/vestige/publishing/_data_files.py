"""The data files: joined from the pieces of all things; and the files that describe them."""

import io
from collections.abc import Iterable, Mapping
from typing import Any

import msgspec
import pyarrow as pa
import pyarrow.parquet as pq

from vestige.publishing._fragments import CSV_COLUMNS, point
from vestige.publishing._linked_art import CONTEXT
from vestige.publishing._state import State
from vestige.publishing._views import Summary

_ARRAYS = (
    "sites.json", "assessments.json", "observations.json", "findings.json", "statements.json", "sources.json", "actors.json", "studies.json",
)  # fmt: skip
PARQUET = "sites.parquet"


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


def tile_parts(pieces: Iterable[tuple[str, dict[str, bytes]]], sites: list[Summary]) -> dict[str, bytes]:
    """Join the pieces of one tile: one part a data file, and the sites as an Arrow batch."""
    gathered: dict[str, list[bytes]] = {}
    for _, named in pieces:
        for name, piece in named.items():
            gathered.setdefault(name, []).append(piece)
    parts = {name: _separator(name).join(items) for name, items in gathered.items()}
    return parts | ({PARQUET: _batch(sites)} if sites else {})


def _separator(name: str) -> bytes:
    return FRAMES[name].separator if name in FRAMES else b",\n"


def data_file(state: State, name: str) -> bytes:
    """Put a data file together from its parts."""
    if name == PARQUET:
        return _parquet(state.parts(name))
    frame = FRAMES[name]
    return frame.head + frame.separator.join(state.parts(name)) + frame.foot


def linked_art_file(part: bytes) -> bytes:
    """Give the Linked Art of one tile: its context, and its sites as a graph."""
    return b'{"@context":%s,\n"@graph":[\n%s\n]}\n' % (msgspec.json.encode(CONTEXT), part)


def _batch(sites: list[Summary]) -> bytes:
    """Put sites into an Arrow stream of one batch."""
    windows = [site.window.bounds() if site.window else (None, None) for site in sites]
    columns: dict[str, list[Any]] = {
        "id": [site.id for site in sites],
        "name": [site.names[0].text for site in sites],
        "names": [[{"text": name.text, "language": name.language} for name in site.names] for site in sites],
        "countries": [list(site.countries) for site in sites],
        "type": [site.type for site in sites],
        "cell_degrees": [site.location.cell_degrees if site.location else None for site in sites],
        "sensitivity": [site.sensitivity for site in sites],
        "finding": [site.finding for site in sites],
        "conditions": [list(site.conditions) for site in sites],
        "window_first_day": [first for first, _ in windows],
        "window_last_day": [last for _, last in windows],
        "assessments": [site.assessments for site in sites],
        "statements": [site.statements for site in sites],
        "observations": [site.observations for site in sites],
        "entry": [site.entry for site in sites],
        "geometry": [
            point(site.location.longitude, site.location.latitude) if site.location else None for site in sites
        ],
    }
    table = pa.Table.from_pydict(columns, schema=_SCHEMA)
    sink = pa.BufferOutputStream()
    with pa.ipc.new_stream(sink, _SCHEMA) as writer:
        writer.write_table(table)
    return bytes(sink.getvalue())


def _parquet(batches: list[bytes]) -> bytes:
    """Write GeoParquet 1.1 from Arrow streams."""
    tables = [pa.ipc.open_stream(batch).read_all() for batch in batches]
    table = pa.concat_tables(tables) if tables else _SCHEMA.empty_table()
    sink = io.BytesIO()
    pq.write_table(table.replace_schema_metadata(_SCHEMA.metadata), sink, compression="zstd", row_group_size=16_384)
    return sink.getvalue()
