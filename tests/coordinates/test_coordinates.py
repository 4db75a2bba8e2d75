"""A place that must not be told is found in whatever notation it is written; elsewhere nothing is."""

import functools
import random

import mgrs
import pyproj
import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.coordinates import Protected
from vestige.coordinates._codes import from_geohash, from_plus_code, from_short_plus_code
from vestige.coordinates._utm import to_utm, zone_of

PLACE = ("site:a", 43.33732, 17.81501)
PROTECTED = Protected([PLACE, ("site:b", -33.85678, -70.64827)], 0.1)


@pytest.mark.parametrize(
    "text",
    [
        "It lies at 43.33732, 17.81501 behind the mill",
        "43,33732; 17,81501",
        "17.815 43.337",
        "lat=43.3373&lng=17.8150",
        '{"lat": 43.33732, "lon": 17.81501}',
        "43.34 N, 17.82 E",
        "N 43° 20.239' E 17° 48.901'",
        "43°20′14″N 17°48′54″E",
        "43 20 14 N, 17 48 54 E",
        "43° 20' 14\" с. ш., 17° 48' 54\" в. д.",
        "٤٣٫٣٣٧٣٢، ١٧٫٨١٥٠١",
        "33T 728128 4802217",
        "33 T 728128 m E, 4802217 m N",
        "https://www.google.com/maps/@43.33732,17.81501,18z",
        "https://www.google.com/maps/place/x/data=!3m1!4b1!3d43.33732!4d17.81501",
        "https://www.openstreetmap.org/#map=18/43.33732/17.81501",
        "https://yandex.com/maps/?ll=17.81501%2C43.33732&z=17",
        "geo:43.33732,17.81501",
        "+43.3373+017.8150/",
        "33.85678 S 70.64827 W",
        "lat 43 20 14.35 lon 17 48 54.0",
        "43 20.239 N 17 48.901 E",
        "N4320.239 E01748.901",
        "$GPGGA,1011,4320.239,N,01748.901,E",
        "432014N 0174854E",
        "43-20-14 N, 17-48-54 E",
        "43.20.14 N, 17.48.54 E",
        "S33 51 24.4 W70 38 53.8",
        "43 degrees 20 minutes 14 seconds north, 17 degrees 48 minutes 54 seconds east",
        "43 градуса 20 минут 14 секунд с. ш., 17 градусов 48 минут 54 секунды в. д.",
        "43&deg;20&prime;14&Prime;N 17&#176;48&#8242;54&#8243;E",
        r"43\u00b020\u203214 17\u00b048\u203254",
        r"43\'b020'14 N 17\'b048'54 E",
        "43\ufffd20'14\" 17\ufffd48'54\"",
        "https://geohack.toolforge.org/geohack.php?params=43_20_14_N_17_48_54_E",
        "{{coord|43|20|14|N|17|48|54|E}}",
        "q=43.33732%252C17.81501",
        '{"lat":43.33732,"alt":120.5,"lon":17.81501}',
        "Nr 7;43.33732;5;north gate;17.81501;x",
        "4.333732E1, 1.781501E1",
        "43·33732, 17·81501",
        "४३.३३७३२, १७.८१५०१",
        "728 128 E, 4 802 217 N, zone 33T",
        "E 728128, N 4802217",
        "UTM zone 33T: easting 728128, northing 4802217",
        "x 1983157.6, y 5363457.1",
        "33TYJ2819302123",
        "33T YJ 281 021",
    ],
)
def test_every_notation_is_read(text):
    assert PROTECTED.betrayed_by(text), text


def test_codes_are_read_and_by_known_values():
    assert from_geohash("ezs42")[:2] == pytest.approx((42.605, -5.603), abs=0.001), "the example of its inventor"
    assert from_plus_code("8FVC9G8F+6X")[:2] == pytest.approx((47.365625, 8.524938), abs=0.0001), "Google's test data"
    assert from_short_plus_code("9G8F+6X", (47.4, 8.6))[:2] == pytest.approx((47.365625, 8.524938), abs=0.0001)
    assert to_utm(31, 48.8583, 2.2945) == pytest.approx((448251.8, 5411943.8), abs=10), "Paris"


