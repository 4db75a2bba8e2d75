"""Other languages than English: detection, and direct speech with each language's own quotation marks."""

import pytest

from vestige.reading import read

TEXTS = {
    "ru": "Министр культуры Иван Петров заявил, что церковь повреждена. «Крыша разрушена, но стены ещё стоят», — сказала директор музея Анна Сидорова.",
    "uk": "Міністр культури Іван Петренко заявив, що церква пошкоджена. «Дах зруйновано, але стіни ще стоять», – сказала директорка музею Ганна Сидоренко.",
    "fr": "Le ministre Paul Durand a affirmé que les travaux commenceraient en mai. « Nous avons sauvé presque tous les tableaux », a déclaré Anne Martin, directrice du musée.",
    "az": "Mədəniyyət naziri Anar Həsənov bildirib ki, məscid bərpa olunacaq. “Bu abidə bizim ortaq irsimizdir və qorunmalıdır”, - deyə muzeyin direktoru Aygün Məmmədova vurğulayıb.",
    "hy": "Մշակույթի նախարար Արամ Պետրոսյանը հայտարարեց, որ եկեղեցին վնասվել է։ «Տանիքն ամբողջությամբ ավերված է, բայց պատերը կանգուն են»,- ասաց թանգարանի տնօրեն Աննա Գրիգորյանը։",
    "ar": "قال وزير الثقافة محمد علي إن المسجد القديم تعرض لأضرار كبيرة. وأضاف مدير المتحف أحمد حسن: «لقد أنقذنا معظم المخطوطات القديمة من الحريق».",
    "en": "The minister Paul Dunn said that work would begin in May. “We saved nearly all of the paintings,” said Anna Martin, the director.",
}
LAST_SPEAKER = {
    "ru": "Анна Сидорова", "uk": "Ганна Сидоренко", "fr": "Anne Martin", "az": "Aygün Məmmədova", "hy": "Աննա Գրիգորյանը", "ar": "أحمد حسن", "en": "Anna Martin",
}  # fmt: skip


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_the_language_is_detected_and_said(code):
    assert read(TEXTS[code]).language == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Вона додала, що музей уже закрито.", "uk"),
        ("Он сказал, что музей закрыт.", "ru"),
        ("Le ministre a également déclaré que le musée était fermé.", "fr"),
    ],
)
def test_one_sentence_tells_its_language(text, code):
    assert read(text).language == code


NAMED = {
    "es": "El ministro de Cultura dijo que la iglesia de la ciudad había sido destruida en un ataque durante la noche, y que no se sabe quién lo hizo.",
    "it": "Il ministro della Cultura ha detto che la chiesa della città è stata distrutta in un attacco durante la notte, e che non si sa chi lo ha fatto.",
    "pt": "O ministro da Cultura disse que a igreja da cidade foi destruída em um ataque durante a noite, e que não se sabe quem o fez.",
    "ca": "El ministre de Cultura va dir que l'església de la ciutat havia estat destruïda en un atac durant la nit, i que no se sap qui ho va fer.",
    "de": "Der Minister sagte, die Kirche werde bis zum Herbst wieder aufgebaut. Niemand wurde dabei verletzt, und man wisse nicht, wer es getan habe.",
    "nl": "De minister van Cultuur zei dat de kerk van de stad in de nacht bij een aanval was verwoest, en dat men niet weet wie het heeft gedaan.",
    "pl": "Minister kultury powiedział, że kościół w mieście został zniszczony w nocy podczas ataku i nie wiadomo, kto to zrobił. Mieszkańcy są na ulicy i proszą o pomoc.",
    "ro": "Ministrul Culturii a spus că biserica din oraș a fost distrusă într-un atac în timpul nopții și că nu se știe cine a făcut-o.",
    "tr": "Kültür Bakanı, şehrin kilisesinin gece saldırıda yıkıldığını söyledi. Bölge sakinleri sokakta ve yardım istiyor, bu çok da zor bir gün oldu.",
    "fa": "وزیر فرهنگ گفت که کلیسای شهر در شب در یک حمله ویران شده است و معلوم نیست چه کسی این کار را کرده است.",
}
UNDETERMINED = {
    "Swedish": "Kulturministern sade att kyrkan i staden hade förstörts i en attack under natten, och att man inte vet vem som gjorde det.",
    "Croatian": "Ministar kulture rekao je da je crkva u gradu uništena u napadu tijekom noći i da se ne zna tko je to učinio.",
    "Czech": "Ministr kultury řekl, že kostel ve městě byl v noci při útoku zničen a že se neví, kdo to udělal. Obyvatelé jsou na ulici a žádají o pomoc.",
    "Albanian": "Ministri i Kulturës tha se kisha e qytetit ishte shkatërruar në një sulm gjatë natës dhe se nuk dihet kush e bëri.",
    "Bulgarian": "Министърът на културата каза, че църквата в града е била разрушена през нощта при нападение и че не се знае кой го е направил.",
    "Serbian": "Министар културе је рекао да је црква у граду уништена у нападу током ноћи и да се не зна ко је то учинио.",
    "Macedonian": "Министерот за култура рече дека црквата во градот била уништена во напад во текот на ноќта и дека не се знае кој го направил тоа. Тој најави дека ќе ја обноват.",
    "Belarusian": "Міністр культуры сказаў, што царква ў горадзе была разбурана ноччу падчас нападу і што невядома, хто гэта зрабіў. Ён заявіў, што людзі былі ў бяспецы.",
    "Kazakh": "Мәдениет министрі қаладағы шіркеу түнде шабуыл кезінде қирағанын айтты. Мұны кім жасағаны белгісіз.",
    "Urdu": "وزیر ثقافت نے کہا کہ شہر کا گرجا گھر رات کے حملے میں تباہ ہو گیا اور یہ معلوم نہیں کہ یہ کس نے کیا۔",
    "Kurdish": "وەزیری ڕۆشنبیری گوتی کە کڵێسای شارەکە لە شەودا لە هێرشێکدا وێران کراوە.",
}


@pytest.mark.parametrize("code", sorted(NAMED))
def test_a_language_that_is_not_read_is_named_and_gives_no_statements(code):
    reading = read(NAMED[code])
    assert (reading.language, reading.statements) == (code, ())


@pytest.mark.parametrize("name", sorted(UNDETERMINED))
def test_a_neighbour_is_not_taken_for_a_language_that_is_read(name):
    reading = read(UNDETERMINED[name])
    assert (reading.language, reading.statements) == ("und", ())


def test_a_name_in_another_alphabet_changes_nothing():
    assert read(TEXTS["ru"] + " Об этом сообщила газета «Политика» (Београд, главни уредник Љиљана).").language == "ru"
    assert read(TEXTS["ar"] + " وكتب علي رضا پهلوی على صفحته.").language == "ar"


@pytest.mark.parametrize("code", sorted(TEXTS))
def test_one_reported_clause_and_one_quotation_in_every_language(code):
    text = TEXTS[code]
    clause, quotation = read(text).statements
    assert (clause.manner, quotation.manner) == ("indirect", "direct")
    assert text[quotation.content[0].start] in "«“"
    assert LAST_SPEAKER[code] in text[slice(*quotation.speaker)]


def test_a_pronoun_in_another_language_goes_to_the_last_subject():
    text = "Иван Петров осмотрел церковь. «Крыша разрушена, но стены ещё стоят», — сказал он журналистам."
    (statement,) = read(text).statements
    assert (text[slice(*statement.speaker)], statement.name, statement.resolved_by) == ("он", "Иван Петров", "pronoun")
