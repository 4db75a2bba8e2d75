"""Notations of place: written by their own library or rule, read here, equal within a metre; and hostile files of every kind."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

import mgrs
import pyproj
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vestige.capture import RegisterError, RowRefused, read_register
from vestige.capture.registers._dates import read_date
from vestige.capture.registers._text import decode_register
from vestige.capture.registers.places._pair import read_place, read_point

CASES = Path(__file__).parent / "cases"
GEOD = pyproj.Geod(ellps="WGS84")
latitudes, longitudes = (
    st.floats(-79, 83).filter(lambda v: abs(v) > 0.01),
    st.floats(-179.9, 179.9).filter(lambda v: abs(v) > 0.01),
)
few = settings(max_examples=30, deadline=None)


def near(point, latitude, longitude, metres=1.0):
    return GEOD.inv(longitude, latitude, point.longitude, point.latitude)[2] <= metres


def sexagesimal(value, sides, form):
    whole = round(abs(value) * 3600, 2)
    degrees, minutes, seconds = int(whole // 3600), int(whole % 3600 // 60), whole % 60
    if round(seconds, 2) >= 60:
        seconds = 59.99
    return form.format(
        d=degrees, m=minutes, s=f"{seconds:05.2f}", c=f"{seconds:05.2f}".replace(".", ","), h=sides[value < 0]
    )


@few
@given(
    latitudes,
    longitudes,
    st.sampled_from(
        ["{d}°{m:02}'{s}\"{h}", "{d} {m:02} {s} {h}", "{h} {d}° {m:02}' {s}''", "{d}º{m:02}’{c}”{h}", "{d}:{m:02}:{s}{h}", "{h}{d}°{m:02}′{s}″", "{h} {d}度{m:02}分{s}秒"]
    ),
    st.sampled_from([("NS", "EW"), ("СЮ", "ВЗ"), (["Пн", "Пд"], ["Сх", "Зх"]), ("شج", "قغ"), (["հս", "հվ"], ["արլ", "արմ"]), ("KG", "DB"), (["צפ", "דר"], ["מז", "מע"]),
                     (["ჩრდ.", "სამხ."], ["აღმ.", "დას."]), (["płn.", "płd."], ["wsch.", "zach."]), (["с. ш.", "ю. ш."], ["в. д.", "з. д."]),
                     (["s. š.", "j. š."], ["v. d.", "z. d."]), ("北南", "東西"), (["شمالاً", "جنوباً"], ["شرقاً", "غرباً"]), ("ΒΝ", "ΑΔ"),
                     (["nördl.", "südl."], ["östl.", "westl."])]),
)  # fmt: skip
def test_degrees_minutes_and_seconds(latitude, longitude, form, sides):
    north, east = sexagesimal(latitude, sides[0], form), sexagesimal(longitude, sides[1], form)
    assert near(read_point(north, east), latitude, longitude)
    assert near(read_point(east, north), latitude, longitude)


@few
@given(latitudes, longitudes, st.sampled_from(["{a:.6f}", "{a:+.6f}", "{a:.6f}°", "{a:.6f} deg"]), st.booleans())
def test_decimal_degrees_with_point_or_comma(latitude, longitude, form, comma):
    texts = [form.format(a=value) for value in (latitude, longitude)]
    texts = [text.replace(".", ",") for text in texts] if comma else texts
    assert near(read_point(*texts), latitude, longitude)
    sided = [
        form.format(a=abs(value)) + (" " + sides[value < 0]) for value, sides in ((latitude, "NS"), (longitude, "EW"))
    ]
    assert near(read_point(*sided), latitude, longitude)


@few
@given(latitudes, longitudes)
def test_degrees_and_decimal_minutes(latitude, longitude):
    texts = [f"{int(abs(v))}° {abs(v) % 1 * 60:.4f}' {s[v < 0]}" for v, s in ((latitude, "NS"), (longitude, "EW"))]
    assert near(read_point(*(text.replace("60.0000", "59.9999") for text in texts)), latitude, longitude)


SYSTEMS = [
    3857,
    32637,
    32733,
    2154,
    27700,
    31467,
    25832,
    28348,
    5514,
    2180,
    23700,
    3301,
    2039,
    29903,
    3035,
    4326,
    4258,
    4269,
    7856,
    2443,
    5070,
    3006,
]
"""National grids, zones of UTM, the web's map, and degrees of other datums."""


