"""init, add, state, assess, withdraw, index, key: what they enter, and the one line that they say when they cannot."""

import datetime as dt
import stat

import pytest
from PIL import ExifTags, Image
from tests.cli.conftest import REPORT, SITES

from vestige.capture import Captured
from vestige.entries import Assessment, Effect, Source, Statement
from vestige.record import Record


def bodies(folder, kind):
    with Record.open(folder, withheld=True) as record:
        return [entry.body for entry in record.index.entries(kind, current=True)]


def entries(folder, kind):
    with Record.open(folder, withheld=True) as record:
        return list(record.index.entries(kind))


# -- init -------------------------------------------------------------------------------------------------------------------------


def test_init_makes_a_record_whose_key_only_its_owner_reads_and_nobody_sees(run, tmp_path):
    shown = run(
        "init",
        tmp_path / "valley",
        "--name",
        "Valley",
        "--languages",
        "uk",
        "--languages",
        "en",
        "--required-assessors",
        "3",
    )
    for key in (tmp_path / "valley" / "keys").glob("*.key"):
        assert stat.S_IMODE(key.stat().st_mode) == 0o600
    assert "PRIVATE" not in shown
    with Record.open(tmp_path / "valley") as record:
        assert (record.policy.name, record.policy.languages, record.policy.required_assessors) == (
            "Valley",
            ("uk", "en"),
            3,
        )


@pytest.mark.parametrize("languages", ["tlh", "english", "e-n"])
def test_init_refuses_languages_that_could_not_be_published(run, tmp_path, languages):
    said = run("init", tmp_path / "new", "--languages", "en", "--languages", languages, code=2)
    assert said.count("\n") == 1
    assert f"expected languages among en, fr, az, hy, ar, ru, uk, got {languages}" in said
    assert not (tmp_path / "new").exists()


def test_what_the_machine_refuses_is_one_line(run, tmp_path):
    assert "File name too long" in run("init", tmp_path / ("a" * 500), code=2)


def test_an_argument_that_is_no_text_is_one_line(run, filled):
    assert "UTF-8" in run("read", "\udcff", "--record", filled, code=2)


def test_init_refuses_a_folder_that_holds_something(run, record):
    assert "new or empty folder" in run("init", record, code=2)


@pytest.mark.parametrize("command", ["init", "demo"])
def test_a_folder_that_cannot_be_made_is_one_line(run, tmp_path, command):
    (tmp_path / "file").write_text("x", "utf-8")
    assert str(tmp_path / "file") in run(command, tmp_path / "file" / "below", code=2)


def test_init_refuses_a_grid_that_does_not_nest(run, tmp_path):
    assert "0.1, 0.5 or 1" in run("init", tmp_path / "x", "--sensitive-cell", "0.3", code=2)
    assert not (tmp_path / "x").exists()


