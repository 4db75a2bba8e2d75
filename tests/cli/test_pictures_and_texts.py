"""Pictures that belong to sites, and the texts of a record in each language, by command and on the pages."""

import io
import json
import re

import pytest
from PIL import Image, PngImagePlugin

from vestige.publishing import contrast_on_paper, readable_on_paper


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "hall.jpg"
    Image.effect_noise((120, 80), 60).save(path)
    return path


def page(run, tmp_path, language, folder):
    site = tmp_path / "site"
    run("publish", site)
    (file,) = (site / language / folder).glob("*.html")
    return file.read_text("utf-8")


@pytest.fixture
def hall(run, record, tmp_path):
    table = tmp_path / "sites.csv"
    table.write_text("name,lat,lon\nOld Hall,40.1,45.2\n", "utf-8")
    run("add", "sites", table)


def test_the_page_of_a_site_opens_with_its_picture_and_says_what_it_shows_and_whose_it_is(run, hall, picture, tmp_path):
    run("policy", "set", "--languages", "en", "--languages", "fr")
    shown = run(
        *("add", "source", picture, "--site", "old hall", "--caption", "The hall; from the west"),
        *("--caption", "La salle;fr", "--credit", "Photo: City Museum", "--created", "1993-11"),
    )
    assert "on the page of Old Hall" in shown
    french, english = (page(run, tmp_path, code, "site") for code in ("fr", "en"))
    assert french.index("<figure") < french.index("<section")
    assert re.search(
        r'alt="La salle".*<bdi lang="fr">La salle</bdi>.*novembre 1993.*Photo: City Museum', french, re.DOTALL
    )
    assert "The hall; from the west" in english
    assert "Old Hall" in page(run, tmp_path, "en", "source")
    assert "hall.jpg" in run("search", "west", "--record", ".")


def test_a_picture_added_again_belongs_to_one_more_site_and_its_caption_is_mended(run, hall, picture, tmp_path):
    (tmp_path / "more.csv").write_text("name,lat,lon\nBridge,40.3,45.4\n", "utf-8")
    run("add", "sites", tmp_path / "more.csv")
    run("add", "source", picture, "--site", "Old Hall", "--caption", "The hal")
    shown = run("add", "source", picture, "--site", "Bridge", "--caption", "The hall")
    assert "corrected: captions, sites" in shown
    body = run.json("show", "hall.jpg")["body"]
    assert [one["text"] for one in body["captions"]] == ["The hall"]
    assert len(body["sites"]) == 2
    assert "in the record already" in run("add", "source", picture, "--site", "Bridge")


def test_a_site_that_is_not_there_is_named_and_nothing_is_kept(run, hall, picture):
    assert "no hall" in run("add", "source", picture, "--site", "no hall", code=2)
    assert run.json("index")["entries"] == 2


def test_a_book_named_again_is_corrected_where_it_is_clearly_the_same(run, hall):
    run("add", "reference", "Halls of the valley", "--author", "A. Writer")
    assert "already" in run("add", "reference", "halls of the Valley", "--author", "A. Writer")
    assert "corrected (publisher, sites)" in run(
        "add", "reference", "Halls of the valley", "--publisher", "Press", "--site", "Old Hall"
    )
    assert run("add", "reference", "Halls of the valley", "--author", "B. Other").startswith("added")


def test_the_texts_of_a_record_stand_in_each_language_and_say_so_where_they_do_not(run, tmp_path, monkeypatch):
    folder = tmp_path / "valley"
    run(
        *("init", folder, "--name", "Valley", "--language", "en", "--description", "About it", "--limits", "No north"),
        *("--languages", "en", "--languages", "fr", "--name.fr", "Vallée", "--description.fr", "À propos"),
    )
    monkeypatch.chdir(folder)
    run("publish", tmp_path / "site")
    french = (tmp_path / "site" / "fr" / "index.html").read_text("utf-8")
    assert re.search(r'<h1><bdi\s+lang="fr">Vallée</bdi></h1>', french)
    assert re.search(r'lang="fr">À propos</p>', french)
    assert re.search(r'lang="en">No north</p>\s*<p class="small">[^<]*anglais', french)
    assert "aucun contact" in french
    run("policy", "set", "--limits.fr", "Rien du nord", "--contact", "mail@example.org", "--name.fr", "-")
    run("publish", tmp_path / "site")
    french = (tmp_path / "site" / "fr" / "index.html").read_text("utf-8")
    assert "Rien du nord" in french
    assert "mail@example.org" in french
    assert re.search(r'<h1><bdi\s+lang="en">Valley</bdi></h1>', french)


