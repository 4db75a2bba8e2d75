"""Which eight-bit encoding a table is in, told by its countries and by the letters of the languages written there.

Every encoding gives some text out of any bytes; only one gives words that a language of the country writes. Where two encodings give
different words that are both good, none is taken: a wrong letter never comes in without a word.
"""

import functools
import itertools
import re
import unicodedata
from collections.abc import Iterable

LANGUAGES = {
    "fr": "àâæçéèêëîïôœùûüÿ", "de": "äöüß", "es": "áéíñóúü", "pt": "ãõáâàçéêíóôú", "it": "àèéìòùî", "nl": "ëïéèöü", "sv": "åäöéæø",
    "pl": "ąćęłńóśźż", "cs": "áčďéěíňóřšťúůýž", "sk": "áäčďéíĺľňóôŕšťúýž", "hu": "áéíóöőúüű", "ro": "ăâîșțşţ", "hr": "čćđšž",
    "sq": "ëç", "tr": "çğıöşüâîû", "az": "əğıöşüç", "ru": "абвгдежзийклмнопрстуфхцчшщъыьэюяё", "be": "абвгдеёжзійклмнопрстуўфхцчшыьэюя’", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя’",
    "sr": "абвгдђежзијклљмнњопрстћуфхцчџш", "ar": "ءآأؤإئابةتثجحخدذرزسشصضطظعغفقكلمنهويىپچژگـًٌٍَُِّْ", "el": "αβγδεζηθικλμνξοπρστυφχψωςάέήίόύώϊϋΐΰ",
}  # fmt: skip
"""Letters beyond ASCII, small, of each language."""
ENCODINGS = {
    "windows-1252": "fr de es pt it nl sv sq",
    "windows-1250": "pl cs sk hu ro hr sq de",
    "windows-1251": "ru uk be sr",
    "windows-1254": "tr az fr de",
    "windows-1256": "ar fr",
    "windows-1253": "el",
    "mac-roman": "fr de es pt it nl sv",
    "mac-latin2": "pl cs sk hu hr",
    "mac-cyrillic": "ru uk be sr",
    "mac-turkish": "tr",
    "iso8859-2": "pl cs sk hu hr de",
    "iso8859-5": "ru be sr",
    "koi8-r": "ru",
    "iso8859-9": "tr fr de",
    "cp866": "ru",
}
_COUNTRIES = {
    "fr": "FR BE CH LU CA DZ MA TN SN ML BF NE TD CI MG LB HT", "de": "DE AT CH LI LU", "es": "ES MX AR CL PE CO BO EC GT CU UY PY VE",
    "pt": "PT BR AO MZ CV", "it": "IT CH SM VA", "nl": "NL BE", "sv": "SE FI NO DK IS", "pl": "PL", "cs": "CZ", "sk": "SK", "hu": "HU",
    "ro": "RO MD", "hr": "HR BA SI ME RS", "sr": "RS ME BA MK BG", "sq": "AL XK MK", "tr": "TR CY", "az": "AZ",
    "ru": "RU BY KZ KG UA BG AM GE AZ TJ UZ MD", "uk": "UA", "be": "BY", "el": "GR CY",
    "ar": "SY IQ LB JO PS IL EG LY TN DZ MA SD YE SA AE OM KW QA BH MR IR AF",
}  # fmt: skip
_WORD = re.compile(r"[^\W\d_]+|[^\s\w]", re.UNICODE)
_CODES = re.compile(rb"(?:^|[,;\t|\"])[ ]*([A-Za-z]{2})[ ]*(?=[,;\t|\"\r\n]|$)", re.MULTILINE)
_HEADINGS = {
    b"nazwa": "pl", b"naziv": "hr", b"nom": "fr", b"nombre": "es", b"nome": "it pt", b"enlem": "tr", b"boylam": "tr", b"uzunluq": "az tr",
    b"breitengrad": "de", b"bezeichnung": "de", b"naam": "nl", b"denumire": "ro",
}  # fmt: skip
_CYRILLIC = frozenset({"ru", "uk", "be", "sr"})
_WITH_COMMON = _CYRILLIC | {"el"}
_NOT_LATIN = _CYRILLIC | {"ar", "el"}
_COMMON = frozenset("оеаинтсрвлкіыαοιετνσρς")
"""Letters that make up more than half of any text in Cyrillic; another eight-bit encoding of it gives the rare ones."""
MOST_WORDS = 4000
MARGIN = 0.02
RARE = 0.05
"""What an encoding that tables are seldom in must be better by."""
ENOUGH = 0.6