def test_outside_a_record_commands_say_so(run, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert "--record FOLDER" in run("index", code=2)


def test_commands_work_from_below_the_record_and_with_its_path(run, filled, tmp_path, monkeypatch):
    monkeypatch.chdir(filled / "keys")
    assert run.json("index")["standing"]["site"] == 3
    monkeypatch.chdir(tmp_path)
    assert run.json("index", "--record", filled)["standing"]["site"] == 3


# -- add sites --------------------------------------------------------------------------------------------------------------------


def test_sites_come_in_once_and_bad_rows_are_listed(run, record, tmp_path):
    file = tmp_path / "sites.csv"
    file.write_text(SITES + "Nowhere,,91,20,4,FR\n,,1,1,5,FR\n", "utf-8")
    first = run.json("add", "sites", file)
    assert (first["added"], first["sites"]) == (3, 3)
    assert [(row["line"], row["reason"].partition(";")[0]) for row in first["refused"]] == [
        (5, "latitude 91 is not between -90 and 90"),
        (6, "the name is empty"),
    ]
    size = run.json("index")["entries"]
    again = run.json("add", "sites", file)
    assert (again["added"], again["corrected"], again["same"]) == (0, 0, 3)
    assert run.json("index")["entries"] == size
    assert "line 5: latitude 91" in run("add", "sites", file)


def test_a_dry_run_enters_nothing(run, record, tmp_path):
    (tmp_path / "sites.csv").write_text(SITES, "utf-8")
    assert "3 would be added" in run("add", "sites", tmp_path / "sites.csv", "--dry-run")
    assert run.json("index")["standing"] == {"policy": 1}


def test_a_changed_row_becomes_a_correction_that_keeps_every_name(run, record, tmp_path):
    file = tmp_path / "sites.csv"
    file.write_text(SITES, "utf-8")
    run("add", "sites", file)
    before = entries(record, "site")[0]
    file.write_text(SITES.replace("Old Bridge", "The Old Bridge").replace("43.3373", "43.3374"), "utf-8")
    assert run.json("add", "sites", file, "--only-new")["corrected"] == 0
    assert run.json("add", "sites", file)["corrected"] == 1
    after = entries(record, "site")[-1]
    assert after.envelope.replaces == before.hash
    assert after.about == before.about
    assert [name.text for name in after.body.names] == ["Old Bridge", "The Old Bridge"]
    assert after.body.location.latitude == 43.3374


def test_a_site_without_an_id_is_known_by_name_and_place(run, record, tmp_path):
    file = tmp_path / "sites.csv"
    file.write_text("name,lat,lon\nA,40,20\nA,41,20\n", "utf-8")
    assert run.json("add", "sites", file)["added"] == 2
    assert run.json("add", "sites", file)["same"] == 2


def test_the_exact_place_of_a_sensitive_site_stays_withheld_and_comes_in_once(run, record, tmp_path):
    file = tmp_path / "sites.csv"
    file.write_text("name,lat,lon,id\nTomb,33.123456,44.654321,9\n", "utf-8")
    assert run.json("add", "sites", file, "--sensitive")["added"] == 1
    with Record.open(record) as opened:
        (public,) = opened.index.entries("site", current=True)
        assert public.body.location.latitude == pytest.approx(33.15)
    assert run.json("add", "sites", file)["same"] == 1
    assert all(site.sensitivity == "sensitive" for site in bodies(record, "site"))


def test_a_site_that_becomes_sensitive_is_told_with_what_is_public_already(run, record, tmp_path):
    file = tmp_path / "sites.csv"
    file.write_text("name,lat,lon,id\nTomb,33.123456,44.654321,9\n", "utf-8")
    run("add", "sites", file)
    earlier = entries(record, "site")[0].hash
    assert f"vestige withdraw {earlier[:16]}" in run("add", "sites", file, "--sensitive")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["absent.csv"], "No such file"),
        (["sites.csv", "--map", "name"], "FIELD=COLUMN"),
        (["sites.csv", "--map", "name=Missing,lat=lat,lon=lon"], "expected a column 'missing'"),
        (["sites.csv", "--encoding", "klingon"], "known encoding"),
        (["sites.pdf"], "sites.pdf: expected a table, a spreadsheet or a file of a geographic program, got a PDF file"),
        (["half.json"], "half.json, line 1, column 6: expected JSON"),
    ],
)
def test_a_register_that_cannot_be_read_is_one_line(run, record, tmp_path, arguments, said):
    (record / "sites.csv").write_text(SITES, "utf-8")
    (record / "sites.pdf").write_bytes(b"%PDF-1.7\n")
    (record / "half.json").write_text('{"a":', "utf-8")
    assert said in run("add", "sites", *arguments, code=2)
    assert run.json("index")["standing"] == {"policy": 1}


def test_the_assessments_of_a_register_come_in_when_asked_and_once(run, record, shared_data):
    file = shared_data / "registers" / "eamena_caravanserais.geojson"
    assert "assessments in it were left out" in run("add", "sites", file)
    added = run.json("add", "sites", file, "--assessments")["assessments_added"]
    assert added == run.json("index")["standing"]["assessment"] > 200
    assert run.json("add", "sites", file, "--assessments")["assessments_added"] == 0
    assert "cannot be paired" in run("add", "sites", file, "--assessments")


