"""Spreadsheets and files of geographic programs that ask a library for terabytes, or for work without end: one line, and the rest goes on."""

import contextlib
import sqlite3
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.variants import LONG

sys.path.insert(0, str(Path(__file__).parent))
import workbooks as wb
from breaking import broken

from vestige.capture import RegisterError, read_register
from vestige.capture.registers.files import _library
from vestige.cli import main
from vestige.record import Record

pytest.importorskip("python_calamine")
pytest.importorskip("pyogrio")
pytest.importorskip("resource", reason="this system bounds no memory")
HEADINGS = ["name", "lat", "lon", "Mill"]
STRINGS = wb.shared(HEADINGS)
SITES = (
    b"".join(wb.text_cell(0, column, column) for column in range(3))
    + wb.text_cell(1, 0, 3) + wb.number_cell(1, 1, 48.1) + wb.number_cell(1, 2, 38.6)
)  # fmt: skip
OTHER = wb.number_cell(0, 0, 1)


def inline(cell, text):
    return f'<c r="{cell}" t="inlineStr"><is><t>{text}</t></is></c>'


ROWS = (
    f'<row r="1">{inline("A1", "name")}{inline("B1", "lat")}{inline("C1", "lon")}</row>'
    f'<row r="2">{inline("A2", "Mill")}{inline("B2", "48.1")}{inline("C2", "38.6")}</row>'
)
CORNERS = ROWS + f'<row r="1048576">{inline("XFD1048576", "x")}</row>'
SHARED_FORMULA = (
    f'<row r="3"><c r="A3"><f t="shared" ref="A3:XFD1048576" si="0">{"(" * 5000}1{")" * 5000}</f><v>1</v></c></row>'
)


def repeated(times):
    """An ODS whose one row stands so many times."""
    rows = (
        "".join(
            f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>' for text in row
        )
        for row in (HEADINGS[:3], ("Mill", "48.1", "38.6"))
    )
    head, row = rows
    return wb.ods(
        f'<table:table-row>{head}</table:table-row><table:table-row table:number-rows-repeated="{times}">{row}</table:table-row>'
    )


READ = {
    "ODS": repeated(1),
    "plain": wb.xls({"S": SITES}, STRINGS),
    "a sheet among thousands": wb.xls({"S": SITES, **{f"S{n}": OTHER for n in range(2000)}}, STRINGS),
    "formulas, one in another": wb.xls(
        {"S": SITES + wb.formula_cell(2, 3, b"\x1e\1\0" * 2000 + b"\3" * 1999)}, STRINGS
    ),
    "more strings said than there are": wb.xls({"S": SITES}, wb.shared(HEADINGS, 0xFFFFFFFF)),
    "a string that is not there": wb.xls({"S": SITES + wb.text_cell(2, 3, 99_999)}, STRINGS),
    "XLSX, one cell merged over a million": wb.xlsx(ROWS, after='<mergeCells><mergeCell ref="A2:A1048576"/></mergeCells>'),
    "XLSX, a formula for all cells": wb.xlsx(ROWS + SHARED_FORMULA),
}  # fmt: skip
REFUSED = {
    "strings, a thousand times over": (
        wb.xls(
            {"S": SITES + b"".join(wb.text_cell(row, column, 4) for row in range(3, 1003) for column in range(40))},
            wb.shared([*HEADINGS, "x" * 8000]),
        ),
        "takes more memory or time",
    ),
    "thousands of registers": (wb.xls({f"S{n}": SITES for n in range(1000)}, STRINGS), "expected one sheet, got 1000"),
    "a string beyond its record": (
        wb.xls({"S": SITES}, wb.record(0x00FC, b"\4\0\0\0\4\0\0\0\xff\xff\1abc")),
        "broken",
    ),
    "ODS, a row a million times": (repeated(1_000_000), "takes more memory or time"),
    "XLSX, two cells at its corners": (wb.xlsx(CORNERS), "takes more memory or time"),
}


@pytest.mark.parametrize("name", READ)
def test_a_spreadsheet_that_is_odd_and_no_more_is_read(name):
    (site,) = (row.site for row in read_register(READ[name]).sites)
    assert [found.text for found in site.names] == ["Mill"]


