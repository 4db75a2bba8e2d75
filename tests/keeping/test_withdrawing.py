"""Taking back: a thing goes with all its versions, what rests on it goes along or keeps it, and nothing of it is left to read."""

from pathlib import Path

import pytest

from vestige.cli import main
from vestige.record import Record, verify_record

WITNESS = "The bridge is gone, said the mayor, Ana Example. “We saw it fall,” she said. Her telephone number is 00072."
TABLE = "id,name,latitude,longitude,country,address\nM1,{},43.337,17.815,BA,{}\n"


@pytest.fixture
def run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "r", "--name", "A record"]) == 0

    def call(*arguments, code=0):
        capsys.readouterr()
        assert main([*arguments, "--record", "r"]) == code, capsys.readouterr()
        told = capsys.readouterr()
        return told.out + told.err

    return call


def things(kind):
    with Record.open(Path("r"), withheld=True) as record:
        return list(record.index.entries(kind))


def everything(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_thing_goes_with_all_its_versions_and_nothing_published_holds_them(run, tmp_path):
    for name, address in (("House of Jana Secret", "Hidden street 5"), ("House in the old town", "")):
        (tmp_path / "sites.csv").write_text(TABLE.format(name, address))
        run("add", "sites", "sites.csv", "--register", "reg")
    about = things("site")[0].about
    told = run("withdraw", about, "--why", "a person asked for it", "--yes")
    assert told.count("goes: site") == 2
    assert "public since" in told
    assert "until you publish again" in told
    run("publish", "o")
    assert not [word for word in (b"Jana Secret", b"Hidden street") if word in everything(tmp_path / "o")]
    assert b"Jana Secret" not in everything(tmp_path / "r" / "archive")
    assert verify_record(tmp_path / "r").unchanged
    assert main(["verify", "o"]) == 0


def test_a_source_that_a_statement_rests_on_goes_with_it_or_stays(run, tmp_path):
    (tmp_path / "article.txt").write_text(WITNESS)
    run("add", "source", "article.txt", "--origin", "mine")
    run("state", "article.txt", "--quote", "We saw it fall", "--speaker", "Ana Example", "--manner", "direct")
    source, statement = things("source")[0], things("statement")[0]
    for named in (source.about, source.hash):
        told = run("withdraw", named, "--why", "a person asked for it", "--yes", code=2)
        assert statement.about in told
        assert "--with-dependants" in told
    run("publish", "o")
    assert b"00072" in everything(tmp_path / "o")
    run("withdraw", source.about, "--why", "a person asked for it", "--with-dependants", "--yes")
    run("publish", "o")
    for folder in ("o", "r"):
        assert b"00072" not in everything(tmp_path / folder)
        assert b"We saw it fall" not in everything(tmp_path / folder)
    assert main(["verify", "o"]) == 0
    assert main(["verify", "r"]) == 0


def test_by_hash_one_entry_goes_and_the_others_are_named(run, tmp_path):
    for name in ("One", "Two"):
        (tmp_path / "sites.csv").write_text(TABLE.format(name, ""))
        run("add", "sites", "sites.csv", "--register", "reg")
    first, second = things("site")
    told = run("withdraw", first.hash, "--why", "a slip", "--yes")
    assert f"stays: site {second.about}" in told
    assert second.hash[:16] in told
    assert [entry.body is None for entry in things("site")] == [True, False]


def test_nobody_to_ask_is_no_yes(run, tmp_path, monkeypatch):
    (tmp_path / "sites.csv").write_text(TABLE.format("One", ""))
    run("add", "sites", "sites.csv")
    about = things("site")[0].about
    assert "--yes" in run("withdraw", about, "--why", "a slip", code=2)
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda _: "no")
    assert "nothing was withdrawn" in run("withdraw", about, "--why", "a slip", code=2)
    monkeypatch.setattr("builtins.input", lambda _: "yes")
    run("withdraw", about, "--why", "a slip")
    assert [entry.body for entry in things("site")] == [None]


def test_the_record_itself_leaves_no_statement_without_its_text(run, tmp_path):
    (tmp_path / "article.txt").write_text(WITNESS)
    run("add", "source", "article.txt")
    run("state", "article.txt", "--quote", "We saw it fall", "--speaker", "Ana Example")
    with Record.open(tmp_path / "r", withheld=True) as record:
        entry = next(record.index.entries("source"))
        with pytest.raises(Exception, match="statements rest on this source"):
            record.withdraw(entry.hash, "a person asked")
        assert record.index.entry(entry.hash).withdrawn_by is None


def test_the_newest_version_by_its_hash_ends_the_thing_and_says_so(run, tmp_path):
    for address in ("Hidden street 5", "Mill lane"):
        (tmp_path / "sites.csv").write_text(TABLE.format("Mill", address))
        run("add", "sites", "sites.csv", "--register", "reg")
    (tmp_path / "article.txt").write_text(WITNESS)
    run("add", "source", "article.txt", "--origin", "mine")
    run("assess", "Mill", "--assessor", "A", "--on", "2024-05-01", "--condition", "Good", "--evidence", "article.txt")
    older, newest = things("site")
    judged = things("assessment")[0].about
    assert judged in run("withdraw", newest.hash, "--why", "wrong street", "--yes", code=2), "it rests on what ends"
    told = run("withdraw", newest.hash, "--why", "wrong street", "--yes", "--with-dependants")
    assert "do not stand again, and stay public" in told
    assert f"stays: site {older.about}" in told
    assert older.hash[:16] in run("history", older.about), "what has ended still tells its history"
    told = run("withdraw", older.about, "--why", "the rest as well", "--yes")
    assert f"entry {older.hash}" in told, "and goes by its id though nothing of it stands"
    assert run("history", older.about).count("withdrawn by") == 2
    run("publish", "o")
    assert b"Hidden street" not in everything(tmp_path / "o")
    assert b"Hidden street" not in everything(tmp_path / "r" / "archive")
    assert "was withdrawn already" in run("withdraw", older.about, "--why", "again", "--yes", code=2)


def test_a_file_that_another_source_needs_is_said_to_stay(run, tmp_path):
    (tmp_path / "article.txt").write_text(WITNESS)
    run("add", "source", "article.txt", "--origin", "mine")
    run("add", "source", "article.txt", "--origin", "a second hand", "--title", "Again")
    first, second = things("source")
    told = run("withdraw", second.about, "--why", "a person asked for it", "--yes")
    assert f"which source {first.about}" in told
    assert "goes: preserved file" not in told
    assert WITNESS.encode() in everything(tmp_path / "r" / "archive")
    told = run("withdraw", first.about, "--why", "a person asked for it", "--yes")
    assert "goes: preserved file" in told
    assert WITNESS.encode() not in everything(tmp_path / "r" / "archive")
