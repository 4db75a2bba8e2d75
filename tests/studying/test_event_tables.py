"""Event tables as they are passed on: in a ZIP, of ACLED, with an odd row, with dates that a spreadsheet rewrote; and one reader of registers."""

import csv
import io
import re
import zipfile
from pathlib import Path

import pytest

from vestige.studying._errors import ColumnsError, StudyInputError
from vestige.studying.data._editions import load_editions
from vestige.studying.data._events import load_events
from vestige.studying.data._sites import load_sites

CASES = Path(__file__).parent / "cases"
REGISTERS = Path(__file__).parents[1] / "capture" / "cases"


def test_ucdp_is_read_in_the_zip_that_it_comes_in():
    inside = zipfile.ZipFile(CASES / "ged251-csv.zip").read("GEDEvent_v25_1.csv")
    assert len(load_events([CASES / "ged251-csv.zip"]).table) == inside.count(b"\n") - 1


def test_a_zip_of_two_tables_is_asked_about(tmp_path):
    with zipfile.ZipFile(tmp_path / "two.zip", "w") as archive:
        archive.writestr("a.csv", "id\n1\n")
        archive.writestr("b.csv", "id\n1\n")
    with pytest.raises(StudyInputError, match=r"one CSV in the archive, got a\.csv, b\.csv"):
        load_events([tmp_path / "two.zip"])


def test_acled_is_read_with_its_precision_its_two_forms_of_date_and_its_terms():
    events = load_events([CASES / "acled.csv"])
    assert len(events.table) == 30
    assert set(events.table["where_prec"]) <= {1, 2, 4}
    assert set(events.table["date"].dt.strftime("%Y-%m-%d")) == {"2021-01-12"}
    assert "terms of use" in events.sources[0].kind


GED = (CASES / "ged24.csv").read_text()


def again(mark):
    made = io.StringIO()
    csv.writer(made, delimiter=mark).writerows(csv.reader(io.StringIO(GED)))
    return made.getvalue().encode()


@pytest.mark.parametrize(
    "content",
    [
        GED.partition("\n")[2].encode(),
        GED.partition("\n")[0].upper().encode() + b"\n" + GED.partition("\n")[2].encode(),
        again(";"),
        again("\t"),
        GED.encode("utf-16"),
        GED.encode("utf-8-sig"),
        GED.replace(" 00:00:00.000", "T00:00:00").encode(),
        GED.replace(" 00:00:00.000", "").encode(),
    ],
    ids=["no headings", "capitals", "semicolons", "tabs", "utf-16", "mark", "iso time", "dates alone"],
)
@pytest.mark.parametrize("name", ["GEDEvent_v20_1.csv", "GEDEvent_v24_0_10.csv", "GEDEvent_v25_01_25_06.csv"])
@pytest.mark.parametrize("zipped", [False, True])
def test_versions_and_candidate_sets_are_read_alike(content, name, zipped, tmp_path):
    expected = load_events([CASES / "ged24.csv"]).table
    path = tmp_path / (name.replace(".csv", "-csv.zip") if zipped else name)
    if zipped:
        with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr(f"ged/{name}", content)
            archive.writestr(f"__MACOSX/ged/._{name}", b"\x00")
            archive.writestr("ged/readme.txt", "of the publisher")
    else:
        path.write_bytes(content)
    assert load_events([path]).table.equals(expected)


def test_events_of_two_sets_are_joined_once(tmp_path):
    head, *rows = GED.splitlines(keepends=True)
    (tmp_path / "GEDEvent_v24_0_9.csv").write_text(head + "".join(rows[:25]))
    (tmp_path / "GEDEvent_v24_0_10.csv").write_text("".join(rows[20:]))
    events = load_events([tmp_path / "GEDEvent_v24_0_9.csv", tmp_path / "GEDEvent_v24_0_10.csv"])
    assert len(events.table) == len(rows)
    assert [(drop.count, drop.why) for drop in events.dropped] == [(5, "the same event id stands in an earlier file")]


