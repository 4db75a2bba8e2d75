import re
from itertools import pairwise
from math import asin, cos, radians, sin, sqrt
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.reading._model import Candidate, Context, Span
from vestige.reading.places._places import find_places


def places(text, language="en", context=None):
    return find_places(text, (Span(0, len(text)),), language, context)


def named(text, language="en", context=None):
    return {text[slice(*p.span)]: p.candidates[0] for p in places(text, language, context) if p.candidates}


def kilometres(a, b, c, d):
    a, b, c, d = map(radians, (a, b, c, d))
    return 12742 * asin(sqrt(min(1, sin((c - a) / 2) ** 2 + cos(a) * cos(c) * sin((d - b) / 2) ** 2)))


def test_the_country_printed_after_a_city_decides_between_namesakes():
    assert named("The fire began in Paris, Texas, on Monday.")["Paris"].country == "US"
    assert named("The fire began in Paris, France, on Monday.")["Paris"].country == "FR"
    assert named("The fire began in Paris on Monday.")["Paris"].country == "FR"


def test_the_other_places_of_a_text_decide_between_namesakes():
    text = "Crews from Lexington, Frankfort and Georgetown fought a fire in Paris. Kentucky police closed the road to Winchester."
    found = named(text)
    assert kilometres(found["Paris"].lat, found["Paris"].lon, 38.21, -84.25) < 50
    assert kilometres(found["Frankfort"].lat, found["Frankfort"].lon, 38.2, -84.87) < 50


def test_ambiguity_inside_one_country_is_kept():
    (place,) = places("Azerbaijan's ministry spoke of Fuzuli.")[1:]
    fuzuli = [c for c in place.candidates if c.kind == "city" and c.country == "AZ"]
    assert len(fuzuli) == 2
    assert fuzuli[0].population > fuzuli[1].population


def test_people_who_bear_a_towns_name_are_no_places():
    text = "Mayor Lancaster met Jordan Smith and Mr. Paris. Lancaster said the work would begin in March."
    assert named(text) == {}


@pytest.mark.parametrize(
    ("language", "text", "name", "country"),
    [
        ("ru", "Музей в городе Мариуполь, Украина, повреждён.", "Мариуполь", "UA"),
        ("hy", "Թանգարանը Շուշի քաղաքում է։", "Շուշի", "AZ"),
        ("ar", "تضرر متحف الموصل في العراق", "الموصل", "IQ"),
        ("fr", "Le musée d'Alep, en Syrie, a été touché.", "Alep", "SY"),
        ("az", "Muzey Şuşa şəhərindədir.", "Şuşa", "AZ"),
        ("uk", "Музей у місті Харків зазнав пошкоджень.", "Харків", "UA"),
        ("ru", "Жители Москвы, Киева и Сирии приехали.", "Москвы", "RU"),
        ("ru", "Повреждения в Донецкой области.", "Донецкой", "UA"),
        ("uk", "Пожежа у Києві та Львові.", "Львові", "UA"),
        ("hy", "Հուշարձանը Շուշիում է, ոչ թե Երևանում։", "Երևանում", "AM"),
        ("az", "Bakıda və Ağdamda sərgi açılıb.", "Ağdamda", "AZ"),
        ("ar", "اندلعت حرائق بسوريا ولبنان", "ولبنان", "LB"),
    ],
)
def test_places_are_found_in_the_scripts_of_the_record(language, text, name, country):
    assert named(text, language)[name].country == country


def test_every_span_holds_the_name_that_was_found(shared_data):
    text = (shared_data / "news/seed_article.txt").read_text("utf-8")
    found = named(text)
    assert {"Azerbaijan", "Aghdam", "Fuzuli"} <= set(found)
    assert found["Aghdam"].country == found["Fuzuli"].country == "AZ"
    assert "Centre" not in found
    assert "Coventry" not in found or found["Coventry"].country == "GB"


@given(st.text(max_size=300))
def test_any_text_gives_ordered_spans_inside_it(text):
    spans = [p.span for p in places(text)]
    assert all(0 <= a < b <= len(text) for a, b in spans)
    assert all(b <= c for (_, b), (c, _) in pairwise(spans))


@given(
    st.lists(
        st.sampled_from(
            ["Paris", "Texas", "in", "Mr.", ",", "Jordan", "said", "County", "\n", "U.S.", "of", "Москва", "الموصل"]
        ),
        max_size=60,
    )
)
def test_any_order_of_names_is_read(words):
    text = " ".join(words)
    for place in places(text):
        assert place.candidates
        assert re.search(r"\w", text[slice(*place.span)])


