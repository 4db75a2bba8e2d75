"""The record's own sites as a gazetteer: names found word for word, longest first, in any case with one capital among their letters.

A language writes "the Church of St Stephen" or "l'église Saint-Étienne", so the first word of a name may be small in a text where
another word of it is not.
"""

from collections.abc import Sequence
from math import asin, cos, radians, sin, sqrt

from vestige.reading._model import Candidate
from vestige.reading.places._names import name_keys
from vestige.reading.places._tokens import Words

EARTH_RADIUS = 6371.0  # kilometres
SHORTEST = 4  # letters of a site's name; shorter ones are words


class SiteIndex:
    """Sites by the words of their names; a site with several names stands in the input once for each."""

    def __init__(self, sites: Sequence[Candidate]) -> None:
        self._names: dict[tuple[str, ...], dict[str, Candidate]] = {}
        longest: dict[str, int] = {}
        for site, key in zip(sites, name_keys([" ".join(site.name.split()) for site in sites]), strict=True):
            name = tuple(key.split())
            if len(key) >= SHORTEST and name:
                self._names.setdefault(name, {}).setdefault(site.id, site)
                longest[name[0]] = max(longest.get(name[0], 0), len(name))
        self._longest = longest

    def find(self, found: Words) -> dict[int, tuple[int, tuple[Candidate, ...]]]:
        """Give for the word that a site's name begins at its last word, and the sites of that name."""
        hits: dict[int, tuple[int, tuple[Candidate, ...]]] = {}
        if not self._longest:
            return hits
        keys = name_keys(found.forms)
        for first, key in enumerate(keys):
            most = self._longest.get(key, 0)
            for length in range(min(most, len(keys) - first), 0, -1):
                sites = self._names.get(tuple(keys[first : first + length]))
                if sites and any(found.named[first : first + length]):
                    hits[first] = (first + length - 1, tuple(sites.values()))
                    break
        return hits


def nearest_of(place: Candidate, others: Sequence[Candidate]) -> float:
    """Give the kilometres from a place to the nearest of some others, along the surface; 0 without others, so that they keep their order."""
    return min((_kilometres(place, other) for other in others if other.kind not in {"country", "region"}), default=0.0)


def _kilometres(one: Candidate, other: Candidate) -> float:
    """Give the great-circle distance by the haversine formula."""
    first, second, turn = radians(one.lat), radians(other.lat), radians(other.lon - one.lon)
    half = sin((second - first) / 2) ** 2 + cos(first) * cos(second) * sin(turn / 2) ** 2
    return 2 * EARTH_RADIUS * asin(sqrt(min(1.0, half)))


_latest: tuple[Sequence[Candidate], SiteIndex] = ((), SiteIndex(()))


def site_index(sites: Sequence[Candidate]) -> SiteIndex:
    """Give the index of these sites, made once for the many texts that are read with the same ones."""
    global _latest  # noqa: PLW0603 - a cache of one, keyed by identity: hashing 30,000 sites would cost more than reading a text
    made_for, index = _latest
    if made_for is not sites:
        index = SiteIndex(sites)
        _latest = (sites, index)
    return index
