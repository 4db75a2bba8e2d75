"""Direct quotations in the ten languages whose grammar is not read: marks and tags of each, the rest listed; sentences of our own."""

import pytest

from vestige.reading import read

TAGGED = [
    ("de", "Das Dach des Museums wurde in der Nacht getroffen. {}", "„Niemand wurde verletzt“, sagte die Direktorin Olena Beispiel am Dienstag.", "Olena Beispiel", "die Direktorin"),
    ("de", "Das Dach des Museums wurde in der Nacht getroffen. {}", "Der Bürgermeister erklärte: „Wir bauen das Haus wieder auf.“", None, "Der Bürgermeister"),
    ("de", "Das Dach des Museums wurde in der Nacht getroffen. {}", "»Wir bitten um Hilfe«, schrieb Olena Beispiel, Direktorin des Museums.", "Olena Beispiel", "Direktorin des Museums"),
    ("es", "El techo del museo fue alcanzado durante la noche y no hay dinero para los muros. {}", "«Nadie resultó herido», dijo la directora Olena Ejemplo.", "Olena Ejemplo", "la directora"),
    ("es", "El techo del museo fue alcanzado durante la noche y no hay dinero para los muros. {}", "El alcalde declaró: “Vamos a reconstruir la casa”.", None, "El alcalde"),
    ("tr", "Müzenin çatısı gece vuruldu ve duvarlar da hasar gördü. {}", 'Müdür Olena Örnek, "Kimse yaralanmadı, ikonlar zamanında taşındı" dedi.', "Olena Örnek", "Müdür"),
    ("tr", "Müzenin çatısı gece vuruldu ve duvarlar da hasar gördü. {}", "“Evi yeniden inşa edeceğiz” diyen belediye başkanı, yardım istedi.", None, "belediye başkanı"),
    ("fa", "سقف موزه شب گذشته آسیب دید و دیوارها هم در خطر است. {}", "مریم نمونه، مدیر موزه، گفت: «کسی آسیب ندید.»", None, "مریم نمونه، مدیر موزه"),
    ("ka", "მუზეუმის სახურავი ღამით დაზიანდა. {}", "„არავინ დაშავებულა“, – განაცხადა მუზეუმის დირექტორმა ნინო მაგალითმა.", None, "მუზეუმის დირექტორმა ნინო მაგალითმა"),
    ("ka", "მუზეუმის სახურავი ღამით დაზიანდა. {}", "ქალაქის მერმა თქვა: „ჩვენ სახლს აღვადგენთ“.", None, "ქალაქის მერმა"),
    ("he", "גג המוזיאון נפגע בלילה. {}", '"איש לא נפגע והאוסף הועבר בזמן", אמרה מנהלת המוזיאון רות דוגמה.', None, "מנהלת המוזיאון רות דוגמה"),
    ("he", "גג המוזיאון נפגע בלילה. {}", "ראש העיר אמר: ״נבנה את הבית מחדש״.", None, "ראש העיר"),
    ("pl", "Dach muzeum został trafiony w nocy i nie jest jeszcze naprawiony. {}", "„Nikt nie ucierpiał” – powiedziała dyrektorka Olena Przykład.", "Olena Przykład", "dyrektorka"),
    ("pl", "Dach muzeum został trafiony w nocy i nie jest jeszcze naprawiony. {}", "Burmistrz oświadczył: „Odbudujemy ten dom”.", None, "Burmistrz"),
    ("pt", "O telhado do museu foi atingido na noite de terça-feira e não há dinheiro para as obras. {}", "“Ninguém ficou ferido”, disse a diretora Olena Exemplo.", "Olena Exemplo", "a diretora"),
    ("pt", "O telhado do museu foi atingido na noite de terça-feira e não há dinheiro para as obras. {}", "O presidente da câmara afirmou: «Vamos reconstruir a casa».", None, "O presidente da câmara"),
    ("zh", "博物馆的屋顶昨晚被击中。{}", "馆长王范例说：“没有人受伤，文物已及时转移。”", None, "馆长王范例"),
    ("zh", "博物馆的屋顶昨晚被击中。{}", "“我们会重建这座房子，”市长表示。", None, "市长"),
    ("ja", "博物館の屋根が昨夜攻撃を受けた。{}", "館長の山田見本さんは「けが人はなかった」と述べた。", None, "館長の山田見本さん"),
    ("ja", "博物館の屋根が昨夜攻撃を受けた。{}", "「家を建て直します」と市長は語った。", None, "市長"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "before", "said", "name", "role"), TAGGED)
def test_a_quotation_with_its_tag_is_a_statement(code, before, said, name, role):
    text = before.format(said)
    reading = read(text)
    (one,) = reading.statements
    quote = text[slice(*one.content[0])]
    assert reading.language == code
    assert quote[0] in '«»„“「"״' and quote in said
    assert (one.name, one.role, one.manner) == (name, role, "direct")
    assert text[slice(*one.speaker)] in said
    assert text[slice(*one.cue)] in said


@pytest.mark.parametrize(
    "text",
    [
        "Das Buch „Der letzte Winter in der Stadt“ ist in der Nacht verbrannt. Die Wände sind noch da, und das Haus ist nicht leer.",
        "La exposición «Los caminos de la ciudad» está en el museo. Los muros del museo son de la ciudad y no hay dinero.",
        "Wystawa „Drogi i mosty miasta” jest w muzeum od marca. Mury są w dobrym stanie, ale dach nie jest gotowy.",
    ],
)
def test_a_title_has_no_speaker(text):
    assert read(text).statements == ()


@pytest.mark.parametrize(
    ("text", "listed"),
    [
        (
            "Das Dach ist nicht mehr da. Das Ministerium teilte mit, drei Gebäude seien in der Stadt beschädigt.",
            "Das Ministerium",
        ),
        (
            "O telhado do museu foi atingido. O ministério informou que três edifícios foram danificados na cidade.",
            "O ministério",
        ),
        ("博物馆的屋顶昨晚被击中。文化部称三座建筑受损。", "文化部"),
    ],
)
def test_what_has_no_marks_is_possible(text, listed):
    reading = read(text)
    assert reading.statements == ()
    assert any(text[one.sentence.start :].startswith(listed) for one in reading.possible)