@few
@given(st.sampled_from(SYSTEMS), st.floats(0.1, 0.9), st.floats(0.1, 0.9))
def test_any_reference_system(code, across, up):
    system = pyproj.CRS.from_epsg(code)
    west, south, east, north = system.area_of_use.bounds
    longitude, latitude = west + (east - west) * across, south + (north - south) * up
    x, y = pyproj.Transformer.from_crs("OGC:CRS84", system, always_xy=True).transform(longitude, latitude)
    table = f"name,y,x\nA,{y:.9f},{x:.9f}\n".encode()
    (item,) = read_register(
        table, mapping={"name": "name", "lat": "y", "lon": "x"}, crs=f"EPSG:{code}", trust_coordinates=True
    ).sites
    assert near(item.site.location, latitude, longitude)
    wkt = f"SRID={code};POINT ({x:.9f} {y:.9f})"
    assert near(read_place(wkt), latitude, longitude)


@few
@given(latitudes, longitudes, st.sampled_from(["big", "little"]), st.booleans())
def test_wkb_of_either_order_and_with_heights(latitude, longitude, order, height):
    point = shapely.Point(longitude, latitude, 12.0) if height else shapely.Point(longitude, latitude)
    for shape in (point, shapely.MultiPoint([point]), shapely.GeometryCollection([point])):
        written = shapely.to_wkb(
            shape, hex=True, byte_order=0 if order == "big" else 1, output_dimension=3 if height else 2
        )
        assert near(read_place(written), latitude, longitude)
        assert near(read_place(shape.wkt), latitude, longitude)


@few
@given(latitudes, longitudes, st.sampled_from(["{a:.6f}, {b:.6f}", "{a:.6f},{b:.6f}", "{a:.6f} {b:.6f}", "{a:.6f}; {b:.6f}", "({a:.6f}, {b:.6f})", "geo:{a:.6f},{b:.6f}"]))  # fmt: skip
def test_both_in_one_cell(latitude, longitude, form):
    text = form.format(a=latitude, b=longitude)
    assert near(read_place(text), latitude, longitude)
    if ";" in form or form == "{a:.6f} {b:.6f}":
        assert near(read_place(text.replace(".", ",")), latitude, longitude)


@few
@given(latitudes, longitudes)
def test_wkt_ewkt_and_wkb(latitude, longitude):
    point = shapely.Point(longitude, latitude)
    ewkb = shapely.to_wkb(shapely.set_srid(point, 4326), hex=True, include_srid=True)
    for text in (
        point.wkt,
        f"SRID=4326;{point.wkt}",
        shapely.to_wkb(point, hex=True),
        ewkb,
        f"GEOMETRYCOLLECTION ({point.wkt})",
    ):
        assert near(read_place(text), latitude, longitude)