# -- add source -------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("position", [True, False])
def test_a_photo_that_tells_a_position_is_said_to_stay_unpublished_when_it_is_added(run, record, tmp_path, position):
    tags = Image.Exif()
    tags[ExifTags.IFD.GPSInfo] = {ExifTags.GPS.GPSLatitude: (40.0, 0.0, 0.0)} if position else {}
    Image.new("RGB", (8, 8)).save(tmp_path / "photo.jpg", exif=tags.tobytes())
    assert ("will not be published as it is" in run("add", "source", tmp_path / "photo.jpg")) is position
    assert run.json("add", "source", tmp_path / "photo.jpg")["file_stays_unpublished"] is position


def test_the_bytes_of_a_source_stay_untouched_and_come_in_once(run, record, tmp_path):
    content = "\ufeffCafé\r\n\u00a0“x”\n".encode()
    (tmp_path / "odd.txt").write_bytes(content)
    first = run.json("add", "source", tmp_path / "odd.txt", "--origin", "found", "--published", "2015-08")
    with Record.open(record) as opened:
        assert opened.files.read(first["file"]) == content
    again = run.json("add", "source", tmp_path / "odd.txt")
    assert (again["known"], again["source"]) == (True, first["source"])
    (source,) = bodies(record, "source")
    assert isinstance(source, Source)
    assert (source.origin, source.published, source.size) == ("found", "2015-08", len(content))


def test_a_withheld_source_is_not_public(run, record, tmp_path):
    (tmp_path / "secret.txt").write_text("name of a witness", "utf-8")
    run("add", "source", tmp_path / "secret.txt", "--withheld")
    with Record.open(record) as opened:
        assert list(opened.index.entries("source", current=True)) == []
    assert (
        not list((record / "archive" / "files" / "public").rglob("*"))
        if (record / "archive" / "files" / "public").exists()
        else True
    )


@pytest.mark.parametrize("option", [["--published", "May 2015"], ["--language", "English please"]])
def test_a_field_of_a_source_is_checked_before_anything_is_kept(run, record, tmp_path, option):
    (tmp_path / "a.txt").write_text("text", "utf-8")
    assert option[0].strip("-") in run("add", "source", tmp_path / "a.txt", *option, code=2)
    assert "source" not in run.json("index")["standing"]
    assert not [path for path in (record / "archive").rglob("*") if path.is_file() and path.read_bytes() == b"text"]


def test_an_empty_source_is_refused(run, record, tmp_path):
    (tmp_path / "a.txt").write_bytes(b"")
    assert "got an empty one" in run("add", "source", tmp_path / "a.txt", code=2)


PAGE = """<!doctype html><html><head><title>Tower hit &amp; standing</title></head><body><article>
<p>The tower was hit on Monday, a spokeswoman of the town said, and it stands all the same. Nobody was inside when it happened.</p>
<p>She said that the roof is gone. The museum beside it was not hit, and it opened again two days later for its visitors.</p>
</article></body></html>"""


def test_a_page_from_the_web_is_kept_as_it_came_with_its_way_and_time(run, record, monkeypatch):
    def fetch(address):
        return Captured(
            data=PAGE.encode(),
            address=address,
            media_type="text/html; charset=utf-8",
            taken=dt.datetime(2024, 5, 3, 12, 0, tzinfo=dt.UTC),
            final_address="https://news.example/a/tower.html",
            redirects=("https://news.example/a/tower.html",),
        )

    monkeypatch.setattr("vestige.capture._local.fetch", fetch)
    made = run.json("add", "source", "https://short.example/1")
    (source,) = bodies(record, "source")
    assert source.title == "Tower hit & standing"
    assert source.address == "https://short.example/1"
    assert source.origin == "fetched from https://short.example/1 to https://news.example/a/tower.html"
    assert (source.captured, source.file_name) == ("2024-05-03T12:00:00Z", "tower.html")
    with Record.open(record) as opened:
        assert opened.files.read(made["file"]) == PAGE.encode()
    run("state", made["source"], "--quote", "the roof is gone", "--role", "spokeswoman")
    (statement,) = bodies(record, "statement")
    with Record.open(record) as opened:
        text = opened.files.read(statement.file).decode()
    (span,) = statement.spans
    assert text[span.start : span.end] == "the roof is gone"
    assert "<p>" not in text