@pytest.mark.parametrize(
    "wrong",
    [
        ("--nonsense", "x"),
        ("--contact.fr", " "),
        ("--origin.fr", "x"),
        ("--languages", "xx"),
        ("--region", "Nowhere"),
        ("--colour", "#ffee00"),
        ("--colour", "red"),
        ("--logo", "nothing.png"),
    ],
)
def test_what_cannot_be_meant_makes_no_record(run, tmp_path, wrong):
    run("init", tmp_path / "valley", *wrong, code=2)
    assert not (tmp_path / "valley" / "vestige.json").exists()


def png_of(image):
    file = io.BytesIO()
    image.save(file, "PNG")
    return file.getvalue()


PRETENDED = {
    "drawing.svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
    "drawing.png": lambda: b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "page.png": lambda: b"<html><script>alert(1)</script></html>",
    "cut.png": lambda: png_of(Image.effect_noise((60, 60), 50))[:-900],
    "bomb.png": lambda: png_of(Image.new("1", (30_000, 30_000))),
    "empty.png": lambda: b"",
}
"""Files that a picture may pretend to be, made when they are asked for."""


@pytest.mark.parametrize("name", PRETENDED)
def test_a_hostile_logo_is_refused(run, record, tmp_path, name):
    (tmp_path / name).write_bytes(PRETENDED[name]())
    before = run.json("policy", "show")
    message = run("policy", "set", "--logo", tmp_path / name, code=2)
    assert name in message
    assert run.json("policy", "show") == before


def test_a_logo_is_drawn_anew_and_carries_nothing_but_its_picture(run, record, tmp_path):
    told = PngImagePlugin.PngInfo()
    told.add_text("Comment", "taken at 40.1776 N 44.5126 E")
    Image.effect_noise((900, 300), 60).convert("RGB").save(tmp_path / "logo.png", pnginfo=told)
    with (tmp_path / "logo.png").open("ab") as file:
        file.write(b"<script>alert(1)</script>")
    run("policy", "set", "--logo", tmp_path / "logo.png", "--colour", "#a04070")
    run("publish", tmp_path / "site")
    data = (tmp_path / "site" / "assets" / "logo.png").read_bytes()
    assert b"script" not in data
    assert b"40.1776" not in data
    with Image.open(io.BytesIO(data)) as image:
        assert image.size == (512, 171)
        assert not image.info.get("Comment")
    front = (tmp_path / "site" / "en" / "index.html").read_text("utf-8")
    assert 'src="../assets/logo.png"' in front
    assert "assets/brand.css" in front
    assert "#a04070" in (tmp_path / "site" / "assets" / "brand.css").read_text("utf-8")
    assert run("verify", tmp_path / "site")
    run("policy", "set", "--logo", "-", "--colour", "-")
    run("publish", tmp_path / "site")
    assert not (tmp_path / "site" / "assets" / "logo.png").exists()


@pytest.mark.parametrize(
    ("colour", "at_least", "at_most"),
    [("#000000", 20.0, 21.0), ("#ffffff", 1.0, 1.05), ("#767676", 4.3, 4.55), ("#ff0000", 3.7, 4.0)],
)
def test_contrast_is_that_of_wcag(colour, at_least, at_most):
    """The figures on white are those of the W3C's technique G18; the paper of the pages is a little darker than white."""
    assert at_least <= contrast_on_paper(colour) <= at_most


