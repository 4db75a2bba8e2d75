"""The exact place of a sensitive site is told in no body, no text and no notation: refused at entry, and again at publication."""

import zipfile
from pathlib import Path

import pytest

from vestige.cli import main
from vestige.entries import Draft, Location, Name, Place, Site, Source, Speaker, Statement
from vestige.publishing import ExposedPlaceError, publish
from vestige.record import Record, RecordError

EXACT = Location(latitude=43.33732, longitude=17.81501)
TOLD = "reached from the mill at 43°20′14″N 17°48′54″E on foot"
CAVE = Site(names=(Name(text="Cave"),), location=EXACT, sensitivity="sensitive")


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert main(["init", "r", "--name", "A"]) == 0
    return tmp_path


def everything(folder):
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def statement(**given):
    said = {"content": "It was looted", "manner": "indirect", "speaker": Speaker(name="A"), "status": "confirmed"}
    return Statement(source="source:aaaaaaaaaaaaaaaa", **(said | given))


@pytest.mark.parametrize(
    ("body", "field"),
    [
        (Site(names=CAVE.names, location=EXACT, sensitivity="sensitive", description=TOLD), "site.description"),
        (Site(names=(Name(text="Cave 43.33732, 17.81501"),), location=EXACT, sensitivity="sensitive"), "site.names"),
        (Source(title="A", form="reference", note="geohash of it: spw" + "7qh"), None),
        (Source(title="A", form="reference", address="https://maps.example/@43.33732,17.81501,18z"), "source.address"),
        (Source(title="A", form="reference", note=TOLD), "source.note"),
        (statement(content=TOLD), "statement.content"),
        (statement(places=(Place(text="the cave", latitude=43.3373, longitude=17.815),)), "statement.places[0]"),
    ],
)
@pytest.mark.parametrize("withheld_view", [True, False])
def test_it_is_refused_at_entry_with_the_field_named(folder, body, field, withheld_view):
    with Record.open(Path("r"), withheld=withheld_view) as record:
        record.append(Draft(CAVE))
        if field is None:
            record.append(Draft(body))
            return
        with pytest.raises(RecordError) as refused:
            record.append(Draft(body))
        assert refused.value.where.startswith(field)
        record.append(Draft(body, visibility="withheld"))
        record.append(Draft(Source(title="A", form="reference", note="the cell 43.35, 17.85; a town at 43.6, 18.1")))


def test_the_text_of_a_source_is_looked_through_and_leaves_nothing(folder, capsys):
    with Record.open(Path("r"), withheld=True) as record:
        record.append(Draft(CAVE))
    (folder / "report.txt").write_text(f"The cave is {TOLD}.")
    assert main(["add", "source", "report.txt", "--record", "r"]) == 2
    assert "source.file" in capsys.readouterr().err
    assert b"reached from the mill" not in everything(folder / "r")
    assert main(["add", "source", "report.txt", "--withheld", "--record", "r"]) == 0


def test_what_was_public_before_is_found_at_publication_and_taken_back_in_one_step(folder, capsys):
    opened = Site(names=CAVE.names, location=EXACT, address="behind the mill")
    with Record.open(Path("r"), withheld=True) as record:
        (site,) = record.append(Draft(opened))
        (note,) = record.append(Draft(Source(title="Walk", form="reference", note=TOLD)))
        publish(record, folder / "o")
    assert b"17.81501" in everything(folder / "o")
    assert main(["protect", "Cave", "--why", "looted", "--yes", "--record", "r"]) == 2
    assert note.about in capsys.readouterr().err
    assert main(["protect", "Cave", "--why", "looted", "--yes", "--with-dependants", "--record", "r"]) == 0
    with Record.open(Path("r"), withheld=True) as record:
        assert record.index.current(site.about).body.location.cell_degrees == 0.1
        assert record.index.exact(site.about).location == EXACT
        publish(record, folder / "o")
    told = everything(folder / "o")
    assert not [word for word in (b"17.81501", b"behind the mill", "17°48′54".encode()) if word in told]
    assert main(["verify", "o"]) == 0
    assert main(["verify", "r"]) == 0


def test_publication_refuses_what_an_earlier_entry_tells(folder, capsys):
    with Record.open(Path("r"), withheld=True) as record:
        (note,) = record.append(Draft(Source(title="Walk", form="reference", note=TOLD)))
        record.append(Draft(CAVE))
    assert main(["publish", "o", "--record", "r"]) == 2
    told = capsys.readouterr().err
    assert note.about in told
    assert "source.note" in told


