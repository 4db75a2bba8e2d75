"""The right value of each case. The first line of each check is "kind; how it stood when it was filed"."""

import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from vestige.capture import RegisterError, open_document, read_register
from vestige.keeping.candidates import read_document
from vestige.reading import read, unread
from vestige.record import Record, verify_record
from vestige.studying._errors import ColumnsError, StudyInputError
from vestige.studying.data._events import load_events
from vestige.studying.data._sites import load_sites

TESTS = Path(__file__).resolve().parents[1]
INPUTS = TESTS / "cases" / "inputs"
REGISTERS, DOCUMENTS, EVENTS = (TESTS / part for part in ("capture/cases", "capture/documents", "studying/cases"))
_SHARED = TESTS.parents[1] / "shared" / "cases"
if not _SHARED.is_dir():
    _SHARED = Path("/nowhere")
RASTERS = {
    "40": _SHARED / "40-mask-band",
    "41": _SHARED / "41-scaled-decibels",
    "42": _SHARED / "42-antimeridian",
    "43": _SHARED / "43-stale-projection-metadata",
}
SLOW = {"16", "26", "40", "41", "42", "43", "60", "61", "62", "63"}
"""Those that publish or observe: a shorter test of their kind stands elsewhere."""
QUOTE = "“The east wing is gone"


def _register(name, **options):
    return read_register((REGISTERS / name).read_bytes(), **options)


def _places(name, **options):
    return [(one.site.location.latitude, one.site.location.longitude) for one in _register(name, **options).sites]


def _near(found, expected, within):
    assert len(found) == len(expected), (found, expected)
    for got, right in zip(found, expected, strict=True):
        assert abs(got[0] - right[0]) < within, (got, right)
        assert abs(got[1] - right[1]) < within, (got, right)


def _names(name):
    return [one.site.names[0].text for one in _register(name).sites]


def _text(name):
    return (INPUTS / name).read_bytes().decode()


def _said(text):
    """(name, role, content) of each statement."""
    return [(one.name, one.role, " … ".join(text[a:b] for a, b in one.content)) for one in read(text).statements]


def _possible(text):
    return [text[slice(*one.sentence)] for one in read(text).possible]


def _first_countries(text):
    return [(text[slice(*place.span)], place.candidates[0].country) for place in read(text).places]


def case_01(desk):
    """UNESCO's present export with other headings and one column for the point; refused."""
    sites = [one.site for one in _register("01-whc001.csv").sites]
    _near(_places_of(sites[:2]), [(-50.75, 166.1044444), (36.2, 37.1625)], 1e-9)
    assert [one.identifiers[0].value for one in sites] == ["90001", "90002", "90003"]
    assert [one.countries for one in sites] == [("NZ",), ("SY",), ("FI", "SE")]
    assert sites[2].location is None
    assert sites[1].designated[1].since == "2013"
    assert [name.language for name in sites[0].names] == ["en", "fr", "ar"]
    assert load_sites([REGISTERS / "01-whc001.csv"]).heritage is not None


def _places_of(sites):
    return [(one.location.latitude, one.location.longitude) for one in sites]


def case_02(desk):
    """Arches' GEOMETRYCOLLECTION in its own CSV; refused."""
    register = _register("02-Heritage_Place.csv")
    _near(
        _places_of([one.site for one in register.sites]),
        [(32.092, 36.321), (31.7165, 35.1875), (31.805, 35.905), (31.5, 35.5)],
        1e-9,
    )
    assert [one.value for one in register.sites[3].site.identifiers] == ["EAMENA-0900004", "EAMENA-0900009"]
    assert len(register.assessments) == 4


def case_03(desk):
    """Two columns of one name; wrong without a word."""
    with pytest.raises(RegisterError, match=r"latitude stands twice \(2 and 5\)"):
        _register("03-tombs.csv")


def case_04(desk):
    """Degrees, minutes and seconds in many ways; two wrong without a word, eight refused."""
    register = _register("04-dms.tsv")
    _near(_places("04-dms.tsv"), [(36.2, 37.1583)] * 10, 2e-4)
    assert [row.name for row in register.refused] == ["Place 06", "Place 12"]


