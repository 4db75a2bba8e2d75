"""``vestige read`` and ``vestige review`` as a user runs them."""

import builtins
import json
import sys
from types import SimpleNamespace

import pytest

from vestige.cli import main
from vestige.entries import Statement
from vestige.record import Record

ARTICLE = """\
The old library of the town was hit on Monday night.

“The roof is gone,” said Anna Martin, director of the museum. She said that the books had been carried out.
An appeal has been sent to the council.
"""
PAGE = (
    "<html><head><title>Library hit</title></head><body><p>"
    + "</p><p>".join(ARTICLE.splitlines())
    + "</p></body></html>"
)


@pytest.fixture
def article(tmp_path):
    path = tmp_path / "article.txt"
    path.write_text(ARTICLE, encoding="utf8")
    return path


@pytest.fixture
def folder(tmp_path, article, capsys):
    folder = tmp_path / "record"
    assert main(["init", str(folder)]) == 0
    assert main(["add", "source", str(article), "--record", str(folder), "--title", "Library"]) == 0
    capsys.readouterr()
    return folder


def statements(folder):
    with Record.open(folder, withheld=True) as record:
        return [
            entry.body for entry in record.index.entries("statement", current=True) if isinstance(entry.body, Statement)
        ]


def answer(monkeypatch, *lines):
    waiting = iter(lines)

    def give(_prompt=""):
        try:
            return next(waiting)
        except StopIteration:
            raise EOFError from None

    monkeypatch.setattr(builtins, "input", give)


def test_a_guessed_encoding_is_said_and_a_known_one_is_not(tmp_path, article, capsys):
    guessed = tmp_path / "guessed.txt"
    guessed.write_bytes("Министр сказал, что храм разрушен, и добавил, что музей закрыт.".encode("cp1251"))
    assert main(["read", str(guessed), str(article)]) == 0
    assert capsys.readouterr().out.count("  encoding: cp1251 (guessed; not checked)") == 1
    assert main(["read", str(guessed), str(article), "--json"]) == 0
    first, second = (row["encoding"] for row in json.loads(capsys.readouterr().out))
    assert first == {"name": "cp1251", "known_by": "guessed", "bytes_not_valid": 0}
    assert second == {"name": "utf-8", "known_by": "valid UTF-8", "bytes_not_valid": 0}


def test_nothing_from_a_text_steers_the_terminal(article, capsys):
    article.write_text(ARTICLE.replace("Anna", "\x1b]0;title\x07Anna\x9b2J") * 20, encoding="utf8")
    assert main(["read", str(article)]) == 0
    assert main(["read", "no\x1b[2Jsuch.txt"]) == 2
    shown = "".join(capsys.readouterr())
    assert "Anna" in shown
    assert not set("\x1b\x9b\x07") & set(shown)


def test_a_file_is_shown_as_a_table(article, capsys):
    assert main(["read", str(article)]) == 0
    shown = capsys.readouterr().out
    assert "language en, 2 statements" in shown
    assert "Anna Martin" in shown
    assert "possible statement: An appeal has been sent" in shown


def test_json_gives_the_words_beside_the_offsets(article, capsys):
    assert main(["read", str(article), "--json"]) == 0
    (found,) = json.loads(capsys.readouterr().out)
    first = found["statements"][0]
    assert first["content_text"] == ["“The roof is gone,”"]
    assert ARTICLE[slice(*first["content"][0])] == "“The roof is gone,”"
    assert (first["name"], first["role"], first["manner"]) == ("Anna Martin", "director", "direct")


