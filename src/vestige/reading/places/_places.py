"""Places named in a text, with all the candidates that each may stand for."""

from collections.abc import Sequence
from functools import lru_cache
from itertools import compress
from math import log1p

from msgspec.structs import replace

from vestige.reading._model import Candidate, Context, Place, Span
from vestige.reading.places._anaphora import with_anaphora
from vestige.reading.places._gazetteer import Gazetteer, gazetteer
from vestige.reading.places._kinds import KINDS
from vestige.reading.places._matches import Match, find_matches
from vestige.reading.places._mentions import weigh
from vestige.reading.places._ranking import groups, rank
from vestige.reading.places._sites import nearest_of, site_index
from vestige.reading.places._tables import rows
from vestige.reading.places._tokens import Words, words
from vestige.reading.text._pieces import Stretch, cut

REGION_WEIGHT = 1.0  # of a country that the record is about
ADJECTIVE_WEIGHT = 0.7  # of a country whose adjective ("Syrian") the text uses, by the log of how often

_NO_CONTEXT = Context()


def find_places(text: str, body: tuple[Span, ...], language: str, context: Context | None = None) -> tuple[Place, ...]:
    """Give the places mentioned in the body, in order of their spans.

    ``language`` is the ISO 639-1 code of the body's language: endings and prefixes of names are undone by it. Adjectives and
    nationalities ("Syrian", "Georgians") are no mentions, but speak for their country. A mention such as "these territories" has
    no candidates of its own and says in ``refers_to`` which places of the result it stands for.
    """
    return places_among(text, cut(text, body), language, context)


def places_called(name: str) -> tuple[Candidate, ...]:
    """Give the gazetteer's places of a name as somebody typed it, the most populous first; none where it knows none."""
    g = gazetteer()
    ((_, known),) = g.named([" ".join(name.split())])
    found = [_unranked(g, row) for row in known.rows.tolist()] if known else []
    return tuple(sorted(found, key=lambda place: (place.kind == "city", -place.population)))


def places_among(
    text: str, stretches: Sequence[Stretch], language: str, context: Context | None = None
) -> tuple[Place, ...]:
    """Give the places mentioned in a text that is cut already, see `find_places`."""
    g, context = gazetteer(), context or _NO_CONTEXT
    found = words(text, stretches)
    matches = weigh(found, find_matches(found, g, language, site_index(context.sites)), g, language)
    prior = _countries(found, context, g)
    places = []
    for group in groups(matches):
        ranked = rank(group, g, prior)
        candidates = {key: tuple(_candidate(g, row, score) for row, score in best) for key, best in ranked.items()}
        places += [
            Place(span=Span(m.start, m.end), candidates=_of_match(m, candidates.get(m.key, ()), candidates))
            for m in group
        ]
    return with_anaphora(found, places)


def _of_match(
    match: Match, candidates: tuple[Candidate, ...], ranked: dict[str, tuple[Candidate, ...]]
) -> tuple[Candidate, ...]:
    """Put the record's own sites of that name first, the nearest to the other places of the text before the rest."""
    if len(match.sites) < 2:
        return (*match.sites, *candidates) if match.sites else candidates
    others = [best[0] for key, best in ranked.items() if key != match.key and best]
    return (*sorted(match.sites, key=lambda site: nearest_of(site, others)), *candidates)


@lru_cache(maxsize=1)
def _adjectives() -> dict[str, str]:
    """Give the country of each adjective, and of the plural that is its people."""
    listed = ((word, row[0]) for row in rows("countries.tsv") for word in row[4].split("|") if word)
    return {form: country for word, country in listed for form in (word, word + "s")}


def _countries(found: Words, context: Context, g: Gazetteer) -> dict[int, float]:
    """Give the countries that speak for places in them before any place is looked at, with their weights."""
    adjectives, counts = _adjectives(), dict.fromkeys(context.countries, 0)
    for word in compress(found.forms, found.capital):
        if country := adjectives.get(word):
            counts[country] = counts.get(country, 0) + 1
    return {
        code: REGION_WEIGHT * (country in context.countries) + ADJECTIVE_WEIGHT * log1p(count)
        for country, count in counts.items()
        if (code := g.country_codes.get(country)) is not None
    }


def _candidate(g: Gazetteer, row: int, score: float) -> Candidate:
    return replace(_unranked(g, row), score=score)


@lru_cache(maxsize=1 << 14)
def _unranked(g: Gazetteer, row: int) -> Candidate:
    """Give what the gazetteer says of a place; the same places come again and again."""
    return Candidate(
        id=g.identifier(row),
        name=g.name(row),
        lat=round(float(g.lat[row]), 5),
        lon=round(float(g.lon[row]), 5),
        country=g.countries[g.country[row]],
        kind=KINDS[g.kind[row]],
        population=int(g.population[row]),
    )
