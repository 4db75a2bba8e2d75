"""Shapefiles, spreadsheets and archives as programs really leave them, written by GDAL; and broken ones of every kind."""

import contextlib
import gc
import io
import resource
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pyogrio
import pytest
import shapely
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from vestige.capture import RegisterError, read_register
from vestige.studying._errors import StudyInputError
from vestige.studying.data._events import load_events

HERE = Path(__file__).parent
POLISH = ["Kościół św. Anny", "Zamek w Łańcucie"]


def zipped(**members):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "."), content)
    return made.getvalue()


def shapefile(
    names, encoding="UTF-8", *, crs="EPSG:4326", points=None, without=(), cpg=None, name="sites", folder="", upper=False
):
    points = points or [(20 + index, 45) for index in range(len(names))]
    with tempfile.TemporaryDirectory() as at:
        pyogrio.raw.write(
            Path(at) / f"{name}.shp", shapely.to_wkb(np.array([shapely.Point(*point) for point in points])),
            [np.array(names, dtype=object)], ["name"], geometry_type="Point", crs=crs, encoding=encoding, driver="ESRI Shapefile",
        )  # fmt: skip
        parts = {path.name: path.read_bytes() for path in Path(at).iterdir() if path.suffix not in without}
    parts |= {f"{name}.cpg": cpg.encode()} if cpg is not None else {}
    return zipped(**{folder + (part.upper() if upper else part): content for part, content in parts.items()})


def sheet(driver, columns):
    with tempfile.TemporaryDirectory() as at:
        path = Path(at) / f"register.{driver.lower()}"
        values = [np.array(value, dtype=object if isinstance(value[0], str) else float) for value in columns.values()]
        pyogrio.raw.write(path, None, values, list(columns), driver=driver, geometry_type=None)
        return path.read_bytes()


def names_of(data, **options):
    return [item.site.names[0].text for item in read_register(data, **options).sites]


@pytest.mark.parametrize(
    ("written", "cpg"),
    [
        ("UTF-8", "UTF-8"), ("UTF-8", "utf8"), ("UTF-8", "65001"), ("UTF-8", "ISO-8859-1"), ("CP1250", "1250"), ("CP1250", "ANSI 1250"), ("CP1250", "CP1250"),
        ("CP1250", "Windows-1250"), ("CP1250", "LDID/200"), ("CP1250", "nobody's"), ("CP1250", ""), ("CP1250", None), ("ISO-8859-2", "88592"),
        ("ISO-8859-2", "ISO 8859-2"), ("CP852", "OEM 852"),
    ],
)  # fmt: skip
def test_a_cpg_is_read_in_any_spelling_and_one_that_says_nothing_is_no_matter(written, cpg):
    assert names_of(shapefile(POLISH, written, cpg=cpg, without=(".cpg",))) == POLISH


@pytest.mark.parametrize("cpg", ["ISO-8859-1", "1252", "ANSI 1252", "UTF-8"])
def test_a_cpg_that_the_letters_speak_against_is_asked_about(cpg):
    data = shapefile(POLISH, "CP1250", cpg=cpg, without=(".cpg",))
    with pytest.raises(RegisterError, match=r"the \.cpg says .*--encoding cp1250"):
        read_register(data)
    assert names_of(data, encoding="cp1250") == POLISH


@pytest.mark.parametrize(
    ("names", "written"),
    [(["Église Saint-Étienne", "Château du Modèle"], "ISO-8859-1"), (["Große Moschee", "Schloß"], "CP1252")],
)
def test_a_western_cpg_with_western_letters_is_believed(names, written):
    assert names_of(shapefile(names, written, cpg="ISO-8859-1", without=(".cpg",))) == names