def test_a_page_says_where_title_and_author_were_found(tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf8")
    assert main(["read", str(page)]) == 0
    shown = capsys.readouterr().out
    assert "title: Library hit (from the page's title or heading; not checked)" in shown
    assert "Anna Martin" in shown


def test_a_bad_file_does_not_stop_the_others(tmp_path, article, capsys):
    empty, binary = tmp_path / "empty.txt", tmp_path / "picture.txt"
    empty.touch()
    binary.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0")
    assert main(["read", str(empty), str(tmp_path / "none.txt"), str(binary), str(article)]) == 2
    shown = capsys.readouterr()
    assert len(shown.err.splitlines()) == 3
    assert "Anna Martin" in shown.out


@pytest.mark.parametrize("address", ["http://127.0.0.1/secret", "ftp://example.org/news", "file:///etc/passwd"])
def test_an_address_that_is_not_of_the_public_web_is_refused(capsys, address):
    assert main(["read", address]) == 2
    assert "give a public http or https address" in capsys.readouterr().err


def test_nothing_to_read_is_said(capsys):
    assert main(["read"]) == 2
    assert "expected a file or an address" in capsys.readouterr().err


def test_candidates_are_entered_once_and_point_into_the_preserved_text(folder, capsys):
    assert main(["read", "--record", str(folder)]) == 0
    assert "1 source read, 2 candidates entered" in capsys.readouterr().out
    found = statements(folder)
    assert {body.status for body in found} == {"candidate"}
    for body in found:
        assert " ".join(ARTICLE[span.start : span.end] for span in body.spans) == body.content
    assert main(["read", "--record", str(folder)]) == 0
    assert "0 sources read" in capsys.readouterr().out


def test_a_source_that_gives_nothing_is_read_once_but_again_when_asked_for(folder, tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    silent = tmp_path / "silent.txt"
    silent.write_text("The bridge has three arches. It is built of limestone.\n", encoding="utf8")
    assert main(["add", "source", str(silent), "--record", str(folder), "--title", "Silent"]) == 0
    shown = []
    for arguments in ([], [], ["Silent"]):
        capsys.readouterr()
        assert main(["read", *arguments, "--record", str(folder)]) == 0
        shown.append(capsys.readouterr().out.splitlines()[-1].partition(",")[0])
    assert shown == ["2 sources read", "0 sources read", "1 source read"]
    (tmp_path / "cache/vestige/sources-read.txt").unlink()
    assert main(["read", "--record", str(folder)]) == 0
    assert "1 source read" in capsys.readouterr().out


def test_a_page_in_the_record_is_read_by_its_text(folder, tmp_path, capsys):
    page = tmp_path / "page.html"
    page.write_text(PAGE, encoding="utf8")
    assert main(["add", "source", str(page), "--record", str(folder), "--title", "Page"]) == 0
    assert main(["read", "Page", "--record", str(folder)]) == 0
    capsys.readouterr()
    (body, *_) = statements(folder)
    with Record.open(folder, withheld=True) as record:
        text = record.files.read(body.file).decode()
    assert text[body.spans[0].start : body.spans[0].end] == "“The roof is gone,”"
    assert main(["verify", str(folder)]) == 0


def test_confirm_reject_and_undo(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    answer(monkeypatch, "?", "r", "u", "c", "r")
    assert main(["review", "--record", str(folder)]) == 0
    assert "1 confirmed, 0 edited, 1 rejected, 0 skipped" in capsys.readouterr().out
    assert [body.status for body in statements(folder)] == ["confirmed"], "of a rejected one no body is left"
    assert main(["verify", str(folder)]) == 0


def test_edit_corrects_and_confirms(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    answer(monkeypatch, "e", "n", "Anna M. Martin", "r", "-", "o", "City museum", "m", "direct", "", "q")
    assert main(["review", "--record", str(folder)]) == 0
    edited = next(body for body in statements(folder) if body.status == "confirmed")
    who = edited.speaker
    assert (who.name, who.role, who.organisation) == ("Anna M. Martin", None, "City museum")
    assert "1 edited" in capsys.readouterr().out


def test_an_edit_that_was_cut_short_is_not_entered(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    answer(monkeypatch, "e", "n", "Somebody else", "m", "loud")
    assert main(["review", "--record", str(folder)]) == 0
    assert "0 confirmed, 0 edited" in capsys.readouterr().out
    assert {body.status for body in statements(folder)} == {"candidate"}


def test_every_field_can_be_edited_and_removed(folder, tmp_path, monkeypatch, capsys):
    table = tmp_path / "sites.csv"
    table.write_text(
        "name,lat,lon,id,country\nTown Library,43.34,17.81,1,BA\nOld Library,48.6,7.7,2,FR\n", encoding="utf8"
    )
    assert main(["add", "sites", str(table), "--record", str(folder)]) == 0
    main(["read", "--record", str(folder)])
    edits = [
        "u",
        "said",
        "v",
        "Reuters | ; mayor",
        "d",
        "2024-03-01",
        "p",
        "library",
        "1",
        "s",
        "old library",
        "s",
        "town library",
        "c",
        "The roof is gone",
    ]
    answer(monkeypatch, "e", *edits, "", "q")
    assert main(["review", "--record", str(folder)]) == 0
    made = next(body for body in statements(folder) if body.status == "confirmed")
    assert (made.cue, ARTICLE[made.cue_span.start : made.cue_span.end]) == ("said", "said")
    assert [(one.name, one.role) for one in made.reported_via] == [("Reuters", None), (None, "mayor")]
    assert (made.said.when, made.said.start) == ("on", "2024-03-01")
    assert len(made.sites) == 2
    assert made.content == "The roof is gone"
    assert [ARTICLE[place.span.start : place.span.end] for place in made.places] == ["library"]
    answer(monkeypatch, "e", "u", "-", "v", "-", "d", "-", "p", "-", "s", "-1", "", "q")
    assert main(["review", "--record", str(folder), "--again"]) == 0
    (bare,) = [body for body in statements(folder) if body.status == "confirmed"]
    assert (bare.cue, bare.reported_via, bare.said, bare.places, bare.sites) == (None, (), None, (), made.sites[1:])
    assert main(["verify", str(folder)]) == 0


def test_yesterdays_decision_is_taken_back(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    answer(monkeypatch, "c", "c")
    assert main(["review", "--record", str(folder)]) == 0
    answer(monkeypatch, "t", "c")
    assert main(["review", "--record", str(folder), "--again"]) == 0
    assert "1 skipped, 1 taken back" in capsys.readouterr().out
    assert sorted(body.status for body in statements(folder)) == ["candidate", "confirmed"]
    with Record.open(folder) as record:
        public = [entry.body.status for entry in record.index.entries("statement", current=True) if entry.body]
    assert public == ["confirmed"], "what nobody confirms any more is not public"
    (still,) = [body.content for body in statements(folder) if body.status == "confirmed"]
    assert main(["correct", still[:24], "--status", "candidate", "--record", str(folder)]) == 0
    assert {body.status for body in statements(folder)} == {"candidate"}
    assert main(["verify", str(folder)]) == 0


def test_the_day_of_the_article_is_carried_over_to_what_it_reports(folder, tmp_path, capsys):
    dated = tmp_path / "dated.txt"
    dated.write_text(ARTICLE + "End.\n", encoding="utf8")
    assert (
        main(["add", "source", str(dated), "--record", str(folder), "--title", "Dated", "--published", "2024-03-05"])
        == 0
    )
    assert main(["read", "--record", str(folder)]) == 0
    said = {body.said and (body.said.when, body.said.end) for body in statements(folder)}
    assert said == {None, ("before", "2024-03-05")}


def test_a_terminal_takes_single_keys(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    keys = iter("Cs\x04")
    monkeypatch.setattr("readchar.readkey", lambda: next(keys))
    monkeypatch.setattr("sys.stdin", SimpleNamespace(isatty=lambda: True))
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    assert main(["review", "--record", str(folder)]) == 0
    assert "1 confirmed, 0 edited, 0 rejected, 1 skipped" in capsys.readouterr().out


def test_skipped_ones_wait_for_another_day(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    answer(monkeypatch, "s", "q")
    assert main(["review", "--record", str(folder)]) == 0
    capsys.readouterr()
    answer(monkeypatch)
    assert main(["review", "--record", str(folder)]) == 0
    assert "1 of 2" in capsys.readouterr().out


def test_review_of_nothing_says_what_to_do(folder, capsys):
    assert main(["review", "--record", str(folder)]) == 0
    assert "vestige read --record" in capsys.readouterr().out


def test_a_picture_holds_no_text_and_that_is_no_error(folder, tmp_path, capsys):
    picture = tmp_path / "hall.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert main(["add", "source", str(picture), "--record", str(folder), "--title", "The hall"]) == 0
    capsys.readouterr()
    assert main(["read", "--record", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "The hall: holds no text" in shown
    assert "1 source read" in shown
    assert main(["read", "The hall", "--record", str(folder), "--json"]) == 0
    assert '"text": false' in capsys.readouterr().out


def test_an_error_in_one_field_loses_none_of_the_others(folder, monkeypatch, capsys):
    main(["read", "--record", str(folder)])
    edits = [
        "n",
        "Anna M. Martin",
        "m",
        "shouted",
        "direct",
        "c",
        "9:2",
        "5:999999",
        "",
        "d",
        "2024-13",
        "",
        "s",
        "no such",
        "",
    ]
    answer(monkeypatch, "e", *edits, "", "q")
    assert main(["review", "--record", str(folder)]) == 0
    shown = capsys.readouterr().out
    assert "expected one of: direct, indirect" in shown
    assert "offsets inside a text" in shown
    assert "1 edited" in shown
    assert [body.speaker.name for body in statements(folder) if body.status == "confirmed"] == ["Anna M. Martin"]