@few
@given(latitudes, longitudes)
def test_mgrs_and_utm(latitude, longitude):
    zone = min(int((longitude + 180) // 6) + 1, 60)
    moved = pyproj.Transformer.from_crs("OGC:CRS84", f"EPSG:{326 if latitude > 0 else 327}{zone:02}", always_xy=True)
    x, y = moved.transform(longitude, latitude)
    assert near(read_place(f"{zone}{'N' if latitude > 0 else 'M'} {x:.2f} {y:.2f}"), latitude, longitude)
    assert near(read_place(mgrs.MGRS().toMGRS(latitude, longitude)), latitude, longitude, 1.0)


@few
@given(latitudes, longitudes, st.floats(0.001, 2))
def test_an_area_is_a_point_inside_over_the_antimeridian_too(latitude, longitude, size):
    east = longitude + size
    corners = [(longitude, latitude), (east, latitude), (east, latitude + size), (longitude, latitude)]
    wrapped = [((x + 180) % 360 - 180, y) for x, y in corners]
    point = read_place(shapely.Polygon(wrapped).wkt)
    x = (
        point.longitude
        if abs(point.longitude - longitude) < 180
        else point.longitude + (360 if longitude > 0 else -360)
    )
    assert shapely.Polygon(corners).buffer(1e-6).contains(shapely.Point(x, point.latitude))


@pytest.mark.parametrize(
    ("wkt", "place"),
    [
        ("POINTZM(37 36 5 1)", (36, 37)), ("MULTIPOINT((37 36))", (36, 37)), ("CIRCULARSTRING(37 36,38 36,39 36)", (36, 38)),
        ("COMPOUNDCURVE((37 36,38 36),CIRCULARSTRING(38 36,38.5 36,39 36))", (36, 38)), ("CURVEPOLYGON((37 36,39 36,39 38,37 38,37 36))", (37, 38)),
        ("CURVEPOLYGON(COMPOUNDCURVE((37 36,39 36,39 38),(39 38,37 38,37 36)))", (37, 38)), ("MULTISURFACE(((37 36,39 36,39 38,37 38,37 36)))", (37, 38)),
        ("TRIANGLE((37 36,40 36,37 39,37 36))", (37, 38)), ("TIN Z (((37 36 1,40 36 1,37 39 1,37 36 1)))", (37, 38)),
        ("<http://www.opengis.net/def/crs/OGC/1.3/CRS84> POINT(37 36)", (36, 37)),
    ],
)  # fmt: skip
def test_outlines_of_any_type(wkt, place):
    assert tuple(read_place(wkt)) == pytest.approx(place)
    assert tuple(read_place(f"SRID=4326;{wkt}" if wkt[0] != "<" else wkt)) == pytest.approx(place)


def test_an_unknown_reference_system_of_a_row_costs_that_row():
    read = read_register(
        b"name,wkt\nA,SRID=999998;POINT(1 2)\nB,POINT(37 36)\n", mapping={"name": "name", "wkt": "wkt"}
    )
    assert [item.site.names[0].text for item in read.sites] == ["B"]
    assert "SRID 999998" in read.refused[0].reason


def test_a_ring_and_a_line_are_read_by_a_point_on_them():
    ring = shapely.Point(30, 40).buffer(2).difference(shapely.Point(30, 40).buffer(1))
    assert ring.contains(shapely.Point(reversed(read_place(ring.wkt))))
    line = shapely.LineString([(0, 1), (0, 10), (10, 10)])
    assert line.dwithin(shapely.Point(reversed(read_place(line.wkt))), 1e-6)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("36°12'00\"O", "O is east in German"), ("36°60'00\"N", "minutes 60"), ("36°12'60\"N", "seconds 60"), ("37S 333214 4007881", "S is the south"),
        ("38SMB4488", None), ("38SMB4", "kilometre or less"), ("POLYGON((1 2", "not well-formed"), ("POINT(500 40)", "not between"), ("Aleppo", "is not a place"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_or_wrong_is_refused_with_its_reason(text, reason):
    if reason is None:
        assert read_place(text) is not None
    elif text[0] == "3" and "°" in text:
        with pytest.raises(RowRefused, match=reason):
            read_point(text if "O" not in text else "10°00'00\"N", text if "O" in text else "10")
    else:
        with pytest.raises(RowRefused, match=reason):
            read_place(text)


@pytest.mark.parametrize(("heading", "sign"), [("Längengrad", 1), ("Longitud", -1)])
def test_o_is_told_by_the_headings(heading, sign):
    (item,) = read_register(f"name;lat;{heading}\nA;40°N;3°30' O\n".encode()).sites
    assert item.site.location.longitude == sign * 3.5


@pytest.mark.parametrize(
    ("text", "order", "expected"),
    [("2021-05-21T10:00:00Z", None, "2021-05-21"), ("44337", None, "2021-05-21"), ("٢٠٢١-٠٥-٢١", None, "2021-05-21"), ("05/21/2021", "mdy", "2021-05-21"),
     ("2021", None, "2021"), ("2021-05", None, "2021-05"), ("21 May 2021", None, "2021-05-21")],
)  # fmt: skip
def test_dates_are_read(text, order, expected):
    assert read_date(text, order) == expected


@pytest.mark.parametrize("text", ["1442-10-09", "1400/02/31", "03/04/2021", "99999", "soon", "2021-02-30", ""])
def test_dates_that_are_none_or_of_another_calendar_are_refused(text):
    with pytest.raises(ValueError, match=r"outside|first|expected|range"):
        read_date(text)


NAMES = {
    "cp1250": ("PL", ["Kościół świętego Wojciecha", "Zamek w Łańcucie"]), "cp1251": ("UA", ["Церква святого Миколая", "Київська фортеця"]),
    "cp1254": ("TR", ["Şire Hanı", "Diyarbakır surları", "Ağaç köprüsü"]), "cp1252": ("FR", ["Église Saint-Étienne", "Château du Modèle"]),
    "mac-roman": ("FR", ["Église Saint-Étienne", "Château du Modèle"]), "iso8859-5": ("RU", ["Собор святого Николая", "Старая крепость"]),
    "iso8859-2": ("CZ", ["Zámek Děčín", "Kostel svaté Kateřiny", "Škola Žižkova"]), "koi8-r": ("RU", ["Собор святого Николая", "Старая крепость"]),
    "iso8859-9": ("TR", ["Şire Hanı", "Diyarbakır surları", "Ağaç köprüsü"]), "iso8859-1": ("DE", ["Große Moschee", "Schloß Weißenfels"]),
    "mac-cyrillic": ("UA", ["Церква святого Миколая", "Стара фортеця"]), "mac-latin2": ("CZ", ["Zámek Děčín", "Kostel svaté Kateřiny"]),
    "mac-turkish": ("TR", ["Şire Hanı", "Diyarbakır surları"]), "utf-16-be": ("HR", ["Crkva u Čazmi"]), "cp866": ("RU", ["Собор святого Николая"]),
    "utf-16": ("HR", ["Crkva u Čazmi"]), "utf-16-le": ("HR", ["Crkva u Čazmi"]), "cp1256": ("SY", ["قلعة حلب", "الجامع الكبير"]),
}  # fmt: skip


MORE = [
    ("cp1250", "HR", ["Crkva svetog Đorđa", "Šćitarjevo", "Čakovečki dvor"]), ("cp1250", "CZ", ["Zámek Děčín", "Kostel svaté Kateřiny"]),
    ("cp1250", "HU", ["Kőszegi vár", "Székesfehérvár, püspöki palota", "Győr"]), ("cp1250", "RO", ["Mănăstirea Voroneţ", "Cetatea Făgăraş"]),
    ("cp1250", "RS", ["Manastir Žiča", "Bačka Palanka, crkva"]), ("cp1250", "SK", ["Kaštieľ Betliar", "Kostol svätej Alžbety, Košice"]),
    ("cp1251", "BG", ["Църква Свети Георги", "Крепост Царевец"]), ("cp1251", "RS", ["Манастир Жича", "Црква Светог Ђорђа"]),
    ("cp1251", "RU", ["Собор святого Николая", "Ёлкинская крепость"]), ("cp1254", "TR", ["Ağaç köprüsü", "İshak Paşa Sarayı"]),
    ("cp1252", "ES", ["Catedral de León", "Monasterio de Santa María, Cádiz"]), ("cp1252", "DE", ["Große Moschee", "Schloß Weißenfels"]),
    ("cp1252", "PT", ["Igreja de São Francisco", "Fortaleza da Conceição"]), ("cp1253", "GR", ["Ναός Αγίου Γεωργίου", "Κάστρο"]),
]  # fmt: skip


@pytest.mark.parametrize(("encoding", "country", "names"), [(code, *of) for code, of in NAMES.items()] + MORE)
def test_letters_of_every_country_come_in_right_or_the_encoding_is_asked_for(encoding, country, names):
    text = "name;latitude;longitude;country\n" + "".join(
        f"{name};4{n},5;20,5;{country}\n" for n, name in enumerate(names)
    )
    try:
        read = read_register(text.encode(encoding), trust_coordinates=True)
    except RegisterError as error:
        assert "--encoding" in str(error)  # noqa: PT017 - either is right, a wrong letter is not
        return
    assert [item.site.names[0].text for item in read.sites] == names


def test_json_of_overpass_and_wikidata_and_geojson_lines():
    overpass = {"elements": [{"type": "way", "id": 7, "center": {"lat": 36.2, "lon": 37.1}, "tags": {"name": "قلعة", "name:en": "Citadel", "historic": "castle"}}]}  # fmt: skip
    (site,) = (item.site for item in read_register(json.dumps(overpass).encode()).sites)
    assert (site.location.latitude, site.identifiers[0].value, site.names[1].language) == (36.2, "way/7", "en")
    binding = {"item": {"value": "http://www.wikidata.org/entity/Q1"}, "itemLabel": {"value": "Citadelle", "xml:lang": "fr"}, "coord": {"value": "Point(37.1 36.2)"}}  # fmt: skip
    (site,) = (
        item.site for item in read_register(json.dumps({"head": {}, "results": {"bindings": [binding]}}).encode()).sites
    )
    assert (site.names[0].language, site.location.longitude, site.identifiers[0].value) == ("fr", 37.1, "Q1")
    feature = {
        "type": "Feature",
        "geometry": {"type": "Point", "coordinates": [37.1, 36.2]},
        "properties": {"name": "A"},
    }
    other = {**feature, "properties": {"name": "B"}}
    assert len(read_register(f"{json.dumps(feature)}\n{json.dumps(other)}\n".encode()).sites) == 2


def test_a_table_without_headings_is_read_by_numbers_and_a_name_of_nothing_visible_is_refused():
    assert len(read_register(b"A,40,20\nB,41,21\n", mapping={"name": "1", "lat": "2", "lon": "3"}).sites) == 2
    assert "nothing that can be seen" in read_register("name,lat,lon\n\u200b\u3164,40,20\n".encode()).refused[0].reason


SEEDS = [
    "06-survey.kml",
    "06-survey.kmz",
    "07-sites.zip",
    "08-survey.gpkg",
    "09-register.xlsx",
    "14-ewkt.csv",
    "01-whc001.csv",
]


@pytest.mark.parametrize("name", SEEDS)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(at=st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=8), cut=st.floats(0.1, 1))
def test_broken_files_give_only_our_own_errors(name, at, cut):
    data = bytearray((CASES / name).read_bytes())
    for where, byte in at:
        data[int(where * len(data))] = byte
    with contextlib.suppress(RegisterError):
        read_register(bytes(data[: int(cut * len(data)) or 1]), layer="sites" if name.endswith("gpkg") else None)


@few
@given(st.text(max_size=60))
def test_any_text_is_a_place_or_refused(text):
    for read in (lambda: read_place(text), lambda: read_point(text, "20")):
        with contextlib.suppress(RowRefused):
            read()


@few
@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_decoded_or_refused(data):
    with contextlib.suppress(RegisterError):
        decode_register(data)


def test_entities_and_bombs_are_not_followed():
    bomb = b'<!DOCTYPE kml [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><kml><Placemark><name>&b;</name></Placemark></kml>'
    with contextlib.suppress(RegisterError):
        assert not read_register(bomb).sites
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(6000):
            archive.writestr(f"{number}.kml", b"0")
    with pytest.raises(RegisterError, match="at most"):
        read_register(made.getvalue())


@pytest.mark.parametrize(
    "head", ["Name;Lat (DD);Long (DD)", "Название;Широта (град.);Долгота (град.)", "اسم الموقع;خط العرض;خط الطول"]
)
def test_headings_with_a_unit_or_in_another_language_are_guessed_with_a_line(head):
    read = read_register(f"{head}\nA;36,2;37,1\n".encode())
    assert read.sites[0].site.location.latitude == 36.2
    assert "headings taken for" in read.notes[0]


@pytest.mark.parametrize(
    ("ns", "ew"),
    [("ns", "ew"), ("lat_dir", "lon_dir"), ("Latitude hemisphere", "Longitude hemisphere"), ("N/S", "E/W")],
)
def test_a_side_in_a_column_of_its_own_counts(ns, ew):
    table = f"name,lat,{ns},lon,{ew}\nA,39.8,S,46.75,W\nB,39.8,n,46.75,East\nC,39.8,X,46.75,E\nD,-39.8,N,46.75,E\nE,-39.8,S,46.75 W,W\nF,39.8,,46.75,\n"
    found = read_register(table.encode())
    assert [(site.site.location.latitude, site.site.location.longitude) for site in found.sites] == [
        (-39.8, -46.75), (39.8, 46.75), (-39.8, -46.75), (39.8, 46.75),
    ]  # fmt: skip
    assert [refusal.line for refusal in found.refused] == [4, 5]


def test_a_size_of_s_is_no_side():
    (site,) = read_register(b"name,lat,lon,size\nA,39.8,46.75,S\n").sites
    assert site.site.location.latitude == 39.8


@pytest.mark.parametrize("cell", ["[46.75, 39.8]", "[46.75,39.8]"])
def test_an_array_of_json_does_not_say_which_comes_first(cell):
    found = read_register(f'name,coordinates\nA,"{cell}"\nB,"(39.8, 46.75)"\n'.encode())
    assert [site.site.location.latitude for site in found.sites] == [39.8]
    assert "longitude first" in found.refused[0].reason
