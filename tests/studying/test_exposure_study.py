import pandas as pd
import pytest

from vestige.studying._errors import ColumnsError, EmptyStudyError, PlaceError, StudyInputError
from vestige.studying.data._events import load_events, precise
from vestige.studying.data._sites import load_sites
from vestige.studying.exposure._study import exposure_study
from vestige.studying.statistics._near import Places, count_near

ALEPPO = "21,Ancient City of Aleppo,1986,Y 2013,37.16,36.2,Cultural,Arab States,sy"


def event(number, lat=36.2, lon=37.16, year=2016, prec=1, best=2, country=652):
    return [number, year, 1, prec, lat, lon, country, f"{year}-02-03 00:00:00.000", f"{year}-02-03", best, "Aleppo"]


def test_coarse_events_repeats_and_tags_are_dropped_and_counted(ged):
    first = ged(
        ["", *[",".join(map(str, event(n, prec=p))) for n, p in ((1, 1), (2, 2), (3, 3), (4, 6))]][1:], "first.csv"
    )
    tags = ",#date+year,,,#geo+lat,#geo+lon,,,,,"
    second = ged([tags, event(1), event(5)], "second.csv")
    loaded = precise(load_events([first, second]))
    assert loaded.table["id"].tolist() == ["1", "2", "5"]
    reasons = {drop.why.split(":")[0]: drop.count for drop in loaded.dropped}
    assert reasons == {
        "HXL tags, not data": 1,
        "the same event id stands in an earlier file": 1,
        "where_prec above 2": 2,
    }


@pytest.mark.parametrize(
    ("rows", "error", "says"),
    [
        ([event(1, prec=9)], StudyInputError, "column where_prec: expected a number from 1 to 7"),
        ([event(1, country=999)], PlaceError, "unknown UCDP country id 999"),
        ([event(n, lat=37.16, lon=36.2, country=220) for n in range(3)], None, ""),
        ([event(n, lat=30.5, lon=50.4, country=369) for n in range(3)], PlaceError, "swapped"),
        ([event(1, lat=136.2)], PlaceError, "not on Earth"),
        ([[*event(1)[:7], "last week", "x", 1, "A"]], StudyInputError, "date_start"),
    ],
)
def test_bad_events_are_named(ged, rows, error, says):
    if error is None:
        assert len(load_events([ged(rows)]).table) == len(
            rows
        )  # outside both ways round: coordinates alone say nothing
    else:
        with pytest.raises(error, match=says):
            load_events([ged(rows)])


def test_an_r_file_that_is_none_is_refused(tmp_path):
    path = tmp_path / "events.rda"
    path.write_bytes(b"id,year\n1,2016\n")
    with pytest.raises(StudyInputError, match=r"events\.rda: this is no R data file"):
        load_events([path])


def test_the_study_counts_and_says_what_it_left_out(whc, ged):
    events = ged([event(1), event(2, year=2017), event(3, lat=36.25), event(4, prec=4), event(5, lat=33.5, lon=36.3)])
    study = exposure_study([whc([ALEPPO])], [events])
    tables = {table.name: table.data for table in study.tables}
    at_ten = tables["exposure"].query("radius_km == 10")
    assert dict(zip(at_ten["year"], at_ten["events"], strict=True)) == {2016: 2, 2017: 1}
    bands = tables["sites"].set_index("radius_km")["events_in_band"].to_dict()
    assert bands == {2.0: 2, 5.0: 0, 10.0: 1, 25.0: 0, 50.0: 0}
    assert len(tables["robustness"]) == 5 * 4 * 3
    assert set(tables["robustness"]["note"]) == {"every property-year is on the same side: no comparison"}
    assert any("where_prec above 2" in drop.why for drop in study.dropped)


def test_components_stand_for_a_serial_property(whc, ged, make):
    sites, events = whc([ALEPPO]), ged([event(1, lat=35.0, lon=36.5)])
    parts = make("parts.csv", "id_no,component,latitude,longitude", ["21,a,35.0,36.5", "21,b,35.001,36.5", "99,c,1,1"])
    with pytest.raises(EmptyStudyError, match="no event lies within 50 km"):
        exposure_study([sites], [events])
    study = exposure_study([sites], [events], components=parts)
    assert study.tables[0].data["events"].tolist() == [1]
    assert any("of no property" in drop.why for drop in study.dropped)