@pytest.mark.parametrize(
    "address", ["http://127.0.0.1:1/", "http://[::1]/", "file:///etc/passwd", "ftp://example.org/x"]
)
def test_an_address_that_is_not_of_the_public_web_is_refused(run, record, address):
    run("add", "source", address, code=2)
    assert "source" not in run.json("index")["standing"]


def test_text_in_another_encoding_is_read_and_its_text_preserved_beside_it(run, record, tmp_path):
    (tmp_path / "old.txt").write_bytes(("Мэр сказал, что крыша цела. " * 20).encode("cp1251"))
    run("add", "source", tmp_path / "old.txt")
    run("state", "old.txt", "--offsets", "16:27", "--role", "мэр")
    (statement,) = bodies(record, "statement")
    assert statement.content == "крыша цела."
    assert statement.file != bodies(record, "source")[0].file


def test_a_picture_holds_no_statement(run, record, tmp_path):
    (tmp_path / "a.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
    run("add", "source", tmp_path / "a.png")
    assert "expected text, got a PNG picture" in run("state", "a.png", "--quote", "x", "--speaker", "X", code=2)


def test_a_reference_is_entered_once_and_holds_no_bytes(run, record):
    arguments = [
        "add",
        "reference",
        "Old City of Dubrovnik",
        "--publisher",
        "UNESCO",
        "--address",
        "https://whc.unesco.org/en/list/95",
    ]
    assert not run.json(*arguments)["known"]
    assert run.json(*arguments)["known"]
    (source,) = bodies(record, "source")
    assert (source.form, source.file) == ("reference", None)
    assert "bare reference" in run("state", "Old City of Dubrovnik", "--quote", "x", "--speaker", "X", code=2)


# -- state ------------------------------------------------------------------------------------------------------------------------


def test_a_statement_holds_what_stands_under_its_offsets(run, filled):
    run(
        "state", "Report", "--quote", "The arch fell at ten in the morning", "--speaker", "Petra Example", "--role", "spokeswoman",
        "--organisation", "town", "--manner", "direct", "--cue", "said", "--site", "Old Bridge", "--said-on", "2020-05",
        "--via", "; reporter; Example Agency", "--place", "town",
    )  # fmt: skip
    (statement,) = bodies(filled, "statement")
    assert isinstance(statement, Statement)
    (span,) = statement.spans
    assert REPORT[span.start : span.end] == statement.content == "The arch fell at ten in the morning"
    assert REPORT[statement.cue_span.start : statement.cue_span.end] == "said"
    assert statement.cue_span.start > span.end
    assert statement.reported_via[0].organisation == "Example Agency"
    assert statement.places[0].text == "town"
    assert (statement.status, len(statement.sites)) == ("confirmed", 1)


def test_a_quotation_is_found_whatever_the_space_and_kept_as_printed(run, filled):
    run("state", "report.txt", "--quote", "She added that the towers stood", "--speaker", "Petra Example")
    assert bodies(filled, "statement")[0].content == "She added that the\u00a0towers stood"


def test_content_must_be_what_stands_there(run, filled):
    assert "got 'The arch stands'" in run(
        "state", "Report", "--offsets", "40:52", "--content", "The arch stands", "--speaker", "X", code=2
    )
    run("state", "Report", "--offsets", "40:52", "--content", "The arch fel", "--speaker", "X")


def test_statements_can_disagree(run, filled):
    first = run.json("state", "Report", "--quote", "The arch fell", "--speaker", "A")["receipt"]["about"]
    run(
        "state",
        "Report",
        "--quote",
        "A visitor said that the towers stood",
        "--speaker",
        "B",
        "--disagrees-with",
        first,
    )
    assert bodies(filled, "statement")[1].disagrees_with == (first,)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Report", "--quote", "never said", "--speaker", "X"], "stand in the source's text"),
        (["Report", "--quote", "the", "--speaker", "X"], "--offsets START:END"),
        (["Report", "--quote", "The arch fell"], "who spoke"),
        (["Report", "--speaker", "X"], "what was said"),
        (["Report", "--offsets", "5:9999", "--speaker", "X"], "inside a text of"),
        (["Report", "--offsets", "9:5", "--speaker", "X"], "START before END"),
        (["Nothing", "--quote", "x", "--speaker", "X"], "expected a source"),
        (["Report", "--quote", "The arch fell", "--speaker", "X", "--site", "Atlantis"], "expected a site"),
        (["Report", "--quote", "The arch fell", "--speaker", "X", "--said-between", "2020"], "START/END"),
        (["Report", "--quote", "The arch fell", "--speaker", "X", "--manner", "shouted"], "shouted"),
    ],
)
def test_a_statement_that_does_not_hold_is_refused(run, filled, arguments, said):
    assert said in run("state", *arguments, code=2)
    assert bodies(filled, "statement") == []


