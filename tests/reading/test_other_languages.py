"""Statements in the other six languages: marks, tags before, after and within, sources without a verb; sentences of our own."""

import pytest

from vestige.reading import read


def told(text: str) -> list[tuple[str, str]]:
    """(speaker as printed, content) of every statement."""
    return [
        (text[slice(*s.speaker)] if s.speaker else "", " … ".join(text[a:b] for a, b in s.content))
        for s in read(text).statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("«Крыша разрушена», — сказала министр культуры Анна Берг. Музей закрыт.", [("министр культуры Анна Берг", "«Крыша разрушена»")]),
        ("Министр Анна Берг сказала: «Крыша разрушена». Музей закрыт с марта.", [("Министр Анна Берг", "«Крыша разрушена»")]),
        ("«Крыша разрушена, — заявил директор музея Иван Петров, — но стены стоят».", [("директор музея Иван Петров", "«Крыша разрушена … но стены стоят»")]),
        ("По словам директора Ивана Петрова, крыша разрушена. Музей закрыт.", [("директора Ивана Петрова", "крыша разрушена")]),
        ("Стены ещё стоят, по данным министерства культуры. Музей закрыт.", [("министерства культуры", "Стены ещё стоят")]),
        ("Директор сообщил, что крыша разрушена, добавив, что стены стоят.", [("Директор", "что крыша разрушена"), ("Директор", "что стены стоят")]),
        ("Министр сказал: «Храм разрушен», и добавил, что музей закрыт.", [("Министр", "«Храм разрушен»"), ("Министр", "что музей закрыт")]),
        ("Мэр заявил: «Мы восстановим мост», — и отметил, что работы начнутся весной.", [("Мэр", "«Мы восстановим мост»"), ("Мэр", "что работы начнутся весной")]),
        ("Директор сообщила, что здание повреждено, и добавила, что коллекция спасена.", [("Директор", "что здание повреждено"), ("Директор", "что коллекция спасена")]),
        ("Министр сообщил, что мэр приехал и сказал, что мост закрыт.", [("Министр", "что мэр приехал и сказал, что мост закрыт")]),
        ("По словам директора, который был на месте, крыша обрушилась.", [("директора", "крыша обрушилась")]),
        ("По словам директора, Анны Петровой, крыша обрушилась.", [("директора, Анны Петровой", "крыша обрушилась")]),
        ("По словам министра, Киев, Харьков и Одесса пострадали.", [("министра", "Киев, Харьков и Одесса пострадали")]),
        ("Selon le maire, qui était sur place, le toit s'est effondré.", [("le maire", "le toit s'est effondré")]),
        ("Le ministre a déclaré que le pont était détruit, et a ajouté que le musée était fermé.", [("Le ministre", "que le pont était détruit"), ("Le ministre", "que le musée était fermé")]),
        ("Міністр сказав: «Храм зруйновано», і додав, що музей закрито.", [("Міністр", "«Храм зруйновано»"), ("Міністр", "що музей закрито")]),
        ("Նախարարն ասաց, որ եկեղեցին ավերված է, և հավելեց, որ թանգարանը փակ է։", [("Նախարարն", "որ եկեղեցին ավերված է"), ("Նախարարն", "որ թանգարանը փակ է")]),
        ("Он также отметил, что музей закрыт. Музей закрыт с марта.", [("Он", "что музей закрыт")]),
        ("Министр культуры ранее заявил, что собор восстановят.", [("Министр культуры", "что собор восстановят")]),
        ("Она откровенно рассказала, что боялась за музей.", [("Она", "что боялась за музей")]),
        ("В среду представитель музея Иван Берг заявил, что собор восстановят.", [("представитель музея Иван Берг", "что собор восстановят")]),
        ("La directrice du musée a ensuite expliqué que la collection était à l'abri.", [("La directrice du musée", "que la collection était à l'abri")]),
        ("Le maire de la ville a lui aussi affirmé que l'église serait reconstruite.", [("Le maire de la ville", "que l'église serait reconstruite")]),
        ("Nazir həmçinin bildirib ki, muzeyin binası təmir ediləcək.", [("Nazir", "muzeyin binası təmir ediləcək")]),
        ("Նախարարը նաև նշել է, որ թանգարանի շենքը վերանորոգվում է։", [("Նախարարը", "որ թանգարանի շենքը վերանորոգվում է")]),
        ("وأضاف الوزير أيضا أن المتحف سيعاد فتحه قريبا.", [("الوزير", "أن المتحف سيعاد فتحه قريبا")]),
        ("وقالت وزارة الدفاع في بيان صحفي إنها لم تستهدف الكنيسة.", [("وزارة الدفاع", "إنها لم تستهدف الكنيسة")]),
        ("Ինչպես հայտնում է Արմենպրեսը, վանքը հրետակոծվել է։", [("Արմենպրեսը", "վանքը հրետակոծվել է")]),
        ("Prezident İlham Əliyev çıxışında deyib ki, Şuşada abidələr bərpa olunacaq.", [("Prezident İlham Əliyev", "Şuşada abidələr bərpa olunacaq")]),
        ("«Храм разрушен», — говорится в заявлении министра культуры.", [("министра культуры", "«Храм разрушен»")]),
        ("« Le toit est détruit », a expliqué à l'AFP le directeur du musée, Jean Petit.", [("le directeur du musée, Jean Petit", "« Le toit est détruit »")]),
        ("Как сообщает агентство «Укринформ», при ударе повреждён музей.", [("агентство «Укринформ»", "при ударе повреждён музей")]),
        ("При ударе повреждён музей, как сообщила полиция города.", [("полиция города", "При ударе повреждён музей")]),
        ("Представитель армии утверждает, будто церковь использовали как склад.", [("Представитель армии", "будто церковь использовали как склад")]),
        ("Як повідомляє Суспільне, уламки пошкодили собор.", [("Суспільне", "уламки пошкодили собор")]),
        ("Comme l'a indiqué le ministre, le pont sera reconstruit.", [("le ministre", "le pont sera reconstruit")]),
        ("« Quelle perte pour tous », a réagi la directrice de l'Unesco, Anne Berg, sur X.", [("la directrice de l'Unesco, Anne Berg", "« Quelle perte pour tous »")]),
        ("D'après le maire d'Odessa, Jean Petit, le toit est détruit.", [("le maire d'Odessa, Jean Petit", "le toit est détruit")]),
        ("«Дах зруйновано, — заявив директор музею Іван Петренко, — але стіни стоять».", [("директор музею Іван Петренко", "«Дах зруйновано … але стіни стоять»")]),
        ("За словами директора музею, дах зруйновано. Музей закрито з березня, повідомляють люди.", [("директора музею", "дах зруйновано")]),
        ("« Le toit est détruit, a expliqué le directeur Jean Petit, mais les murs tiennent. »", [("le directeur Jean Petit", "« Le toit est détruit … mais les murs tiennent. »")]),
        ("« Le toit est détruit », s’est indigné le maire Paul Roux. Le musée est fermé.", [("le maire Paul Roux", "« Le toit est détruit »")]),
        ("« Le toit, a-t-elle déclaré lundi, est détruit depuis longtemps. »", [("a-t-elle", "« Le toit … est détruit depuis longtemps. »")]),
        ("Le pont, a-t-elle déclaré, sera reconstruit avant la fin de l'année.", [("a-t-elle", "Le pont … sera reconstruit avant la fin de l'année")]),
        ("Le pont sera reconstruit, a affirmé la ministre de la Culture Anne Berg.", [("la ministre de la Culture Anne Berg", "Le pont sera reconstruit")]),
        ("Крыша музея разрушена, сообщил министр культуры. Музей закрыт.", [("министр культуры", "Крыша музея разрушена")]),
        ("Nazir Anar Kərimov bildirib ki, damın bir hissəsi dağılıb.", [("Nazir Anar Kərimov", "damın bir hissəsi dağılıb")]),
        ("Le ministre de la Culture, cité par une agence, a affirmé que le toit du musée était détruit.", [("Le ministre de la Culture", "que le toit du musée était détruit")]),
        ("Le maire de la ville, Jean Petit, a affirmé que le toit du musée était détruit.", [("Le maire de la ville, Jean Petit", "que le toit du musée était détruit")]),
        ("Le toit est détruit, a indiqué le ministère de la Culture dans un communiqué.", [("le ministère de la Culture", "Le toit est détruit")]),
        ("Министр Анна Берг, отвечая на вопрос, заявила, что музей будет открыт.", [("Министр Анна Берг", "что музей будет открыт")]),
        ("«Дах зруйновано», — написав у Telegram голова області Іван Петренко.", [("голова області Іван Петренко", "«Дах зруйновано»")]),
        ("Selon le ministère, le toit du musée est détruit. Les travaux sont pour mars.", [("le ministère", "le toit du musée est détruit")]),
        ("“Damı dağılıb”, - deyə mədəniyyət naziri Anna Berq bildirib. Muzey bağlıdır.", [("mədəniyyət naziri Anna Berq", "“Damı dağılıb”")]),
        ("Nazir Anna Berq muzeyin damının dağıldığını bildirib. Muzey mart ayından bəri bağlıdır və təmir edilir.", [("Nazir Anna Berq", "muzeyin damının dağıldığını")]),
        ("Nazirin sözlərinə görə, divarlar hələ də durur. Muzey mart ayından bağlıdır.", [("Nazirin", "divarlar hələ də durur")]),
        ("Նախարար Աննա Բերգն ասաց. «Տանիքը ավերված է»։ Թանգարանը փակ է։", [("Նախարար Աննա Բերգն", "«Տանիքը ավերված է»")]),
        ("«Տանիքը ավերված է,- նշեց տնօրեն Արամ Պետրոսյանը,- բայց պատերը կանգուն են»։", [("տնօրեն Արամ Պետրոսյանը", "«Տանիքը ավերված է … բայց պատերը կանգուն են»")]),
        ("Ըստ նախարարության՝ տանիքը ավերված է։ Թանգարանը փակ է մարտից։", [("նախարարության", "տանիքը ավերված է")]),
        ("وبحسب الوزارة، تضررت ثلاثة مبان في المدينة. المتحف مغلق منذ مارس.", [("الوزارة", "تضررت ثلاثة مبان في المدينة")]),
        ("وأكد الوزير أن المتحف مغلق، مشيرا إلى أن الجدران قائمة.", [("الوزير", "أن المتحف مغلق"), ("الوزير", "أن الجدران قائمة")]),
    ],
)  # fmt: skip
def test_statements_of_one_sentence(text, expected):
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Роман «Последняя зима» вышел в 1969 году. Выставка «Дороги» открыта в музее.",
        "Он приехал, сказал несколько слов и уехал. Музей закрыт с марта.",
        "Le roman « Le dernier hiver » est sorti en 1969. Les murs du musée sont dans la ville.",
        "“Yollar” sərgisi şəhərdə açılıb. Muzey mart ayından bəri bağlıdır və təmir olunur.",
    ],
)
def test_titles_are_no_statements(text):
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "Nazir Anar Kərimov bildirib ki, kilsənin damı dağılıb. Onun sözlərinə görə, divarlar hələ də durur.",
            "Anar Kərimov",
        ),
        ("Նախարար Արամ Պետրոսյանը նշել է, որ եկեղեցին ավերված է։ Նրա խոսքով՝ պատերը կանգուն են։", "Արամ Պետրոսյանը"),
    ],
)
def test_by_their_words_goes_to_who_spoke_before(text, name):
    assert [statement.name for statement in read(text).statements] == [name, name]


