"""What a site is found by besides its names, type, countries and conditions: its addresses, and the places and speakers of what was said of it.

A file of its own, since a reader who looks for nothing needs none of it. Its rows stand in the order of ``sites-index.json``; each begins with the
beginning of its site's id, so that a browser that fetched the two before and after a publication notices.
"""

from collections.abc import Iterable

from vestige.entries import Speaker, Statement
from vestige.publishing.kinds._data_file import DataFile
from vestige.publishing.kinds._rows import encode
from vestige.publishing.views._cards import standing
from vestige.publishing.views._collect import Collector
from vestige.publishing.views._views import SiteView

FILE = DataFile(
    "sites-words.json",
    "Addresses, places and speakers of all sites, for search",
    b'{"format":1,"sites":[\n',
    b",\n",
    b"\n]}\n",
)
_BEGINNING = 3
"""Letters of an id that a row begins with."""


def words_row(collector: Collector, view: SiteView) -> bytes:
    """Give the row of a site: the beginning of its id, its addresses, its types in other languages, and the places and speakers of its statements.

    Lists that are empty are left out at the end. Only what the pages show is told: the public body, and statements that a person confirmed.
    """
    said = [entry for entry in standing(collector.linked(view.id, "statement")) if entry.is_public]
    collector.touched.update(entry.about for entry in said)  # also of those that the page has no room for
    statements = [entry.body for entry in said if isinstance(entry.body, Statement)]
    row: list[str | list[str]] = [
        view.id.partition(":")[2][:_BEGINNING],
        _distinct([view.body.address, *(one.text for one in view.body.translations if one.field == "address")]),
        _distinct(one.text for one in view.body.translations if one.field == "type"),
        _distinct(text for body in statements for place in body.places for text in (place.text, place.name)),
        _distinct(_speaker(collector, body.speaker) for body in statements),
    ]
    while not row[-1]:
        row.pop()
    return encode(row)


def _speaker(collector: Collector, speaker: Speaker) -> str:
    """Give a speaker as printed, and by the names of the actor that this was resolved to."""
    link = collector.link(speaker.actor) if speaker.actor else None
    names = [name.text for name in link.names] if link else []
    return " · ".join(_distinct([speaker.name, speaker.role, speaker.organisation, *names]))


def _distinct(texts: Iterable[str | None]) -> list[str]:
    return list(dict.fromkeys(text for text in texts if text))
