"""The published folder as an RO-Crate 1.2 (https://w3id.org/ro/crate/1.2): its files, licence, keepers and sources."""

from collections.abc import Iterable
from typing import Any

from vestige.publishing.data import _dataset as datasets
from vestige.publishing.data._describe import data_names, holdings, media_type, pretty
from vestige.publishing.kinds._site_linked_art import urn
from vestige.publishing.views._views import RecordView

_KEEPERS, _CONTACT = "#keepers", "#contact"
_EXTRA = ("CITATION.cff", "datapackage.json", "manifest", "ledger/checkpoint", "proofs.json")


def ro_crate(record: RecordView, dataset: datasets.Dataset, linked_art: Iterable[str], base_url: str | None) -> bytes:
    """Describe the published folder; each licence, person, source and file is an entity of its own, as the standard has it."""
    paths = (*(f"data/{name}" for name in data_names()), *linked_art, *_EXTRA)
    licence = _licence(dataset)
    sources = list({named["@id"]: named for named in map(_source, reversed(dataset.sources))}.values())[::-1]
    descriptor = {
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "about": {"@id": "./"},
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.2"},
    }
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": record.policy.name,
        "description": record.policy.description or f"The public record {record.policy.name}",
        "datePublished": record.updated[:10],
        "identifier": urn(record.origin, "record"),
        "inLanguage": list(record.policy.languages),
        "author": {"@id": _KEEPERS},
        "publisher": {"@id": _KEEPERS},
        "license": {"@id": licence["@id"]},
        "isBasedOn": [{"@id": source["@id"]} for source in sources],
        "hasPart": [{"@id": path} for path in paths],
        **({"url": base_url} if base_url else {}),
    }
    graph = [descriptor, root, licence, *_keepers(dataset.keepers), *sources, *map(_file, paths)]
    return pretty({"@context": "https://w3id.org/ro/crate/1.2/context", "@graph": graph})


def _licence(dataset: datasets.Dataset) -> dict[str, Any]:
    licence = dataset.licence
    if licence is None:
        text = "Not stated by the keepers of the record: ask them before you reuse it"
        return {"@id": "#licence", "@type": "CreativeWork", "name": text}
    named = {"name": licence.spdx or licence.text, "description": licence.text}
    return {"@id": licence.address or "#licence", "@type": "CreativeWork", **named}


def _keepers(keepers: datasets.Keepers) -> list[dict[str, Any]]:
    who: dict[str, Any] = {"@id": _KEEPERS, "@type": "Organization", "name": keepers.name}
    if keepers.website:
        who["url"] = keepers.website
    if not keepers.contact:
        return [who]
    how = {"@id": _CONTACT, "@type": "ContactPoint", "contactType": "keepers of the record", "name": keepers.contact}
    return [who | {"contactPoint": {"@id": _CONTACT}}, how | ({"email": keepers.email} if keepers.email else {})]


def _source(source: datasets.Rested) -> dict[str, Any]:
    """Name a source by its address; one without is named by its id in the record."""
    told = {
        "author": source.author,
        "publisher": source.publisher,
        "datePublished": source.published,
        "inLanguage": source.language,
        "usageInfo": source.rights,
    }
    named = {"@id": source.address or f"#{source.id}", "@type": "CreativeWork", "name": source.title}
    return named | {"identifier": source.id} | {key: value for key, value in told.items() if value}


def _file(path: str) -> dict[str, Any]:
    name = path.rpartition("/")[2]
    held = holdings().get(name)
    entity = {"@id": path, "@type": "File", "name": name, "encodingFormat": media_type(path)}
    return entity | ({"description": held} if held else {})