# -- assess -----------------------------------------------------------------------------------------------------------------------


def test_an_assessment_keeps_grade_disturbances_and_evidence(run, filled):
    shown = run(
        "assess", "Old Bridge", "--assessor", "Ana Example", "--between", "1993-11-08/1993-11-09", "--original", "unosat:destroyed",
        "--extent", "91-100%", "--trend", "New", "--evidence", "Report",
        "--disturbance", "military/armed conflict > Explosion/Heavy Weaponry:High > Collapse/Structural Damage:Definite, Burning",
    )  # fmt: skip
    assert "the site is now single (1 of 2 persons by their keys): Destroyed" in shown
    (assessment,) = bodies(filled, "assessment")
    assert isinstance(assessment, Assessment)
    assert (assessment.condition, assessment.original.scheme, assessment.original.grade) == (
        "Destroyed",
        "unosat",
        "Destroyed",
    )
    (disturbance,) = assessment.disturbances
    assert (disturbance.cause_category, disturbance.cause_certainty) == ("Military/Armed Conflict", "High")
    assert disturbance.effects == (
        Effect(type="Collapse/Structural Damage", certainty="Definite"),
        Effect(type="Burning"),
    )
    assert len(assessment.evidence) == 1
    entry = entries(filled, "assessment")[0]
    assert set(assessment.evidence) < set(entry.envelope.cites)


def test_two_assessors_who_differ_make_a_contested_finding(run, filled):
    run("assess", "Citadel", "--assessor", "A", "--on", "2013", "--condition", "Poor")
    shown = run("assess", "Citadel", "--assessor", "B", "--on", "2013", "--condition", "Good")
    assert "contested: Good, Poor" in shown


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["Citadel", "--on", "2013", "--condition", "Broken"], "condition state such as"),
        (["Citadel", "--condition", "Good"], "--on, --between or --before"),
        (["Citadel", "--on", "2013", "--before", "2014", "--condition", "Good"], "one of"),
        (["Citadel", "--on", "2013-02-30", "--condition", "Good"], "2015-08-31"),
        (["Citadel", "--on", "yesterday", "--condition", "Good"], "2015-08-31"),
        (["Citadel", "--on", "2013"], "--original"),
        (["Citadel", "--on", "2013", "--original", "unosat:Wobbly"], "Severe Damage"),
        (["Citadel", "--on", "2013", "--original", "mine:7"], "unosat"),
        (["Citadel", "--on", "2013", "--condition", "Good", "--disturbance", "War"], "CATEGORY > CAUSE"),
        (["Citadel", "--on", "2013", "--condition", "Good", "--disturbance", "Natural > Dragons"], "a cause such as"),
        (["Citadel", "--on", "2013", "--condition", "Good", "--evidence", "abcdef0123"], "name or hash"),
        (["Old", "--on", "2013", "--condition", "Good"], "expected one site, got 2"),
        (["whc:99999", "--on", "2013", "--condition", "Good"], "expected a site"),
    ],
)
def test_an_assessment_that_does_not_hold_is_refused(run, filled, arguments, said):
    assert said in run("assess", *arguments, "--assessor", "A", code=2)
    assert bodies(filled, "assessment") == []


