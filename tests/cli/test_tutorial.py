"""The tutorial, run as it stands: every command works, and prints what the page says it prints."""

import re
import shlex
from pathlib import Path

import pytest
from tests.cli.conftest import SITES, Console

from vestige.cli import main
from vestige.record import Record

PAGE = Path(__file__).resolve().parents[2] / "docs" / "tutorial.md"
PARISH = "Nr,Title,Titre,Y,X\n1,Chapel,Chapelle,46.1,6.2\n2,Tower,Tour,46.2,6.3\n"


def steps():
    """Every command of the page with the lines that it prints."""
    for block in re.findall(r"^```console\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *printed = step.splitlines()
            yield command, printed


def matches(printed, shown):
    """Whether the lines of the page stand in what was shown; an ellipsis stands for anything."""
    pattern = r"\n".join(re.escape(line).replace("…", ".*") for line in printed)
    return re.search(pattern, shown, re.DOTALL) is not None


@pytest.fixture
def place(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def play(place, capsys, monkeypatch, *, compared):
    run = Console(capsys)
    for command, printed in steps():
        program, *arguments = shlex.split(command)
        if program == "cd":
            monkeypatch.chdir(Path.cwd() / arguments[0])
            (Path.cwd() / "parish.csv").write_text(PARISH, "utf-8")
            continue
        if "ENTRY" in arguments:
            with Record.open(Path.cwd()) as record:
                (statement,) = record.index.entries("statement")
                arguments[arguments.index("ENTRY")] = statement.hash
        shown = run(*arguments)
        if compared:
            assert matches(printed, shown), (command, shown)


def test_the_tutorial_does_what_it_says(shared_data, place, capsys, monkeypatch):
    (place / "shared").symlink_to(shared_data.parent)
    play(place, capsys, monkeypatch, compared=True)


def test_the_tutorial_runs_without_the_real_data(place, capsys, monkeypatch):
    registers, news = place / "shared" / "data" / "registers", place / "shared" / "data" / "news"
    registers.mkdir(parents=True)
    news.mkdir()
    (registers / "whc-sites-2023.csv").write_text(
        "id_no,name_en,name_fr,Longitude,Latitude,iso_code\n946,Old Bridge Area,Vieux pont,17.815,43.337,ba\n", "utf-8"
    )
    (registers / "ukraine_unesco_damage.csv").write_text(SITES, "utf-8")
    words = next(shlex.split(command)[4] for command, _ in steps() if command.startswith("vestige state"))
    (news / "seed_article.txt").write_text(f"The campaign reaffirms {words}.\n", "utf-8")
    play(place, capsys, monkeypatch, compared=False)


def test_every_command_of_this_room_has_an_example(capsys):
    run = Console(capsys)
    for command in (
        ["init"], ["add", "sites"], ["add", "source"], ["add", "reference"], ["state"], ["assess"], ["withdraw"], ["index"],
        ["key", "list"], ["key", "new"], ["key", "add"], ["key", "retire"], ["demo"],
    ):  # fmt: skip
        assert "Example: vestige " in run(*command, "--help"), command
    assert main(["--help"]) == 0
