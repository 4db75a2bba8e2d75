"""The description of a bundle as RO-Crate 1.1: JSON-LD that tools for research data read."""

import mimetypes
from collections.abc import Mapping

import msgspec

from vestige import __version__
from vestige.appealing._composed import Composed
from vestige.appealing.documents._legible import one_line

METADATA = "ro-crate-metadata.json"
_TYPES = {
    ".tlog-proof": "text/plain",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ".ics": "text/calendar",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".html": "text/html",
    ".txt": "text/plain",
}


def crate_metadata(composed: Composed, sizes: Mapping[str, int], told: Mapping[str, str]) -> bytes:
    """Give the metadata file of a crate. ``sizes`` are the bytes of each file by its path, ``told`` what each is, where there is a name for it."""
    files = [
        {
            "@id": path,
            "@type": "File",
            "name": told.get(path, path.rpartition("/")[2]),
            "contentSize": str(size),
            "encodingFormat": media_type(path),
        }
        for path, size in sizes.items()
    ]
    root = {
        "@id": "./",
        "@type": "Dataset",
        "name": one_line(composed.title),
        "description": f"{one_line(composed.form_name)}. {one_line(composed.footer)}",
        "datePublished": composed.date,
        "inLanguage": composed.language,
        "license": {"@id": "#rights"},
        "author": {"@id": "#sender"},
        "hasPart": [{"@id": path} for path in sizes],
    }
    graph = [
        {
            "@id": METADATA,
            "@type": "CreativeWork",
            "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
            "about": {"@id": "./"},
        },
        root,
        {"@id": "#sender", "@type": "Organization", "name": one_line(composed.sender)},
        {
            "@id": "#rights",
            "@type": "CreativeWork",
            "name": "Rights",
            "description": "The rights of each preserved file are those that its entry states.",
        },
        {"@id": "#vestige", "@type": "SoftwareApplication", "name": "Vestige", "version": __version__},
        *files,
    ]
    shape = {"@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph}
    return msgspec.json.format(msgspec.json.encode(shape), indent=1) + b"\n"


def media_type(path: str) -> str:
    """Give the media type of a file by the end of its name."""
    ending = "." + path.rpartition(".")[2]
    return _TYPES.get(ending) or mimetypes.types_map.get(ending, "application/octet-stream")
