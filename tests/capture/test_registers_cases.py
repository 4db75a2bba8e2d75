"""Registers as people really bring them: each kind of input on which public tools fail, and its right value."""

from pathlib import Path

import pytest

from vestige.capture import RegisterError, read_register

CASES = Path(__file__).parent / "cases"


def read(name: str, **options):
    return read_register((CASES / name).read_bytes(), **options)


def places(name: str, **options):
    return [(i.site.location.latitude, i.site.location.longitude) for i in read(name, **options).sites]


def test_unescos_present_export_is_known_by_its_names_in_six_languages_and_says_what_was_taken_for_what():
    register = read("01-whc001.csv")
    harbour, citadel, serial = (item.site for item in register.sites)
    assert (harbour.location.latitude, harbour.location.longitude) == (-50.75, 166.1044444)
    assert [(name.language) for name in harbour.names] == ["en", "fr", "ar"]
    assert [d.since for d in citadel.designated] == ["1986", "2013"]
    assert (serial.location, serial.countries) == (None, ("FI", "SE"))
    assert "coordonnées" in register.notes[0]


def test_unescos_export_with_french_and_spanish_headings_is_the_same_form():
    for names, inscribed, danger, point in (
        ("Nom EN,Nom FR,Nom ES", "Date d'inscription", "Liste du patrimoine en péril", "Coordonnées"),
        ("Nombre EN,Nombre FR,Nombre ES", "Fecha de inscripción", "Lista en peligro", "Coordenadas"),
    ):
        head = f'ID,{names},{inscribed},{danger},"Codes ISO",{point}'
        (item,) = read_register(f'{head}\n9,A,B,C,1986,Y 2013,SY,"36.2, 37.1"\n'.encode()).sites
        assert [d.since for d in item.site.designated] == ["1986", "2013"]
        assert (item.site.location.latitude, item.site.countries) == (36.2, ("SY",))


def test_arches_geometry_collections_are_read_with_both_ids_and_their_assessments():
    register = read("02-Heritage_Place.csv")
    assert places("02-Heritage_Place.csv") == [(32.092, 36.321), (31.7165, 35.1875), (31.805, 35.905), (31.5, 35.5)]
    assert [i.value for i in register.sites[3].site.identifiers] == ["EAMENA-0900004", "EAMENA-0900009"]
    assert len(register.assessments) == 4


@pytest.mark.parametrize(("name", "columns"), [("03-tombs.csv", "2 and 5"), ("53-sites_dup.csv", "3 and 6")])
def test_two_columns_of_one_name_are_refused_with_both_named(name, columns):
    with pytest.raises(RegisterError, match=rf"latitude stands twice .{columns}"):
        read(name)
    assert len(read(name, mapping={"name": "name", "lat": columns[0], "lon": str(int(columns[0]) + 1)}).sites) > 0


def test_degrees_in_every_way_of_writing_them():
    register = read("04-dms.tsv")
    assert all(abs(a - 36.2) < 2e-4 and abs(b - 37.1583) < 2e-4 for a, b in places("04-dms.tsv"))
    assert [item.site.names[0].text[-2:] for item in register.sites] == [
        "01",
        "02",
        "03",
        "04",
        "05",
        "07",
        "08",
        "09",
        "10",
        "11",
    ]
    assert [row.name for row in register.refused] == ["Place 06", "Place 12"]


def test_metres_are_told_and_read_with_their_system():
    with pytest.raises(RegisterError, match=r"metres.*--crs"):
        read("05-utm37n.csv")
    found = places("05-utm37n.csv", crs="EPSG:32637")
    expected = [(36.201391, 37.144822), (36.20163, 37.145879), (36.202588, 37.146887)]
    assert all(abs(a - c) < 1e-6 and abs(b - d) < 1e-6 for (a, b), (c, d) in zip(found, expected, strict=True))


@pytest.mark.parametrize("name", ["06-survey.kml", "06-survey.kmz"])
def test_field_surveys_of_google_earth(name):
    first, second = (item.site for item in read(name).sites)
    assert (first.location.latitude, first.location.longitude, first.identifiers[0].value) == (30.7735, 61.402, "K-001")
    assert first.description == "condition roof gone"
    assert abs(second.location.latitude - 33.09123) < 1e-4
    assert second.identifiers[0].value == "K-002"


def test_a_zipped_shapefile_keeps_its_letters_without_a_code_page():
    names = [item.site.names[0].text for item in read("07-sites.zip").sites]
    assert names == ["Brčko džamija", "Kościół św. Anny"]
    assert abs(places("07-sites.zip")[0][0] - 36.201391) < 1e-6


def test_of_several_layers_one_is_asked_for():
    with pytest.raises(RegisterError, match=r"sites, grid.*--layer"):
        read("08-survey.gpkg")
    assert read("08-survey.gpkg", layer="sites").sites[0].site.names[0].text == "Brčko džamija"


def test_a_spreadsheet_with_a_merged_title():
    assert places("09-register.xlsx") == [(49.9935, 36.2304), (49.9871, 36.2411)]
    assert [item.site.identifiers[0].value for item in read("09-register.xlsx").sites] == ["M-1", "M-2"]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("10-fr_excel.csv", [(48.853, 2.3499), (47.1234, -1.5678)]),
        ("10-sep.csv", [(43.337, 17.815)]),
        ("10-fr_heads.csv", [(48.85, 2.35)]),
        ("10-tr_heads.csv", [(37.06, 37.38)]),
        ("10-ru_cp1251.csv", [(49.99, 36.23)]),
        ("10-grouped.csv", []),
        ("12-one.csv", [(36.1997, 37.1628), (36.2047, 37.1539), (36.199, 37.1625)]),
        ("14-areas.csv", [(52.605, 4.955), (52.405, 4.855)]),
        ("14-ewkt.csv", [(36.2013896, 37.1448167), (36.0333333, 37.0666667), (36.1, 37.0)]),
        ("18-titles.csv", [(43.337, 17.815)]),
        ("53-sites_semi.csv", [(36.1994, 37.1569), (36.199, 37.1625)]),
    ],
)
def test_tables_of_every_country(name, expected):
    assert places(name) == expected


@pytest.mark.parametrize(
    ("name", "names"),
    [
        ("11-balkans_cp1250.csv", ["Crkva u Čazmi", "Ćumurija džamija", "Kościół św. Anny", "Zámek Děčín"]),
        ("11-turkey_cp1254.csv", ["Şire Hanı", "Diyarbakır surları"]),
        ("11-mac_roman.csv", ["Église Saint-Étienne à Châlons"]),
        ("11-lost_letters.csv", []),
        ("10-ru_cp1251.csv", ["Собор"]),
        ("16-vt.csv", ["Chapel of the Hill", "Gate", "Tower"]),
    ],
)
def test_letters_come_in_right_or_not_at_all(name, names):
    register = read(name)
    assert [item.site.names[0].text for item in register.sites] == names
    assert all("letters were lost" in row.reason for row in register.refused)


def test_assessment_dates():
    register = read("15-dates.csv")
    assert [(item.line, item.body.window.start) for item in register.assessments] == [
        (line, "2021-05-21") for line in (2, 3, 4, 7, 8, 9, 10)
    ]
    assert [row.line for row in register.unassessed] == [5, 6, 11, 12]
    assert "Hijri or Persian year 1442" in register.unassessed[2].reason
    assert [item.line for item in read("15-dates.csv", dates="dmy").assessments] == [2, 3, 4, 5, 7, 8, 9, 10]
