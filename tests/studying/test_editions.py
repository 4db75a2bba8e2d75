import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.studying._errors import ColumnsError, EditionError, PlaceError, StudyInputError
from vestige.studying.danger._study import reproduce_levin
from vestige.studying.data._editions import in_danger, load_editions, parse_danger_list

PARIS = "600,Banks,1991,,2.29,48.86,Cultural,Europe and North America,fr"
YEARS = st.integers(1978, 2040)


@given(st.lists(st.tuples(YEARS, st.one_of(st.none(), YEARS)), max_size=4))
def test_a_danger_history_reads_back_what_was_written(periods):
    text = " ".join(f"Y {start}" if end is None else f"P {start}-{end}" for start, end in periods)
    assert parse_danger_list(text) == tuple(sorted(periods, key=lambda period: period[0]))


@pytest.mark.parametrize("text", ["2013", "Y 13", "P 1992", "Y2013", "P 1992-2005x", "Y 2013, P 1992-2005"])
def test_another_danger_history_is_refused(text):
    with pytest.raises(ValueError, match="expected 'Y 2013'"):
        parse_danger_list(text)


def test_a_delisted_property_is_kept_and_marked(whc):
    old = whc(
        [
            PARIS,
            "1150,Liverpool,2004,Y 2012,-2.99,53.4,Cultural,Europe and North America,gb",
            "1,New,2019,,2,47,Natural,Africa,fr",
        ],
        "a.csv",
    )
    new = whc([PARIS, "1,New,2019,,2,47,Natural,Africa,fr", "9,Newer,2023,,2,47,Cultural,Africa,fr"], "b.csv")
    for order in ([old, new], [new, old]):
        table = load_editions(order).table.set_index("id_no")
        assert table["deleted"].to_dict() == {"1": False, "9": False, "600": False, "1150": True}
        assert table.loc["1150", "last_seen"] == 2019
        assert table.loc["1150", "danger"] == ((2012, None),)


def test_three_forms_of_export_are_one(whc):
    name = "Crac des Chevaliers and Qal’at"
    row = f"1229,{name},2006,Y 2013,36.26,34.75,Cultural,Arab States,sy"
    cp1252 = whc([row, "1,A,2019,,2,47,Natural,Africa,fr"], "2019.csv", encoding="cp1252")
    bom = whc(
        [row, "1,A,2019,,2,47,Natural,Africa,fr", "2,B,2021,,2,47,Natural,Africa,fr"], "2021.csv", encoding="utf-8-sig"
    )
    head = "id_no,name_en,date_inscribed,danger_list,Longitude,Latitude,category,region_en,iso_code"
    upper = whc([row, "3,C,2023,,2,47,Natural,Africa,fr"], "2023.csv", head=head)
    loaded = load_editions([upper, cp1252, bom])
    assert [source.name for source in loaded.sources] == ["2019.csv", "2021.csv", "2023.csv"]
    assert set(loaded.table.loc[loaded.table["id_no"] == "1229", "name"]) == {name}


def test_the_earliest_edition_dates_the_inscription(whc):
    """The 2023 export dates the Hyrcanian Forests (2019) to 1990."""
    first = whc(["1584,Hyrcanian Forests,2019,,51,37,Natural,Asia and the Pacific,ir"], "a.csv")
    later = whc(
        [PARIS, "1584,Hyrcanian Forests,1990,,51,37,Natural,Asia and the Pacific,ir", "9,N,2023,,2,47,Natural,A,fr"],
        "b.csv",
    )
    loaded = load_editions([first, later])
    assert loaded.table.set_index("id_no").loc["1584", "inscribed"] == 2019
    assert "disagree" in loaded.dropped[0].why


@pytest.mark.parametrize(
    ("rows", "error", "says"),
    [
        ([PARIS.replace(",fr", ",xx")], PlaceError, "unknown country code 'xx'"),
        ([PARIS.replace(",fr", ",")], StudyInputError, "no country code"),
        ([PARIS, PARIS], StudyInputError, "twice"),
        ([PARIS.replace("1991", "soon")], StudyInputError, "data row 1"),
        ([PARIS.replace("1991,", "1991,in danger")], StudyInputError, "danger_list"),
        ([PARIS.replace("2.29,48.86", "2.29,148.86")], PlaceError, "swapped"),
    ],
)
def test_a_bad_row_is_named(whc, rows, error, says):
    with pytest.raises(error, match=says):
        load_editions([whc(rows)])


def test_swapped_coordinates_within_range_are_found_by_country(whc):
    rows = [f"{i},Site {i},1999,,{50 + i / 10},{30 + i / 10},Cultural,Europe and North America,ua" for i in range(5)]
    with pytest.raises(PlaceError, match="swapped"):
        load_editions([whc(rows)])


def test_the_same_edition_twice_and_none_are_refused(whc):
    with pytest.raises(EditionError, match="both the 1991 edition"):
        load_editions([whc([PARIS], "a.csv"), whc([PARIS], "b.csv")])
    with pytest.raises(EditionError, match="--sites"):
        load_editions([])


def test_a_missing_column_and_another_kind_of_file_are_named(whc, ged):
    with pytest.raises(ColumnsError, match="lacks the column iso_code"):
        load_editions(
            [
                whc(
                    ["1,A,1991,,2,48,Cultural,E"],
                    head="id_no,name_en,date_inscribed,danger_list,longitude,latitude,category,region_en",
                )
            ]
        )
    with pytest.raises(ColumnsError, match="this looks like UCDP georeferenced events"):
        load_editions([ged([[1, 2016, 1, 1, 35, 36, 652, "2016-01-01", "2016-01-01", 3, "X"]])])


def test_the_real_editions_keep_liverpool(editions):
    table = editions.table.set_index("id_no")
    assert len(table) == 1200
    assert table["deleted"].sum() == 1
    assert table.loc["1150", "danger"] == ((2012, 2021),)
    assert not table["name"].str.contains("\x96|\x92", regex=True).any()


def test_levin_et_al_2019_is_reproduced(editions, edition_files):
    """Global Environmental Change, 10.1016/j.gloenvcha.2019.02.001: 54 in danger at the end of 2018, 40 % in the Arab States."""
    counts = reproduce_levin(editions.table).set_index("region")["properties"]
    assert counts["all"] == 54
    assert counts["Arab States"] == 22
    newest = load_editions(edition_files[-1:]).table
    assert in_danger(newest, 2018).sum() == 53  # Liverpool vanishes from a single export
