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


def test_another_language_is_undetermined_and_still_read():
    reading = read(
        "Der Minister sagte, die Kirche werde bis zum Herbst wieder aufgebaut. Niemand wurde dabei verletzt."
    )
    assert (reading.language, reading.statements) == ("und", ())


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
