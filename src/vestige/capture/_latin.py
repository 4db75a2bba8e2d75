"""Which eight-bit encoding a short text in Latin letters is in: the one in which its letters, and then its small words, are those of a language.

Guessing by frequencies takes a sentence of French for Central European ("prčs du") and one of Turkish for Vietnamese, since all of these
encodings have a letter in each place.
"""

import re
from typing import Final, NamedTuple

TAKEN_FOR: Final = frozenset(("cp1252", "cp1250", "cp1254", "cp1257", "cp1258", "iso8859_15", "iso8859_2", "latin_1"))
"""Encodings of Latin letters, between which guessing errs."""
_MARKS: Final = frozenset("“”„‘’‚«»‹›–—…·•°§©®€º½\xa0\xad")


class _Language(NamedTuple):
    encoding: str
    letters: frozenset[str]
    """Beyond ASCII, small."""
    words: frozenset[str]
    """Small words, by which languages of equal letters are told apart."""


_LANGUAGES: Final = tuple(
    _Language(encoding, frozenset(letters), frozenset(words.split()))
    for encoding, letters, words in (
        ("cp1252", "àâæçéèêëîïôœùûüÿ", "le la les de des du et un une est dans que qui a au par sur"),
        ("cp1252", "äöüß", "der die das und den dem ein eine ist in von zu mit auf wurde nicht"),
        ("cp1252", "áéíñóúü¿¡ª", "el la los las de que en y un una es del por con se fue"),
        ("cp1252", "ãõáâàçéêíóôúü", "o a os as de que em e um uma do da no na foi com"),
        ("cp1252", "àèéìòù", "il la i gli le di che e un una è in del della per con"),
        ("cp1252", "ëïéèöüó", "de het een en van in is dat op te voor met"),
        ("cp1252", "åäöéæøü", "och att det som en är og på i av til er den var"),
        ("cp1252", "áéíóúýþæðö", "og að í á er sem var en við um"),
        ("cp1250", "ąćęłńóśźż", "w z na się i że nie do jest to po przez"),
        ("cp1250", "áčďéěíňóřšťúůýž", "a v na se že je z do byl ve s po"),
        ("cp1250", "áäčďéíĺľňóôŕšťúýž", "a v na sa že je z do bol vo s po"),
        ("cp1250", "áéíóöőúüű", "a az és hogy nem egy is volt meg"),
        ("cp1250", "čćđšž", "je u i na se da su za od nije"),
        ("cp1250", "ăâîşţ", "și si de în in la a cu pe este din un o"),
        ("cp1254", "çğıöşüâîû\u0307", "ve bir bu da de için ile dün olarak çok"),
        ("cp1257", "ąčęėįšųūž", "ir yra į kad su iš buvo tai"),
        ("cp1257", "āčēģīķļņšūž", "un ir ka no ar par uz bija"),
        ("cp1257", "äõöüšž", "ja on ei see et oli ta kui"),
    )
)


def told_by_letters(data: bytes, guessed: str) -> str:
    """Give the encoding of a language that has all letters of ``data``, the one with most of its small words there; ``guessed`` where none or several do."""
    if guessed not in TAKEN_FOR:
        return guessed
    best: dict[str, int] = {}
    texts = {encoding: data.decode(encoding, "replace").lower() for encoding in {one.encoding for one in _LANGUAGES}}
    found = {encoding: re.findall(r"[^\W\d_]+", text) for encoding, text in texts.items()}
    for one in _LANGUAGES:
        beyond = {letter for letter in texts[one.encoding] if letter > "\x7f"} - _MARKS
        if beyond <= one.letters:
            count = sum(word in one.words for word in found[one.encoding])
            best[one.encoding] = max(count, best.get(one.encoding, 0))
    most = [encoding for encoding, count in best.items() if count == max(best.values())]
    return most[0] if len(most) == 1 else guessed
