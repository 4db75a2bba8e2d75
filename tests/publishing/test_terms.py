"""One term is one word in a language, in the catalogues and in the words of the scripts alike, as terms.toml has it."""

import importlib.resources
import json
import re
import tomllib
from pathlib import Path

import pytest

from vestige.entries import Name, Site, Translation
from vestige.publishing.words._catalogue import LANGUAGES, catalogue
from vestige.publishing.words._language import language

TERMS = tomllib.loads(importlib.resources.files("vestige.publishing.words").joinpath("terms.toml").read_text("utf-8"))
SCRIPTS = Path(__file__).parents[2] / "web" / "src" / "words"
TRANSLATED = [code for code in LANGUAGES if code != "en"]


def of_scripts(code: str) -> dict[str, str]:
    """Give the words of the scripts by key, all plural forms of one as one text."""
    words = json.loads((SCRIPTS / f"{code}.json").read_text("utf-8"))
    return {key: text if isinstance(text, str) else " ".join(text.values()) for key, text in words.items()}


def texts(code: str) -> list[tuple[str, str]]:
    """Give every English text with what it is in a language."""
    held, english, own = catalogue(code), of_scripts("en"), of_scripts(code)
    return [
        *((message, text) for (_, message), text in held.messages.items()),
        *((message, " ".join(forms)) for message, forms in held.plurals.items()),
        *((english[key], text) for key, text in own.items()),
    ]


def begins(text: str, beginning: str) -> bool:
    """Whether some word of a text begins so; Arabic words may carry an article or a preposition in front."""
    before = r"(?:\b|(?<=[والبلكف]))" if beginning[0] >= "\u0600" and beginning[0] <= "\u06ff" else r"\b"
    return re.search(before + re.escape(beginning), text.replace("İ", "i").lower()) is not None


@pytest.mark.parametrize("code", TRANSLATED)
def test_a_term_is_said_with_its_word(code):
    wrong = [
        (term, english, text)
        for term, row in TERMS.items()
        for english, text in texts(code)
        if re.search(row["english"], english) and not any(begins(text, word) for word in row[code])
    ]
    assert wrong == []


@pytest.mark.parametrize("code", TRANSLATED)
def test_no_text_holds_a_word_that_means_something_else(code):
    wrong = [
        (word, text)
        for row in TERMS.values()
        for word in row.get("never", {}).get(code, ())
        for _, text in texts(code)
        if begins(text, word)
    ]
    assert wrong == []


def test_a_word_out_of_place_is_found():
    assert begins("Les gardiens de ce registre", "gardien")
    assert begins("محفوظة في السجل", "سجل")
    assert not begins("regardiens", "gardien")


def test_a_type_of_site_is_said_in_the_language_of_the_page_where_there_is_a_word_for_it():
    bare = Site(names=(Name(text="A"),), type="mosque")
    given = Site(
        names=bare.names,
        type="mosque",
        language="en",
        translations=(Translation(language="fr", field="type", text="la mosquée"),),
    )
    assert language("fr").said(bare, "type") == Name(text="Mosquée", language="fr")
    assert language("fr").said(given, "type") == Name(text="la mosquée", language="fr"), "the keeper's own word leads"
    assert language("hy").said(given, "type") == Name(text="Մզկիթ", language="hy")
    assert language("en").type_of_site("mosque") == Name(text="mosque", language="en")
    assert language("ru").type_of_site("Wind pump") == Name(text="Wind pump")
