"""Places named in a text, with all the candidates that each may stand for."""

from vestige.reading._gazetteer import KINDS, Gazetteer, gazetteer
from vestige.reading._model import Candidate, Context, Place, Span
from vestige.reading._place_mentions import find_matches, weigh
from vestige.reading._place_ranking import rank
from vestige.reading._place_tokens import words

MOST_STORED = 12  # candidates kept with a mention


def find_places(text: str, body: tuple[Span, ...], language: str, context: Context | None = None) -> tuple[Place, ...]:
    """Give the places mentioned in the body, in order of their spans."""
    g = gazetteer()
    found = [w for span in body for w in words(text, *span)]
    matches = weigh(text, found, find_matches(text, found, g, language), g, language)
    if not matches:
        return ()
    region = {g.countries.index(c): 1.0 for c in (context.countries if context else ()) if c in g.countries}
    ranked = rank(matches, g, region)
    candidates = {
        key: tuple(_candidate(g, row, score) for row, score in rows[:MOST_STORED]) for key, rows in ranked.items()
    }
    return tuple(Place(span=Span(m.start, m.end), candidates=candidates[m.key]) for m in matches)


def _candidate(g: Gazetteer, row: int, score: float) -> Candidate:
    return Candidate(
        id=g.identifier(row),
        name=g.name(row),
        lat=round(float(g.lat[row]), 5),
        lon=round(float(g.lon[row]), 5),
        country=g.countries[g.country[row]],
        kind=KINDS[g.kind[row]],
        population=int(g.population[row]),
        score=round(score, 3),
    )
