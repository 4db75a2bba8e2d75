"""DOCX, HTML, data and calendar of an appeal, each read back by somebody else's reader."""

import html.parser
import io
import json
import re
import shutil
import subprocess
import zipfile
from xml.etree import ElementTree as ET

import docx
import icalendar
import msgspec
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.appealing.samples import ENTRIES, FACTS, QUOTATION, run, sample
from vestige.appealing import Composed, Paragraph, Section
from vestige.appealing.documents import (
    portal_fields,
    render_calendar,
    render_data,
    render_docx,
    render_fields,
    render_html,
    render_portal_page,
)
from vestige.appealing.documents._notes import Notes
from vestige.appealing.documents._words import LANGUAGES, words
from vestige.errors import InputError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def part(data, name):
    return ET.fromstring(zipfile.ZipFile(io.BytesIO(data)).read(name))


def of_text(text, language="en"):
    paragraph = Paragraph(kind="request", runs=(run(text, language),))
    return sample("en", sections=(Section(id="s", heading="Sample", paragraphs=(paragraph,)),), annexes=())


class Page(html.parser.HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, data):
        super().__init__()
        self.elements, self.text = [], ""
        self.feed(data.decode())

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.mark.parametrize("language", FACTS)
def test_docx_opens_and_says_what_it_is(language):
    document = docx.Document(io.BytesIO(render_docx(sample(language))))
    texts = [paragraph.text for paragraph in document.paragraphs]
    assert texts[0] == words(language)["docx_draft"]
    assert any(FACTS[language] in text for text in texts)
    assert document.core_properties.title == FACTS[language].split(".")[0]
    assert document.core_properties.content_status == "Draft"
    assert document.tables[0].rows[1].cells[2].text == ENTRIES[0]
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.style.name == "Heading 1"]


def test_docx_has_real_footnotes_one_for_each_note():
    data = render_docx(sample("en"))
    notes = Notes(sample("en"))
    texts = {
        int(note.get(f"{W}id")): "".join(text.text or "" for text in note.iter(f"{W}t"))
        for note in part(data, "word/footnotes.xml")
    }
    assert {note.number for note in notes} | {-1, 0} == set(texts)
    assert all(note.text in texts[note.number] for note in notes)
    referred = [int(mark.get(f"{W}id")) for mark in part(data, "word/document.xml").iter(f"{W}footnoteReference")]
    assert referred == sorted(referred) == [note.number for note in notes]
    again = [field.get(f"{W}instr") for field in part(data, "word/document.xml").iter(f"{W}fldSimple")]
    assert again == [" NOTEREF _RefNote1 \\f \\h "]


def test_docx_in_arabic_runs_from_right_to_left():
    document = part(render_docx(sample("ar")), "word/document.xml")
    fact = next(p for p in document.iter(f"{W}p") if FACTS["ar"] in "".join(t.text or "" for t in p.iter(f"{W}t")))
    assert fact.find(f"{W}pPr/{W}bidi") is not None
    runs = {"".join(t.text or "" for t in r.iter(f"{W}t")): r for r in document.iter(f"{W}r")}
    assert runs[FACTS["ar"]].find(f"{W}rPr/{W}rtl") is not None
    assert runs[QUOTATION["hy"]].find(f"{W}rPr/{W}rtl") is None
    assert runs[QUOTATION["hy"]].find(f"{W}rPr/{W}lang").get(f"{W}val") == "hy"
    assert document.find(f".//{W}tblPr/{W}bidiVisual") is not None
    assert document.find(f".//{W}sectPr/{W}bidi") is not None