# -- withdraw, index, key ---------------------------------------------------------------------------------------------------------


def test_a_withdrawal_destroys_the_body_and_keeps_the_reason(run, filled):
    source = entries(filled, "source")[0]
    assert "--yes" in run("withdraw", source.hash[:12], "--why", "asked for by the author", code=2)
    assert entries(filled, "source")[0].body
    run("withdraw", source.hash[:12], "--why", "asked for by the author", "--yes")
    (ended,) = entries(filled, "source")
    assert ended.body is None
    assert bodies(filled, "withdrawal")[0].reason == "asked for by the author"
    assert "withdrawn already" in run("withdraw", source.hash, "--why", "again", "--yes", code=2)
    assert "expected a reason" in run("withdraw", source.hash, "--why", " ", code=2)


def test_the_index_is_made_again_to_the_same_answers(run, filled):
    before = run.json("index")
    (filled / "index.sqlite").write_bytes(b"not a database at all")
    assert run.json("index", "--rebuild") == before


def test_a_retired_key_no_longer_signs(run, filled, tmp_path):
    with Record.open(filled) as opened:
        origin = opened.policy.origin
    made = run.json("key", "new", tmp_path / "author", "--origin", origin)
    file = made["private_key_file"]
    arguments = ["assess", "Citadel", "--assessor", "A", "--on", "2013", "--condition", "Good", "--yes", "--key", file]
    assert "does not let the key" in run(*arguments, code=2)
    run("key", "add", made["public"], "--handle", "field.2")
    run(*arguments)
    names = {row["key"]["handle"]: row["fingerprint"] for row in run.json("key", "list")}
    run("key", "retire", names["field.2"][:8])
    assert "does not let the key" in run(*arguments, code=2)
    assert "retired" in run("key", "list")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "not-a-key", "--handle", "x"], "base64"),
        (["retire", "ffff"], "one key"),
        (["list", "--record", "/nonexistent"], "expected a record"),
    ],
)
def test_a_wrong_key_is_one_line(run, record, arguments, said):
    assert said in run("key", *arguments, code=2)


def test_the_only_keeper_cannot_be_retired(run, record):
    for row in run.json("key", "list"):
        run("key", "retire", row["fingerprint"][:8], code=2)


def test_hostile_text_is_kept_as_text(run, record, tmp_path):
    name = "<script>alert(1)</script> \u202eمسجد Ծաղիկ"
    (tmp_path / "sites.csv").write_text(f'name,lat,lon\n"{name}",40,44\n', "utf-8")
    run("add", "sites", tmp_path / "sites.csv")
    (kept,) = bodies(record, "site")[0].names
    assert kept.text == name.replace("\u202e", ""), "as printed, but for what would turn the text around"


def test_a_site_is_never_published_beside_private_keys(run, filled, tmp_path):
    assert "outside the record" in run("publish", "out", code=2)
    run("publish", "..", code=2)
    run("publish", tmp_path / "out")
    (key, *_) = (filled / "keys").glob("*.key")
    (tmp_path / "out" / "mine.key").write_bytes(key.read_bytes())
    assert "holds a private key" in run("publish", tmp_path / "out", code=2)
    (tmp_path / "out" / "mine.key").unlink()


def test_a_stranger_in_a_record_is_told(run, filled):
    for place in (
        "stray.bin",
        "ledger/stray.html",
        "archive/stray.html",
        "archive/bodies/stray.html",
        "archive/files/stray.html",
    ):
        stray = filled / place
        stray.parent.mkdir(parents=True, exist_ok=True)
        stray.write_text("x", "utf-8")
        assert f"unexpected: {place}" in run("verify", ".", code=1)
        stray.unlink()
