"""The list of sites: by country, in the order of the reader's language, cut into parts that stay where they are.

A part ends where the id of a site says so, not after so many rows, so that a site that is added or renamed changes the part it stands in and
its neighbours, never all that follow (content-defined chunking).
"""

import hashlib
import zlib
from collections.abc import Sequence

import msgspec

from vestige.publishing._language import Language
from vestige.publishing._views import Summary

_LEAST, _MASK, _MOST = 60, 63, 240


class Row(msgspec.Struct, frozen=True):
    """One line of a list of sites, as a template shows it."""

    key: str
    name: str
    language: str | None
    site: Summary


class Part(msgspec.Struct, frozen=True):
    """One page of a list: where it is, and its rows."""

    page: str
    rows: tuple[Row, ...]


def country_page(country: str) -> str:
    """Give the name of the first page of a country; sites that name no country stand under "other"."""
    return f"{country or 'other'}.html"


def parts_of(country: str, sites: Sequence[Summary], words: Language) -> list[Part]:
    """Order the sites of a country for a reader and cut the list into parts."""
    keyed = []
    for site in sites:
        name = words.name(site.names)
        keyed.append((words.sort_key(name.text), site.id, Row(site.key, name.text, name.language, site)))
    keyed.sort(key=lambda item: item[:2])
    parts: list[list[Row]] = [[]]
    for _, _, row in keyed:
        if parts[-1] and _ends(parts[-1]):
            parts.append([])
        parts[-1].append(row)
    first = country_page(country)
    stem = first.removesuffix(".html")
    return [Part(first if i == 0 else f"{stem}-{rows[0].key}.html", tuple(rows)) for i, rows in enumerate(parts)]


def _ends(rows: Sequence[Row]) -> bool:
    return (len(rows) >= _LEAST and zlib.crc32(rows[-1].key.encode()) & _MASK == 0) or len(rows) >= _MOST


def digest_of(part: Part, *context: object) -> str:
    """Give what a part is made from, as a digest: its rows and whatever else its page shows."""
    digest = hashlib.sha256(repr(context).encode())
    for row in part.rows:
        digest.update(
            msgspec.msgpack.encode(
                (row.key, row.name, row.language, row.site.type, row.site.finding, row.site.conditions, row.site.window)
            )
        )
    return digest.hexdigest()