@pytest.mark.slow
@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not at hand")
def test_docx_is_opened_by_libreoffice(tmp_path):
    (tmp_path / "letter.docx").write_bytes(render_docx(sample("ar")))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    command = ["soffice", home, "--headless", "--convert-to", "txt:Text", "--outdir", str(tmp_path), "letter.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=120)
    assert FACTS["ar"] in (tmp_path / "letter.txt").read_text("utf-8-sig")


@pytest.mark.parametrize("language", FACTS)
def test_html_is_one_file_and_every_fact_has_its_notes(language):
    page = Page(render_html(sample(language)))
    assert page.elements[0] == ("html", {"lang": language, "dir": "rtl" if language == "ar" else "ltr"})
    assert not [tag for tag, _ in page.elements if tag in {"script", "img", "link", "iframe"}]
    assert all(at["href"].startswith(("#", "https://example.org/")) for tag, at in page.elements if tag == "a")
    assert not re.search(rb"url\(|@import|src=", render_html(sample(language)))
    ids = [at["id"] for _, at in page.elements if "id" in at]
    assert len(ids) == len(set(ids))
    assert {at["href"][1:] for tag, at in page.elements if tag == "a" and at["href"][0] == "#"} <= set(ids)
    assert [at["data-entry"] for _, at in page.elements if "data-entry" in at] == [
        n.entry for n in Notes(sample(language))
    ]
    facts = re.findall(r'<p data-role="fact".*?</p>', render_html(sample(language)).decode(), re.DOTALL)
    assert len(facts) == 3 and all("doc-noteref" in fact for fact in facts)


def test_html_sets_a_quotation_apart_in_its_own_language():
    page = Page(render_html(sample("en")))
    assert ("bdi", {"class": "said", "lang": "ar", "dir": "rtl"}) in page.elements
    assert QUOTATION["ar"] in page.text


def test_html_of_a_text_that_is_markup_is_text():
    text = "<script>alert(1)</script> & \"x\" 'y' {{ 7*7 }}"
    page = Page(render_html(of_text(text)))
    assert text in page.text
    assert "script" not in {tag for tag, _ in page.elements}


def test_data_is_the_appeal_itself():
    shape = json.loads(render_data(sample("ar")))
    assert msgspec.convert(shape["appeal"], Composed) == sample("ar")
    assert [note["number"] for note in shape["notes"]] == list(range(1, len(shape["notes"]) + 1))


def test_fields_give_plain_text_and_its_length():
    shape = json.loads(render_fields(sample("hy")))
    field = shape["fields"][1]
    assert field["key"] == "request" and field["text"] == FACTS["hy"]
    assert (field["characters"], field["words"]) == (len(FACTS["hy"]), len(FACTS["hy"].split()))
    assert (field["limit"], field["unit"]) == (150, "words")


@pytest.mark.parametrize(("language", "direction"), [("ar", "rtl"), ("hy", "ltr")])
def test_the_text_of_a_field_runs_as_the_letter_does_whatever_name_it_begins_with(language, direction):
    page = Page(render_portal_page(sample(language)))
    held = [at["dir"] for tag, at in page.elements if tag == "textarea"]
    assert held and set(held) == {direction}


def test_the_page_for_a_portal_has_a_button_for_each_field_and_goes_nowhere():
    data = render_portal_page(sample("fr"))
    page = Page(data)
    buttons = [at["data-copy"] for tag, at in page.elements if tag == "button"]
    areas = [at["id"] for tag, at in page.elements if tag == "textarea"]
    assert buttons == areas == ["t-condition", "t-request"]
    assert not [tag for tag, _ in page.elements if tag in {"form", "a", "img"}]
    assert "connect-src" not in data.decode() and "default-src 'none'" in data.decode()


@pytest.mark.parametrize("language", FACTS)
def test_calendar_is_read_by_others_and_says_its_rule(language):
    data = render_calendar(sample(language))
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    (event,) = icalendar.Calendar.from_ical(data).walk("VEVENT")
    assert str(event.decoded("dtstart")) == "2027-02-28"
    assert (
        "three months, counted from 30 November 2026, by sample rule; with a comma\nhttps://example.org/rule (B)"
        in str(event["description"])
    )


def test_no_calendar_without_a_day():
    assert render_calendar(sample("en", deadlines=())) is None


def test_each_gives_the_same_bytes_again():
    for render in (render_docx, render_html, render_fields, render_data, render_calendar, render_portal_page):
        assert render(sample("ar")) == render(sample("ar"))


def test_a_citation_of_nothing_is_refused():
    with pytest.raises(InputError, match="every cited entry"):
        render_html(sample("en", citations=()))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=80))
def test_any_text_can_stand_in_every_document(text):
    composed = of_text(text)
    part(render_docx(composed), "word/document.xml")
    render_html(composed).decode()
    if not any("\ud800" <= sign <= "\udfff" for sign in text):
        json.loads(render_data(composed))
    assert len(portal_fields(composed)) == 1


def test_every_language_has_the_same_words():
    english = words("en")
    for language in LANGUAGES:
        own = words(language)
        assert own.keys() == english.keys()
        for key, text in own.items():
            assert set(re.findall(r"\{\w+\}", text)) == set(re.findall(r"\{\w+\}", english[key])), (language, key)
