"""The PDF of an appeal, read back by an independent reader."""

import io
import re

import pypdf
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.appealing.samples import ENTRIES, FACTS, QUOTATION, run, sample
from vestige.appealing import Addressee, Paragraph, Section
from vestige.appealing.documents import Attachment, render_pdf
from vestige.appealing.documents._fonts import FAMILIES, Printable, font_folder
from vestige.errors import InputError

EVIDENCE = Attachment("evidence.json", b'{"entries": []}', "application/json", "The cited entries")


def read(data):
    return pypdf.PdfReader(io.BytesIO(data))


def squeezed(text):
    return re.sub(r"[\s\u200e\u200f]", "", text)


def text_of(data):
    return squeezed("".join(page.extract_text() for page in read(data).pages))


@pytest.fixture(scope="module")
def pdfs():
    return {language: render_pdf(sample(language), [EVIDENCE]) for language in FACTS}


@pytest.mark.parametrize("language", FACTS)
def test_it_claims_both_standards_and_its_language(pdfs, language):
    reader = read(pdfs[language])
    raw = reader.trailer["/Root"]["/Metadata"].get_object().get_data().decode()
    assert "<pdfaid:part>3</pdfaid:part>" in raw and "<pdfaid:conformance>A</pdfaid:conformance>" in raw
    assert "<pdfuaid:part>1</pdfuaid:part>" in raw
    root = reader.trailer["/Root"]
    assert root["/Lang"] == language
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert reader.metadata.title == FACTS[language].split(".")[0]


@pytest.mark.parametrize("language", FACTS)
def test_it_carries_the_evidence_as_an_associated_file(pdfs, language):
    reader = read(pdfs[language])
    assert dict(reader.attachments.items()) == {"evidence.json": [EVIDENCE.content]}
    files = reader.trailer["/Root"]["/AF"]
    assert [file.get_object()["/AFRelationship"] for file in files] == ["/Data"]


@pytest.mark.parametrize("language", FACTS)
def test_every_font_is_embedded_and_ours(pdfs, language):
    names = set()
    for page in read(pdfs[language]).pages:
        for font in page["/Resources"]["/Font"].values():
            (below,) = font.get_object()["/DescendantFonts"]
            descriptor = below.get_object()["/FontDescriptor"]
            assert {"/FontFile2", "/FontFile3"} & set(descriptor)
            names.add(str(descriptor["/FontName"]).partition("+")[2].partition("-")[0])
    assert names <= {family.replace(" ", "") for family in FAMILIES}


@pytest.mark.parametrize("language", ["en", "az", "hy", "ru", "uk", "fr"])
def test_its_text_can_be_taken_out(pdfs, language):
    text = text_of(pdfs[language])
    assert squeezed(FACTS[language]) in text
    assert ENTRIES[0] in text, "a hash that was broken over lines is whole when it is copied"


def test_arabic_text_can_be_taken_out(pdfs):
    """Readers disagree on the order of the lines' parts, so words are looked for, not sentences."""
    text = text_of(pdfs["ar"])
    for word in ("الموقع", "النموذجي", "سيئة", "للمثال"):
        assert word in text or word[::-1] in text


def test_it_is_tagged_as_title_headings_paragraphs_tables_and_notes(pdfs):
    kinds = set()

    def walk(node):
        node = node.get_object()
        if isinstance(node, list):
            for child in node:
                walk(child)
        elif isinstance(node, dict):
            kinds.add(node.get("/S"))
            if "/K" in node:
                walk(node["/K"])

    walk(read(pdfs["en"]).trailer["/Root"]["/StructTreeRoot"]["/K"])
    assert {"/H1", "/P", "/Table", "/TH", "/TD", "/Note", "/Link"} <= kinds


def test_no_picture_and_no_emblem(pdfs):
    assert not any(list(page.images) for page in read(pdfs["en"]).pages)


def test_the_head_says_from_whom_first(pdfs):
    text = read(pdfs["en"]).pages[0].extract_text()
    assert text.startswith("From\nSample Heritage Institute\n")
    assert all("not a document of the UNESCO" in page.extract_text() for page in read(pdfs["en"]).pages)