def case_05(desk):
    """Points in a map projection; refused."""
    _near(
        _places("05-utm37n.csv", crs="EPSG:32637"),
        [(36.201391, 37.144822), (36.20163, 37.145879), (36.202588, 37.146887)],
        1e-6,
    )
    with pytest.raises(RegisterError, match="metres"):
        _register("05-utm37n.csv")


def case_06(desk):
    """Field surveys of Google Earth, KML and KMZ; refused."""
    for name in ("06-survey.kml", "06-survey.kmz"):
        sites = [one.site for one in _register(name).sites]
        _near(_places_of(sites), [(30.7735, 61.402), (33.09123, 51.47508)], 1e-4)
        assert [one.identifiers[0].value for one in sites] == ["K-001", "K-002"]
        assert "<" not in (sites[0].description or "")


def case_07(desk):
    """A zipped shapefile, projected, its letters without a code page; refused."""
    assert _names("07-sites.zip") == ["Brčko džamija", "Kościół św. Anny"]
    _near(_places("07-sites.zip"), [(36.201391, 37.144822), (36.2017, 37.1459)], 1e-4)


def case_08(desk):
    """A GeoPackage with two layers in UTM; refused."""
    with pytest.raises(RegisterError, match="--layer"):
        _register("08-survey.gpkg")
    _near(_places("08-survey.gpkg", layer="sites")[:1], [(36.201391, 37.144822)], 1e-5)


def case_09(desk):
    """A spreadsheet with a merged title row and serial dates; refused."""
    _near(_places("09-register.xlsx"), [(49.9935, 36.2304), (49.9871, 36.2411)], 1e-9)


def case_10(desk):
    """Excel's CSV in French, Turkish and Russian; one of six read."""
    _near(_places("10-fr_excel.csv"), [(48.853, 2.3499), (47.1234, -1.5678)], 1e-9)
    for name, place in (("sep", (43.337, 17.815)), ("fr_heads", (48.85, 2.35)), ("tr_heads", (37.06, 37.38))):
        _near(_places(f"10-{name}.csv"), [place], 1e-9)
    assert _names("10-ru_cp1251.csv") == ["Собор"]
    assert [row.reason for row in _register("10-grouped.csv").refused] == [
        "latitude '48.853.000' is not a number of degrees"
    ]


def case_11(desk):
    """Letters of Windows-1250, -1254 and a Macintosh; wrong without a word."""
    assert _names("11-balkans_cp1250.csv") == ["Crkva u Čazmi", "Ćumurija džamija", "Kościół św. Anny", "Zámek Děčín"]
    assert _names("11-turkey_cp1254.csv") == ["Şire Hanı", "Diyarbakır surları"]
    assert _names("11-mac_roman.csv") == ["Église Saint-Étienne à Châlons"]
    assert ["letters were lost" in row.reason for row in _register("11-lost_letters.csv").refused] == [True, True]


def case_12(desk):
    """Latitude and longitude in one cell; refused."""
    _near(_places("12-one.csv"), [(36.1997, 37.1628), (36.2047, 37.1539), (36.199, 37.1625)], 1e-9)


def case_14(desk):
    """Outlines as WKT and EWKT; refused."""
    _near(_places("14-areas.csv"), [(52.605, 4.955), (52.405, 4.855)], 1e-9)
    _near(_places("14-ewkt.csv"), [(36.20139, 37.144817), (36.033, 37.067), (36.1, 37.0)], 1e-3)


def case_15(desk):
    """Dates as databases and spreadsheets write them; one wrong without a word, nine refused."""
    register = _register("15-dates.csv")
    assert [(one.line, one.body.window.start) for one in register.assessments] == [
        (line, "2021-05-21") for line in (2, 3, 4, 7, 8, 9, 10)
    ]
    assert [row.line for row in register.unassessed] == [5, 6, 11, 12]
    assert {one.body.window.start for one in _register("15-dates.csv", dates="dmy").assessments} == {"2021-05-21"}


def case_16(desk):
    """A control character in a name; the feed broken for all."""
    desk("init", "r", "--name", "A record")
    (desk.folder / "vt.csv").write_bytes((REGISTERS / "16-vt.csv").read_bytes())
    desk("add", "sites", "vt.csv", "--record", "r")
    desk("publish", "o", "--record", "r")
    for path in desk.folder.rglob("changes*.atom"):
        ET.fromstring(path.read_bytes())


