import datetime as dt

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lifelines import KaplanMeierFitter
from lifelines.exceptions import StatError

from vestige.cli import main
from vestige.entries import Assessment, Assessor, DateWindow, Draft, Location, Name, Site, Study
from vestige.record import Record, verify_record
from vestige.studying import EmptyStudyError, PlaceError, StudyInputError, recovery_study
from vestige.studying.data._restoration import Judgement, restoration_spells
from vestige.studying.data._terminations import fighting_years, load_terminations
from vestige.studying.statistics._spells import peace_spells
from vestige.studying.statistics._survival import _quick_share, median_time, survival_curve

TERM_HEAD = "dyadep_id,dyad_id,year,dyadterm,ependdate,outcome,gwno_loc"


@pytest.fixture
def terminations(make):
    def write(rows, name="term.csv"):
        return make(
            name,
            TERM_HEAD,
            [f'1,{dyad},{year},{ended},,{outcome},"{where}"' for dyad, year, ended, outcome, where in rows],
        )

    return write


def test_fighting_needs_a_dyad_and_deaths_on_the_ground(terminations):
    table = load_terminations(terminations([(1, 2003, 0, "", "645, 2"), (1, 2004, 1, 2, "645,2")])).table
    deaths = {(645, 2003): 5000.0, (645, 2004): 24.0, (2, 2003): 0.0}
    assert fighting_years(table, deaths) == {645: frozenset({2003})}


def spells_of(site, fighting, last=2020):
    table = pd.DataFrame(
        [{"category": "Cultural", "deleted": False, "last_seen": 2023, "id_no": "1", "name": "A", **site}]
    )
    empty = pd.DataFrame({"country_id": [], "year": [], "ended": [], "outcome": []})
    rows = peace_spells(table, {220: frozenset(fighting)}, empty, last)
    return rows[["fighting_ended", "entry", "exit", "recovered", "why"]].to_numpy().tolist()


@pytest.mark.parametrize(
    ("danger", "fighting", "expected"),
    [
        (((1992, 2004),), range(1990, 1999), [[1998, 0, 6, True, "removed from the list"]]),
        (((1992, None),), range(1990, 1999), [[1998, 0, 22, False, "data end"]]),
        (
            ((1992, 2004),),
            [1992, 1993, 1996],
            [[1993, 0, 3, False, "fighting returned"], [1996, 0, 8, True, "removed from the list"]],
        ),
        (((2000, 2004),), [1998], [[1998, 2, 6, True, "removed from the list"]]),
        (((2000, 2004),), [1990], []),
        (((1992, 1994),), range(1990, 2000), []),
        (((1992, None),), range(1990, 2021), []),
        ((), range(1990, 1999), []),
    ],
)
def test_a_spell_runs_from_the_end_of_fighting(danger, fighting, expected):
    assert spells_of({"danger": danger, "states": ("fr",)}, fighting) == expected


def test_a_deletion_is_no_recovery():
    site = {"danger": ((1992, 2004),), "states": ("fr",), "deleted": True, "last_seen": 2004}
    assert spells_of(site, [1998]) == [[1998, 0, 6, False, "deleted"]]


@given(
    st.lists(st.tuples(st.integers(0, 3), st.integers(1, 12), st.booleans()), min_size=3, max_size=40), st.booleans()
)
def test_two_libraries_estimate_the_same_curve(raw, delayed):
    spells = pd.DataFrame(
        [(entry if delayed else 0, entry + length, seen) for entry, length, seen in raw],
        columns=["entry", "exit", "recovered"],
    )
    spells.loc[0, "entry"] = 0
    years = np.arange(16)
    if not spells["recovered"].any():
        return
    try:
        fitter = KaplanMeierFitter().fit(spells["exit"], spells["recovered"], entry=spells["entry"])
    except StatError:
        return  # lifelines refuses a curve that reaches zero while others are yet to enter
    ours = _quick_share(spells[["exit", "recovered", "entry"]].to_numpy(dtype=float), years)
    np.testing.assert_allclose(ours, fitter.survival_function_at_times(years).to_numpy(), atol=1e-9)


def test_a_curve_that_reaches_zero_before_late_entries_is_given():
    spells = pd.DataFrame(
        {"entry": [0, 3, 3], "exit": [1, 5, 6], "recovered": [True, True, False], "cluster": list("abc")}
    )
    share = survival_curve(spells, "all", 6, replicates=20)["share"]
    assert share.tolist() == pytest.approx([1.0, *[0.0] * 6])


def test_the_curve_of_a_textbook_case():
    spells = pd.DataFrame({
        "entry": 0, "exit": [1, 2, 2, 3, 4, 5], "recovered": [True, True, False, True, False, True], "cluster": list("abcdef"),
    })  # fmt: skip
    curve = survival_curve(spells, "all", 5, replicates=50)
    assert curve["share"].round(4).tolist() == [1.0, 0.8333, 0.6667, 0.4444, 0.4444, 0.0]
    assert curve["at_risk"].tolist() == [6, 6, 5, 3, 2, 1]
    assert (curve["low"] <= curve["high"]).all()
    assert median_time(curve) is None  # only three are left in the third year
    assert median_time(curve.assign(at_risk=9)) == 3