def test_an_arabic_eyewitness_has_no_name():
    (statement,) = read("وذكر شاهد عيان لوكالة رويترز أن الطائرات قصفت المسجد.").statements
    assert (statement.name, statement.role) == (None, "شاهد عيان")


def test_in_arabic_an_agency_passes_on_what_somebody_said():
    (statement,) = read("ونقلت وكالة رويترز عن مسؤول محلي قوله إن المسجد دمر بالكامل.").statements
    assert (statement.name, statement.role, statement.reported_via) == (None, "مسؤول محلي", ("وكالة رويترز",))


@pytest.mark.parametrize(
    ("text", "speaker", "agency", "content"),
    [
        ("Музей разрушен, сообщает ТАСС со ссылкой на министерство культуры.", "министерство культуры", "ТАСС", "Музей разрушен"),
        ("ТАСС со ссылкой на министерство сообщает, что музей разрушен.", "министерство", "ТАСС", "что музей разрушен"),
        ("РИА Новости сообщает со ссылкой на министерство, что склад уничтожен.", "министерство", "РИА Новости", "что склад уничтожен"),
        ("Музей зруйновано, повідомляє Укрінформ з посиланням на поліцію.", "поліцію", "Укрінформ", "Музей зруйновано"),
        ("Le toit du musée a été détruit, a indiqué l'AFP, citant le ministère de la Culture.", "le ministère de la Culture", "l'AFP", "Le toit du musée a été détruit"),
        ("وقالت وكالة رويترز نقلا عن مسؤول محلي إن المسجد دمر بالكامل.", "مسؤول محلي", "وكالة رويترز", "إن المسجد دمر بالكامل"),
    ],
)  # fmt: skip
def test_who_is_cited_speaks_and_the_agency_passes_it_on(text, speaker, agency, content):
    (statement,) = read(text).statements
    assert told(text) == [(speaker, content)]
    assert statement.reported_via == (agency,)


