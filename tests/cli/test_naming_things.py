"""Every command that takes a thing takes it by id, hash, name, file name and what a register calls it, and takes none where several fit."""

import shutil

import pytest

from vestige.cli import main

TABLE = "name,lat,lon,id\nOld Bridge,43.3373,17.815,946\nOld Town,42.6414,18.1089,95\n"
SAID = ("--quote", "The arch fell at ten", "--speaker", "Petra Example", "--manner", "direct")
JUDGED = ("--assessor", "City Museum", "--condition", "Poor", "--on", "1993-11-09")

OF_SITES = {
    "show": ("show", "{thing}"),
    "history": ("history", "{thing}"),
    "receipt": ("receipt", "{thing}", "--to", "{folder}/one.receipt"),
    "correct": ("correct", "{thing}", "--description", "A bridge"),
    "assess": ("assess", "{thing}", *JUDGED),
    "protect": ("protect", "{thing}", "--why", "in danger", "--yes"),
    "withdraw": ("withdraw", "{thing}", "--why", "a test", "--yes", "--with-dependants"),
    "state --site": ("state", "report.txt", *SAID, "--site", "{thing}"),
    "add source --site": ("add", "source", "{folder}/other.txt", "--site", "{thing}"),
    "add reference --site": ("add", "reference", "A book", "--site", "{thing}"),
    "enter": ("enter", "assessment", "{folder}/fire.toml"),
    "add assessments": (
        "add",
        "assessments",
        "{folder}/judged.csv",
        "--map",
        "site=S,condition=C,date=D",
        "--assessor",
        "M",
    ),
}
OF_SOURCES = {
    "show": ("show", "{thing}"),
    "history": ("history", "{thing}"),
    "receipt": ("receipt", "{thing}", "--to", "{folder}/one.receipt"),
    "correct": ("correct", "{thing}", "--publisher", "A press"),
    "state": ("state", "{thing}", *SAID),
    "withdraw": ("withdraw", "{thing}", "--why", "a test", "--yes", "--with-dependants"),
    "assess --evidence": ("assess", "Old Bridge", *JUDGED, "--evidence", "{thing}"),
    "read": ("read", "{thing}", "--record", "."),
}
READ_ONLY = {"show", "history", "receipt"}


@pytest.fixture(scope="session")
def made(tmp_path_factory):
    """A record with two sites whose names begin alike and two reports whose titles do."""
    base = tmp_path_factory.mktemp("naming")
    folder = base / "valley"
    (base / "whc.csv").write_text(TABLE, "utf-8")
    for name in ("report", "letter"):
        (base / f"{name}.txt").write_text(f'"The arch fell at ten," said Petra Example in the {name}.', "utf-8")
    mapped = ("--map", "name=name,lat=lat,lon=lon,id=id", "--register", "whc")
    for command in (
        ("init", folder),
        ("add", "sites", base / "whc.csv", *mapped, "--record", folder),
        ("add", "source", base / "report.txt", "--title", "Report on the arch", "--record", folder),
        ("add", "source", base / "letter.txt", "--title", "Report on the town", "--record", folder),
    ):
        assert main([str(part) for part in command]) == 0
    return folder


@pytest.fixture
def valley(made, tmp_path, monkeypatch):
    shutil.copytree(made, tmp_path / "valley")
    monkeypatch.chdir(tmp_path / "valley")
    return tmp_path


def spoken(command, thing, folder):
    """Give the words of a command for a thing; what it takes from files is written there."""
    (folder / "other.txt").write_text("Another report.", "utf-8")
    (folder / "judged.csv").write_text(f"S,C,D\n{thing},Poor,1993-11-09\n", "utf-8")
    window = '[window]\nwhen = "on"\nstart = "1993-11-09"\n'
    body = f'site = "{thing}"\ncondition = "Poor"\nassessor = {{ name = "City Museum" }}\n{window}'
    (folder / "fire.toml").write_text(body, "utf-8")
    return [part.format(thing=thing, folder=folder) for part in command]


def shown(run, name):
    return run.json("show", name)


WAYS_TO_SITES = {
    "id": lambda one: one["about"],
    "hash": lambda one: one["entry"],
    "short hash": lambda one: one["entry"][:8],
    "name": lambda _: "old BRIDGE",
    "register": lambda _: "whc:946",
}
WAYS_TO_SOURCES = {
    "id": lambda one: one["about"],
    "hash": lambda one: one["entry"],
    "title": lambda _: "report on the ARCH",
    "file name": lambda _: "report.txt",
    "file hash": lambda one: one["body"]["file"],
}


@pytest.mark.parametrize("way", WAYS_TO_SITES)
@pytest.mark.parametrize("command", OF_SITES)
def test_a_site_is_named_in_every_way_and_what_was_written_is_said(run, valley, command, way):
    site = shown(run, "Old Bridge")
    said = run(*spoken(OF_SITES[command], WAYS_TO_SITES[way](site), valley))
    if command not in READ_ONLY:
        assert site["about"] in said or "Old Bridge" in said, said
        assert "Old Town" not in said


@pytest.mark.parametrize("way", WAYS_TO_SOURCES)
@pytest.mark.parametrize("command", OF_SOURCES)
def test_a_source_is_named_in_every_way_and_what_was_written_is_said(run, valley, command, way):
    source = shown(run, "report.txt")
    said = run(*spoken(OF_SOURCES[command], WAYS_TO_SOURCES[way](source), valley))
    if command not in READ_ONLY and command != "assess --evidence":
        assert source["about"] in said or "Report on the arch" in said, said


@pytest.mark.parametrize(
    ("commands", "words", "fit"), [(OF_SITES, "old", ("Bridge", "Town")), (OF_SOURCES, "report on", ("arch", "town"))]
)
def test_where_several_fit_they_are_listed_and_none_is_taken(run, valley, commands, words, fit):
    before = run.json("index")
    for name, command in commands.items():
        if name == "add assessments":  # a table says it by row, and takes the others
            continue
        said = run(*spoken(command, words, valley), code=2)
        assert all(one in said for one in fit), (name, said)
    assert run.json("index") == before


def test_a_row_of_a_table_that_fits_several_is_refused_with_its_line(run, valley):
    command = spoken(OF_SITES["add assessments"], "old", valley)
    with (valley / "judged.csv").open("a", encoding="utf-8") as table:
        table.write("whc:95,Good,1993-11-09\n")
    said = run(*command)
    assert "line 2" in said
    assert "2: site:" in said
    assert len(list(run.json("list", "assessment"))) == 1
