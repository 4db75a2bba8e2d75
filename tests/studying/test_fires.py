import datetime as dt
import re

import numpy as np
import pytest

from vestige.studying import EditionError, EmptyStudyError, PlaceError, StudyInputError, fires_study
from vestige.studying.data._fires import load_fires

HEAD = "latitude,longitude,scan,track,acq_date,acq_time,satellite,confidence,type"
SITES = "id,name,latitude,longitude"


def fire(day, lat=50.0, lon=30.0, scan=1.0, track=1.0, confidence=80, kind=0, time="0900"):
    return f"{lat},{lon},{scan},{track},{day},{time},Terra,{confidence},{kind}"


@pytest.fixture
def fires(make):
    return lambda rows, name="fires.csv": make(name, HEAD, rows)


@pytest.fixture
def sites(make):
    return make("sites.csv", SITES, ["a,Mill,50.0,30.0", "b,Chapel,51.0,31.0"])


def spread(year, lat, lon, count):
    """Give fires on days over three months, each at its own pass."""
    days = [dt.date(year, 3, 1) + dt.timedelta(days=int(step)) for step in np.linspace(0, 85, count)]
    return [fire(day, lat, lon, time=f"{n:04d}") for n, day in enumerate(days)]


def test_static_unsure_and_repeated_pixels_are_dropped(fires):
    same = fire("2022-03-01")
    loaded = load_fires([fires([
        same, same, fire("2022-03-02", kind=2), fire("2022-03-03", kind=1), fire("2022-03-04", confidence=29), fire("2022-03-05", confidence=30),
    ])])  # fmt: skip
    assert len(loaded.table) == 2
    assert [drop.count for drop in loaded.dropped] == [1, 1, 1, 1]


def test_viirs_letters_are_read(fires):
    rows = [fire("2022-03-01", confidence="l"), fire("2022-03-02", confidence="n"), fire("2022-03-03", confidence="h")]
    assert len(load_fires([fires(rows)]).table) == 2


@pytest.mark.parametrize(
    ("row", "error", "says"),
    [
        (fire("1 March"), StudyInputError, "acq_date: expected a date as 2022-02-24, got '1 March'"),
        (fire("2022-03-01", lat=150), PlaceError, "swapped"),
        (fire("2022-03-01", scan=0), StudyInputError, "scan and track"),
        (fire("2022-03-01", confidence="sure"), StudyInputError, "column confidence"),
        (fire("2022-03-01", kind=2), EmptyStudyError, "no fire is left"),
    ],
)
def test_bad_fires_are_named(fires, row, error, says):
    with pytest.raises(error, match=says):
        load_fires([fires([row])])


def test_the_near_real_time_product_is_refused(make):
    head = HEAD.replace(",type", "")
    with pytest.raises(StudyInputError, match="lacks the column type"):
        load_fires([make("nrt.csv", head, [fire("2022-03-01").rsplit(",", 1)[0]])])


def test_the_footprint_is_half_the_diagonal(fires, sites):
    """A pixel of 4 by 3 km reaches 2.5 km: a site 2.4 km off is inside, one 2.6 km off is not."""
    for kilometres, expected in ((2.4, 1), (2.6, 0)):
        north = 50.0 + kilometres / 111.1949
        rows = [*spread(2021, 52.0, 33.0, 9), *spread(2022, 52.0, 33.0, 9), *spread(2021, 50.0, 30.0, 2)]
        rows += [fire("2022-03-15", north, 30.0, scan=4.0, track=3.0)]
        study = fires_study([sites], [fires(rows)], window=(dt.date(2022, 3, 1), dt.date(2022, 5, 25)))
        assert study.tables[0].data.loc[0, "sites_in_window"] == expected


def test_the_same_days_a_year_earlier_are_the_placebo(fires, sites):
    rows = [
        *spread(2021, 50.0, 30.0, 8),
        *spread(2022, 50.0, 30.0, 8),
        *spread(2021, 55.0, 35.0, 50),
        *spread(2022, 55.0, 35.0, 50),
    ]
    rows += [fire("2021-08-01"), fire("2022-08-01")]
    study = fires_study([sites], [fires(rows)], window=(dt.date(2022, 3, 1), dt.date(2022, 5, 25)))
    row = study.tables[0].data.iloc[0]
    assert (row["anomalies"], row["year_before"], row["ratio_to_area"]) == (8, 8, 1.0)
    assert "could not be told at any distance" in study.findings[2]
    assert "not damage" in study.findings[0]