@pytest.mark.parametrize(
    "text",
    [
        "Об этом сообщила полиция города. Музей закрыт с марта.",
        "Про це повідомила пресслужба міністерства культури України.",
        "Le ministère de la Défense a démenti avoir visé la cathédrale.",
        "В музее опровергли информацию о разрушении монастыря.",
    ],
)
def test_a_verb_that_gave_no_statement_is_listed(text):
    reading = read(text)
    assert reading.statements == ()
    assert [text[slice(*one.sentence)] for one in reading.possible] == [text.split(". ")[0].removesuffix(".") + "."]


@pytest.mark.parametrize(
    ("text", "name", "role"),
    [
        ("«Крыша разрушена», — сказала директор ЮНЕСКО Анна Берг.", "Анна Берг", "директор ЮНЕСКО"),
        ("В Минобороны России заявили, что склад был уничтожен.", "Минобороны России", None),
        ("Министерство обороны России заявило, что склад был уничтожен.", None, "Министерство обороны России"),
        ("По словам премьер-министра Армении, мост будет восстановлен.", None, "премьер-министра Армении"),
        ("Представитель ООН заявил, что музей повреждён при обстреле.", None, "Представитель ООН"),
        ("Міністр культури України зазначив, що собор буде відновлено.", None, "Міністр культури України"),
        ("Президент Азербайджана Ильхам Берг заявил, что мост восстановят.", "Ильхам Берг", "Президент Азербайджана"),
        ("Как сообщает агентство ТАСС, крыша музея разрушена.", "ТАСС", "агентство"),
        ("Министр Берг заявил, что музей повреждён при обстреле.", "Берг", "Министр"),
        ("Глава МИД Берг заявил, что крыша разрушена.", "Берг", "Глава МИД"),
        ("Директор Государственного Музея Иван Берг заявил, что крыша разрушена.", "Иван Берг", "Директор Государственного Музея"),
        ("Директор Иван Петрович Берг заявил, что крыша разрушена.", "Иван Петрович Берг", "Директор"),
        ("Как сообщает агентство «Берг», крыша разрушена.", "Берг", "агентство"),
        ("Selon l'Unesco, le toit du musée est détruit.", "l'Unesco", None),
        ("Selon le maire d'Odessa, le toit du musée est détruit.", None, "le maire d'Odessa"),
        ("Le ministre Jean-Yves Le Drian a dit que le toit est détruit.", "Jean-Yves Le Drian", "Le ministre"),
        ("Xarici İşlər Nazirliyinin məlumatına görə, məbədin damı dağılıb.", "Xarici İşlər Nazirliyinin", None),
    ],
)  # fmt: skip
def test_what_belongs_to_a_name_and_what_to_a_role(text, name, role):
    (statement,) = read(text).statements
    assert (statement.name, statement.role) == (name, role)