def test_a_row_of_a_table_says_that_it_is_sensitive(folder, capsys):
    rows = ["id,name,latitude,longitude,country,sensitive", "1,Cave,43.33732,17.81501,BA,yes", "2,Mill,43.4,17.9,BA,no"]
    (folder / "sites.csv").write_text("\n".join([*rows, "3,Tower,43.5,17.7,BA,perhaps"]))
    assert main(["add", "sites", "sites.csv", "--record", "r"]) in {0, 1, 2}
    assert "neither yes nor no" in "".join(capsys.readouterr())
    with Record.open(Path("r")) as record:
        found = {e.body.names[0].text: e.body for e in record.index.entries("site", current=True)}
    assert {name: body.sensitivity for name, body in found.items()} == {"Cave": "sensitive", "Mill": "open"}
    assert found["Cave"].location.cell_degrees == 0.1


def _packed(path, part, text):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "<Types/>")
        packed.writestr(part, text)


@pytest.mark.parametrize("name", ["walk.docx", "walk.xlsx"])
def test_a_packed_document_is_looked_through_at_entry_and_again_at_publication(folder, capsys, name):
    if name.endswith("docx"):
        words = f"<w:p><w:r><w:t>It is {TOLD}.</w:t></w:r></w:p>"
        space = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
        document = f'<w:document xmlns:w="{space}"><w:body>{words}</w:body></w:document>'
        _packed(folder / name, "word/document.xml", document)
    else:
        cells = '<c r="B2"><v>43.33732</v></c><c r="C2"><v>12</v></c><c r="D2"><v>17.81501</v></c>'
        _packed(folder / name, "xl/worksheets/sheet1.xml", f"<sheetData><row>{cells}</row></sheetData>")
    assert main(["add", "source", name, "--record", "r"]) == 0, "nothing is sensitive yet"
    with Record.open(Path("r"), withheld=True) as record:
        record.append(Draft(CAVE))
        source = next(record.index.entries("source")).about
        with pytest.raises(ExposedPlaceError) as refused:
            publish(record, folder / "o")
        assert source in refused.value.where
    assert main(["withdraw", source, "--why", "it tells a place", "--yes", "--record", "r"]) == 0
    capsys.readouterr()
    assert main(["add", "source", name, "--record", "r"]) == 2
    assert "source.file" in capsys.readouterr().err
    with Record.open(Path("r"), withheld=True) as record:
        publish(record, folder / "o")


def test_a_row_that_tells_its_own_place_is_refused_alone_and_yes_is_said_in_any_language(folder, capsys):
    rows = (
        "1;Mağara;40,12345;46,54321;bəli;40°07′24″N 46°32′36″E",
        "2;Körpü;40,2;46,6;xeyr;çay",
        "3;Qala;40,3;46,7;да;",
    )
    (folder / "t.csv").write_text("\n".join(("Kod;Ad;Enlik;Uzunluq;Həssas;Qeyd", *rows)))
    assert main(["add", "sites", "t.csv", "--dry-run", "--record", "r"]) == 0
    told = capsys.readouterr().out
    assert "sensitive = həssas" in told, "a heading that says so is understood without --map"
    assert "columns not taken: kod, qeyd" in told
    mapped = "name=Ad,lat=Enlik,lon=Uzunluq,id=Kod,sensitive=Həssas,description=Qeyd"
    capsys.readouterr()
    assert main(["add", "sites", "t.csv", "--map", mapped, "--record", "r"]) == 0
    told = capsys.readouterr().out
    assert "line 2: site.description" in told
    with Record.open(Path("r")) as record:
        standing = {e.body.names[0].text: e.body.sensitivity for e in record.index.entries("site", current=True)}
    assert standing == {"Körpü": "open", "Qala": "sensitive"}


def test_halves_in_two_fields_and_short_links_are_refused_at_entry_and_at_publication(folder, capsys):
    halves = Source(title="Walk, lat: 43.3373", form="reference", note="first the mill, then at lon: 17.8150 the cave")
    link = "https://maps.app.goo.gl/AbC12dEf"
    with Record.open(Path("r"), withheld=True) as record:
        (cave,) = record.append(Draft(CAVE))
        with pytest.raises(RecordError) as refused:
            record.append(Draft(halves))
        assert refused.value.where == "source.note"
        linked = Source(title="Way", form="reference", address=link, sites=(cave.about,))
        with pytest.raises(RecordError, match="short link to a map, which nothing but its host can follow") as refused:
            record.append(Draft(linked))
        assert (refused.value.where, cave.about in str(refused.value)) == ("source.address", True)
        with pytest.raises(RecordError, match="short link"):
            record.append(
                Draft(Site(names=(Name(text="Well"),), location=EXACT, sensitivity="sensitive", description=link))
            )
        record.append(Draft(Source(title="Way", form="reference", address=link)))
    assert main(["init", "q", "--name", "B"]) == 0
    with Record.open(Path("q"), withheld=True) as record:
        record.append(Draft(halves))
        record.append(Draft(CAVE))
        with pytest.raises(ExposedPlaceError, match=r"43\.3373 … 17\.8150"):
            publish(record, folder / "o")