def test_the_window_is_what_both_years_have(fires, sites):
    rows = [*spread(2021, 50.0, 30.0, 20), *spread(2022, 50.0, 30.0, 20)]
    study = fires_study([sites], [fires([*rows, fire("2021-12-01")])])
    assert study.options["from"] == "2022-03-01"
    assert study.options["to"] == "2022-05-25"


def test_a_year_that_is_missing_is_said(fires, sites):
    with pytest.raises(EditionError, match="no fire of 2021"):
        fires_study([sites], [fires(spread(2022, 50.0, 30.0, 9))])
    both = [*spread(2021, 50.0, 30.0, 9), *spread(2022, 50.0, 30.0, 9)]
    with pytest.raises(EditionError, match="do not cover 2022-03-01 to 2022-12-31"):
        fires_study([sites], [fires(both)], window=(dt.date(2022, 3, 1), dt.date(2022, 12, 31)))


def test_nothing_near_is_said(fires, sites):
    rows = [*spread(2021, 40.0, 20.0, 9), *spread(2022, 40.0, 20.0, 9)]
    with pytest.raises(EmptyStudyError, match="no thermal anomaly is near any site"):
        fires_study([sites], [fires(rows)])


def test_sensitive_sites_are_left_out(fires, make):
    register = make("sites.csv", f"{SITES},sensitivity", ["a,Mill,50.0,30.0,open", "b,Burial,50.0,30.001,sensitive"])
    rows = [*spread(2021, 50.0, 30.0, 9), *spread(2022, 50.0, 30.0, 9)]
    study = fires_study([register], [fires(rows)])
    assert study.tables[1].data["id"].tolist() == ["a"]
    assert any("sensitive" in drop.why for drop in study.dropped)


def test_a_later_row_may_know_where_a_site_is(fires, make):
    register = make("sites.csv", SITES, ["a,Mill,,", "a,Mill,50.0,30.0"])
    rows = [*spread(2021, 50.0, 30.0, 9), *spread(2022, 50.0, 30.0, 9)]
    assert fires_study([register], [fires(rows)]).tables[1].data["id"].tolist() == ["a"]


def test_the_real_fires_of_ukraine(shared_data):
    files = [shared_data / "conflict" / name for name in ("MODIS-2021.csv", "MODIS-2022-arch.csv")]
    study = fires_study([shared_data / "registers" / "ukraine_unesco_damage.csv"], files)
    assert study.options["from"] == "2022-02-24"
    assert study.options["to"] == "2022-05-31"
    dropped = {drop.why: drop.count for drop in study.dropped}
    assert dropped["type 2: a static source on land"] == 1169 + 509
    table = study.tables[0].data.set_index("within")
    assert table.loc["footprint", ["sites_in_window", "sites_year_before"]].tolist() == [11, 1]
    assert table.loc["5 km", "low"] > 1


@pytest.mark.parametrize(("factor", "says"), [(1, "could not be told"), (6, "away from 1: within footprint 3.47 [")])
def test_a_change_is_said_with_its_interval(fires, make, factor, says):
    places = [(50.0 + step, 30.0) for step in range(8)]
    register = make("sites.csv", SITES, [f"s{at},Mill,{lat},{lon}" for at, (lat, lon) in enumerate(places)])
    rows = [*spread(2021, 20.0, 10.0, 40), *spread(2022, 20.0, 10.0, 40)]
    for at, (lat, lon) in enumerate(places):  # 8 and 55, over 48 and 95 in all; or as many in both years
        before, after = (1, factor + at % 3) if factor > 1 else (4 + at % 2, 5 - at % 2)
        rows += spread(2021, lat, lon, before) + spread(2022, lat, lon, after)
    study = fires_study([register], [fires(rows)], window=(dt.date(2022, 3, 1), dt.date(2022, 5, 25)))
    told = study.findings[2]
    assert says in told
    assert re.search(r"within footprint \d\.\d\d \[\d\.\d\d, \d\.\d\d\]", told)