def case_18(desk):
    """A title above and a note below the table; refused."""
    _near(_places("18-titles.csv"), [(43.337, 17.815)], 1e-9)


def _document(name):
    document = open_document((DOCUMENTS / name).read_bytes(), None, where=name)
    return document, read_document(document, where=name).reading


def case_20(desk):
    """PDF, DOCX, RTF and a picture of a letter; no statement possible."""
    for name in ("press.pdf", "report.docx", "press.rtf"):
        document, reading = _document(name)
        one = next(one for one in reading.statements if one.manner == "direct")
        assert document.text[slice(*one.content[0])].startswith(QUOTE)
        assert (one.name, one.role.split()[0]) == ("Olena Prykladna", "director")
    desk("init", "r", "--name", "A record")
    (desk.folder / "letter.png").write_bytes((DOCUMENTS / "letter.png").read_bytes())
    desk("add", "source", "letter.png", "--record", "r", "--origin", "mine")
    told = desk(
        "state",
        "letter.png",
        "--record",
        "r",
        "--content",
        "We lost the roof",
        "--speaker",
        "Ana Modelska",
        "--locator",
        "page 1",
    )
    assert "not checked against text" in told


def case_21(desk):
    """A page saved as MHTML; wrong without a word."""
    document, reading = _document("press.mhtml")
    assert len(reading.statements) == 6
    assert document.title.value == "Press release: damage at the museum"
    assert document.address == "https://news.example.org/museum"


def case_22(desk):
    """Web archives, WARC and WACZ; read with its tags, or refused."""
    for name in ("press.warc", "press.warc.gz", "press.wacz"):
        document, reading = _document(name)
        assert len(reading.statements) == 6
        assert (document.address, document.captured) == ("https://news.example.org/museum", "2024-06-05T10:00:00Z")


def case_23(desk):
    """A source added again with another title, origin, or withheld; ignored without a word."""
    desk("init", "r", "--name", "A record")
    desk.take("23-statement.txt")
    desk("add", "source", "statement.txt", "--record", "r")
    told = desk("add", "source", "statement.txt", "--record", "r", "--title", "Of the town hall", "--origin", "sent")
    assert "corrected: origin, title" in told
    assert "public since" in desk("add", "source", "statement.txt", "--record", "r", "--withheld", code=2)


def case_24(desk):
    """Log-in walls and pages without text; kept as the post."""
    told = {name: _page(name).remarks[0] for name in ("facebook.html", "x.html", "youtube.html")}
    assert all("nearly no text" in line for line in told.values())
    assert "asks to log in" in told["facebook.html"]
    assert _page("youtube.html").title.value == "Museum after the strike - YouTube"


def _page(name):
    return open_document((DOCUMENTS / name).read_bytes(), None, where=name)


def case_25(desk):
    """Telegram: whose words a forwarded post holds; the channel's."""
    document, reading = _document("messages.html")
    governor = next(one for one in reading.statements if one.role == "governor")
    assert governor.reported_via == ("Region Administration",)
    assert "2024-06-05" in (document.locator(*governor.content[0]) or "")
    document, reading = _document("tme.html")
    assert any("2024-06-06" in (document.locator(*one.content[0]) or "") for one in reading.statements)


def case_26(desk):
    """What nobody confirmed; public, counted and unmarked."""
    desk("init", "r", "--name", "A record")
    desk.take("26-article.txt")
    desk("add", "source", "article.txt", "--record", "r", "--origin", "mine")
    desk("read", "--record", "r")
    desk("publish", "o", "--record", "r")
    told = [path for path in (desk.folder / "o").rglob("*statement*") if path.is_file()]
    told += [path for folder in (desk.folder / "o").rglob("statements") for path in folder.rglob("*") if path.is_file()]
    assert told
    assert not [path for path in told if b"shelled the library" in path.read_bytes()]
    assert not _holding(desk.folder / "o", b"candidate,")


def case_30(desk):
    """Datelines of nine forms; part of what was said."""
    assert [said for *_, said in _said(_text("30-wires.txt"))] == ["The roof was lost"] * 9


def case_31(desk):
    """The word In before a city; no place found."""
    found = _first_countries(_text("31-in_city.txt"))
    assert found == [("Mariupol", "UA")] * 3 + [("Gaza", "PS"), ("Timbuktu", "ML")]
    assert set(_first_countries(_text("31-without_in.txt"))) == {("Mariupol", "UA")}