@pytest.mark.parametrize(
    ("form", "said"),
    [(r"\3.\2.\1", "99.99.9999"), (r"\3/\2/\1 00:00", "99/99/9999 99:99"), ("43111", "99999"), (r"\1\2\3", "99999999")],
)
def test_dates_in_another_form_are_told_with_their_form(form, said, tmp_path):
    (tmp_path / "ged.csv").write_text(re.sub(r"(\d{4})-(\d\d)-(\d\d) 00:00:00.000", form, GED))
    with pytest.raises(StudyInputError, match=f"of the form {re.escape(said)}"):
        load_events([tmp_path / "ged.csv"])


@pytest.mark.parametrize("form", ["zip", "semicolons", "quoted", "mark"])
def test_acled_is_read_however_it_was_saved(form, tmp_path):
    whole = (CASES / "acled.csv").read_bytes()
    path = tmp_path / "acled.csv"
    made = io.StringIO()
    csv.writer(
        made,
        delimiter=";" if form == "semicolons" else ",",
        quoting=csv.QUOTE_ALL if form == "quoted" else csv.QUOTE_MINIMAL,
    ).writerows(csv.reader(io.StringIO(whole.decode())))
    path.write_bytes(b"\xef\xbb\xbf" + whole if form == "mark" else made.getvalue().encode())
    if form == "zip":
        with zipfile.ZipFile(tmp_path / "acled.zip", "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(path, "export/acled.csv")
        path = tmp_path / "acled.zip"
    assert load_events([path]).table.equals(load_events([CASES / "acled.csv"]).table)


@pytest.mark.parametrize(("name", "column"), [("ged_blank.csv", "latitude"), ("ged_prec0.csv", "where_prec")])
def test_an_odd_cell_costs_its_row(name, column):
    events = load_events([CASES / name])
    whole = (CASES / name).read_bytes().count(b"\n") - 1
    (drop,) = events.dropped
    assert column in drop.why
    assert 0 < drop.count < whole / 2
    assert len(events.table) == whole - drop.count


def test_a_column_of_dates_in_another_form_is_told_with_its_form():
    with pytest.raises(StudyInputError, match=r"'11/01/2018'.*of the form 99/99/9999"):
        load_events([CASES / "ged_excel.csv"])


@pytest.mark.parametrize("name", ["53-sites_semi.csv", "53-sites_latlon.csv", "53-sites.geojson", "06-survey.kml"])
def test_what_is_added_is_studied(name):
    from vestige.capture import read_register

    read = read_register((REGISTERS / name).read_bytes())
    points = load_sites([REGISTERS / name]).points
    expected = [(item.site.location.latitude, item.site.location.longitude) for item in read.sites]
    assert list(zip(points["latitude"], points["longitude"], strict=True)) == expected


def test_two_columns_of_one_name_and_events_are_no_register_to_study():
    with pytest.raises(ColumnsError, match="latitude stands twice"):
        load_sites([REGISTERS / "53-sites_dup.csv"])
    with pytest.raises(ColumnsError, match="looks like UCDP"):
        load_sites([CASES / "ged24.csv"])


def test_unescos_present_export_is_an_edition():
    table = load_editions([REGISTERS / "01-whc001.csv"]).table.set_index("id_no")
    assert table.loc["90002", "danger"] == ((2013, None),)
    assert table.loc["90001", "latitude"] == -50.75
    assert table.loc["90003", "states"] == ("fi", "se")
    assert load_sites([REGISTERS / "01-whc001.csv"]).heritage is not None


def test_a_bomb_of_a_zip_is_bounded(tmp_path, monkeypatch):
    monkeypatch.setattr("vestige.studying.data._tables.LARGEST_TABLE", 1000)
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.csv", b"0" * 100_000)
    (tmp_path / "bomb.zip").write_bytes(made.getvalue())
    with pytest.raises(StudyInputError, match="more than 1,000 bytes"):
        load_events([tmp_path / "bomb.zip"])