def likely_encodings(data: bytes) -> list[str]:
    """Give the encodings whose words are good ones, the best first; more than one where they give different words that are as good."""
    lines = [line for line in re.split(rb"[\r\n]+", data) if not line.isascii()]
    sample = b"\n".join(lines)[:400_000]
    spoken = _spoken(data)
    scored = sorted(
        ((_score(sample, name, spoken), name) for name in ENCODINGS), reverse=True, key=lambda pair: pair[0]
    )
    best = scored[0][0]
    if best < ENOUGH:
        return []
    found: dict[str, str] = {}
    for score, name in scored:
        if score >= best - MARGIN:
            found.setdefault(sample.decode(name, "replace"), name)
    preferred = [name for name in found.values() if name.startswith("windows")]
    return preferred if len(preferred) == 1 and scored[0][1] == preferred[0] and len(found) == 1 else [*found.values()]


def is_western(text: str) -> bool:
    """Whether every word of a text is one that a language of Windows-1252 writes."""
    western = tuple(ENCODINGS["windows-1252"].split())
    return all(_quality(word, western) > 0 for word in _WORD.findall(text) if not word.isascii() and word.isalpha())


def _spoken(data: bytes) -> frozenset[str]:
    """Give the languages of the countries whose ISO codes stand in a table; all where none does."""
    head, _, body = data[:2_000_000].partition(b"\n")
    cells = [code.decode().upper() for code in _CODES.findall(body)]
    codes = set(cells) if 2 * len(cells) >= body.count(b"\n") else set()
    found = {language for language, countries in _COUNTRIES.items() if codes & set(countries.split())}
    words = set(re.findall(rb"[a-z]+", head.lower()))
    found |= {language for word, named in _HEADINGS.items() if word in words for language in named.split()}
    return frozenset(found or LANGUAGES)


def _score(sample: bytes, name: str, spoken: frozenset[str]) -> float:
    """Give the share of words beyond ASCII that one language of the encoding and the countries writes, from below 0 to 1."""
    text = sample.decode(name, "replace")
    words = [word for word in _WORD.findall(text) if not word.isascii()][:MOST_WORDS]
    letters = [word for word in words if word.isalpha()]
    odd = sum(_is_odd(mark) for word in words if not word.isalpha() for mark in word if not mark.isascii()) + _inside(
        text
    )
    languages = [language for language in ENCODINGS[name].split() if language in spoken]
    if not letters or not languages:
        return -1.0 if odd or not languages else 0.0
    one = max(sum(_quality(word, (language,)) for word in letters) for language in languages)
    several = sum(_quality(word, tuple(languages)) for word in letters)
    rare = 0.0 if name.startswith("windows") else RARE
    return (0.25 * one + 0.75 * several - 2 * odd) / len(letters) - rare


def _quality(word: str, languages: Iterable[str]) -> float:
    """Give 1 for a word that one of the languages writes, less for one that no tongue forms, below 0 for another."""
    special = {letter for letter in word.replace("İ", "i").lower() if not letter.isascii()}
    mixed = any(letter.isascii() for letter in word)
    fitting = [name for name in languages if special <= _letters(name) and not (mixed and name in _NOT_LATIN)]
    if not fitting:
        return -1.0
    if _WITH_COMMON.issuperset(fitting) and 5 * sum(letter in _COMMON for letter in word.casefold()) < 2 * len(word):
        return 0.6
    changes = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(word))
    return 1.0 - 0.5 * bool(changes) - 0.1 * _clustered(word)


@functools.cache
def _letters(language: str) -> frozenset[str]:
    return frozenset(LANGUAGES[language])


def _clustered(word: str) -> bool:
    """Whether four consonants or three vowels with marks stand in a row: rare in any language here, common in wrong letters."""
    plain = "".join(unicodedata.normalize("NFD", letter)[0] for letter in word.casefold())
    return re.search(r"[bcdfghjklmnpqstvwxzđćłß]{4}|[aeiouyœæ]{4}", plain) is not None


def _is_odd(mark: str) -> bool:
    """Whether a mark is none that people type in names: a control, a box, a lone accent, what could not be decoded."""
    return mark == "\ufffd" or (
        unicodedata.category(mark) in {"Cc", "Co", "Cn", "Sk", "Sc", "Sm", "So"} and mark not in "°º©®™№+×€"
    )


def _inside(text: str) -> int:
    """Count marks beyond ASCII that stand between two letters where no apostrophe or dash does."""
    return len(re.findall(r"[^\W\d_][^\x00-\x7f\w\s’‘ʼ‑–—·´][^\W\d_]", text))