def case_32(desk):
    """Old City, Lebanon in Pennsylvania, China and Japan, New York/Geneva; other places."""
    assert [name for name, _ in _first_countries(_text("32-old_city.txt"))] == ["Mosul", "Sana'a"]
    assert dict(_first_countries(_text("32-lebanon.txt"))) == {"Lebanon": "US", "Pennsylvania": "US"}
    assert dict(_first_countries(_text("32-china.txt"))) == {"China": "CN", "Japan": "JP"}
    assert dict(_first_countries(_text("32-geneva.txt")))["Geneva"] == "CH"


def case_33(desk):
    """Quotations with the name on a line above or below; two statements of nobody."""
    found = {name: role for name, role, said in _said(_text("33-statements.txt")) if said.startswith("“")}
    assert found == {
        "Gregor Beispiel": "councillor",
        "Jelena Primer": "chairwoman",
        "John Muster": "vice-president of the friends of the museum",
        "Maria Exemplo": "director",
    }


def case_34(desk):
    """Transcripts and interviews with labels; not read."""
    labels = [name or role for name, role, said in _said(_text("34-transcript.txt")) if not said.startswith("that ")]
    assert labels == ["MODERATOR", "MS HALABI", "QUESTION", "MS HALABI", "QUESTION (Reuters)", "MR. DE VRIES"]
    answers = [said for name, _, said in _said(_text("34-qa.txt")) if name == "Ana Modelska"]
    assert [said.split(".")[0] for said in answers] == [
        "The land registers from 1890 to 1914",
        "The mayor knew",
        "I expect a mission",
    ]


def case_35(desk):
    """Seven languages that are not read; und, 0 statements, without a word."""
    for code in ("de", "es", "fa", "he", "ka", "pl", "tr"):
        text = _text(f"35-{code}.txt")
        assert read(text).language == code
        assert "not read for statements" in (unread(code) or "")
        assert read(text).statements or _possible(text)


def case_36(desk):
    """Mixed and nested marks; the last line of somebody else."""
    assert len(_said(_text("36-q379.txt"))) == 8
    said = _said(_text("36-nested.txt"))
    assert (None, "lawyer", "“He wrote: ‘According to the ministry, “nothing was taken”’,”") in said


def case_37(desk):
    """Quotations beside an action; silently missed."""
    assert {'"No, the bells were in the tower."', '"They are safe,"'} <= set(_possible(_text("37-multi.txt")))


def case_38(desk):
    """Live blogs; one statement and all times missed."""
    text = _text("38-liveblog.txt")
    reading = read(text)
    assert "Jan Vzor" in [one.name for one in reading.statements]
    assert [text[slice(*one.posted)] for one in reading.statements] == [
        "14:32 GMT",
        "14:32 GMT",
        "14:10 GMT",
        "14:10 GMT",
        "13:55 GMT",
    ]


def _observed(desk, number, catalog, sites="sites.geojson"):
    folder = RASTERS[number]
    told = desk(
        "observe", "--sites", folder / sites, "--catalog", folder / catalog, "--after", "2024-05-15/2024-12",
        "--bands", "vv", "--cache", desk.folder / "cache",
    )  # fmt: skip
    return {line.split()[0]: line for line in told.splitlines() if line.strip()}


def case_40(desk):
    """An internal mask; a change that is none, p = 3e-24."""
    assert "abstains: no usable pixel" in _observed(desk, "40", "items.json")["mid"]


def case_41(desk):
    """Scaled decibels and their scale in the catalogue; wrong without a word."""
    assert "VV +6.5" in _observed(desk, "41", "items.json")["mid"]
    assert "decibels" in _observed(desk, "41", "float_db/items.json", "float_db/sites.geojson")["mid"]


def case_42(desk):
    """Sites and scenes at 180 degrees; no scene found."""
    for catalog in ("items.json", "items_rfc.json"):
        lines = _observed(desk, "42", catalog)
        assert "VV +6.5" in lines["west"]
        assert not [name for name in ("east", "area", "rfc") if "abstains" in lines[name]]


