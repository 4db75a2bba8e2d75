"""What describes the data: their names and what they hold, schema.org, feeds."""

from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

import msgspec

from vestige.printable import without_controls
from vestige.publishing._registry import DATA_FILES
from vestige.publishing.data._balance import FILE as BALANCE
from vestige.publishing.data._files import PARQUET, writes_parquet
from vestige.publishing.kinds._site_linked_art import urn
from vestige.publishing.views._partials import EntryLine
from vestige.publishing.views._views import RecordView
from vestige.publishing.words._language import Language

_TYPES = {
    "json": "application/json",
    "csv": "text/csv",
    "geojson": "application/geo+json",
    "parquet": "application/vnd.apache.parquet",
    "jsonld": "application/ld+json",
}
DESCRIPTIONS = (
    ("datapackage.json", "Frictionless Data Package", "What each column means"),
    ("ro-crate-metadata.json", "RO-Crate 1.2", "What each file is, for archives"),
    ("CITATION.cff", "CFF", "How to cite this record"),
    ("ledger/checkpoint", "C2SP signed note", "The newest checkpoint"),
    ("proofs.json", "JSON", "The proof path from each part of the ledger to the checkpoint"),
    ("manifest", "C2SP signed note", "Every file with its hash, signed"),
)
"""Other files that the data page offers: path, format, what it holds."""


def holdings() -> Mapping[str, str]:
    """Say in English what each data file holds."""
    joined = {file.name: file.holds for file in (*DATA_FILES.values(), BALANCE)}
    return joined | ({PARQUET: "GeoParquet 1.1, one row a site"} if writes_parquet() else {})


def data_names() -> list[str]:
    """Give the names of the data files."""
    return [*DATA_FILES, *([PARQUET] if writes_parquet() else ()), BALANCE.name]


def schema_org(record: RecordView, base_url: str | None) -> dict[str, Any]:
    """Describe the record as a schema.org Dataset."""
    root = base_url or "../"
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": record.policy.name,
        "description": record.policy.description or f"The public record {record.policy.name}",
        "identifier": urn(record.origin, "record"),
        "dateModified": record.updated,
        **({"license": record.policy.licence} if record.policy.licence else {}),
        "isAccessibleForFree": True,
        "distribution": [
            {
                "@type": "DataDownload",
                "name": name,
                "encodingFormat": media_type(name),
                "contentUrl": f"{root}data/{name}",
            }
            for name in data_names()
        ],
    }


VKEY = "the verifier key of the ledger (C2SP signed-note)"


class Feed(msgspec.Struct, frozen=True):
    """A feed of a language's folder: the stem of its file, what it is called beside the record's name, and the page that it belongs to."""

    name: str
    title: str
    page: str


CHANGES = Feed("changes", "", "index.html")
"""The feed of the whole record."""


def atom_feed(
    record: RecordView, words: Language, lines: Sequence[EntryLine], base_url: str | None, feed: Feed = CHANGES
) -> bytes:
    """Give the newest entries as an Atom feed (RFC 4287)."""
    called = words.text(": ").join(filter(None, (record.policy.name, feed.title)))
    home = f"{base_url or ''}{words.code}/" if base_url else ""
    items = "".join(
        f"<entry><id>urn:sha256:{line.entry.hash}</id><title>{escape(without_controls(_title(line, words)))}</title>"
        f"<updated>{line.entry.made}</updated><link href={quoteattr(home + _target(line))}/></entry>\n"
        for line in lines
    )
    keys = "".join(f'<vkey xmlns="https://c2sp.org/signed-note">{escape(key)}</vkey>' for key in record.vkeys)
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{words.code}">\n'
        f"<id>{escape(urn(record.origin, feed.name))}</id><title>{escape(without_controls(called))}</title>"
        f"<updated>{record.updated}</updated><author><name>{escape(without_controls(record.policy.name))}</name></author>"
        f"{keys}"
        f'<link rel="self" href={quoteattr(f"{home}{feed.name}.atom")}/><link href={quoteattr(home + feed.page)}/>\n{items}</feed>\n'
    ).encode()


def json_feed(record: RecordView, words: Language, lines: Sequence[EntryLine], base_url: str | None) -> bytes:
    """Give the newest entries as a JSON Feed 1.1."""
    home = f"{base_url}{words.code}/" if base_url else ""
    return pretty(
        {
            "version": "https://jsonfeed.org/version/1.1",
            "title": record.policy.name,
            "language": words.code,
            "home_page_url": home + "index.html",
            "feed_url": home + "changes.json",
            "_vestige": {"about": VKEY, "vkeys": record.vkeys, "size": record.size, "root": record.root},
            "items": [
                {
                    "id": f"urn:sha256:{line.entry.hash}",
                    "url": home + _target(line),
                    "title": _title(line, words),
                    "content_text": _title(line, words),
                    "date_published": line.entry.made,
                }
                for line in lines
            ],
        }
    )


def format_of(name: str) -> str:
    """Name the format of a data file."""
    return {"csv": "CSV", "geojson": "GeoJSON", "parquet": "GeoParquet", "json": "JSON"}[name.rpartition(".")[2]]


def _title(line: EntryLine, words: Language) -> str:
    kind = words.term(line.entry.kind, "kind")
    return f"{kind}: {words.name(line.label).text}" if line.label else f"{kind}: {line.entry.about}"


def _target(line: EntryLine) -> str:
    return line.page or f"ledger/{line.entry.tile}.html#e{line.entry.index}"


def media_type(path: str) -> str:
    """Give the media type of a published file, by the end of its name."""
    return _TYPES.get(path.rpartition(".")[2], "text/plain")


def pretty(value: Any) -> bytes:
    """Give a value as JSON that people can read."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