def _geohash(latitude, longitude, length):
    letters = "0123456789bcdefghjkmnpqrstuvwxyz"
    boxes = [[-180.0, 180.0], [-90.0, 90.0]]
    code, value = "", 0
    for bit in range(length * 5):
        low, high = boxes[bit % 2]
        middle = (low + high) / 2
        one = (longitude, latitude)[bit % 2] >= middle
        boxes[bit % 2] = [middle, high] if one else [low, middle]
        value = value * 2 + one
        if bit % 5 == 4:
            code, value = code + letters[value], 0
    return code


@given(st.floats(-89, 89), st.floats(-179, 179), st.integers(5, 10))
def test_any_place_is_found_by_geohash_and_decimals(latitude, longitude, length):
    protected = Protected([("site:x", latitude, longitude)], 1.0)
    assert protected.betrayed_by(f"see {_geohash(latitude, longitude, length)} there")
    assert protected.betrayed_by(f"{latitude:.4f}, {longitude:.4f}") or round(latitude, 3) % 1 == 0.5


@pytest.mark.parametrize(
    "text",
    [
        "43.35, 17.85",
        "43, 17",
        "44.80000, 20.46000 is another town",
        "In 1993, 1.5 million of 17.8 were paid; 43.3 percent",
        "the bridge was tested and supper served",
        "A,43.33740,18.21112\nB,43.90211,17.81498",
        "1,43.33740,18.21112,5\n2,43.90211,17.81498,5",
        "728128 visitors, 4800000 in all",
        "33T YJ 99 99",
        "12 43 20 17 48 11",
        "",
    ],
)
def test_a_grid_cell_and_other_places_are_no_betrayal(text):
    assert PROTECTED.betrayed_by(text) is None


def test_nothing_is_protected_where_there_is_no_place():
    assert Protected([], 0.1).betrayed_by("43.33732, 17.81501") is None


@given(st.floats(-90, 89.999), st.floats(-180, 179.999), st.integers(1, 12))
def test_a_geohash_is_the_middle_of_the_cell_that_its_bits_halve_to(latitude, longitude, length):
    north, east, precision = from_geohash(_geohash(latitude, longitude, length).upper())
    width, height = 360 / 2 ** (-(-length * 5 // 2)), 180 / 2 ** (length * 5 // 2)
    assert abs(north - latitude) <= height / 2
    assert abs(east - longitude) <= width / 2
    assert precision == max(width, height) / 2


@given(st.floats(-80, 83.9), st.floats(-180, 179.99))
def test_utm_and_its_squares_are_those_of_other_programs(latitude, longitude):
    zone = zone_of(longitude)
    metres = to_utm(zone, latitude, longitude)
    assert metres == pytest.approx(_projected(zone, latitude < 0).transform(longitude, latitude), abs=0.02)
    name = mgrs.MGRS().toMGRS(latitude, longitude, MGRSPrecision=4)
    if int(name[:2]) == zone:  # not one of the wider zones of Norway and Svalbard
        assert Protected([("site:x", latitude, longitude)], 0.1).betrayed_by(f"at {name}.")


@functools.cache
def _projected(zone, south):
    return pyproj.Transformer.from_crs(4326, (32700 if south else 32600) + zone, always_xy=True)


def test_many_numbers_of_a_region_tell_no_place():
    chance = random.Random(20)
    places = [(f"site:{n}", chance.uniform(43, 45), chance.uniform(16, 18)) for n in range(50)]
    rows = [
        f"{n},{lat:.5f},{lon:.5f},{chance.randint(1, 300)},{chance.randint(100000, 9999999)},2023-01-1{n % 9}"
        for n, lat, lon in ((n, chance.uniform(43, 45), chance.uniform(16, 18)) for n in range(2000))
        if not any(abs(lat - place[1]) < 0.012 and abs(lon - place[2]) < 0.012 for place in places)
    ]
    protected = Protected(places, 0.1)
    assert protected.betrayed_by("\n".join(rows)) is None
    assert protected.betrayed_by(" ".join(str(chance.randint(0, 99)) for _ in range(20_000))) is None
    hidden = [*rows[:1000], f"x,{places[7][1]:.4f},{places[7][2]:.4f},5", *rows[1000:]]
    assert protected.betrayed_by("\n".join(hidden)).place == "site:7"
