import numpy as np
import pandas as pd
import pytest

from vestige.studying import write_study
from vestige.studying._errors import EditionError, EmptyStudyError
from vestige.studying.danger import _robustness as _danger_robustness
from vestige.studying.danger import _words
from vestige.studying.danger._eras import by_era
from vestige.studying.danger._study import danger_study
from vestige.studying.data._editions import load_editions
from vestige.studying.data._violence import deaths_by_country_year
from vestige.studying.statistics._event_study import rates_around_start, war_starts
from vestige.studying.statistics._hazard import hazard_ratios, with_covariates
from vestige.studying.statistics._panel import PanelOptions, build_panel, violence_class, year_before
from vestige.studying.statistics._rates import cluster_bootstrap, rates_by_class


def panel_of(editions, country_years, category="Cultural", **options):
    deaths = deaths_by_country_year(country_years.table)
    panel = build_panel(editions.table, deaths, PanelOptions(**options))[0]
    return panel[panel["category"] == category]


def test_classes_follow_ucdp_thresholds():
    assert violence_class(np.array([0, 1, 24, 25, 999, 1000, 250_000])).tolist() == [0, 1, 1, 2, 2, 3, 3]


def test_a_year_is_at_risk_or_listed_and_a_deletion_is_no_removal(whc):
    rows = [
        "1,Twice,1990,P 1992-1994 Y 1996,2,47,Cultural,Europe,fr",
        "2,Gone,1990,P 1993-1997,2,47,Cultural,Europe,fr",
        "3,New,1997,,2,47,Cultural,Europe,fr",
    ]
    old = whc(rows, "old.csv")
    new = whc([rows[0], "4,Later,1999,,2,47,Cultural,Europe,fr"], "new.csv")
    deaths = {(220, year): 0.0 for year in range(1989, 2000)}
    table = load_editions([old, new]).table
    panel, dropped = build_panel(table, deaths, PanelOptions(first=1989, last=1998))
    by = panel.set_index(["id_no", "year"])
    assert not dropped
    assert panel.groupby("id_no")["year"].agg(["min", "max"]).to_numpy().tolist() == [
        [1990, 1998],
        [1990, 1997],
        [1997, 1997],
    ]
    assert [year for (key, year), row in by.iterrows() if key == "1" and row["listing"]] == [1992, 1996]
    assert [year for (key, year), row in by.iterrows() if key == "1" and row["removal"]] == [1994]
    assert [year for (key, year), row in by.iterrows() if key == "1" and row["listed"]] == [1993, 1994, 1997, 1998]
    assert not by.loc["2"]["removal"].any()
    assert by.loc[("2", 1997), "deletion"]
    assert (panel["listed"] != panel["at_risk"]).all()


def test_violence_is_the_larger_of_this_and_last_year(whc):
    table = load_editions([whc(["1,A,1980,,2,47,Cultural,Europe,fr"])]).table
    deaths = {(220, 1989): 30.0, (220, 1990): 2.0, (220, 1991): 0.0, (220, 1992): 0.0}
    panel, _ = build_panel(table, deaths, PanelOptions(first=1989, last=1992))
    assert panel["deaths"].tolist() == [30, 30, 2, 0]
    lead, _ = build_panel(table, deaths, PanelOptions(first=1989, last=1990, lags=0, shift=1))
    assert lead["deaths"].tolist() == [2, 0]


def test_a_country_without_a_row_is_left_out_and_counted(whc):
    table = load_editions([whc(["1,A,1980,,2,47,Cultural,Europe,fr", "2,B,1980,,-159,-21,Cultural,Asia,ck"])]).table
    panel, dropped = build_panel(table, {(220, 1989): 0.0}, PanelOptions(first=1989, last=1989))
    assert panel["id_no"].tolist() == ["1"]
    assert (dropped[0].count, "ck" in dropped[0].why) == (1, True)
    with pytest.raises(EmptyStudyError):
        build_panel(table, {}, PanelOptions(first=1989, last=1989))


