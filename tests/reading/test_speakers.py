"""Speakers: name, role and organisation as printed, and the step that resolved them."""

import pytest
from babel import Locale

from vestige.reading import RESOLUTION_STEPS, read
from vestige.reading.speakers._names import territories


def speakers(text: str) -> list[tuple[str | None, str | None, str | None, str | None]]:
    return [(s.name, s.role, s.organisation, s.resolved_by) for s in read(text).statements]


@pytest.mark.parametrize(
    ("designation", "name", "role", "organisation"),
    [
        ("Georgia Culture Minister Anna Berg", "Anna Berg", "Culture Minister", "Georgia"),
        ("High Representative for the League of Learned Cities (LLC) Anna Berg", "Anna Berg", "High Representative", "League of Learned Cities (LLC)"),
        ("Anna Berg, Chair of Old Crafts and founding Director of the Peace Centre at Marsh University,", "Anna Berg", "Chair of Old Crafts and founding Director of the Peace Centre", "Marsh University"),
        ("Anna Berg, director of the city museum,", "Anna Berg", "director", "city museum"),
        ("Secretary of State Anna Berg", "Anna Berg", "Secretary of State", None),
        ("Mrs. Berg", "Berg", None, None),
        ("Anna van der Berg", "Anna van der Berg", None, None),
        ("Élodie Çelik-Ñandú", "Élodie Çelik-Ñandú", None, None),
        ("The Ministry of Culture", "Ministry of Culture", None, None),
        ("UNESCO", "UNESCO", None, None),
        ("The Defence Ministry", "Defence Ministry", None, None),
        ("Georgia's Foreign Ministry", "Georgia's Foreign Ministry", None, None),
        ("The Prime Minister's Office", "Prime Minister's Office", None, None),
        ("Georgian Foreign Ministry spokeswoman Anna Berg", "Anna Berg", "spokeswoman", "Georgian Foreign Ministry"),
        ("Interior Minister Anna Berg", "Anna Berg", "Interior Minister", None),
        ("Georgia Culture and Tourism Minister Anna Berg", "Anna Berg", "Culture and Tourism Minister", "Georgia"),
        ("Former presidential candidate Anna Berg", "Anna Berg", "Former presidential candidate", None),
        ("Anna Berg, D-Hilton, the chair of the council,", "Anna Berg", "chair", "council"),
        ("The Georgian pianist Anna Berg", "Anna Berg", "Georgian pianist", None),
        ("The mayor's successor, Zardari,", "Zardari", "mayor's successor", None),
        ("The news agency Mirage", "Mirage", None, None),
        ("The monitoring group Old Walls Watch", "Old Walls Watch", None, None),
        ("Local media", None, "Local media", None),
        ("Former British intelligence officers", None, "Former British intelligence officers", None),
        ("Sheriff Thomas “Bud” Hill", "Thomas “Bud” Hill", "Sheriff", None),
        ("Anna Berg, one of the mayor's friends,", "Anna Berg", "one of the mayor's friends", None),
        ("Their resolution, a symbolic gesture,", None, "resolution", None),
        ("Old Walls Watch's Anna Berg", "Anna Berg", None, "Old Walls Watch"),
        ("Georgia's Berg", "Berg", None, "Georgia"),
        ("The Ministry of Foreign Affairs", "Ministry of Foreign Affairs", None, None),
        ("The Committee of Ministers", "Committee of Ministers", None, None),
        ("Ministry of Foreign Affairs spokeswoman Anna Berg", "Anna Berg", "spokeswoman", "Ministry of Foreign Affairs"),
        ("The Bank of Hilton governor", None, "governor", "Bank of Hilton"),
        ("The University of Hilton President Anna Berg", "Anna Berg", "President", "University of Hilton"),
        ("Anna Berg, chief of staff,", "Anna Berg", "chief of staff", None),
        ("Acting Circuit Judge Anna Berg", "Anna Berg", "Acting Circuit Judge", None),
        ("then-Prime Minister Anna Berg", "Anna Berg", "then-Prime Minister", None),
        ("37-year-old Anna Berg", "Anna Berg", None, None),
        ("The 37-year-old from Hilton", None, "37-year-old from Hilton", None),
        ("Hilton Police Lt. Anna Berg", "Anna Berg", "Lt.", "Hilton Police"),
        ("Sgt. Anna Berg of the Hilton Police", "Anna Berg", "Sgt.", "Hilton Police"),
        ("Hilton Police spokesman Capt. Tom Hill", "Tom Hill", "spokesman", "Hilton Police"),
        ("state Rep. Anna Berg", "Anna Berg", "state Rep.", None),
        ("The church's spokesman, Rev. Tom Hill,", "Tom Hill", "spokesman", "church"),
        ("Mayor Tom Bishop", "Tom Bishop", "Mayor", None),
        ("Ms. Berg's mother", None, "Ms. Berg's mother", None),
        ("Mayor Hill's aide Anna Berg", "Anna Berg", "Mayor Hill's aide", None),
        ("Her mother, Hilton resident Anna Berg,", "Anna Berg", "resident", "Hilton"),
        ("A Georgian policeman", None, "Georgian policeman", None),
    ],
)  # fmt: skip
def test_a_designation_is_taken_apart(designation, name, role, organisation):
    (found,) = speakers(f"{designation} said that the roof was lost.")
    assert found[:3] == (name, role, organisation)


def test_where_it_was_said_is_no_part_of_an_organisation():
    text = "“The roof is gone,” said Tom Hill, head of the city's heritage department, in a letter to residents."
    assert speakers(text) == [("Tom Hill", "head", "city's heritage department", "full name")]


def test_a_surname_goes_back_to_the_full_name_with_its_role():
    text = "Mayor Anna Berg said the roof was lost. Later Berg said the walls stand."
    assert speakers(text)[1] == ("Anna Berg", "Mayor", None, "surname")


def test_a_title_goes_back_to_who_bears_it():
    text = "Culture Minister Anna Berg spoke first. Tom Hill left. The minister said the roof was lost."
    assert speakers(text)[-1] == ("Anna Berg", "Culture Minister", None, "title")


def test_a_pronoun_goes_to_the_last_subject():
    text = "Anna Berg opened the meeting.\n\nShe said the roof was lost."
    assert speakers(text) == [("Anna Berg", None, None, "pronoun")]


def test_a_pronoun_respects_a_form_of_address_but_no_first_name():
    text = "Mrs. Anna Berg came with Mr. Tom Hill. Tom Hill left early. She said the roof was lost."
    assert speakers(text)[-1][0] == "Anna Berg"


def test_the_campaign_is_the_campaign_named_before():
    text = "The “Bread for Books” campaign began in May. The campaign calls on readers to give old books."
    (found,) = speakers(text)
    assert found == ("“Bread for Books” campaign", None, None, "institution")


def test_who_has_no_name_is_not_given_one():
    assert speakers("A resident said the roof was lost.") == [(None, "resident", None, None)]


def test_every_step_is_documented():
    texts = [
        "Anna Berg said it was lost. She said so. Berg said it fell. The army said it left.\n\n“It was all gone by then.”"
    ]
    assert {step for text in texts for *_, step in speakers(text) if step} <= set(RESOLUTION_STEPS)


def test_the_names_of_territories_are_those_of_unicode():
    named = {name.lower() for code, name in Locale("en").territories.items() if len(code) == 2}
    assert territories() - named == {"us", "u.s.", "uk", "u.k.", "eu", "un", "usa"}
    assert named <= territories()