def test_a_shapefile_without_system_or_index_or_in_a_folder_of_capitals():
    metres = {"crs": "EPSG:32634", "points": [(500000, 5500000), (500100, 5500100)]}
    whole = read_register(shapefile(POLISH, **metres)).sites
    bare = shapefile(POLISH, without=(".prj",), **metres)
    with pytest.raises(RegisterError, match=r"metres.*--crs"):
        read_register(bare)
    assert read_register(bare, crs="EPSG:32634").sites == whole
    assert read_register(shapefile(POLISH, crs="EPSG:32634", points=metres["points"]), crs="EPSG:3857").sites == whole
    assert names_of(shapefile(POLISH, without=(".shx",))) == POLISH
    assert names_of(shapefile(POLISH, folder="DATA/", upper=True)) == POLISH
    assert "degrees of WGS 84" in read_register(shapefile(POLISH, without=(".prj",))).notes[0]


def test_of_several_shapefiles_in_a_zip_one_is_asked_for():
    parts = {}
    for name in ("sites", "roads"):
        with zipfile.ZipFile(io.BytesIO(shapefile([name], name=name))) as archive:
            parts |= {part: archive.read(part) for part in archive.namelist()}
    with pytest.raises(RegisterError, match=r"sites, roads.*--layer"):
        read_register(zipped(**parts))
    assert names_of(zipped(**parts), layer="roads") == ["roads"]


@pytest.mark.parametrize("driver", ["ODS", "XLSX"])
def test_spreadsheets_written_by_another_program(driver):
    data = sheet(driver, {"name": POLISH, "latitude": [45.5, 46.25], "longitude": [20.5, 21.5]})
    assert names_of(data) == POLISH
    assert names_of(zipped(**{f"register__{driver.lower()}": data})) == POLISH


@pytest.mark.parametrize(
    "member",
    [
        ("sites__csv", "name,lat,lon\nA,45,20\n"),
        ("sites__geojson", '{"type":"Feature","geometry":{"type":"Point","coordinates":[20,45]},"properties":{"name":"A"}}'),
        ("sites__gpkg", (HERE / "cases" / "08-survey.gpkg").read_bytes()),
    ],
    ids=["csv", "geojson", "gpkg"],
)  # fmt: skip
def test_one_table_in_a_zip_is_read(member):
    data = zipped(**dict([member]), readme__txt="of the publisher")
    if "gpkg" in member[0]:
        with pytest.raises(RegisterError, match="--layer"):
            read_register(data)
    else:
        assert names_of(data) == ["A"]


@pytest.mark.parametrize("name", ["EPSG:3857", "urn:ogc:def:crs:EPSG::3857", "urn:ogc:def:crs:EPSG:6.18.3:3857"])
def test_geojson_in_another_reference_system_is_read_in_it(name):
    feature = '{"type":"Feature","geometry":{"type":"Point","coordinates":[4000000,4000000]},"properties":{"name":"A"}}'
    crs = f'{{"type":"name","properties":{{"name":"{name}"}}}}'
    whole = '{"type":"FeatureCollection"%s,"features":[' + feature + "]}"
    (item,) = read_register((whole % f',"crs":{crs}').encode()).sites
    assert round(item.site.location.latitude, 4) == 33.7852
    assert read_register((whole % "").encode(), crs="EPSG:3857").sites[0].site == item.site
    with pytest.raises(RegisterError, match=r"EPSG number.*ogr2ogr"):
        read_register((whole % ',"crs":{"type":"link"}').encode())


@pytest.mark.parametrize(
    ("start", "command"),
    [
        (b"\x00\x01\x00\x00Standard Jet DB", "mdb-export"), (b"AC1032", "ogr2ogr"), (b"PAR1", "ogr2ogr"), (b"fgb\x03fgb\x00", "ogr2ogr"),
        (b"!table\n!version 300\n", "ogr2ogr"), (b"\x1f\x8b", "unpack"), (b"7z\xbc\xaf\x27\x1c", "unpack"), (b"II*\x00", "ogr2ogr"), (b"%PDF-1.7", "CSV"),
    ],
)  # fmt: skip
def test_what_is_not_read_is_named_with_what_makes_it_readable(start, command):
    with pytest.raises(RegisterError, match=f"got a.*{command}"):
        read_register(start + bytes(60))