def test_the_first_look_confirmed_and_corrected(editions, country_years):
    """Listings per 1,000 and removals per 100 in four classes of deaths, cultural properties, 1989-2022.

    A first look had 1.12, 1.55, 2.45, 11.93 and 6.43, 5.80, 2.72, 0.91. It lost Liverpool (4 for 5 listings in the second
    class), the three properties of Palestine and the Dubrovnik of 1991; a deletion was a removal.
    """
    rates = rates_by_class(panel_of(editions, country_years), replicates=200)
    assert rates["listings"].tolist() == [13, 5, 11, 24]
    assert rates["at_risk"].tolist() == [11638, 2591, 3676, 1848]
    assert rates["listing_rate"].round(2).tolist() == [1.12, 1.93, 2.99, 12.99]
    assert rates["removal_rate"].round(2).tolist() == [6.49, 5.33, 3.11, 0.87]
    assert rates["deletions"].sum() == 1


def test_the_first_look_comes_back_with_its_joins(editions, country_years):
    """Without Liverpool, Palestine and predecessors, its listings are what a first look had, to the second decimal."""
    kept = editions.table[~editions.table["id_no"].isin(["1150", "1433", "1492", "1565"])]
    deaths = deaths_by_country_year(country_years.table)
    panel = build_panel(kept, deaths, PanelOptions(predecessors=False))[0]
    rates = rates_by_class(panel[panel["category"] == "Cultural"], replicates=10)
    assert rates["listing_rate"].round(2).tolist() == [1.12, 1.55, 2.45, 11.93]
    assert rates["removal_rate"].round(2).tolist()[2:] == [2.72, 0.91]


def test_rates_match_counting_by_hand():
    panel = pd.DataFrame(
        {
            "country": ["a", "a", "b", "b", "b"],
            "class": [0, 0, 0, 3, 3],
            "at_risk": [True, True, True, True, False],
            "listed": [False, False, False, False, True],
            "listing": [True, False, False, False, False],
            "removal": [False, False, False, False, True],
            "deletion": False,
        }
    )
    rates = rates_by_class(panel, replicates=50)
    assert rates["listing_rate"].iloc[0] == pytest.approx(1000 / 3)
    assert rates["removal_rate"].iloc[3] == 100
    assert np.isnan(rates["listing_rate"].iloc[1])


def test_the_cluster_bootstrap_is_seeded_and_covers():
    """With equal clusters the interval of a Poisson rate is near the normal one; one cluster alone has no width."""
    rng = np.random.default_rng(5)
    events, years = rng.poisson(3.0, (400, 1)).astype(float), np.full((400, 1), 100.0)
    low, high = cluster_bootstrap(events, years, 2000)
    mean, error = events.sum() / years.sum(), np.sqrt(events.var() / 400) / 100
    assert (low[0], high[0]) == (
        pytest.approx(mean - 1.96 * error, rel=0.02),
        pytest.approx(mean + 1.96 * error, rel=0.02),
    )
    again = cluster_bootstrap(events, years, 2000)
    assert (again[0][0], again[1][0]) == (low[0], high[0])
    one = cluster_bootstrap(events[:1], years[:1], 100)
    assert one[0][0] == one[1][0]


def simulated(hazard, ratio, seed=1, size=40_000):
    rng = np.random.default_rng(seed)
    war = rng.random(size) < 0.2
    listing = rng.random(size) < 1 - np.exp(-hazard * np.where(war, ratio, 1.0))
    return pd.DataFrame({"country": rng.integers(0, 150, size).astype(str), "war": war.astype(int), "listing": listing})


@pytest.mark.parametrize("ratio", [1.0, 6.0])
def test_a_known_hazard_ratio_is_found(ratio):
    row = hazard_ratios(simulated(0.01, ratio), "listing", ["war"], "").iloc[0]
    assert row["low"] < ratio < row["high"]
    assert row["hazard_ratio"] == pytest.approx(ratio, rel=0.25)