def test_the_first_word_of_a_sentence_is_no_name():
    (statement,) = read("Директор сообщил, что крыша музея разрушена.").statements
    assert (statement.name, statement.role) == (None, "Директор")


@pytest.mark.parametrize(
    ("designation", "name", "role"),
    [
        ("وزير الثقافة أحمد حسن", "أحمد حسن", "وزير الثقافة"),
        ("المدير العام للآثار محمد علي", "محمد علي", "المدير العام للآثار"),
        ("وزير خارجية فرنسا جان لودريان", "جان لودريان", "وزير خارجية فرنسا"),
        ("المتحدث باسم الوزارة خالد عمر", "خالد عمر", "المتحدث باسم الوزارة"),
        ("منظمة اليونسكو", "منظمة اليونسكو", None),
        ("الوزير", None, "الوزير"),
    ],
)
def test_role_and_name_in_arabic(designation, name, role):
    (statement,) = read(f"وأكد {designation} أن المتحف مغلق منذ مارس.").statements
    assert (statement.name, statement.role) == (name, role)


@pytest.mark.parametrize(
    ("designation", "name", "role"),
    [
        ("la ministre de la Culture Anne Berg", "Anne Berg", "la ministre de la Culture"),
        ("le maire de Porto", None, "le maire de Porto"),
        ("le directeur Jean Petit", "Jean Petit", "le directeur"),
    ],
)
def test_role_and_name_in_french(designation, name, role):
    (statement,) = read(f"« Le toit du musée est détruit », a déclaré {designation}. Le musée est fermé.").statements
    assert (statement.name, statement.role) == (name, role)


