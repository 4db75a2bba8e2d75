"""Catalogues: complete, with the same place-holders, the right number of plural forms, in the right script."""

import string
import unicodedata

import pytest
from babel import Locale
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup, escape

from tests.publishing.messages import EAMENA_LISTS, lacking, messages, terms
from vestige.capture._notation import term_reader
from vestige.entries import DateWindow, Name
from vestige.publishing.pages._environment import environment_of, escaped
from vestige.publishing.words._catalogue import LANGUAGES, catalogue, words_for_terms
from vestige.publishing.words._language import language

TRANSLATED = [code for code in LANGUAGES if code != "en"]
SCRIPTS = {"hy": "ARMENIAN", "ar": "ARABIC", "ru": "CYRILLIC", "uk": "CYRILLIC"}


def holders(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("code", TRANSLATED)
def test_catalogue_is_complete_and_holds_nothing_else(code):
    assert lacking(code) == []
    single, plural = messages()
    known = {(None, message) for message in single} | set(terms())
    assert catalogue(code).messages.keys() - known == set()
    assert catalogue(code).plurals.keys() == {one for one, _ in plural}


@pytest.mark.parametrize("code", TRANSLATED)
def test_place_holders_are_those_of_the_message(code):
    held = catalogue(code)
    for (context, message), text in held.messages.items():
        if context is None:
            assert holders(text) == holders(message), message
    for singular, forms in held.plurals.items():
        assert len(forms) == len(Locale.parse(code).plural_form.tags) + 1 or code in {"fr", "az", "hy", "ru", "uk"}, (
            singular
        )
        assert all(holders(form) <= holders(singular) for form in forms), singular


@pytest.mark.parametrize("code", SCRIPTS)
def test_every_text_is_in_the_script_of_its_language(code):
    for (_, message), text in catalogue(code).messages.items():
        letters = [sign for sign in text if sign.isalpha()]
        if letters:
            assert any(unicodedata.name(sign).startswith(SCRIPTS[code]) for sign in letters), (message, text)


def test_no_letter_is_foreign_to_its_alphabet():
    assert not set("ыэъё") & set("".join(catalogue("uk").messages.values()).lower())
    assert not set("іїєґ") & set("".join(catalogue("ru").messages.values()).lower())


@pytest.mark.parametrize(
    ("code", "number", "expected"),
    [
        ("en", 1, "1 site"),
        ("en", 1234, "1,234 sites"),
        ("fr", 0, "0 site"),
        ("ru", 1, "1 объект"),
        ("ru", 3, "3 объекта"),
        ("ru", 12, "12 объектов"),
        ("ru", 21, "21 объект"),
        ("uk", 5, "5 об’єктів"),
        ("ar", 2, "موقعان"),
        ("ar", 7, "7 مواقع"),
        ("ar", 11, "11 موقعًا"),
        ("ar", 100, "100 موقع"),
    ],
)
def test_plural_rules(code, number, expected):
    assert language(code).count("{n} site", "{n} sites", number) == expected


@given(st.sampled_from(LANGUAGES), st.integers(0, 10**15))
def test_whole_numbers_are_written_as_babel_writes_them(code, number):
    assert language(code).number(number) == format_decimal(number, locale=code)


def test_windows_dates_and_numbers_follow_the_language():
    window = DateWindow(when="between", start="2001-06", end="2004-07-23")
    assert language("en").window(window) == "June 2001 – 23 July 2004"
    assert language("fr").window(window) == "juin 2001 – 23 juillet 2004"
    assert language("az").window(DateWindow(when="before", end="1992-04")) == "aprel 1992 tarixindən əvvəl"
    assert language("hy").date("1993") == "1993"
    assert language("ru").number(28618) == "28\xa0618"


@pytest.mark.parametrize(
    ("code", "end", "expected"),
    [
        ("fr", "2004-07-23", "avant le 23 juillet 2004"),
        ("fr", "2001-01-01", "avant le 1er janvier 2001"),
        ("fr", "1992-04", "avant avril 1992"),
        ("ru", "1992-04", "до апреля 1992 г."),
        ("uk", "1992-04", "до квітня 1992 р."),
        ("ru", "1992", "до 1992"),
        ("hy", "2001-01-01", "մինչև 1 հունվարի, 2001 թ."),
    ],
)
def test_what_was_before_a_day_or_month_is_in_its_case(code, end, expected):
    assert language(code).window(DateWindow(when="before", end=end)) == expected


def test_a_language_is_named_as_a_language():
    assert language("az").own_name == "Azərbaycanca"
    assert language("az").tongue("de") == "alman dili"
    assert language("az").tongue("en-GB") == "ingilis dili"
    assert language("fr").moment("2026-11-01T10:00:00Z") == "1er nov. 2026, 10:00 UTC"


def test_shares_are_rounded_as_whoever_recomputes_them_would():
    assert [language("en").share(part, 16) for part in (2, 1, 13, 0, 16)] == ["13%", "6%", "81%", "0%", "100%"]
    assert language("en").share(0, 0) == "–"


def test_a_reader_sees_the_own_name_first_then_english_then_the_first_entered():
    names = (
        Name(text="Stari most", language="bs"),
        Name(text="Old Bridge", language="en-GB"),
        Name(text="Старый мост", language="ru"),
    )
    assert language("ru").name(names).text == "Старый мост"
    assert language("ar").name(names).text == "Old Bridge"
    assert language("ar").name(names[:1]).text == "Stari most"


def test_azerbaijani_keeps_its_two_letters_i_apart_when_it_sorts():
    key = language("az").sort_key
    assert key("İnli") == "inli"
    assert key("Ilıca") == "ılıca"
    assert key("ILICA") == key("ılıca")


def test_values_in_messages_are_escaped():
    assert language("en").fill("Assessments of {site}", site="<b>") == "Assessments of &lt;b&gt;"


@pytest.mark.parametrize("code", LANGUAGES)
def test_filled_messages_escape_what_is_put_in(code):
    words = language(code)
    outside = "<b>\"&'{n}"
    assert str(words.fill("A statement by {speaker}", speaker=outside)) == escape(
        catalogue(code).text("A statement by {speaker}")
    ).format(speaker=outside)
    assert words.fill("A statement by {speaker}", speaker=Markup("<bdi>x</bdi>")).count("<bdi>x</bdi>") == 1


def test_what_was_markup_once_is_escaped_as_text():
    page = environment_of("en").from_string("{{ first }} {{ second }}")
    page.root_render_func.__globals__["escape"] = escaped
    assert page.render(first=Markup("<b>"), second="<b>") == "<b> &lt;b&gt;"
    assert page.render(first="<i>", second=Markup("<i>")) == "&lt;i&gt; <i>"


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_word_for_a_term_of_assessors_is_read_back_as_that_term(code):
    read = term_reader(words_for_terms())
    words = [(name, term, word) for (name, term), word in catalogue(code).messages.items() if name in EAMENA_LISTS]
    assert [one for one in words if read(one[0], one[2].upper()) != one[1]] == []
    assert code == "en" or {name for name, *_ in words} == set(EAMENA_LISTS)
