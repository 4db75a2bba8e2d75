"""Finding, entering and correcting things of a record by command."""

import pytest

from vestige.keeping.typed import schema_files
from vestige.record import Record

ACTOR = 'type = "organisation"\nnames = [{text = "City Museum", language = "en"}]\nidentifiers = [{scheme = "isil", value = "X1"}]\n'
JUDGED = """\
site = "Old Bridge"
condition = "Destroyed"
assessor = {name = "Ana", actor = "isil:X1"}
window = {when = "on", start = 1993-11-09}
evidence = ["A book"]
"""


@pytest.fixture
def entered(run, filled, tmp_path):
    """The record with an actor and a judgement entered from files."""
    (tmp_path / "actor.toml").write_text(ACTOR, "utf-8")
    (tmp_path / "judged.toml").write_text(JUDGED, "utf-8")
    run("enter", "actor", tmp_path / "actor.toml")
    run("add", "reference", "A book")
    run("enter", "assessment", tmp_path / "judged.toml")
    return filled


def test_any_kind_is_entered_from_a_file_with_its_links_looked_up(run, entered):
    with Record.open(entered) as record:
        (judged,) = record.index.entries("assessment", current=True)
        by_name = {entry.body.named()[0].text: entry for entry in record.index.entries() if entry.body.named()}
    assert judged.body.site == by_name["Old Bridge"].about
    assert judged.body.assessor.actor == by_name["City Museum"].about
    assert judged.body.evidence == (by_name["A book"].hash,)
    assert set(judged.envelope.cites) == {by_name[name].hash for name in ("Old Bridge", "City Museum", "A book")}
    assert run("verify", entered, code=0)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('site = "Old Bridge"', 'site = "Old"', "got 2"),
        ('site = "Old Bridge"', 'site = "Nowhere"', "none of that name"),
        ('site = "Old Bridge"', 'site = "A book"', "expected a site"),
        ('condition = "Destroyed"', 'condition = "Gone"', "Gone"),
        ('condition = "Destroyed"', "condition = 5", "condition"),
        ("evidence", "evidences", "evidences"),
        ('"Ana"', '"Ana', "TOML"),
    ],
)
def test_a_file_is_strictly_read(run, entered, tmp_path, old, new, said):
    before = run.json("index")
    (tmp_path / "judged.toml").write_text(JUDGED.replace(old, new), "utf-8")
    assert said in run("enter", "assessment", tmp_path / "judged.toml", code=2)
    assert run.json("index") == before


@pytest.mark.parametrize("kind", ["policy", "withdrawal", "castle"])
def test_kinds_with_a_command_of_their_own_are_refused(run, entered, tmp_path, kind):
    assert kind in run("enter", kind, tmp_path / "actor.toml", code=2)


def test_a_preserved_file_is_named_by_its_path(run, record, tmp_path):
    (tmp_path / "letter.txt").write_text("a letter", "utf-8")
    (tmp_path / "source.toml").write_text('title = "A letter"\nfile = "letter.txt"\n', "utf-8")
    run("enter", "source", tmp_path / "source.toml")
    assert run.json("show", "A letter")["title"] == "A letter"
    assert run("verify", record)


def test_every_way_of_naming_a_thing_leads_to_it(run, entered):
    thing = run.json("show", "Old Bridge")
    for name in (thing["about"], thing["entry"], thing["entry"][:8], "OLD BRIDGE", "stari most"):
        assert run.json("show", name)["about"] == thing["about"]
    assert run.json("show", "isil:X1")["title"] == "City Museum"
    assert run.json("show", "report.txt")["kind"] == "source"


def test_when_several_fit_they_are_listed_and_none_is_taken(run, entered):
    said = run("show", "old", code=2)
    assert "Old Bridge" in said
    assert "Old Town" in said
    assert "site:" in said


def test_lists_and_search(run, entered):
    assert [row["title"] for row in run.json("list", "site")] == ["Old Bridge", "Old Town", "Citadel"]
    assert "more" in run("list", "site", "--limit", "1")
    assert [row["title"] for row in run.json("search", "bosnia")] == ["Old Bridge"]
    assert [row["kind"] for row in run.json("search", "destroyed")] == ["assessment"]
    assert run.json("search", "nothing", "of", "that") == []
    assert "expected a kind" in run("list", "castle", code=2)


def test_a_thing_shows_what_hangs_on_it(run, entered):
    links = run.json("show", "Old Bridge")["links"]
    assert [(link["how"], link["kind"]) for link in links] == [("named by", "assessment")]


def test_a_name_is_corrected_and_the_wrong_one_is_in_the_history_only(run, entered):
    run(
        "correct",
        "Old Bridge",
        "--name",
        "The Old Bridge",
        "--name.bs",
        "Most",
        "--countries",
        "BA",
        "--countries",
        "HR",
    )
    shown = run.json("show", "The Old Bridge")
    assert shown["title"] == "The Old Bridge"
    assert shown["body"]["countries"] == ["BA", "HR"]
    assert [step["state"][:8] for step in run.json("history", "The Old Bridge")["entries"]] == ["replaced", "stands"]
    assert [link["kind"] for link in shown["links"]] == ["assessment"]


def test_fields_within_fields_numbers_and_emptying(run, entered):
    run("correct", "City Museum", "--description", "A museum")
    assert run.json("show", "City Museum")["body"]["description"] == "A museum"
    run("correct", "City Museum", "--description", "-")
    assert "description" not in run.json("show", "City Museum")["body"]
    run("correct", "Citadel", "--location.latitude", "36.25")
    assert run.json("show", "Citadel")["body"]["location"]["latitude"] == 36.25


@pytest.mark.parametrize(
    "changes",
    [
        (),
        ("--banana", "1"),
        ("--location.latitude", "north"),
        ("--location.latitude", "91"),
        ("--location.height", "2"),
        ("--names.7.text", "x"),
        ("--type", "a", "--type", "b"),
        ("title", "x"),
        ("--title",),
        ("--name", "-"),
    ],
)
def test_a_correction_that_cannot_be_meant_enters_nothing(run, entered, changes):
    before = run.json("history", "Citadel")
    run("correct", "Citadel", *changes, code=2)
    assert run.json("history", "Citadel") == before


def test_a_correction_that_changes_nothing_enters_nothing(run, entered):
    before = run.json("history", "Citadel")
    assert "already" in run("correct", "Citadel", "--name", "Citadel")
    assert run.json("history", "Citadel") == before


def test_a_sensitive_site_is_corrected_by_its_exact_place(run, record, tmp_path):
    (tmp_path / "cave.toml").write_text(
        'names = [{text = "Cave"}]\nsensitivity = "sensitive"\nlocation = {latitude = 39.76123, longitude = 46.74987}\n',
        "utf-8",
    )
    run("enter", "site", tmp_path / "cave.toml")
    run("correct", "Cave", "--name", "The cave")
    with Record.open(record, withheld=True) as opened:
        (about,) = {entry.about for entry in opened.index.entries("site", current=True)}
        assert opened.index.exact(about).location.latitude == 39.76123
        assert opened.index.current(about).body.location.cell_degrees
    assert "39.76" not in run("show", "The cave")


def test_the_schemas_in_the_docs_are_those_of_the_types(pytestconfig):
    folder = pytestconfig.rootpath / "docs/format"
    written = {path.name: path.read_bytes() for path in folder.glob("*.json")}
    assert written == schema_files(), "write them: python -m vestige.keeping.typed docs/format"