def test_a_verb_without_subject_goes_on_with_the_speaker_before_it():
    text = '«السقف مدمر بالكامل»، قال مدير المتحف أحمد حسن. وأضاف: "سنعيد بناء المتحف".'
    first, second = read(text).statements
    assert second.inferred
    assert first.speaker == second.speaker


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("— Мы остались. Нам некуда идти, — рассказывает жительница села Анна Коваль.", [("жительница села Анна Коваль", "Мы остались. Нам некуда идти")]),
        ("— Всё разрушено! — воскликнул директор музея Иван Петров.", [("директор музея Иван Петров", "Всё разрушено!")]),
        ("— Мы не знаем, — ответил министр культуры, — но работы начались.", [("министр культуры", "Мы не знаем … но работы начались.")]),
        ("— Мост — это символ города, — подчеркнул мэр Сергей Иванов.", [("мэр Сергей Иванов", "Мост — это символ города")]),
        ("— Мост закрыт, — сказал мэр. Он добавил, что ремонт начнётся в мае.", [("мэр", "Мост закрыт"), ("Он", "что ремонт начнётся в мае")]),
        ("— Да, — тихо говорит Анна Берг, директор музея. — Мы ждём. — И добавляет: — Мы вернёмся.", [("Анна Берг", "Да"), ("Анна Берг", "Мы ждём. … Мы вернёмся.")]),
        ("— Храм открыт, — сказал он. — Приходите, — добавила Мария Коваль. — Все.", [("он", "Храм открыт"), ("Мария Коваль", "Приходите … Все.")]),
        ("– Ми залишилися тут, – каже директорка музею Олена Бондар. – Це наш дім.", [("директорка музею Олена Бондар", "Ми залишилися тут … Це наш дім.")]),
        ("Музей открыт с мая. Его директор Анна Берг рассказывает:\n— Мы спасли всё. Крыша цела.\nЗал закрыт.", [("Его директор Анна Берг", "Мы спасли всё. Крыша цела.")]),
        ("— Nous resterons ici, a déclaré le maire Paul Roux. Le pont est fermé.", [("le maire Paul Roux", "Nous resterons ici")]),
        ("В музее нужны:\n— ремонт крыши и стен;\n— новые окна для зала.\nТак решил совет.", []),
        ("— Когда откроют мост?\n— В мае.\nТак говорят на рынке.", []),
    ],
)  # fmt: skip
def test_a_dash_opens_direct_speech(text, expected):
    assert told(text) == expected
    assert all(one.manner == "direct" for one in read(text).statements if one.rule == "dialogue")
    assert all(
        one.rule == "dialogue" for one in read(text).statements if not text[slice(*one.content[0])].startswith("что")
    )


def test_a_line_that_announces_a_speaker_is_no_longer_missed():
    announced = "Директор музея Анна Берг рассказывает:"
    assert read(f"{announced}\nМы спасли всё, и крыша цела.").possible
    assert not read(f"{announced}\n— Мы спасли всё, и крыша цела.").possible