@pytest.mark.parametrize("name", REFUSED)
def test_a_spreadsheet_that_asks_for_too_much_is_refused_in_one_line(name):
    data, says = REFUSED[name]
    assert len(data) < 700_000
    with pytest.raises(RegisterError, match=says) as refused:
        read_register(data)
    assert len(str(refused.value).splitlines()) == 1


@settings(deadline=None, max_examples=300 if LONG else 5)
@given(chance=st.randoms(use_true_random=False))
def test_a_broken_workbook_is_read_or_refused_in_our_own_words(chance):
    with contextlib.suppress(RegisterError):
        assert read_register(broken(READ["plain"], chance)).rows >= 0


def geopackage(path, view):
    """Write a GeoPackage whose layer is a view of somebody's own."""
    with sqlite3.connect(path) as base:
        base.executescript(
            "PRAGMA application_id=0x47504B47; PRAGMA user_version=10200;"
            "CREATE TABLE gpkg_spatial_ref_sys(srs_name TEXT,srs_id INTEGER PRIMARY KEY,organization TEXT,organization_coordsys_id INTEGER,definition TEXT,description TEXT);"
            "CREATE TABLE gpkg_contents(table_name TEXT PRIMARY KEY,data_type TEXT,identifier TEXT,description TEXT,last_change TEXT,min_x,min_y,max_x,max_y,srs_id INTEGER);"
            "CREATE TABLE gpkg_geometry_columns(table_name TEXT,column_name TEXT,geometry_type_name TEXT,srs_id INTEGER,z TINYINT,m TINYINT);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES('none',0,'NONE',0,'undefined','');"
            "INSERT INTO gpkg_contents VALUES('sites','features','sites','','2020-01-01T00:00:00Z',0,0,1,1,0);"
            "INSERT INTO gpkg_geometry_columns VALUES('sites','geom','POINT',0,0,0);"
            f"CREATE VIEW sites AS {view};"
        )
    base.close()
    return path.read_bytes()


NUMBERS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n) SELECT i AS fid, 'Mill' AS name, 48.1 AS lat, 38.6 AS lon, NULL AS geom FROM n"


def test_a_layer_that_is_a_view_is_read(tmp_path):
    assert len(read_register(geopackage(tmp_path / "a.gpkg", f"{NUMBERS} LIMIT 1")).sites) == 1


@pytest.mark.parametrize("view", [NUMBERS, f"{NUMBERS} WHERE i < 0"], ids=["without end", "without a row or an end"])
def test_a_layer_without_an_end_is_ended(view, tmp_path, monkeypatch):
    monkeypatch.setattr(_library, "SECONDS", 2)
    with pytest.raises(RegisterError, match="takes more memory or time"):
        read_register(geopackage(tmp_path / "a.gpkg", view))


@pytest.mark.parametrize(
    "view",
    [
        "SELECT 1 AS fid, gdal_get_pixel_value('/vsicurl/http://127.0.0.1:9/a.tif',1,'georef',1,1) AS name, 48.1 AS lat, 38.6 AS lon, NULL AS geom",
        "SELECT 1 AS fid, load_extension('/tmp/a.so') AS name, 48.1 AS lat, 38.6 AS lon, NULL AS geom",
    ],
    ids=["an address", "a library"],
)
def test_a_view_reaches_nothing_outside_its_file(view, tmp_path):
    with contextlib.suppress(RegisterError):
        assert not read_register(geopackage(tmp_path / "a.gpkg", view)).sites


def test_a_command_says_it_in_one_line_and_loses_nothing(tmp_path, capsys):
    Record.create(tmp_path / "record", "Heritage").close()
    for name, data, status in (("good.xls", READ["plain"], 0), ("bad.xlsx", wb.xlsx(CORNERS), 2)):
        (tmp_path / name).write_bytes(data)
        assert main(["add", "sites", str(tmp_path / name), "--record", str(tmp_path / "record")]) == status
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith("vestige: ") and "bad.xlsx" in line and "takes more memory or time" in line
    with Record.open(tmp_path / "record") as record:
        assert len(list(record.index.entries("site"))) == 1
