"""What a search in a record finds: every spelling that a reader would take for the same, and nothing of what was withdrawn."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vestige.entries import (
    Assessment,
    Assessor,
    DateWindow,
    Disturbance,
    Draft,
    Effect,
    Name,
    Site,
    Source,
    Speaker,
    Statement,
)
from vestige.entries import Place as NamedPlace
from vestige.record import Record, rebuild_index
from vestige.record.index._words import cut


def named(*texts, **fields):
    return Site(names=tuple(Name(text=text) for text in texts), **fields)


def titles(record, text, kind="site"):
    return [entry.body.named()[0].text for entry in record.index.search(text, kind)]


@pytest.fixture
def things(record):
    """A few sites, and what was said and judged of one of them."""
    site, *_ = record.append(
        Draft(named("Stari most", countries=("BA",), type="Bridge", address="Mala Tepa 4")),
        Draft(named("Ёлкино")),
        Draft(named("العُليا")),
        Draft(named("Ναός του Αγίου")),
        Draft(named("Şuşa")),
        Draft(named("Mosul Museum", countries=("IQ",))),
        Draft(named("Old mill of Mosulska Street")),
    )
    (source,) = record.append(Draft(Source(title="A report", form="reference", publisher="City Herald")))
    record.append(
        Draft(
            Statement(
                source=source.about,
                content="it fell",
                manner="indirect",
                speaker=Speaker(name="Petra Example", role="spokeswoman"),
                status="confirmed",
                places=(NamedPlace(text="Мостар", name="Mostar", country="BA"),),
            )
        ),
        Draft(
            Assessment(
                site=site.about,
                assessor=Assessor(name="Ana"),
                window=DateWindow(when="on", start="1993-11-09"),
                condition="Destroyed",
                disturbances=(
                    Disturbance(
                        cause_category="Military/Armed Conflict",
                        cause_type="Explosion/Heavy Weaponry",
                        effects=(Effect(type="Collapse/Structural Damage"),),
                    ),
                ),
            )
        ),
    )
    return record


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("Елкино", "Ёлкино"),
        ("елки", "Ёлкино"),
        ("العليا", "العُليا"),
        ("ναος", "Ναός του Αγίου"),
        ("ΝΑΟΣ ΑΓΙΟΥ", "Ναός του Αγίου"),
        ("susa", "Şuşa"),
        ("ŞUŞA", "Şuşa"),
        ("bosnia", "Stari most"),
        ("Bosnia and Herzegovina", "Stari most"),
        ("Босния", "Stari most"),
        ("bridge", "Stari most"),
        ("mala tepa", "Stari most"),
        ("s", "Şuşa"),
    ],
)
def test_a_site_is_found_by_any_spelling_by_address_type_and_country(things, asked, found):
    assert found in titles(things, asked)


def test_the_whole_word_of_a_name_comes_before_the_beginning_of_one(things):
    assert titles(things, "mosul") == ["Mosul Museum", "Old mill of Mosulska Street"]
    assert titles(things, "mosul street") == ["Old mill of Mosulska Street"]
    assert titles(things, "mosul nothing") == titles(things, "…") == []


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        ("petra", "statement"),
        ("Мостар", "statement"),
        ("destroyed", "assessment"),
        ("collapse", "assessment"),
        ("herald", "source"),
    ],
)
def test_speakers_places_conditions_and_publishers_are_searched(things, asked, kind):
    assert [entry.kind for entry in things.index.search(asked)] == [kind]


def test_the_index_answers_alike_after_a_withdrawal_and_when_made_again(things):
    museum = things.index.search("mosul museum", "site")[0]
    with Record.open(things.path, withheld=True) as keeper:
        keeper.withdraw(museum.hash, "entered twice")
        before = [titles(keeper, letter) for letter in "abcdefghijklmnopqrstuvwxyz"]
        assert titles(keeper, "museum") == []
    things.close()
    rebuild_index(things.path)
    with Record.open(things.path) as again:
        assert [titles(again, letter) for letter in "abcdefghijklmnopqrstuvwxyz"] == before


def test_many_entries_of_another_kind_hide_nothing(record):
    record.append(*(Draft(named(f"Mill {n}")) for n in range(300)), Draft(Source(title="Mill book", form="reference")))
    assert titles(record, "mill", "source") == ["Mill book"]
    assert len(record.index.search("m", limit=301)) == 301


def test_a_replaced_name_is_not_found_and_the_new_one_is(record):
    (receipt,) = record.append(Draft(named("Wrnog name")))
    record.append(Draft(named("Right name"), about=receipt.about, replaces=receipt.entry))
    assert titles(record, "wrnog") == []
    assert titles(record, "name") == ["Right name"]


@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=("Cs",)), max_size=40))
def test_words_are_the_same_however_the_text_is_composed(text):
    assert cut(text) == cut(unicodedata.normalize("NFC", text)) == cut(unicodedata.normalize("NFD", text))


@given(st.text(alphabet="аеёиїйοόάšşıİçقُعَل ", max_size=30))
def test_words_cut_again_are_themselves(text):
    words = cut(text)
    assert cut(" ".join(words)) == words


def test_the_marks_of_other_scripts_stay():
    assert cut("हिन्दी") == ("हिन्दी",)
    assert cut("Saint-Étienne, n°5_b") == ("saint", "etienne", "n", "5", "b")