@pytest.mark.parametrize("colour", ["#ffee00", "#ff55dd", "#ffffff", "#1b4a63"])
def test_the_colour_that_is_offered_instead_can_be_read(colour):
    assert contrast_on_paper(readable_on_paper(colour)) >= 4.5


def test_the_description_of_a_site_in_another_language_keeps_no_address_of_a_sensitive_one(run, hall, tmp_path):
    run("correct", "Old Hall", "--description", "A hall", "--language", "en", "--description.fr", "Une salle")
    run("correct", "Old Hall", "--address", "1 Far Lane", "--address.fr", "1, ruelle Lointaine")
    body = run.json("show", "Old Hall")["body"]
    assert {one["field"]: one["text"] for one in body["translations"]} == {
        "description": "Une salle",
        "address": "1, ruelle Lointaine",
    }
    run("protect", "Old Hall", "--why", "it is in danger", "--yes")
    shown = json.dumps(run.json("show", "Old Hall"), ensure_ascii=False)
    assert "Une salle" in shown
    run("publish", tmp_path / "site")
    for file in (tmp_path / "site").rglob("*"):
        if file.is_file():
            assert b"Lointaine" not in file.read_bytes(), file


def test_statements_notes_and_studies_are_given_in_each_language_or_say_in_which_they_stand(run, hall, tmp_path):
    run("policy", "set", "--languages", "en,fr,hy")
    (tmp_path / "a.txt").write_text("Ana Example said the roof is gone.", "utf-8")
    run("add", "source", tmp_path / "a.txt", "--title", "A", "--language", "en")
    run(
        "state",
        "A",
        "--quote",
        "the roof is gone",
        "--speaker",
        "Ana Example",
        "--language",
        "en",
        "--note",
        "Heard twice.",
    )
    run("correct", "the roof is gone", "--content.fr", "le toit a disparu", "--note.fr", "Entendu deux fois.")
    run(
        "assess",
        "Old Hall",
        "--assessor",
        "B",
        "--on",
        "2020",
        "--condition",
        "Poor",
        "--evidence",
        "A",
        "--note",
        "Seen.",
    )
    (judged,) = (one["about"] for one in run.json("list", "assessment"))
    run("correct", judged, "--language", "en", "--note.fr", "Vu.")
    texts = {"question": "How many?", "method": "Counting.", "result": "One.", "limits": "Few.", "software": "none"}
    fields = "".join(f'{name} = "{text}"\n' for name, text in texts.items())
    (tmp_path / "s.toml").write_text(f'title = "Halls"\nlanguage = "en"\n{fields}', "utf-8")
    run("enter", "study", tmp_path / "s.toml")
    run(
        "correct",
        "A",
        "--language",
        "fr",
        "--note",
        "Kept since 1990.",
        "--note.fr",
        "Gardé depuis 1990.",
        "--title.ru",
        "А",
    )
    run("correct", "Halls", "--title.fr", "Salles", "--result.fr", "Une seule.")
    source = page(run, tmp_path, "fr", "source")
    assert '<p class="note" dir="auto" lang="fr">Gardé depuis 1990.</p>' in source, (
        "the note is the keeper's, not in the source's language"
    )
    assert "Kept since 1990." in page(run, tmp_path, "en", "source")
    french = page(run, tmp_path, "fr", "statement")
    assert "le toit a disparu" in french
    assert "Dans la traduction du dépositaire" in french
    assert "the roof is gone" in french, "what was said stays"
    assert "Entendu deux fois." in french
    assert '<p class="note" dir="auto" lang="fr">Vu.</p>' in page(run, tmp_path, "fr", "site")
    study = page(run, tmp_path, "fr", "study")
    assert '<bdi lang="fr">Salles</bdi>' in re.sub(r"\s+", " ", study)
    assert "Une seule." in study
    assert study.count("dans une langue") == 3, "question, method and limits are said to stand in English alone"
    armenian = page(run, tmp_path, "hy", "statement")
    assert "le toit" not in armenian
    assert "the roof is gone" in armenian
    assert run("verify", tmp_path / "site")