SEEDS = {
    "shapefile": shapefile(POLISH, "CP1250", cpg="1250", without=(".cpg",)),
    "ODS": sheet("ODS", {"name": POLISH, "latitude": [45.5, 46.25], "longitude": [20.5, 21.5]}),
    "XLSX": sheet("XLSX", {"name": POLISH, "latitude": [45.5, 46.25], "longitude": [20.5, 21.5]}),
    "zip": zipped(sites__csv="name,lat,lon\nA,45,20\nB,46,21\n"),
    "GeoJSON": b'{"type":"FeatureCollection","crs":{"type":"name","properties":{"name":"EPSG:3857"}},"features":[{"type":"Feature","geometry":{"type":"Point","coordinates":[4000000,4000000]},"properties":{"name":"A"}}]}',
    "XLS": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(1024),
}


def inside(archive, at, byte):
    """Break a member of a ZIP, whose sums are then right again: what a library sees once it has unpacked."""
    made = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as whole, zipfile.ZipFile(made, "w") as broken:
        for index, item in enumerate(whole.infolist()):
            content = bytearray(whole.read(item))
            if content and index == int(at * 7919) % len(whole.infolist()):
                content[int(at * len(content))] = byte
            broken.writestr(item.filename, bytes(content))
    return made.getvalue()


def open_files():
    gc.collect()
    return sorted(str(link.readlink()) for link in Path("/proc/self/fd").iterdir() if link.exists())


def tried(kind, at, cut, whole):
    data = bytearray(SEEDS[kind])
    for where, byte in at:
        if whole and data.startswith(b"PK"):
            data = bytearray(inside(bytes(data), where, byte))
        else:
            data[int(where * len(data))] = byte
    with contextlib.suppress(RegisterError):
        read_register(bytes(data) if whole else bytes(data[: int(cut * len(data)) or 1]))


BROKEN = {
    "at": st.lists(st.tuples(st.floats(0, 0.999), st.integers(0, 255)), min_size=1, max_size=5),
    "cut": st.floats(0.1, 1),
    "whole": st.booleans(),
}


@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(**BROKEN)
def test_broken_files_give_only_our_own_errors(kind, at, cut, whole):
    tried(kind, at, cut, whole)


@pytest.mark.long
@pytest.mark.parametrize("kind", SEEDS)
@settings(max_examples=1500, deadline=None, suppress_health_check=list(HealthCheck))
@given(**BROKEN)
def test_many_broken_files_give_only_our_own_errors(kind, at, cut, whole):
    tried(kind, at, cut, whole)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts open files in /proc")
def test_no_broken_file_stays_open_nor_takes_memory_without_bound():
    for kind in SEEDS:
        tried(kind, [(0.5, 7)], 0.9, whole=False)
    before, peak = open_files(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    for kind in SEEDS:
        for number in range(12):
            tried(kind, [(number / 13, 255)], 1 - number / 20, whole=bool(number % 2))
    assert open_files() == before
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - peak < 200_000  # kibibytes


GED = (HERE.parent / "studying" / "cases" / "ged24.csv").read_bytes()
ACLED = (HERE.parent / "studying" / "cases" / "acled.csv").read_bytes()
EVENTS = {"ged.csv": GED, "acled.csv": ACLED, "ged.zip": zipped(ged__csv=GED)}


@pytest.mark.parametrize("name", EVENTS)
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(**BROKEN)
def test_broken_tables_of_events_give_only_our_own_errors(name, at, cut, whole, tmp_path_factory):
    data = bytearray(EVENTS[name])
    for where, byte in at:
        if whole and name.endswith("zip"):
            data = bytearray(inside(bytes(data), where, byte))
        else:
            data[int(where * len(data))] = byte
    path = tmp_path_factory.getbasetemp() / name
    path.write_bytes(bytes(data) if whole else bytes(data[: int(cut * len(data)) or 1]))
    with contextlib.suppress(StudyInputError):
        load_events([path])
