"""What a person may mean by the words typed for a place or a site: the record's own near the text's other places first."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from vestige.entries import Place, Site
from vestige.errors import InputError, MissingExtraError
from vestige.keeping.finding import title_of
from vestige.reading import Candidate, nearest_of, places_called
from vestige.record import Entry, Record

SHOWN = 9
"""As many as one key chooses among."""


class Choice(NamedTuple):
    """One thing that may be meant: how it is shown, and the place and site that it would make."""

    shown: str
    place: Place | None
    site: str | None


def site_choices(record: Record, words: str, near: Sequence[Place]) -> list[Choice]:
    """Give the sites of the record that words may mean. Raises InputError where there are none."""
    found = _sites(record, words, near)
    if not found:
        raise InputError(f"expected words of a site of this record, got {words!r}", where="sites")
    return [Choice(f"{title_of(entry)} ({entry.about})", None, entry.about) for entry, _ in found[:SHOWN]]


def place_choices(record: Record, printed: Place, near: Sequence[Place]) -> list[Choice]:
    """Give what a printed place may be: sites of the record, places of the gazetteer, or no more than the words."""
    sites = [
        Choice(f"{title_of(entry)}, a site of the record ({entry.about})", _as_place(printed, point), entry.about)
        for entry, point in _sites(record, printed.text, near)
        if point is not None
    ]
    others = _points(near)
    known = sorted(_called(printed.text), key=lambda place: nearest_of(place, others))
    listed = [
        Choice(
            f"{place.name}, {place.kind} ({', '.join(filter(None, (place.country, place.id)))})",
            _as_place(printed, place),
            None,
        )
        for place in known
    ]
    return [*[*sites, *listed][: SHOWN - 1], Choice("the words as printed, not said which place", printed, None)]


def _called(words: str) -> Sequence[Candidate]:
    """Give places of the gazetteer of a name; none where that optional part is not installed."""
    try:
        return places_called(words)
    except MissingExtraError:
        return ()


def _sites(record: Record, words: str, near: Sequence[Place]) -> list[tuple[Entry, Candidate | None]]:
    """Give sites found by words, the nearest to other places first, those whose place is not public last."""
    found = {entry.about: entry for entry in record.index.search(words, "site", limit=4 * SHOWN) if entry.stands}
    pairs = [(entry, _point(entry)) for entry in found.values() if entry.envelope.visibility == "public"]
    others = _points(near)
    return sorted(pairs, key=lambda pair: (pair[1] is None, nearest_of(pair[1], others) if pair[1] else 0.0))


def _point(entry: Entry) -> Candidate | None:
    body = entry.body
    if not isinstance(body, Site) or body.location is None:
        return None
    country = body.countries[0] if body.countries else ""
    at = body.location
    return Candidate(
        id=entry.about, name=title_of(entry), lat=at.latitude, lon=at.longitude, country=country, kind="site"
    )


def _points(places: Sequence[Place]) -> list[Candidate]:
    """Give where the text's other places lie."""
    return [
        Candidate(id=place.identifier or "", name=place.text, lat=place.latitude, lon=place.longitude, country="")
        for place in places
        if place.latitude is not None and place.longitude is not None
    ]


def _as_place(printed: Place, chosen: Candidate) -> Place:
    return replace(
        printed,
        identifier=chosen.id,
        name=chosen.name,
        latitude=chosen.lat,
        longitude=chosen.lon,
        country=chosen.country or None,
    )