def test_no_event_in_a_class_or_at_all_is_said():
    rows = simulated(0.01, 1.0).assign(listing=lambda frame: frame["listing"] & (frame["war"] == 0))
    row = hazard_ratios(rows, "listing", ["war"], "").iloc[0]
    assert np.isnan(row["hazard_ratio"])
    assert row["note"] == "no event in this class"
    none = hazard_ratios(rows.assign(listing=False), "listing", ["war"], "").iloc[0]
    assert (none["events"], none["note"]) == (0, "no event in this class")


def in_eras(ratios, seed=2):
    rows = simulated(0.02, 1.0, seed)
    year = np.random.default_rng(seed).integers(1990, 2023, len(rows))
    ratio = np.select([year < 2001, year < 2012], ratios[:2], ratios[2])
    draw = np.random.default_rng(seed + 1).random(len(rows))
    return rows.assign(year=year, listing=draw < 1 - np.exp(-0.02 * np.where(rows["war"] == 1, ratio, 1.0)))


def test_a_ratio_that_changes_between_eras_is_told_from_one_that_does_not():
    """The truth of a simulator: 1.5, 4 and 12 are three numbers, 4, 4 and 4 one; where an era has no event nothing breaks."""
    eras, differ = by_era(in_eras([1.5, 4, 12]), 1990, 2022, "")
    assert eras["term"].tolist() == ["war_1990_2000", "war_2001_2011", "war_2012_2022"]
    assert all(row.low < truth < row.high for row, truth in zip(eras.itertuples(), [1.5, 4, 12], strict=True))
    assert differ < 1e-6
    assert by_era(in_eras([4, 4, 4]), 1990, 2022, "")[1] > 0.01
    none = in_eras([4, 4, 4]).assign(listing=False)
    assert np.isnan(by_era(none, 1990, 2022, "")[1])


def test_the_year_itself_does_not_speak_of_a_decision_in_its_middle(whc):
    table = load_editions([whc(["1,A,1980,,2,47,Cultural,Europe,fr"])]).table
    deaths = {(220, 1989): 12.0, (220, 1990): 2411.0, (220, 1991): 0.0}
    assert build_panel(table, deaths, year_before(1990, 1992))[0]["deaths"].tolist() == [12, 2411, 0]


@pytest.mark.parametrize(
    ("low", "high", "said"), [(0.3, 5.1, "too imprecise to exclude"), (1.1, 5.1, "shows an association")]
)
def test_an_interval_that_holds_one_is_no_null(low, high, said):
    row = pd.Series({"hazard_ratio": 1.3, "low": low, "high": high, "note": ""})
    assert said in _words._null(row, "The same model")
    assert ("could not be told" in _words._of_culture(row)) == (low < 1)


@pytest.mark.slow
def test_the_hazard_ratio_of_war(editions, country_years):
    """A first look had 6.2 (2.9 to 13.3). By the larger of two years 7.2 (3.0 to 17.2); by the year before 6.6 (2.3 to 19.4)."""
    deaths = deaths_by_country_year(country_years.table)
    main = with_covariates(build_panel(editions.table, deaths, year_before(1990, 2022))[0])
    strict = hazard_ratios(main[(main["category"] == "Cultural") & main["at_risk"]], "listing", ["war"]).iloc[0]
    assert [round(float(strict[name]), 1) for name in ("hazard_ratio", "low", "high")] == [6.6, 2.3, 19.4]
    cultural = with_covariates(panel_of(editions, country_years))
    row = hazard_ratios(cultural[cultural["at_risk"]], "listing", ["war"]).iloc[0]
    assert [round(float(row[name]), 1) for name in ("hazard_ratio", "low", "high")] == [7.2, 3.0, 17.2]
    assert row["low"] < 6.2 < row["high"]