def test_a_register_without_heritage_columns_is_studied(make, ged):
    register = make(
        "sites.csv", "site,name,latitude,longitude", ["a,Mill,36.2,37.16", "a,Mill again,36.2,37.16", "b,Lost,,"]
    )
    study = exposure_study([register], [ged([event(1)])])
    assert study.tables[0].data["name"].tolist() == ["Mill"]
    assert {drop.why for drop in study.dropped} == {"a further row of the same site", "no coordinates"}


@pytest.mark.parametrize("radii", [[], [0], [-2, 5], [5000]])
def test_radii_that_are_none_are_refused(whc, ged, radii):
    with pytest.raises(StudyInputError, match="radii must be"):
        exposure_study([whc([ALEPPO])], [ged([event(1)])], radii=radii)


def test_too_coarse_altogether_and_another_kind_are_refused(whc, ged):
    with pytest.raises(EmptyStudyError, match="where_prec of 2 or less"):
        exposure_study([whc([ALEPPO])], [ged([event(1, prec=5)])])
    with pytest.raises(ColumnsError, match="looks like a UNESCO"):
        exposure_study([whc([ALEPPO])], [whc([ALEPPO], "b.csv")])


@pytest.mark.slow
@pytest.mark.long
def test_aleppo(edition_files, syria):
    """Events with where_prec of 2 or less within 10 km of the Ancient City of Aleppo, 2016 to 2019: 810, 95, 51, 45."""
    sites = load_sites(edition_files)
    aleppo = sites.table.index[sites.table["id"] == "21"][0]
    usable = precise(syria)
    assert (len(syria.table), len(usable.table)) == (16566, 14796)
    points = sites.points[sites.points["site"] == aleppo]
    rows = pd.concat(list(count_near(points, Places.of(usable.table, ["events"]), [10.0])))
    assert rows.sort_values("period")["events"].tolist() == [810, 95, 51, 45]


def test_hdx_files_are_read(shared_data):
    ukraine = load_events([shared_data / "conflict" / "hdx_ukr_thorbeorn.csv"])
    bangladesh = load_events([shared_data / "conflict" / "hdx_bgd.csv"])
    assert (len(ukraine.table), len(precise(ukraine).table)) == (1167, 661)
    assert (len(bangladesh.table), len(precise(bangladesh).table)) == (601, 410)


def test_where_most_choices_compare_nothing_that_is_said_and_what_could_be_compared_is_named(whc, ged):
    """All listed in all years, at points that repeat with a fine precision: nothing to compare, and no place to trust."""
    events = ged([event(n) for n in range(12)] + [event(20, lat=36.25)])
    rows = [ALEPPO, "1,A,1986,Y 2013,44.2,15.3,Cultural,Arab States,ye", "2,B,1986,,44.2,15.4,Cultural,Arab States,ye"]
    study = exposure_study([whc(rows)], [events])
    tables = {table.name: table.data for table in study.tables}
    assert "Nothing can be compared with the List in Danger: 60 of 60 choices" in study.findings[-1]
    assert "in this register listing varies within ye" in study.findings[-1]
    assert "1 points repeat" in study.findings[1]
    assert "12 of 13 events, among them 12 of the 13 that claim the place itself" in study.findings[1]
    assert tables["town-points"]["events"].tolist() == [12]
    assert tables["variation"][["country", "varies"]].to_numpy().tolist() == [["sy", False]]


def test_a_country_in_which_exposure_and_listing_vary_is_named_and_compared(whc, ged):
    rows = [
        f"{n},P{n},1986,{'Y 2013' if n % 3 else ''},{36 + n / 2},36.2,Cultural,Arab States,sy" for n in range(1, 13)
    ]
    events = [event(n, lon=36 + n / 2, year=2016 + n % 2) for n in range(1, 13) if n % 3 or n == 3] + [
        event(99, lon=30.0, year=2017)
    ]
    study = exposure_study([whc(rows)], [ged(events)])
    assert "both exposure and listing vary within sy" in study.findings[-1]
    assert next(table.data for table in study.tables if table.name == "variation")["varies"].tolist() == [True]
