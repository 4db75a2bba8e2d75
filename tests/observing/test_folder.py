import json

import numpy as np
import pytest

from vestige.observing import SeriesError, parse_window, read_folder

HEAD = "datetime,burst_id,site_id,site_lon,site_lat,vv,vh,vv/vh\n"
ROW = '2021-01-0{day} 05:00:00,T001-1-IW1,7,-97,-97,"{vv}","{vv}","[1]"\n'


def write(folder, *rows, head=HEAD):
    (folder / "series").mkdir()
    (folder / "series" / "one.csv").write_text(head + "".join(rows))
    return folder


def row(day, vv="[0.1, nan, 0.3, 0.4]"):
    return ROW.format(day=day, vv=vv)


def test_a_folder_is_read_and_what_is_left_out_is_said(tmp_path):
    folder = write(tmp_path, row(3), row(1), row(1), row(2, "[0.1]"))
    (folder / "sites.geojson").write_text(
        json.dumps({"features": [{"properties": {"site_id": 7}, "geometry": {"coordinates": [-97.4, 18.2]}}]})
    )
    read = read_folder(folder)
    (series,) = read.series
    assert (series.site, series.orbit, series.bands) == ("7", "T001-1-IW1", ("VV", "VH"))
    assert (
        series.times.astype("datetime64[D]").tolist()
        == np.array(["2021-01-01", "2021-01-03"], "datetime64[D]").tolist()
    )
    assert series.values.shape == (2, 2, 2, 2)
    assert np.isnan(series.values[0, 0, 0, 1])
    assert read.places == {"7": (-97.4, 18.2)}
    assert read.notes == ("one.csv: 2 of 4 dates left out (doubled, or not 4 pixels)",)


@pytest.mark.parametrize(
    ("rows", "message"),
    [
        ([], "no row"),
        ([row(1).replace("2021", "year")], r"one.csv:2: expected a date"),
        ([row(1).replace("05:00", "05:00[")], r"one.csv:2: expected a date"),
        ([row(1).replace("2021-01-01 05:00:00", "0001-01-01T00:00:00+23:00")], r"one.csv:2: expected a date"),
        ([row(1).replace("2021-01-01 05:00:00", " ")], r"one.csv:2: the date is missing"),
        ([row(1, "[" + "9" * 400 + "]")], r"one.csv:2: expected pixel values"),
        ([row(1), row(2, "[0.1, x]")], r"one.csv:3: expected pixel values"),
        ([row(1, "[" * 100_000)], r"one.csv:2: expected pixel values"),
        ([row(1, "0.1")], "expected a column"),
        ([row(1).replace(', 0.4]","[0.1', ', 0.4]","[0.1, 0.2')], r"one.csv: expected 4 pixels in every band"),
    ],
)
def test_a_bad_file_is_named_with_its_line(tmp_path, rows, message):
    with pytest.raises(SeriesError, match=message):
        read_folder(write(tmp_path, *rows))


@pytest.mark.parametrize("text", ["2021-01-01T05:00:00Z", "2021-01-01 06:30:00+01:30", "2021-01-01T05:00:00.9"])
def test_times_are_taken_to_utc(tmp_path, text):
    read = read_folder(write(tmp_path, row(1).replace("2021-01-01 05:00:00", text)))
    assert read.series[0].times.tolist() == np.array(["2021-01-01T05:00:00"], "datetime64[s]").tolist()


def test_bytes_that_are_no_text_are_refused(tmp_path):
    (tmp_path / "one.csv").write_bytes(HEAD.encode() + b"\xff\xfe\x00")
    with pytest.raises(SeriesError, match="UTF-8"):
        read_folder(tmp_path)


def test_a_folder_without_series_is_refused(tmp_path):
    with pytest.raises(SeriesError, match="no series"):
        read_folder(tmp_path)


@pytest.mark.parametrize("text", [b'{"features": [{}]}', b'{"features": "\xe6"}', b"[" * 100_000])
def test_places_that_are_no_geojson_are_refused(tmp_path, text):
    write(tmp_path, row(1))
    (tmp_path / "sites.geojson").write_bytes(text)
    with pytest.raises(SeriesError, match="GeoJSON"):
        read_folder(tmp_path)


def test_the_real_folder_is_read_whole(shared_data):
    read = read_folder(shared_data / "s1_series")
    assert len(read.series) == 66
    assert len(read.places) == 35
    assert all(-180 <= lon <= 180 and -90 <= lat <= 90 for lon, lat in read.places.values())
    assert {series.values.shape[1:] for series in read.series} == {(2, 3, 3)}


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2020-10/2020-12", "2020-10-01T00:00:00", "2021-01-01T00:00:00"),
        ("2020", "2020-01-01T00:00:00", "2021-01-01T00:00:00"),
        ("2024-02-28 / 2024-02-29", "2024-02-28T00:00:00", "2024-03-01T00:00:00"),
        ("2024-02-02T10:04:30Z/2024-02-04", "2024-02-02T10:04:30", "2024-02-05T00:00:00"),
    ],
)
def test_a_window_includes_both_its_ends(text, start, end):
    assert parse_window(text) == (np.datetime64(start), np.datetime64(end))


@pytest.mark.parametrize(
    "text", ["", "2020-1", "2020-13", "2021/2020", "a/b", "2020/2021/2022", "2021-02-30", "NaT", "now"]
)
def test_a_window_that_is_none_is_refused(text):
    with pytest.raises(SeriesError):
        parse_window(text)
