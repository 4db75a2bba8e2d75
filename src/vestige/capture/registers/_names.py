"""Names out of cells: markup away, and the language that a script and its letters allow to say."""

import html
import re
import unicodedata

from vestige.capture.registers._errors import RowRefused
from vestige.entries import Name
from vestige.printable import without_controls

_TAG = re.compile(r"</?(?:em|i|u|b|strong|p|br|sup|sub|span|div|small|ref|nowiki|font)\b[^<>]*>", re.IGNORECASE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|]*\|)?([^\[\]|]*)\]\]")
_WIKI_TEMPLATE = re.compile(r"\{\{[^{}]*\}\}")
_REFERENCE, _REFERENCE_END = re.compile(r"<ref\b[^<>]*+>", re.IGNORECASE), re.compile(r"</ref>", re.IGNORECASE)
_ENGLISH = re.compile(
    r"\b(?:the|of|and|in|with|church|cathedral|museum|monument|library|house|palace|school|theatre|theater|gallery|building|centre|"
    r"center|mosque|castle|fortress|bridge|university|cemetery|monastery|temple|chapel|hall|memorial|old|site|college|station|"
    r"institute|synagogue|tower|estate|mansion|caravanserai|bath|square|street|park|institution)\b",
    re.IGNORECASE,
)
_SCRIPTS = {
    "LATIN": "Latn",
    "CYRILLIC": "Cyrl",
    "ARABIC": "Arab",
    "ARMENIAN": "Armn",
    "GEORGIAN": "Geor",
    "HEBREW": "Hebr",
    "GREEK": "Grek",
    "DEVANAGARI": "Deva",
    "KHMER": "Khmr",
    "CJK": "Hani",
    "HIRAGANA": "Jpan",
    "KATAKANA": "Jpan",
    "HANGUL": "Kore",
    "ETHIOPIC": "Ethi",
    "THAI": "Thai",
}
_ONE_LANGUAGE = {
    "Armn": "hy",
    "Geor": "ka",
    "Hebr": "he",
    "Grek": "el",
    "Khmr": "km",
    "Jpan": "ja",
    "Kore": "ko",
    "Thai": "th",
}
_UKRAINIAN = set("іїєґІЇЄҐ")
_RUSSIAN = set("ыэъёЫЭЪЁ")


def plain_text(text: str) -> str:
    """Give a text without the inline HTML that registers use, entities resolved, white space single."""
    return " ".join(html.unescape(_TAG.sub(" " if "<p" in text or "<br" in text else "", text)).split())


def _without_references(text: str) -> str:
    """Drop references in one walk: an opening tag without an end costs one look for it, and no more are made."""
    parts, at, ends = [], 0, True
    for tag in _REFERENCE.finditer(text):
        if tag.start() < at:
            continue
        after = tag.end()
        if not tag[0].endswith("/>"):
            end = _REFERENCE_END.search(text, after) if ends else None
            ends = end is not None
            if end is None:
                continue
            after = end.end()
        parts.append(text[at : tag.start()])
        at = after
    return "".join((*parts, text[at:]))


def plain_wikitext(text: str) -> str:
    """Give a cell of a Wikipedia list as it reads: links by their label, without templates and references."""
    return plain_text(_WIKI_TEMPLATE.sub("", _WIKI_LINK.sub(r"\1", _without_references(text))).replace("''", ""))


def names(*pairs: tuple[str, str | None]) -> tuple[Name, ...]:
    """Give the names among (text, language) pairs, each once, empty ones left out."""
    found = dict.fromkeys(
        (name, language) for text, language in pairs if (name := " ".join(without_controls(text).split()))
    )
    return tuple(Name(text=text, language=language) for text, language in found)


_UNSEEN = "\u3164\u115f\u1160\uffa0\u2800"


def is_visible(text: str) -> bool:
    """Whether a text holds anything that is seen: a letter, digit, mark of punctuation or sign."""
    return any(unicodedata.category(mark)[0] in "LNPS" and mark not in _UNSEEN for mark in text)


def named(found: tuple[Name, ...]) -> tuple[Name, ...]:
    """Give names back; raises RowRefused when there is none."""
    if not found:
        raise RowRefused("the name is empty")
    if not any(is_visible(name.text) for name in found):
        raise RowRefused("the name holds nothing that can be seen")
    return found


def script_of(text: str) -> str | None:
    """Give the ISO 15924 code of the script that most letters of a text are in; None without letters."""
    counts: dict[str, int] = {}
    for letter in filter(str.isalpha, text):
        script = _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "Zyyy")
        counts[script] = counts.get(script, 0) + 1
    return max(counts, key=counts.__getitem__) if counts else None


def language_of(text: str, expected: str | None = None) -> str | None:
    """Give the BCP 47 tag of a name as far as its letters allow; "und-Cyrl" and the like when only the script is known.

    ``expected`` is the language that the register says its names are in; it is believed when the script can write it.
    """
    script = script_of(text)
    if script is None or script == "Zyyy":
        return expected
    if script == "Latn":
        return expected or ("en" if _ENGLISH.search(text) else "und-Latn")
    if script == "Cyrl" and set(text) & _UKRAINIAN:
        return "uk"
    if script == "Cyrl" and set(text) & _RUSSIAN:
        return "ru"
    return _ONE_LANGUAGE.get(script, expected or f"und-{script}")