@pytest.mark.parametrize(
    "changes",
    [
        {"sender": " "},
        {"sender": "UNESCO World Heritage Centre"},
        {"sender": "UNESCO  WORLD heritage centre."},
        {"addressee": Addressee(name="The Chairperson", office="Sample Heritage Institute")},
    ],
)
def test_a_head_that_could_be_the_addressees_is_refused(changes):
    with pytest.raises(InputError, match="sender"):
        render_pdf(sample("en", **changes))


def test_the_same_appeal_gives_the_same_bytes(pdfs):
    assert render_pdf(sample("ar"), [EVIDENCE]) == pdfs["ar"]
    assert render_pdf(sample("ar", date="2026-12-01"), [EVIDENCE]) != pdfs["ar"]


def of_text(text, language="en"):
    paragraph = Paragraph(kind="request", number=1, runs=(run(text, language),))
    table = Paragraph(
        kind="table", rows=((run("a", "en"), run("b", "en")), (run(text[:500], language), run("b", "en")))
    )
    return sample("en", sections=(Section(id="s", heading="Sample", paragraphs=(paragraph, table)),), annexes=())


def test_a_paragraph_of_six_thousand_characters_is_whole():
    words = " ".join(f"word{number:03}" for number in range(800))
    text = text_of(render_pdf(of_text(words)))
    assert all(f"word{number:03}" in text for number in range(800))


def test_a_word_longer_than_a_line_stays_on_the_page():
    word = "x" * 300 + "ü" * 120
    page = read(render_pdf(of_text(word))).pages[0]
    ends = []
    page.extract_text(visitor_text=lambda text, cm, tm, font, size: ends.append((tm[4], text)))
    assert squeezed(word) in squeezed(page.extract_text())
    assert max(x for x, _ in ends) < 596


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\x00b\x0cc\x1bd", "a[U+0000]b[U+000C]c[U+001B]d"),
        ("safe \u202egnp.exe", "safe [U+202E]gnp.exe"),
        ("名前 of a place", "[U+540D][U+524D] of a place"),
        ("lone \ud800 surrogate", "lone [U+D800] surrogate"),
        ("👩🏽‍🚒", "[U+1F469][U+1F3FD][U+1F692]"),
        ("ქართული עברית ελληνικά", "ქართული"),
        ("م\u0301", "م[U+0301]"),
    ],
)
def test_what_cannot_be_shown_is_written_by_its_code_point(text, shown):
    assert squeezed(shown) in text_of(render_pdf(of_text(text)))


def test_how_many_letters_were_lacking_is_said():
    assert "codepoints:4." in text_of(render_pdf(of_text("名前")))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.text(st.characters(), max_size=60), st.sampled_from(["en", "ar", "hy", "x-none", "zh-Hant"]))
def test_any_text_can_be_laid_out(text, language):
    assert render_pdf(of_text(text, language)).startswith(b"%PDF")


def test_markup_of_the_layout_means_nothing_in_a_text():
    text = '#import "@preview/x:1.0.0" $x$ *b* _i_ `c` <l> @ref [x] #read("/etc/passwd") \\ // c'
    assert squeezed(text) in text_of(render_pdf(of_text(text)))


def test_coverage_is_that_of_the_fonts():
    ttlib = pytest.importorskip("fontTools.ttLib")
    held = {}
    for path in sorted(font_folder().glob("*.ttf")):
        font = ttlib.TTFont(path)
        family = font["name"].getDebugName(16) or font["name"].getDebugName(1)
        held[family] = held.get(family, set(font.getBestCmap())) & set(font.getBestCmap())
    assert set(held) == set(FAMILIES)
    printable = Printable()
    for sign in map(chr, range(0x20, 0x2FFF)):
        shown = printable.text(sign)
        assert (shown == sign) <= any(ord(sign) in codes for codes in held.values()) or sign in "\t\n"


@pytest.mark.parametrize("language", FACTS)
def test_all_seven_languages_are_printable_whole(language):
    printable = Printable()
    for text in (FACTS[language], *QUOTATION.values()):
        assert printable.text(text) == text
    assert printable.lacking == 0
