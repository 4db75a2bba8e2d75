"""The list of sites: by country, in the order of the reader's language, cut into parts that stay where they are.

A part ends where the id of a site says so, not after so many rows, so that a site that is added or renamed changes the part it stands in and
its neighbours, never all that follow (content-defined chunking).
"""

import hashlib
import zlib
from collections.abc import Sequence

import msgspec

from vestige.publishing.memory._lists import Listed
from vestige.publishing.views._partials import Summary
from vestige.publishing.views._paths import key_of
from vestige.publishing.words._language import Language

_LEAST, _MASK, _MOST = 60, 63, 240


class Row(msgspec.Struct, frozen=True):
    """One line of a list of sites, as a template shows it."""

    key: str
    name: str
    language: str | None
    site: Summary


class Part(msgspec.Struct, frozen=True):
    """One page of a list: where it is, and the ids and shown names of its sites in order."""

    page: str
    sites: tuple[tuple[str, str], ...]

    @property
    def label(self) -> tuple[str, str]:
        """Its page and the name that it begins with."""
        return self.page, self.sites[0][1]


def country_page(country: str) -> str:
    """Give the name of the first page of a country; sites that name no country stand under "other"."""
    return f"{country or 'other'}.html"


def listings(site: Summary, words: Language) -> list[Listed]:
    """Say where a site stands in one reader's lists: in that of each of its countries."""
    name = words.name(site.names).text
    key = words.sort_key(name)
    return [Listed(list_name(words, country), key, site.id, name) for country in dict.fromkeys(site.countries or ("",))]


def list_name(words: Language, country: str) -> str:
    """Name the list of a country in a language."""
    return f"{words.code}:{country}"


def parts_of(country: str, order: Sequence[tuple[str, str]]) -> list[Part]:
    """Cut the list of a country, given as ids and shown names in order, into parts."""
    parts: list[list[tuple[str, str]]] = []
    for line in order:
        if not parts or _ends(parts[-1]):
            parts.append([])
        parts[-1].append(line)
    first = country_page(country)
    stem = first.removesuffix(".html")
    return [
        Part(first if i == 0 else f"{stem}-{key_of(lines[0][0])}.html", tuple(lines)) for i, lines in enumerate(parts)
    ]


def _ends(lines: Sequence[tuple[str, str]]) -> bool:
    return (len(lines) >= _LEAST and zlib.crc32(key_of(lines[-1][0]).encode()) & _MASK == 0) or len(lines) >= _MOST


def rows_of(sites: Sequence[Summary], words: Language) -> list[Row]:
    """Give the rows of some sites as one reader sees them."""
    names = [(site, words.name(site.names)) for site in sites]
    return [Row(site.key, name.text, name.language, site) for site, name in names]


def digest_of(part: Part, *context: object) -> str:
    """Give which sites a part has and what else its page shows, as a digest; what their rows say is not in it."""
    return hashlib.sha256(repr((part.sites, context)).encode()).hexdigest()