def test_the_real_files(edition_files, country_year_file, shared_data):
    study = recovery_study(
        sites=edition_files,
        terminations=shared_data / "conflict" / "ucdp-term-dyad-3-2021.csv",
        violence=country_year_file,
    )
    spells = next(table.data for table in study.tables if table.name == "removal-spells").set_index(
        ["id_no", "fighting_ended"]
    )
    assert spells.loc[("668", 1998), ["exit", "recovered", "outcome"]].tolist() == [
        6,
        True,
        "agreement or ceasefire",
    ]  # Angkor
    assert spells.loc[("95", 1995), ["exit", "recovered"]].tolist() == [3, True]  # Dubrovnik
    assert (len(spells), int(spells["recovered"].sum()), int((spells["why"] == "fighting returned").sum())) == (
        67,
        15,
        44,
    )
    reasons = spells.groupby("reason").agg(spells=("exit", "size"), removed=("recovered", "sum"))
    assert reasons.to_dict() == {
        "spells": {"conflict": 29, "other": 36, "unknown": 2},
        "removed": {"conflict": 4, "other": 11, "unknown": 0},
    }
    lulls = next(table.data for table in study.tables if table.name == "removal-lulls")
    assert lulls["spells"].tolist() == [67, 50, 40, 26]
    assert "could not tell" in study.findings[-1]


def test_bad_files_are_named(terminations, violence, whc):
    sites = whc(["1,A,1980,Y 1992,2,47,Cultural,Europe,fr", "2,B,2023,,2,47,Cultural,Europe,fr"])
    deaths = violence([(220, year, 0) for year in range(1989, 2021)])
    with pytest.raises(PlaceError, match="unknown UCDP country id 9999"):
        load_terminations(terminations([(1, 2003, 1, 2, "9999")]))
    with pytest.raises(StudyInputError, match="gwno_loc"):
        load_terminations(terminations([(1, 2003, 1, 2, "France")]))
    with pytest.raises(StudyInputError, match="outcome"):
        load_terminations(terminations([(1, 2003, 1, 8, "220")]))
    with pytest.raises(EmptyStudyError, match="no property in danger"):
        recovery_study(sites=[sites], terminations=terminations([(1, 2003, 1, 2, "220")]), violence=deaths)
    with pytest.raises(StudyInputError, match="together"):
        recovery_study(sites=[sites])
    with pytest.raises(StudyInputError, match="nothing to study"):
        recovery_study()


def judged(site, year, condition):
    return Judgement(site=site, country="", day=dt.date(year, 1, 1), condition=condition)


@pytest.mark.parametrize(
    ("conditions", "expected"),
    [
        (["Destroyed", "Fair"], (1, True)),
        (["Very Bad", "Poor", "Good"], (2, True)),
        (["Good", "Destroyed", None, "Poor"], (2, False)),
        (["Destroyed"], (0, False)),
        (["Destroyed", "Fair", "Destroyed"], (1, True)),
        (["Fair", "Poor"], None),
        ([None, "Good"], None),
    ],
)
def test_harm_and_restoration(conditions, expected):
    spells = restoration_spells([judged("s", 2000 + year, condition) for year, condition in enumerate(conditions)])
    if expected is None:
        assert spells.empty
    else:
        assert (round(spells["exit"].iloc[0]), bool(spells["recovered"].iloc[0])) == expected


@pytest.fixture
def record(tmp_path):
    path = tmp_path / "record"
    with Record.create(path, "Trial record") as opened:
        place = Location(latitude=50.0, longitude=30.0)
        one, two, three = opened.append(
            *(Draft(Site(names=(Name(text=f"Site {n}", language="en"),), location=place)) for n in range(3))
        )
        opened.append(
            *(
                Draft(
                    Assessment(
                        site=site.about,
                        assessor=Assessor(name=who),
                        window=DateWindow(when="on", start=day),
                        condition=condition,
                    )
                )
                for site, who, day, condition in (
                    (one, "A", "2020-01", "Destroyed"),
                    (one, "B", "2023-01", "Fair"),
                    (two, "A", "2020", "Very Bad"),
                    (two, "A", "2022", "Poor"),
                    (three, "A", "2020", "Destroyed"),
                    (three, "B", "2020", "Poor"),
                )
            )
        )
    return path


def test_a_record_is_read_and_the_study_entered_once(record, tmp_path, capsys):
    arguments = ["study", "recovery", "--record", str(record), "--out", str(tmp_path / "out")]
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "private.txt").write_text("not part of the study")
    assert main(arguments) == 0
    said = capsys.readouterr().out
    assert "Of 2 sites found destroyed or in very bad condition, a later assessment found 1" in said
    assert "1 contested windows" in said
    assert main(arguments) == 0
    assert "(there already)" in capsys.readouterr().out
    with Record.open(record) as opened:
        (entry,) = opened.index.entries("study", current=True)
        assert isinstance(entry.body, Study)
        names = {part.name: part.file for part in entry.body.files}
        assert "private.txt" not in names
        assert opened.files.read(names["report.html"]) == (tmp_path / "out" / "report.html").read_bytes()
        assert "cause" not in entry.body.result
    assert verify_record(record).unchanged


def test_a_newer_run_corrects_the_entry(record, tmp_path):
    arguments = ["study", "recovery", "--record", str(record), "--out", str(tmp_path / "out")]
    assert main(arguments) == 0
    with Record.open(record) as opened:
        site = next(opened.index.entries("site")).about
        window = DateWindow(when="on", start="2024")
        opened.append(Draft(Assessment(site=site, assessor=Assessor(name="C"), window=window, condition="Good")))
    assert main(arguments) == 0
    with Record.open(record) as opened:
        first, second = opened.index.entries("study")
        assert first.replaced_by == second.hash
        assert first.about == second.about


def test_a_record_without_assessments_is_refused(tmp_path, capsys):
    Record.create(tmp_path / "empty", "Empty").close()
    assert main(["study", "recovery", "--record", str(tmp_path / "empty"), "--out", str(tmp_path / "out")]) == 2
    assert "holds no public assessment" in capsys.readouterr().err
