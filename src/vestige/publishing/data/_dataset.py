"""What a catalogue asks of a data set besides its files: who answers for it, under which licence it stands, and what it rests on."""

import re
from collections.abc import Iterable, Sequence

import msgspec

from vestige.entries import Policy, Source
from vestige.publishing.data._licences import Licence, licence_of
from vestige.publishing.views._collect import Collector

MOST = 500
"""Sources that descriptions name, the first entered; ``sources.csv`` holds all."""
_MAIL = re.compile(r"[^\s<>()\[\]@,;:]+@[^\s<>()\[\]@,;:]+\.[^\s<>()\[\]@,;:.]+")
_WEB = re.compile(r"https?://[^\s<>\"]+")


class Keepers(msgspec.Struct, frozen=True):
    """Who answers for a record: the first line of its imprint, else its keepers; and how to reach them."""

    name: str
    contact: str | None = None
    email: str | None = None
    website: str | None = None


class Rested(msgspec.Struct, frozen=True):
    """A source as descriptions name it."""

    id: str
    title: str
    author: str | None
    publisher: str | None
    published: str | None
    address: str | None
    rights: str | None
    language: str | None


class Dataset(msgspec.Struct, frozen=True):
    """A record as a data set."""

    keepers: Keepers
    licence: Licence | None
    sources: tuple[Rested, ...]
    sources_in_all: int


def dataset_of(policy: Policy, sources: Sequence[Rested], sources_in_all: int) -> Dataset:
    """Describe a record by its policy and its sources."""
    return Dataset(
        keepers=_keepers(policy),
        licence=licence_of(policy.licence) if policy.licence else None,
        sources=tuple(sources),
        sources_in_all=sources_in_all,
    )


def rested_on(collector: Collector, abouts: Iterable[str]) -> list[Rested]:
    """Give the sources of a record as descriptions name them."""
    entries = (collector.newest(about) for about in abouts)
    return [_rested(entry.about, entry.body) for entry in entries if entry and isinstance(entry.body, Source)]


def _rested(about: str, body: Source) -> Rested:
    address = body.address if body.address and _WEB.fullmatch(body.address) else None
    return Rested(about, body.title, body.author, body.publisher, body.published, address, body.rights, body.language)


def _keepers(policy: Policy) -> Keepers:
    first = next((line.strip() for line in (policy.imprint or "").splitlines() if line.strip()), None)
    told = f"{policy.contact or ''} {policy.imprint or ''}"
    mail, web = _MAIL.search(told), _WEB.search(told)
    return Keepers(
        name=first or f"The keepers of {policy.name}",
        contact=policy.contact,
        email=mail.group() if mail else None,
        website=web.group().rstrip(".,;)") if web else None,
    )
