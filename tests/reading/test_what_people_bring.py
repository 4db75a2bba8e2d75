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


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("Aghdam and Fuzuli were shelled on Monday.", ["Aghdam", "Fuzuli"]),
        ("Aghdam, Fuzuli and Jabrayil were shelled on Monday.", ["Aghdam", "Fuzuli", "Jabrayil"]),
        ("Trostianets and Okhtyrka were shelled.", ["Trostianets", "Okhtyrka"]),
        ("Ukraine and Baker agreed.", ["Ukraine"]),
        ("Anna and Maria went to Rome.", ["Rome"]),
    ],
)
def test_a_little_known_name_beside_a_place_of_its_country_is_one(text, places):
    assert [name for name, _ in best(text)] == places


def test_a_quotation_beside_an_action_is_possible():
    text = 'Vzor shook his head. "No, the bells were in the tower."\n\n"They are safe," his wife corrected him.'
    listed = [text[slice(*one.sentence)] for one in read(text).possible]
    assert listed == ['"No, the bells were in the tower."', '"They are safe,"']


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        ("He shrugged. “No.” She turned away. “Never again!”", ["“No.”", "“Never again!”"]),
        ("‘They are safe’, his wife corrected him.", ["‘They are safe’"]),
        ("“They are safe”, his wife corrected him.", ["“They are safe”"]),
        ("She pointed at the wall – “all of this was painted by children” – and left.", ["“all of this was painted by children”"]),
        ("The book “The Last Winter” is lost. The so-called “special operation” goes on.", []),
        ("Директор махнул рукой. «Мы остаёмся здесь!» На стене: «Мы вернёмся сюда». Роман «Последняя зима» вышел давно.", ["«Мы остаёмся здесь!»", "«Мы вернёмся сюда»"]),
        ("Le directeur haussa les épaules. « Nous restons ici ! » Le roman « Le dernier hiver » est sorti.", ["« Nous restons ici ! »"]),
    ],
)  # fmt: skip
def test_a_quotation_without_any_verb_is_possible_and_a_title_is_not(text, listed):
    reading = read(text)
    assert reading.statements == ()
    assert [text[slice(*one.sentence)] for one in reading.possible] == listed


@pytest.mark.parametrize(
    "quotation",
    [
        "“He wrote: ‘According to the ministry, “nothing was taken”’,”",
        '"He wrote: \'According to the ministry, "nothing was taken"\',"',
        "‘He wrote: “According to the ministry, ‘nothing was taken’”,’",
        "“He told us that «nothing was taken» from the halls,”",
        "‘The officer told me, “The mosque will be empty by noon,” and then he left,’",
    ],
)
def test_what_is_quoted_three_deep_is_the_outer_speakers(quotation):
    text = f"{quotation} the lawyer said.\n\nThe museum was closed on Monday."
    outer = [one for one in read(text).statements if one.role == "lawyer"]
    assert [[text[a:b] for a, b in one.content] for one in outer] == [[quotation]]
    assert all(one.reported_via == ("the lawyer",) for one in read(text).statements if one.role != "lawyer")


@pytest.mark.parametrize(("name", "found"), [("Jan Vzor", "Jan Vzor"), ("April Berg", "April Berg"), ("June Ornek", "June Ornek"), ("August Primjer", "August Primjer")])  # fmt: skip
def test_a_month_may_be_a_given_name(name, found):
    (one,) = read(f"{name}, a baker, says he saw smoke over the cathedral.").statements
    assert (one.name, one.role) == (found, "baker")


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
def test_a_language_that_is_not_read_is_named_and_its_quotations_are_found(code):
    text = UNREAD[code]
    (one,) = read(text).statements
    assert read(text).language == code
    assert "not read for statements" in unread(code)
    assert (one.manner, one.rule) == ("direct", "quotation")
    assert text[one.content[0].start] in '«„“「"'


def test_a_language_that_is_read_has_nothing_to_be_said_of():
    assert unread("en") is None
    assert "not told" in unread("und")