def case_43(desk):
    """A catalogue whose transform is stale; right."""
    assert "VV +6.5" in _observed(desk, "43", "items.json")["mid"]


def case_50(desk):
    """ACLED's export; refused by a column that it lacks."""
    events = load_events([EVENTS / "acled.csv"])
    assert len(events.table) == 30
    assert "ACLED" in events.sources[0].kind
    assert "terms of use" in events.sources[0].kind


def case_51(desk):
    """UCDP's events in their zip; refused."""
    with zipfile.ZipFile(EVENTS / "ged251-csv.zip") as archive:
        rows = archive.read("GEDEvent_v25_1.csv").count(b"\n") - 1
    assert len(load_events([EVENTS / "ged251-csv.zip"]).table) == rows


def case_52(desk):
    """One blank cell or one date of another form; the file refused."""
    for name in ("ged_blank.csv", "ged_prec0.csv"):
        assert [drop.count for drop in load_events([EVENTS / name]).dropped] == [1]
    with pytest.raises(StudyInputError, match="of the form 99/99/9999"):
        load_events([EVENTS / "ged_excel.csv"])


def case_53(desk):
    """Registers that one command reads and another refuses; refused."""
    for name in ("53-sites_semi.csv", "53-sites_latlon.csv", "53-sites.geojson"):
        points = load_sites([REGISTERS / name]).points
        _near(list(zip(points["latitude"], points["longitude"], strict=True)), _places(name), 1e-9)
    with pytest.raises(ColumnsError, match="latitude stands twice"):
        load_sites([REGISTERS / "53-sites_dup.csv"])


def _published(desk, name="60-sites.csv"):
    desk("init", "r", "--name", "A record")
    desk.take(name, "sites.csv")
    desk("add", "sites", "sites.csv", "--record", "r")
    desk("publish", "o", "--record", "r")
    return desk.folder / "o"


def case_60(desk):
    """Line ends that git turns; called modified."""
    out = _published(desk)
    assert (out / ".gitattributes").read_text().startswith("* -text")
    assert (out / ".nojekyll").is_file()
    page = out / "en" / "check.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert "only its line ends differ" in desk("verify", "o", code=1)


def case_61(desk):
    """A withdrawal that leaves earlier versions public; wrong without a word."""
    desk("init", "r", "--name", "A record")
    for name in ("61-first.csv", "61-second.csv"):
        desk("add", "sites", desk.take(name), "--record", "r", "--register", "reg")
    with Record.open(desk.folder / "r", withheld=True) as record:
        about = next(iter(record.index.entries("site"))).about
    told = desk("withdraw", about, "--why", "a person asked for it", "--yes", "--record", "r")
    assert told.count("goes: site") == 2
    desk("publish", "o", "--record", "r")
    assert not _holding(desk.folder / "o", b"Jana Secret")
    assert verify_record(desk.folder / "r").unchanged


def _holding(folder, words):
    return [path for path in folder.rglob("*") if path.is_file() and words in path.read_bytes()]


def case_62(desk):
    """The file of a withdrawn source; left public."""
    desk("init", "r", "--name", "A record")
    desk.take("62-article.txt")
    desk("add", "source", "article.txt", "--record", "r", "--origin", "mine")
    desk(
        "state",
        "article.txt",
        "--quote",
        "We saw it fall",
        "--speaker",
        "Ana Example",
        "--manner",
        "direct",
        "--record",
        "r",
    )
    with Record.open(desk.folder / "r", withheld=True) as record:
        about = next(iter(record.index.entries("source"))).about
    assert "statement:" in desk("withdraw", about, "--why", "a person asked for it", "--yes", "--record", "r", code=2)
    desk("withdraw", about, "--why", "a person asked for it", "--with-dependants", "--yes", "--record", "r")
    desk("publish", "o", "--record", "r")
    assert not _holding(desk.folder / "o", b"We saw it fall")
    assert not _holding(desk.folder / "r", b"We saw it fall")


def case_63(desk):
    """Files that systems and hosts leave; not as it was entered."""
    out = _published(desk)
    for path in (out / ".DS_Store", out / "CNAME", desk.folder / "r" / ".DS_Store"):
        path.write_bytes(b"x")
    assert "note: .DS_Store" in desk("verify", "o")
    assert "note: .DS_Store" in desk("verify", "r")
