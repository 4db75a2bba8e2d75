"""Speakers are checked against the text, by hand and in review: what is not printed there is marked as given by the keeper."""

from pathlib import Path

import pytest

from vestige.cli import main
from vestige.entries import Speaker, Statement
from vestige.keeping.adding import speakers_checked
from vestige.publishing import publish
from vestige.record import Record

TEXT = "The mayor, Ana Martin, said that the roof is gone. The Red\nCrescent reported it.\n"


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "a.txt").write_text(TEXT)

    def call(*arguments):
        assert main([*arguments, "--record", "r"]) == 0
        return capsys.readouterr().out

    assert main(["init", "r", "--name", "A"]) == 0
    call("add", "source", "a.txt", "--language", "en")
    return call


def statements(status):
    with Record.open(Path("r"), withheld=True) as record:
        return [e.body for e in record.index.entries("statement", current=True) if e.body.status == status]


def test_what_the_keeper_types_is_looked_for_in_the_text(run, tmp_path):
    told = run(
        "state", "a.txt", "--quote", "the roof is gone", "--speaker", "ANA MARTIN", "--role", "head of the town",
        "--organisation", "Town hall", "--via", "Red Crescent; spokesperson",
    )  # fmt: skip
    (body,) = statements("confirmed")
    assert body.speaker.not_printed == ("role", "organisation")
    assert body.reported_via[0].not_printed == ("role",)
    assert "not printed in the source, marked as given by you: role head of the town" in told
    with Record.open(Path("r"), withheld=True) as record:
        publish(record, tmp_path / "o")
    (page,) = (tmp_path / "o" / "en" / "statement").glob("*.html")
    assert "given by the keeper, not printed in the source" in page.read_text("utf-8")


def test_a_review_marks_what_the_reviewer_adds(run, monkeypatch):
    run("read")
    answers = iter(["e", "n", "Anna M. Martin", "r", "mayor", "", "q"])
    monkeypatch.setattr("builtins.input", lambda _: next(answers, "q"))
    run("review")
    (body,) = statements("confirmed")
    assert (body.speaker.name, body.speaker.not_printed) == ("Anna M. Martin", ("name",))


def test_what_is_printed_bears_no_mark(run, monkeypatch):
    run("read")
    monkeypatch.setattr("builtins.input", lambda _: "c")
    run("review")
    assert [body.speaker.not_printed for body in statements("confirmed")] == [()]


@pytest.mark.parametrize(
    ("name", "text", "printed"),
    [
        ("Li", "The police came, said Mr Li.", True),
        ("Li", "The police came, he said.", False),
        ("Jean Dupon", "Jean Dupont said so.", False),
        ("Jean\u00a0Dupont", "JEAN\nDUPONT said so.", True),
        ("Сергей Иванов", "Об этом сообщили у Сергей Иванова.", True),
        ("Иван", "Об этом сказал Иванченко-Петровский.", False),
        ("محافظ الموصل", "وقال محافظ الموصل اليوم", True),
        ("رئيس البلدية", "ورئيس البلدية قال", True),
        ("Արամ", "Արամի խոսքով", True),
        ("İlham", "ilham dedi", False),
    ],
)
def test_a_name_is_printed_where_it_stands_as_words_of_its_own(name, text, printed):
    said = Statement(
        source="source:aaaaaaaaaaaaaaaa", content="x", manner="indirect", speaker=Speaker(name=name), status="confirmed"
    )
    assert speakers_checked(said, text).speaker.not_printed == (() if printed else ("name",))


def test_the_same_bytes_of_two_sources_are_read_once(run):
    run("add", "source", "a.txt", "--origin", "elsewhere", "--title", "Again")
    run("read")
    first = statements("candidate")
    assert len(first) == 1
    run("read")
    assert statements("candidate") == first
