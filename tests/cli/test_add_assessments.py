"""Assessments in bulk: any table by a mapping, a dry run that shows the terms, every refused row with its line."""

import json

import pytest

from vestige.cli import main

TABLE = """\
Ref,State,Visited,By,Body,How much,Trend,Cause,Remarks
Old Bridge,destroyed,09/11/1993,Ana Example,City Museum,,gone downhill,Military/Armed Conflict > Explosion/Heavy Weaponry:High,The arch lay in the river.
Old Town,Fair,1991-12-06/1991-12-07,Ana Example,,,,,
Citadel,ruined,2016,Ana Example,,,,,
Nowhere,Poor,2016,Ana Example,,,,,
Old Town,Poor,31/02/2016,Ana Example,,,,,
Old Town,Poor,2016,,,,,,
Old Bridge,Poor,09/11/1993,Ana Example,,,,,
"""
MAP = "site=Ref,condition=State,date=Visited,assessor=By,organisation=Body,extent=How much,trend=Trend,disturbance=Cause,note=Remarks"


@pytest.fixture
def table(tmp_path):
    (tmp_path / "survey.csv").write_text(TABLE, "utf-8")
    return ("add", "assessments", tmp_path / "survey.csv", "--map", MAP, "--dates", "dmy")


def test_a_dry_run_shows_terms_and_refusals_and_enters_nothing(run, filled, table):
    said = run.json(*table, "--dry-run")
    assert (said["rows"], said["added"], said["same"]) == (7, 2, 0)
    assert [row["line"] for row in said["refused"]] == [4, 5, 6, 7, 8]
    terms = {(word["field"], word["printed"]): word["term"] for word in said["terms"]}
    assert terms["condition", "destroyed"] == "Destroyed"
    assert terms["trend", "gone downhill"] is None
    assert run.json("list", "assessment") == []
    shown = run(*table, "--dry-run")
    assert "'destroyed' taken for Destroyed" in shown
    assert "'gone downhill' no term" in shown
    assert "2 would be added" in shown


def test_good_rows_come_in_once_and_the_others_are_named(run, filled, table):
    shown = run(*table)
    for line, reason in (
        (4, "condition state"),
        (5, "none of that name"),
        (6, "31/02/2016"),
        (7, "assessor"),
        (8, "earlier"),
    ):
        assert any(f"line {line}:" in row and reason in row for row in shown.splitlines()), (line, shown)
    bodies = [run.json("show", entry["about"]) for entry in run.json("list", "assessment")]
    text = json.dumps(bodies)
    assert "1991-12-06" in text
    assert "The arch lay in the river." in text
    assert "trend: gone downhill" in text
    assert "Explosion/Heavy Weaponry" in text
    again = run.json(*table)
    assert (again["added"], again["same"]) == (0, 2)
    assert len(run.json("list", "assessment")) == 2


def test_a_table_under_a_title_with_grades_of_a_scale_and_one_assessor(run, filled, tmp_path):
    (tmp_path / "survey.csv").write_text(
        "Survey of the town;;\nSite;Damage;Seen before\nCitadel;Destroyed;2016-12\n", "utf-8"
    )
    said = run.json(
        "add", "assessments", tmp_path / "survey.csv", "--map", "site=Site,original=Damage,before=Seen before",
        "--scale", "unosat", "--assessor", "Team Example",
    )  # fmt: skip
    assert (said["rows"], said["added"], said["refused"]) == (1, 1, [])


def test_a_table_of_which_no_row_is_taken_ends_with_2(run, filled, tmp_path, capsys):
    (tmp_path / "bad.csv").write_text("Ref,State,Visited\nNowhere,Poor,2016\n", "utf-8")
    arguments = [
        "add",
        "assessments",
        str(tmp_path / "bad.csv"),
        "--assessor",
        "A",
        "--map",
        "site=Ref,condition=State,date=Visited",
    ]
    assert main(arguments) == 2
    assert "1 rows, 1 refused" in capsys.readouterr().out


def test_words_of_the_catalogues_are_taken_and_no_other_is_guessed_at(run, filled, tmp_path):
    words = ("Détruit", "ПЛОХОЕ", "مدمر", "Çox  pis", "լավ", "Добрий", "détruite", "Des", "Fai")
    rows = "".join(f"Citadel;{word};20{10 + number};amélioration\n" for number, word in enumerate(words))
    (tmp_path / "état.csv").write_bytes(f"Site;État;Date;Tendance\n{rows}".encode())
    said = run.json(
        "add", "assessments", tmp_path / "état.csv", "--map", "site=Site,condition=État,date=Date,trend=Tendance",
        "--assessor", "A", "--dry-run",
    )  # fmt: skip
    taken = {word["printed"]: word["term"] for word in said["terms"] if word["field"] == "condition"}
    assert taken == dict(zip(words[:6], ("Destroyed", "Poor", "Destroyed", "Very Bad", "Good", "Good"), strict=True))
    assert [row["line"] for row in said["refused"]] == [8, 9, 10]
    assert all(word["term"] is None for word in said["terms"] if word["field"] == "trend"), (
        "a word of no list stays one"
    )


@pytest.mark.parametrize(
    ("mapping", "said"),
    [
        ("site=Ref,condition=State,date=Visited", "assessor"),
        ("site=Ref,condition=State,date=Visited,assessor=By,colour=By", "colour"),
        ("site=Ref,condition=State,date=Visited,assessor=Nobody", "nobody"),
        ("site", "FIELD=COLUMN"),
    ],
)
def test_a_mapping_that_cannot_be_is_refused_in_one_line(run, filled, table, mapping, said):
    assert said in run(*table[:3], "--map", mapping, code=2)
