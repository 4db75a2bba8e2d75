"""Calls, visits and dialogues as schema.org JSON-LD, which stands in their pages: what the page says, and no more.

The context stands in it, so that reading it asks no other host. Nothing in it counts who joined, came or spoke, and a visit has no place: it is
about the sites that it names.
"""

from collections.abc import Iterable
from typing import Any

from vestige.entries import Name
from vestige.entries.acts import Call, Gathering, Visit
from vestige.entries.acts._values import Funding
from vestige.publishing.acts._events import event_of, names_as_json
from vestige.publishing.kinds._site_linked_art import urn
from vestige.publishing.views import _partials as partials

_CONTEXT = {"@vocab": "https://schema.org/"}


def describe_call(card: partials.Card, origin: str) -> dict[str, Any]:
    """Give a call as a `CreativeWork`, with the hashes of the files of its texts."""
    body = card.body
    assert isinstance(body, Call)  # noqa: S101 - it is registered for calls alone
    texts = [{"@type": "MediaObject", "inLanguage": text.language, "sha256": text.file} for text in body.texts]
    return {
        **_head(card, origin, "CreativeWork", body.titles),
        "description": body.asks,
        "creator": _thing(card, origin, body.promoter),
        "datePublished": body.opens,
        **({"expires": body.closes} if body.closes else {}),
        **({"encoding": texts} if texts else {}),
        **_funders(body.paid_by),
    }


def describe_visit(card: partials.Card, origin: str) -> dict[str, Any]:
    """Give a visit as an `Event` about the sites that it names, with its days as the page tells them."""
    body = card.body
    assert isinstance(body, Visit)  # noqa: S101 - it is registered for visits alone
    first, last = body.window.bounds()
    sites = dict.fromkeys((*(one.site for one in body.planned), *(one.site for one in body.seen)))
    days = {"startDate": first, "endDate": last}
    return {
        **_head(card, origin, "Event", body.titles),
        "description": body.purpose,
        "organizer": [_thing(card, origin, host) for host in (*body.hosts, *body.organisers)],
        **{name: day.isoformat() for name, day in days.items() if day},
        **({"about": [_thing(card, origin, site) for site in sites]} if sites else {}),
        **_funders(body.funding),
    }


def describe_gathering(card: partials.Card, origin: str) -> dict[str, Any]:
    """Give a dialogue as the file of all dialogues does."""
    body = card.body
    assert isinstance(body, Gathering)  # noqa: S101 - it is registered for dialogues alone
    return {"@context": _CONTEXT, **event_of(card.id, body, origin)}


def _head(card: partials.Card, origin: str, kind: str, names: Iterable[Name]) -> dict[str, Any]:
    return {"@context": _CONTEXT, "@id": urn(origin, card.id), "@type": kind, "name": names_as_json(names)}


def _thing(card: partials.Card, origin: str, about: str) -> dict[str, Any]:
    """Name a thing by its id, and by its names where the public knows them."""
    link = card.links.get(about)
    return {"@id": urn(origin, about), **({"name": names_as_json(link.names)} if link else {})}


def _funders(funding: Iterable[Funding]) -> dict[str, Any]:
    named = [{"@type": "Organization", "name": one.by} for one in funding if one.by != "not disclosed"]
    return {"funder": named} if named else {}
