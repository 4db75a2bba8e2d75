"""A place that must not be told is found in whatever notation it is written; elsewhere nothing is."""

import functools
import random
import sys

import mgrs
import pyproj
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from vestige.coordinates import Protected, unread_links
from vestige.coordinates._codes import from_geohash, from_osm_short, from_plus_code, from_short_plus_code
from vestige.coordinates._national import in_national_grids
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
        "latitude: 43.33732. " + "It was built of stone by people of the valley. " * 30 + "longitude: 17.81501",
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


_GRIDS = {"OSGB": 27700, "SK-42": 28400, "Karbala": 3354, "Nahrwan": 6968}
"""Codes of EPSG; to those of zones the number of the zone is added."""


@functools.cache
def _grid(name):
    kind, _, zone = name.partition(" ")
    return pyproj.Transformer.from_crs(4326, _GRIDS[kind] + int(zone or 0), always_xy=True, allow_ballpark=False)


@pytest.mark.parametrize(
    ("south", "north", "west", "east", "grid"),
    [(51, 59, -5, 1, "OSGB"), (38.5, 52, 23, 50, "SK-42"), (30, 37, 39, 48, "Karbala"), (30, 37, 39, 48, "Nahrwan")],
)
@given(st.floats(0, 1), st.floats(0, 1))
def test_a_place_in_metres_of_a_national_grid_is_found_where_another_program_puts_it(
    south, north, west, east, grid, up, right
):
    latitude, longitude = south + up * (north - south), west + right * (east - west)
    protected = Protected([("site:x", latitude, longitude)], 0.1)
    found = {name: metres for name, *metres in in_national_grids(latitude, longitude) if name.startswith(grid)}
    assert found
    for name, metres in found.items():
        x, y = _grid(name).transform(longitude, latitude)
        assert metres == pytest.approx((x, y), abs=130), name
        assert protected.betrayed_by(f"{x:.0f}, {y:.0f}"), name
        assert protected.betrayed_by(f"X {y:.0f} Y {x:.0f}, grid {name}"), name
        assert not protected.betrayed_by(f"X {y + 1500:.0f} Y {x:.0f}, grid {name}"), name


@pytest.mark.parametrize("text", ["TQ 3026 7964", "TQ 302 796", "TQ3026379644", "tq 30 79", "OS grid 530263 179644"])
def test_letters_of_the_british_grid_are_read(text):
    london = Protected([("site:x", 51.5007, -0.1246)], 0.1)
    assert london.betrayed_by(f"at {text}."), "Ordnance Survey: the Palace of Westminster is at TQ 302 795"
    assert not london.betrayed_by(text.replace("3", "8").replace("TQ", "TL").replace("tq", "tl"))


def _osm_short(latitude, longitude, letters):
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_~"
    x, y = int((longitude + 180) / 360 * 2**32), int((latitude + 90) / 180 * 2**32)
    woven = 0
    for bit in range(31, -1, -1):
        woven = (woven << 2) | ((x >> bit & 1) << 1) | (y >> bit & 1)
    return "".join(alphabet[woven >> (58 - 6 * n) & 63] for n in range(letters))


@given(st.floats(-89, 89), st.floats(-179, 179), st.integers(5, 10), st.sampled_from(["", "-", "--"]))
def test_short_links_of_openstreetmap_are_read(latitude, longitude, letters, zoom):
    protected = Protected([("site:x", latitude, longitude)], 0.1)
    assume(
        from_osm_short(_osm_short(latitude, longitude, letters))[2] < 0.1
        and not protected._is_centre(latitude, longitude)
    )
    assert protected.betrayed_by(f"see https://osm.org/go/{_osm_short(latitude, longitude, letters)}{zoom}?m= there")


def test_a_short_link_of_openstreetmap_by_its_published_example():
    assert from_osm_short("0EEQjE")[:2] == pytest.approx((51.5110, 0.0550), abs=0.01), "its own tests"


HALVES = [
    (("a", "43.33732"), ("b", "17.81501")),
    (("exif.GPSLatitude", "43 deg 20' 14.35\""), ("exif.GPSLongitude", "17 deg 48' 54.0\"")),
    (("a", "lat: 43.34"), ("b", "it stands there; lon: 17.82")),
    (("a", "the northern edge, 43°20′14″N"), ("b", "none"), ("c", "and 17°48′54″E")),
    (("note", "широта 43,33732"), ("title", "долгота 17,81501")),
]


@pytest.mark.parametrize("texts", HALVES)
def test_latitude_in_one_text_and_longitude_in_another_are_one_place(texts):
    name, betrayal = PROTECTED.betrayed_across(texts)
    assert (name, betrayal.place) == (texts[-1][0], "site:a")
    assert PROTECTED.betrayed_across(reversed(texts))
    assert all(PROTECTED.betrayed_across([one]) is None for one in texts)


@pytest.mark.parametrize(
    "texts",
    [
        (("a", "43.34 euros"), ("b", "17.82 tons")),
        (("a", "43"), ("b", "17")),
        (("a", "lat 43.35"), ("b", "lon 17.85")),
        (("a", "43.33732"), ("b", "18.81501")),
        (("a", "43.33732 and 18.9"), ("b", "17 people")),
    ],
)
def test_numbers_of_two_texts_that_mean_no_place_are_no_betrayal(texts):
    assert PROTECTED.betrayed_across(texts) is None


@given(st.floats(-89, 89), st.floats(-179, 179))
def test_halves_of_any_place_are_found(latitude, longitude):
    protected = Protected([("site:x", latitude, longitude)], 0.1)
    centre = any(abs(round(value, 5) / 0.1 % 1 - 0.5) < 1e-3 for value in (latitude, longitude))
    assert centre or protected.betrayed_across([("a", f"is {latitude:.5f} and"), ("b", f"{longitude:.5f}")])


def test_short_links_that_nobody_can_follow_here_are_seen():
    seen = "https://maps.app.goo.gl/AbC12 http://goo.gl/maps/xYz9 https://yandex.ru/maps/-/CDqrs"
    assert len(list(unread_links(seen))) == 3
    assert list(unread_links("https://goo.gl/abc https://yandex.ru/maps/213/moscow https://maps.google.com")) == []


def test_looking_takes_time_in_proportion_to_the_text():
    """What regular expressions could be made to try again and again."""
    for part in (
        "lat ",
        "lat: 43.3 ",
        "goo.gl/maps/",
        "osm.org/go/AAAAA ",
        "TQ 30 79 ",
        "longitude" * 5,
        "43.33732 lat ",
    ):
        few, many = part * 200, part * 1000
        assert _steps(many) <= 8 * _steps(few) + 5_000, part


def _steps(text):
    """Give how many lines of Python and calls of it a look takes, which is the same on any machine; expressions are bounded by their own repeats."""
    count = 0

    def step(*_):
        nonlocal count
        count += 1

    before = sys.getprofile()
    sys.setprofile(step)
    try:
        PROTECTED.betrayed_by(text)
        PROTECTED.betrayed_across([("a", text), ("b", text)])
        list(unread_links(text))
    finally:
        sys.setprofile(before)
    return count
