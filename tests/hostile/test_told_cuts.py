"""What is left out for its length is said."""

from vestige.cli import main
from vestige.keeping.candidates import _reading

TEXT = (
    'The roof of the museum was burned, said Anna Petrenko, director of the Kyiv Museum. "We lost it," Petrenko said.'
)


def test_a_statement_that_is_longer_than_an_entry_may_be_is_counted(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "news.txt").write_text(TEXT)
    assert main(["init", "r"]) == 0
    assert main(["add", "source", "news.txt", "--origin", "https://news.example/", "--record", "r"]) == 0
    monkeypatch.setattr(_reading, "LONGEST_TEXT", 12)
    capsys.readouterr()
    main(["read", "--record", "r"])
    assert "longer than an entry may be, left out" in " ".join(capsys.readouterr().out.split())
