"""Datelines, names that words of grammar would shadow, containment as printed, quotations without a verb, and languages that are not read."""

import pytest

from vestige.reading import read, unread


@pytest.mark.parametrize(
    "dateline",
    [
        "PARIS (AP) - ",
        "ODESA, Ukraine, June 4 (Reuters) - ",
        "GENEVA, June 4 -- ",
        "New York/Geneva, 4 June 2024 – ",
        "KABUL: ",
        "(CNN) ",
        "BEIRUT — ",
        "TEHRAN, Jun. 4 (MNA) – ",
        "BAKU, Azerbaijan, June 4. ",
        "SANA'A, Yemen, 12 March 2025 (Xinhua) -- ",
        "KHARKIV, May 3 (Ukrinform) — ",
    ],
)
def test_a_dateline_is_no_part_of_what_was_said(dateline):
    text = f"{dateline}The roof was lost, the museum said."
    (statement,) = read(text).statements
    assert [text[first:last] for first, last in statement.content] == ["The roof was lost"]


def best(text):
    return [(text[slice(*place.span)], place.candidates[0].country) for place in read(text).places]


def test_a_word_of_grammar_before_a_city_is_no_given_name():
    text = "In Mariupol the museum was hit, the ministry said. Shells fell on Mariupol again, and the Mariupol theatre burned."
    assert best(text) == [("Mariupol", "UA")] * 3
    assert best("In June Kharkiv was shelled, the mayor said. In Timbuktu the tombs were hit.") == [
        ("Kharkiv", "UA"),
        ("Timbuktu", "ML"),
    ]


def test_what_the_text_prints_after_a_name_tells_where_it_lies():
    assert best("The library in Lebanon, Pennsylvania, sent books, the curator said.") == [
        ("Lebanon", "US"),
        ("Pennsylvania", "US"),
    ]


def test_two_seats_of_an_office_are_no_neighbours():
    text = "New York/Geneva, 4 June 2024 – The experts appealed for access to the museum, the office said."
    assert best(text) == [("New York", "US"), ("Geneva", "CH")]


def test_a_part_of_a_town_is_no_place_of_its_own():
    assert best("The Old City of Mosul was hit, the ministry said.") == [("Mosul", "IQ")]


def test_countries_named_together_are_both_found():
    assert best("China and Japan signed the pact, the ministry said.") == [("China", "CN"), ("Japan", "JP")]
    assert best("Turkey and Armenia signed it, the ministry said.") == [("Turkey", "TR"), ("Armenia", "AM")]


def test_a_quotation_beside_an_action_is_possible():
    text = 'Vzor shook his head. "No, the bells were in the tower."\n\n"They are safe," his wife corrected him.'
    listed = [text[slice(*one.sentence)] for one in read(text).possible]
    assert listed == ['"No, the bells were in the tower."', '"They are safe,"']


UNREAD = {
    "de": "Das Dach des Museums wurde in der Nacht getroffen. „Niemand wurde verletzt“, sagte die Direktorin Olena Beispiel.",
    "es": "El techo del museo fue alcanzado durante la noche. «Nadie resultó herido», dijo la directora Olena Ejemplo, según la agencia.",
    "tr": 'Müzenin çatısı gece vuruldu. Müdür Olena Örnek, "Kimse yaralanmadı, ikonlar zamanında taşındı" dedi.',
    "pl": "Dach muzeum został trafiony w nocy. „Nikt nie ucierpiał” – powiedziała dyrektorka Olena Przykład.",
    "fa": "سقف موزه شب گذشته آسیب دید. مریم نمونه، مدیر موزه، گفت: «کسی آسیب ندید و آثار به‌موقع منتقل شدند.»",
    "he": 'גג המוזיאון נפגע בלילה. "איש לא נפגע והאוסף הועבר בזמן", אמרה מנהלת המוזיאון רות דוגמה.',
    "ka": "მუზეუმის სახურავი ღამით დაზიანდა. „არავინ დაშავებულა“, – განაცხადა მუზეუმის დირექტორმა ნინო მაგალითმა.",
    "zh": "博物馆的屋顶昨晚被击中。馆长说：“没有人受伤，文物已及时转移。”",
    "ja": "博物館の屋根が昨夜攻撃を受けた。館長は「けが人はなく、収蔵品は移してあった」と述べた。",
}


@pytest.mark.parametrize("code", UNREAD)
def test_a_language_that_is_not_read_is_named_and_its_quotations_are_listed(code):
    text = UNREAD[code]
    reading = read(text)
    assert (reading.language, reading.statements) == (code, ())
    assert "not read for statements" in unread(code)
    assert any(text[one.sentence.start] in '«„“「"' for one in reading.possible)


def test_a_language_that_is_read_has_nothing_to_be_said_of():
    assert unread("en") is None
    assert "not told" in unread("und")
