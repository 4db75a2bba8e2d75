"""A place that must not be told is found in whatever notation it is written; elsewhere nothing is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.coordinates import Protected
from vestige.coordinates._codes import from_geohash, from_plus_code, from_short_plus_code
from vestige.coordinates._utm import from_utm

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
    ],
)
def test_every_notation_is_read(text):
    assert PROTECTED.betrayed_by(text), text


def test_codes_are_read_and_by_known_values():
    assert from_geohash("ezs42")[:2] == pytest.approx((42.605, -5.603), abs=0.001), "the example of its inventor"
    assert from_plus_code("8FVC9G8F+6X")[:2] == pytest.approx((47.365625, 8.524938), abs=0.0001), "Google's test data"
    assert from_short_plus_code("9G8F+6X", (47.4, 8.6))[:2] == pytest.approx((47.365625, 8.524938), abs=0.0001)
    assert from_utm(31, 448251.8, 5411943.8, south=False) == pytest.approx((48.8583, 2.2945), abs=0.0001), "Paris"


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
