"""How to cite a record, in the Citation File Format 1.2 (https://citation-file-format.github.io), with the sources that it rests on."""

import re
from typing import Any

import msgspec

from vestige.publishing.data import _dataset as datasets
from vestige.publishing.data._describe import VKEY
from vestige.publishing.kinds._site_linked_art import urn
from vestige.publishing.views._views import RecordView

_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def citation(record: RecordView, dataset: datasets.Dataset, base_url: str | None) -> bytes:
    """Give the citation. It is written as JSON values in YAML, which every reader of YAML reads alike."""
    told: dict[str, Any] = {
        "cff-version": "1.2.0",
        "message": "If you use this record, please cite it so.",
        "type": "dataset",
        "title": record.policy.name,
        "abstract": record.policy.description,
        "authors": [_author(dataset.keepers)],
        "contact": [_author(dataset.keepers)] if dataset.keepers.email else None,
        "version": f"{record.size} entries, root {record.root}",
        "date-released": record.updated[:10],
        "identifiers": _identifiers(record),
        **_licence(dataset),
        "url": base_url,
        "references": [_reference(source) for source in dataset.sources],
    }
    lines = (f"{key}: {_value(value)}" for key, value in told.items() if value)
    return ("\n".join(lines) + "\n").encode()


def _value(value: Any) -> str:
    if isinstance(value, list):
        return "".join(f"\n  - {msgspec.json.encode(item).decode()}" for item in value)
    return msgspec.json.encode(value).decode()


def _author(keepers: datasets.Keepers) -> dict[str, str]:
    told = {"name": keepers.name, "email": keepers.email, "website": keepers.website}
    return {key: value for key, value in told.items() if value}


def _identifiers(record: RecordView) -> list[dict[str, str]]:
    named = {"type": "other", "value": urn(record.origin, "record")}
    return [named, *({"type": "other", "value": key, "description": VKEY} for key in record.vkeys)]


def _licence(dataset: datasets.Dataset) -> dict[str, str]:
    """Give the licence by its SPDX identifier, the only form that the standard takes; another one by its address alone."""
    licence = dataset.licence
    if licence is None:
        return {}
    if licence.spdx:
        return {"license": licence.spdx}
    return {"license-url": licence.address} if licence.address else {}


def _reference(source: datasets.Rested) -> dict[str, Any]:
    """Give a source; one whose author nobody entered is its publisher's."""
    who = source.author or source.publisher
    told = {
        "type": "generic",
        "title": source.title,
        "authors": [{"name": who} if who else {"alias": "anonymous"}],
        "publisher": {"name": source.publisher} if source.publisher else None,
        "url": source.address,
        "languages": [source.language.partition("-")[0].lower()] if source.language else None,
        **_published(source.published),
    }
    return {key: value for key, value in told.items() if value}


def _published(date: str | None) -> dict[str, Any]:
    if date is None:
        return {}
    return {"date-published": date} if _DAY.fullmatch(date) else {"year": int(date[:4])}
