"""A second statement or judgement that says nearly the same is asked about, and nothing is entered before a person says so."""

import pytest

SAID = ("state", "Report", "--speaker", "Petra Example", "--role", "spokeswoman of the town")
JUDGED = ("assess", "Old Bridge", "--on", "1993-11-09")


def count(run, kind):
    return len(run.json("list", kind))


def test_a_second_statement_of_the_same_words_is_asked_about(run, filled):
    first = run.json(*SAID, "--quote", "The arch fell at ten in the morning")["receipt"]["about"]
    refused = run(*SAID, "--quote", "The arch fell at ten in the morning,", code=2)
    assert first in refused
    assert "--yes" in refused
    assert "vestige correct" in refused
    assert count(run, "statement") == 1
    run(*SAID, "--quote", "The arch fell at ten in the morning,", "--yes")
    assert count(run, "statement") == 2


@pytest.mark.parametrize(
    "other",
    [
        (*SAID, "--quote", "the\u00a0towers stood"),
        ("state", "Report", "--role", "visitor", "--quote", "The arch fell at ten in the morning"),
    ],
)
def test_other_words_and_other_speakers_are_not(run, filled, other):
    run(*SAID, "--quote", "The arch fell at ten in the morning")
    run(*other) if "visitor" in other else run(*other[:-2], "--offsets", "139:150")
    assert count(run, "statement") == 2


def test_a_second_judgement_of_the_same_window_by_the_same_assessor_is_asked_about(run, filled):
    entered = run(*JUDGED, "--assessor", "Ana Example", "--condition", "Destroyed")
    assert "Old Bridge" in entered, "it says of which site"
    assert "site:" in entered
    assert "--yes" in run(*JUDGED, "--assessor", "ana example", "--condition", "Very Bad", code=2)
    assert count(run, "assessment") == 1
    run(*JUDGED, "--assessor", "Boris Example", "--condition", "Destroyed")
    run("assess", "Old Bridge", "--on", "2004", "--assessor", "Ana Example", "--condition", "Good")
    run("assess", "Citadel", "--on", "1993-11-09", "--assessor", "Ana Example", "--condition", "Good")
    run(*JUDGED, "--assessor", "Ana Example", "--condition", "Very Bad", "--yes")
    assert count(run, "assessment") == 5


def test_a_person_at_the_terminal_is_asked(run, filled, monkeypatch):
    run(*JUDGED, "--assessor", "Ana Example", "--condition", "Destroyed")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    run(*JUDGED, "--assessor", "Ana Example", "--condition", "Destroyed", code=2)
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    run(*JUDGED, "--assessor", "Ana Example", "--condition", "Destroyed")
    assert count(run, "assessment") == 2
