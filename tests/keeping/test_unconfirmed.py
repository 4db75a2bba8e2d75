"""What nobody confirmed is public nowhere: not in pages, data, feeds, JSON, counts, the search index or the ledger's bodies."""

import json
from pathlib import Path

import msgspec
import pytest

from vestige.cli import main
from vestige.entries import Draft
from vestige.record import Record

ARTICLE = (
    "The mayor, Ana Zanzarine, met Colonel Ivan Muster. He said that the army had shelled the quizzical library.\n"
)


@pytest.fixture
def read_record(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "article.txt").write_text(ARTICLE)
    for arguments in (["init", "r", "--name", "A"], ["add", "source", "article.txt", "--withheld", "--record", "r"]):
        assert main(arguments) == 0
    (tmp_path / "open.txt").write_text(ARTICLE.replace("library", "museum"))
    assert main(["add", "source", "open.txt", "--record", "r"]) == 0
    assert main(["read", "--record", "r"]) == 0
    return tmp_path


def published(folder):
    assert main(["publish", "o", "--record", "r"]) == 0
    assert main(["verify", "o"]) == 0
    return {path: path.read_bytes() for path in (folder / "o").rglob("*") if path.is_file()}


def candidates():
    with Record.open(Path("r"), withheld=True) as record:
        return [e for e in record.index.entries("statement", current=True) if e.body.status == "candidate"]


def test_a_candidate_is_public_nowhere_until_it_is_confirmed(read_record, monkeypatch):
    waiting = candidates()
    assert waiting
    assert {entry.envelope.visibility for entry in waiting} == {"withheld"}
    files = published(read_record)
    said = {entry.body.content.encode() for entry in waiting}
    own = {"file", "source"}  # the text of a public source is its own page
    kept = [path for path, data in files.items() if any(words in data for words in said) and not own & set(path.parts)]
    assert not kept
    counts = json.loads((read_record / "o" / "data" / "statements.json").read_bytes())
    assert not (counts if isinstance(counts, list) else counts.get("statements", []))

    answers = iter(["c"] * len(waiting))
    monkeypatch.setattr("builtins.input", lambda _: next(answers, "q"))
    assert main(["review", "--record", "r"]) == 0
    files = published(read_record)
    shown = [path for path, data in files.items() if b"museum" in data and not own & set(path.parts)]
    assert shown
    hidden = [path for path, data in files.items() if b"quizzical library" in data]
    assert not hidden, "of a withheld source nothing is public"


def test_what_is_no_more_confirmed_is_public_no_more(read_record, monkeypatch):
    answers = iter(["c"] * 9)
    monkeypatch.setattr("builtins.input", lambda _: next(answers, "q"))
    assert main(["review", "--record", "r"]) == 0
    assert b"shelled the quizzical museum" in (published(read_record)[read_record / "o/data/statements.csv"])
    with Record.open(Path("r"), withheld=True) as record:
        for entry in list(record.index.entries("statement", current=True)):
            body = msgspec.structs.replace(entry.body, status="candidate")
            record.append(Draft(body, about=entry.about, replaces=entry.hash, cites=entry.envelope.cites))
    assert b"shelled" not in (published(read_record)[read_record / "o/data/statements.csv"])


def test_a_rejected_candidate_leaves_no_body_and_is_not_read_again(read_record, monkeypatch, capsys):
    said = [entry.body.content.encode() for entry in candidates()]
    answers = iter(["r"] * 9)
    monkeypatch.setattr("builtins.input", lambda _: next(answers, "q"))
    assert main(["review", "--record", "r"]) == 0
    assert "destroyed" in capsys.readouterr().out
    kept = b"".join(path.read_bytes() for path in (read_record / "r/archive/bodies").rglob("*") if path.is_file())
    assert not [words for words in said if words in kept]
    assert main(["read", "--record", "r"]) == 0
    assert not candidates()
    assert main(["verify", "r"]) == 0


def test_a_page_in_which_nothing_was_found_leaves_no_text_beside_it(read_record):
    (read_record / "page.html").write_text("<html><body><p>The hall was built of brick in 1890.</p></body></html>")
    assert main(["add", "source", "page.html", "--record", "r"]) == 0
    before = {path.name for path in Path("r/archive/files").rglob("*") if path.is_file()}
    assert main(["read", "--record", "r"]) == 0
    assert {path.name for path in Path("r/archive/files").rglob("*") if path.is_file()} == before
