"""The flat files as a Frictionless Data Package (https://specs.frictionlessdata.io/data-package): columns, licence, keepers and sources."""

from typing import Any

from vestige.publishing._registry import DATA_FILES
from vestige.publishing.data import _dataset as datasets
from vestige.publishing.data._balance import FILE as BALANCE
from vestige.publishing.data._describe import pretty
from vestige.publishing.kinds._data_file import DataFile
from vestige.publishing.kinds._site_linked_art import urn
from vestige.publishing.views._views import RecordView


def data_package(record: RecordView, dataset: datasets.Dataset, base_url: str | None) -> bytes:
    """Give the data dictionary: every column of every flat file, with its type and meaning, under which licence and from what."""
    package: dict[str, Any] = {
        "profile": "data-package",
        "name": "record",
        "id": urn(record.origin, "record"),
        "title": record.policy.name,
        "description": record.policy.description or f"The public record {record.policy.name}",
        "created": record.updated,
        "version": f"{record.size} entries",
        **({"homepage": base_url} if base_url else {}),
        "licenses": _licences(dataset),
        "contributors": [_contributor(dataset.keepers)],
        "sources": [_source(source) for source in dataset.sources],
        "resources": [_resource(file) for file in (*DATA_FILES.values(), BALANCE) if file.columns],
    }
    return pretty({key: value for key, value in package.items() if value})


def _licences(dataset: datasets.Dataset) -> list[dict[str, str]]:
    licence = dataset.licence
    if licence is None:
        return []
    named = {"name": licence.spdx or "other", "title": licence.text}
    return [named | ({"path": licence.address} if licence.address else {})]


def _contributor(keepers: datasets.Keepers) -> dict[str, str]:
    told = {"title": keepers.name, "role": "publisher", "email": keepers.email, "path": keepers.website}
    return {key: value for key, value in told.items() if value}


def _source(source: datasets.Rested) -> dict[str, str]:
    """Name a source as a reader would cite it; a path must be an address."""
    title = ", ".join(part for part in (source.title, source.author, source.publisher, source.published) if part)
    return {"title": title} | ({"path": source.address} if source.address else {})


def _resource(file: DataFile) -> dict[str, Any]:
    fields = [{"name": column.name, "type": column.type, "description": column.description} for column in file.columns]
    return {
        "name": file.name.removesuffix(".csv"),
        "path": f"data/{file.name}",
        "profile": "tabular-data-resource",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "description": file.holds,
        "schema": {"fields": fields},
    }
