"""A source of the example: an abstract in our own words where the data holds one, otherwise a bare reference."""

from collections.abc import Mapping
from typing import Any

from vestige.entries import Source
from vestige.example import _data as data
from vestige.record import Record

_RIGHTS = "The abstract is part of Vestige (Apache-2.0); the source itself is its publisher's."
_ORIGIN = "Abstract by the Vestige developers, from the source at the address given"


def abstract_source(record: Record, stem: str, item: Mapping[str, Any]) -> Source:
    """Give a source and preserve its abstract, if there is one, as ``STEM.txt``."""
    printed: dict[str, Any] = {
        field: item.get(field) for field in ("publisher", "author", "published", "address", "note", "nature")
    }
    language = item.get("language", data.LANGUAGE)
    if "text" not in item:
        return Source(title=item["title"], form="reference", language=language, **printed)
    content = data.one_line(item["text"]).encode()
    return Source(
        title=item["title"],
        form="abstract",
        language=language,
        origin=_ORIGIN,
        file=record.add_file(content),
        file_name=f"{stem}.txt",
        media_type="text/plain; charset=utf-8",
        size=len(content),
        rights=_RIGHTS,
        **printed,
    )