def test_a_war_starts_after_quiet_years_only():
    years = list(range(1989, 2001))
    deaths = [5000, 0, 0, 1000, 0, 0, 0, 1200, 0, 0, 0, 3000]
    yearly = pd.DataFrame({"id_no": "1", "year": years, "deaths": deaths})
    assert war_starts(yearly).to_dict() == {"1": 1996}
    assert war_starts(yearly.assign(deaths=0)).empty


def test_rates_around_a_start_have_exact_intervals():
    panel = pd.DataFrame(
        {"id_no": "1", "year": range(1990, 2001), "at_risk": True, "listing": [False] * 6 + [True] + [False] * 4}
    )
    around = rates_around_start(panel, pd.Series({"1": 1995.0})).set_index("year_to_start")
    assert around["events"].to_dict()[1] == 1
    assert around.loc[0, "high"] == pytest.approx(975.0)  # Clopper-Pearson, none of one: 1 - 0.025
    assert rates_around_start(panel, pd.Series(dtype=float))["years"].sum() == 0


def test_years_that_the_files_do_not_cover_are_refused(whc, violence):
    sites = whc(["1,A,2019,,2,47,Cultural,Europe,fr"])
    deaths = violence([(220, 1989, 0), (220, 2022, 0)])
    with pytest.raises(EditionError, match="not complete for 2022"):
        danger_study([sites], deaths)
    with pytest.raises(EditionError, match="covers 1989 to 2022, the study needs 1980"):
        danger_study([sites], deaths, first=1980, last=2018)
    with pytest.raises(EditionError, match="after the last"):
        danger_study([sites], deaths, first=2010, last=2000)


@pytest.mark.slow
def test_other_choices_keep_the_sign_and_say_how_much(editions, country_years, monkeypatch):
    """The rows that bound the answer: without Syria the ratio is lowest; Liverpool left to vanish changes its class."""
    wanted = {"main", "without Syria", "deleted properties left to vanish"}
    monkeypatch.setattr(_danger_robustness, "_CHOICES", tuple(c for c in _danger_robustness._CHOICES if c[0] in wanted))
    table = _danger_robustness.danger_robustness(editions.table, country_years.table, 1989, 2022).set_index("choice")
    assert table.loc["main", "hazard_ratio"] == pytest.approx(6.64, abs=0.01)
    assert table.loc["deleted properties left to vanish", "listing_1-24"] == pytest.approx(2.80, abs=0.005)
    assert 1.5 < table.loc["without Syria", "low"] < table.loc["without Syria", "hazard_ratio"] < 5


def test_a_small_list_is_studied_and_says_what_it_cannot(whc, violence, tmp_path):
    """A ministry's own extract: two cultural properties, one listing, no natural property, no war, no removal."""
    rows = [
        "1,A,1980,Y 2010,2,47,Cultural,Europe,fr",
        "2,B,1980,,2,47,Cultural,Europe,fr",
        "3,C,2021,,2,47,Cultural,Europe,fr",
    ]
    deaths = violence([(220, year, 0) for year in range(1989, 2025)])
    study = danger_study([whc(rows)], deaths, last=2020)
    assert study.findings[1].startswith("No hazard ratio of war (1,000+ deaths) can be given: no event in this class.")
    assert "could not be estimated" in study.findings[2]
    write_study(study, tmp_path / "out")
    with pytest.raises(EmptyStudyError, match="no cultural property was listed"):
        danger_study([whc(rows[1:])], deaths, last=2020)


def test_what_one_country_or_a_class_that_splits_all_events_leaves_is_no_estimate():
    rows = simulated(0.01, 4.0)
    alone = hazard_ratios(rows.assign(country="SY"), "listing", ["war"], "").iloc[0]
    split = hazard_ratios(rows.assign(listing=rows["war"] == 1), "listing", ["war"], "").iloc[0]
    for row in (alone, split):
        assert np.isnan(row["hazard_ratio"])
        assert row["note"] == "the model cannot be fitted"
