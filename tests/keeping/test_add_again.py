"""Adding bytes that are there: a correction, or a further source that cites the first; never a silent nothing."""

from pathlib import Path

import pytest

from vestige.cli import main
from vestige.record import Record


@pytest.fixture
def add(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "r", "--name", "A"]) == 0
    (tmp_path / "statement.txt").write_text("The bridge is gone, said the mayor, Ana Example.")

    def call(*more, code=0):
        assert main(["add", "source", "statement.txt", "--record", "r", *more]) == code
        return "".join(capsys.readouterr())

    call()
    return call


def sources(*, current=True):
    with Record.open(Path("r"), withheld=True) as record:
        return list(record.index.entries("source", current=current))


def test_what_was_left_open_and_another_title_are_a_correction(add):
    told = add("--title", "Statement of the town hall", "--origin", "sent by the mayor's office")
    assert "corrected: origin, title" in told
    (source,) = sources()
    assert (source.body.title, source.body.origin) == ("Statement of the town hall", "sent by the mayor's office")
    assert len(sources(current=False)) == 2
    assert "in the record already" in add("--title", "Statement of the town hall")
    assert "in the record already" in add()
    assert len(sources(current=False)) == 2


@pytest.mark.parametrize("field", ["--origin", "--address"])
def test_another_origin_or_address_is_a_further_source_that_cites_the_first(add, field):
    add(field, "https://a.example/1")
    told = add(field, "https://b.example/2", "--title", "B")
    first, further = sources()
    assert further.envelope.cites == (first.hash,)
    assert first.about in told
    assert further.body.file == first.body.file
    assert "in the record already" in add(field, "https://b.example/2")


def test_what_is_public_cannot_be_withheld_by_adding_it_again(add):
    told = add("--withheld", code=2)
    assert "vestige withdraw" in told
    assert [entry.envelope.visibility for entry in sources()] == ["public"]


def test_what_is_withheld_becomes_public_by_nobodys_slip(add, tmp_path):
    (tmp_path / "statement.txt").write_text("Another text")
    add("--withheld")
    assert "--withheld" in add(code=2)
    assert "corrected: origin" in add("--withheld", "--origin", "by hand")
    assert not [
        p for p in (tmp_path / "r/archive/files/public").rglob("*") if p.is_file() and p.read_text() == "Another text"
    ]


def test_a_register_that_is_added_again_keeps_what_a_keeper_translated(add, tmp_path):
    table = "id,name,latitude,longitude,country,type\nM1,Library,43.8,{},BA,library\n"
    (tmp_path / "t.csv").write_text(table.format("18.4"))
    assert main(["add", "sites", "t.csv", "--record", "r"]) == 0
    assert (
        main(
            ["correct", "Library", "--description.fr", "La bibliothèque", "--type.fr", "bibliothèque", "--record", "r"]
        )
        == 0
    )
    (tmp_path / "t.csv").write_text(table.format("18.5"))
    assert main(["add", "sites", "t.csv", "--record", "r"]) == 0
    with Record.open(Path("r")) as record:
        (site,) = record.index.entries("site", current=True)
    assert site.body.location.longitude == 18.5
    assert {(one.language, one.field, one.text) for one in site.body.translations} == {
        ("fr", "description", "La bibliothèque"), ("fr", "type", "bibliothèque")
    }  # fmt: skip