@pytest.mark.parametrize(("corpus", "least"), [("lgl.xml", 0.50), ("TR-News.xml", 0.62)])
def test_accuracy_on_news_with_gold_toponyms(shared_data, corpus, least):
    hit = gold = right = found = 0
    for article in ET.parse(shared_data / "news/places" / corpus).getroot():
        text = article.findtext("text") or ""
        mentions = places(text)
        marks = list(article.iter("toponym"))
        bounds = [(int(t.findtext("start")), int(t.findtext("end"))) for t in marks]
        found += len(mentions)
        right += sum(any(a < m.span.end and m.span.start < b for a, b in bounds) for m in mentions)
        for mark, (a, b) in zip(marks, bounds, strict=True):
            tag = mark.find("gaztag")
            if tag is None or tag.findtext("lat") is None:
                continue
            gold += 1
            near = next(
                (m.candidates[0] for m in mentions if m.candidates and a < m.span.end and m.span.start < b), None
            )
            hit += (
                near is not None
                and kilometres(float(tag.findtext("lat")), float(tag.findtext("lon")), near.lat, near.lon) <= 161
            )
    assert hit / gold >= least
    assert right / found >= 0.65


def test_what_the_record_is_about_breaks_ties():
    assert named("The museum in Tripoli was damaged.", context=Context(countries=("LB",)))["Tripoli"].country == "LB"
    assert named("The museum in Tripoli was damaged.")["Tripoli"].country == "LY"


def stands_for(text, mention, language="en"):
    """Give the texts of the places that a mention stands for, or None where it is no mention."""
    found = places(text, language)
    at = text.index(mention)
    place = next((p for p in found if p.span.start == at), None)
    return place and [text[slice(*found[i].span)] for i in place.refers_to]


def test_these_territories_are_the_places_named_before():
    text = "He spoke about his visit to Aghdam and Fuzuli. He stressed that nothing was left in these territories."
    assert stands_for(text, "these territories") == ["Aghdam", "Fuzuli"]
    assert stands_for("Il a visité Mossoul et Alep. Dans ces villes, tout manque.", "ces villes", "fr") == [
        "Mossoul",
        "Alep",
    ]
    assert stands_for("Rain fell in Mosul and Aleppo. Syria and Iraq sent help to both cities.", "both cities") == [
        "Mosul",
        "Aleppo",
    ]


def test_a_mention_with_nothing_before_it_stands_for_nothing():
    assert stands_for("Nothing was left in these territories. He had come from Mosul.", "these territories") is None


def test_the_sites_of_the_record_come_before_the_gazetteer():
    site = Candidate(id="site:aaaaaaaaaaaaaaaa", name="Great Mosque of al-Nuri", lat=36.34, lon=43.13, country="IQ")
    context = Context(sites=(site,))
    text = "Workers rebuilt the Great Mosque of al-Nuri in Mosul."
    found = named(text, context=context)
    assert found["Great Mosque of al-Nuri"].id == site.id
    assert found["Mosul"].country == "IQ"
    assert "Great Mosque of al-Nuri" not in named(text)


def a_site(number, name, lat, lon, country="FR"):
    return Candidate(id=f"site:{number * 16}", name=name, lat=lat, lon=lon, country=country, kind="site")


@pytest.mark.parametrize(
    ("language", "text", "site"),
    [
        ("fr", "L'église Saint-Étienne de Bordeaux a brûlé.", "Église Saint-Étienne"),
        ("fr", "La route du Col du Loup est coupée.", "Col du Loup"),
        ("fr", "Le vieux pont de Mostar est tombé.", "Vieux pont de Mostar"),
        ("en", "They reached the church of Saint Stephen.", "Church of Saint Stephen"),
        ("ru", "Сгорела церковь Святого Стефана.", "Церковь Святого Стефана"),
    ],
)
def test_a_site_is_found_where_the_text_writes_its_first_word_small(language, text, site):
    context = Context(sites=(a_site("a", site, 44.8, -0.6),))
    assert next(p.candidates[0].name for p in places(text, language, context)) == site


def test_words_in_lower_case_alone_are_no_site():
    assert places("They crossed the old bridge.", "en", Context(sites=(a_site("a", "Old Bridge", 43.3, 17.8),))) == ()


@pytest.mark.parametrize(
    ("language", "text"), [("fr", "Le Col du Loup est coupé."), ("en", "The Col du Loup is cut off.")]
)
def test_the_end_of_a_longer_name_is_no_county(language, text):
    assert not [p for p in places(text, language) if p.candidates and p.candidates[0].kind == "county"]


@pytest.mark.parametrize(("town", "first"), [("Bordeaux", "a"), ("Strasbourg", "b")])
def test_of_two_sites_of_one_name_the_one_near_the_texts_other_places_comes_first(town, first):
    both = (a_site("a", "Chapelle Saint-Roch", 44.8, -0.5), a_site("b", "Chapelle Saint-Roch", 48.6, 7.7))
    for sites in (both, both[::-1]):
        found = named(f"La Chapelle Saint-Roch, près de {town}, a brûlé.", "fr", Context(sites=sites))
        assert found["Chapelle Saint-Roch"].id == f"site:{first * 16}"
