"""What people wrote, held against the entries that they cite: charged words, dates and figures, and who is named."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from vestige.appealing.sentences import words
from vestige.entries import Actor, Assessment, Site, Statement, words_of
from vestige.publishing.words import language
from vestige.record import Entry, Index

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_WORD = re.compile(r"\w+")
_ENDINGS = frozenset(f"CYRILLIC SMALL LETTER {one}" for one in ("A", "IE", "I", "YA", "O", "U", "YU", "BYELORUSSIAN-UKRAINIAN I", "YI", "SOFT SIGN"))  # fmt: skip
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")


def unquoted(text: str) -> str:
    """Give a text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


@functools.lru_cache(maxsize=4096)
def folded(text: str) -> str:
    """Give a text as it is compared: compatibility forms, case, marks and signs that nobody sees aside."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    seen = (sign for sign in decomposed if not unicodedata.combining(sign) and unicodedata.category(sign) != "Cf")
    return " ".join("".join(seen).split())


def charged_in(text: str, tag: str) -> Iterator[str]:
    """Give the charged words that stand outside quotations, by the lists of the text's language and of English."""
    plain = folded(unquoted(text))
    for code in dict.fromkeys((tag.split("-", maxsplit=1)[0].casefold(), "en")):
        yield from _charged(code).findall(plain)


@functools.cache
def _charged(code: str) -> re.Pattern[str]:
    beginnings = "|".join(re.escape(folded(beginning)) for beginning in words(code).charged.words)
    return re.compile(rf"(?<!\w)(?:ال|و|ب|ل)*(?:{beginnings})\w*")


def figures_in(text: str) -> Iterator[str]:
    """Give the dates and figures of a text, in digits of any script."""
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and unicodedata.decimal(sign, None) is not None else sign
        for sign in text
    )
    yield from dict.fromkeys(_FIGURE.findall(digits))


def mixed_in(text: str) -> Iterator[str]:
    """Give the words that mix letters of alphabets which look alike, as nobody writes who does not want to hide a word."""
    for word in _WORD.findall(text):
        if len({alphabet for sign in word if (alphabet := _alphabet(sign))}) > 1:
            yield word


def _alphabet(sign: str) -> str | None:
    name = unicodedata.name(sign, "").partition(" ")[0]
    return name if name in {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN"} else None


def persons_in(text: str) -> Iterator[str]:
    """Give what may be the name of a person or body: two words or more in a row that begin with a capital."""
    found: list[str] = []
    for word in (*re.findall(r"[\w'\u2019-]+|[^\w\s]", unquoted(text)), "."):
        if word[0].isupper():
            found.append(word)
            continue
        if len(found) > 1:
            yield " ".join(found)
        found = []


def known_names(index: Index) -> dict[str, frozenset[str]]:
    """Give every name of an actor, a speaker or an assessor of the record, folded, with all names of the same actor."""
    found: dict[str, frozenset[str]] = {}
    for kind in ("statement", "assessment"):
        for entry in index.entries(kind, current=True):
            found.update((name, frozenset({name})) for name in map(folded, _voices(entry)) if name)
    for entry in index.entries("actor", current=True):
        if isinstance(entry.body, Actor):
            every = frozenset(folded(name.text) for name in entry.body.names)
            found.update(dict.fromkeys(every, every))
    return found


def _voices(entry: Entry) -> Iterator[str]:
    body = entry.body
    if isinstance(body, Statement):
        for one in (body.speaker, *body.reported_via):
            yield from filter(None, (one.name, one.organisation))
    elif isinstance(body, Assessment):
        yield body.assessor.name


def countries_of(codes: Iterable[str]) -> set[str]:
    """Give the names of countries in every language of appeals, folded."""
    languages = ("en", "fr", "az", "hy", "ar", "ru", "uk")
    return {folded(language(tag).country(code)) for tag in languages for code in codes}


@functools.cache
def every_country() -> frozenset[str]:
    """Give the names of all countries in every language of appeals, folded."""
    codes = [code for code in map(str, language("en").locale.territories) if len(code) == 2 and code.isalpha()]
    return frozenset(countries_of(codes))


def names_in(text: str, names: Iterable[str]) -> Iterator[str]:
    """Give those names that a text holds as words; an article may stand before and an ending follow, where the language has them."""
    plain = folded(text)
    for name in names:
        stem = _stem(name)
        if len(name) > 2 and stem in plain and re.search(rf"(?<!\w)(?:ال|و|ب|ل|ف|ك)*{re.escape(stem)}", plain):
            yield name


def countries_in(text: str) -> set[str]:
    """Give the names of countries, in whatever language, that a text holds."""
    plain, groups = folded(text), _country_groups()
    beginnings = {plain[i : i + 3] for i in range(len(plain))}
    return set(names_in(text, (name for beginning in beginnings for name in groups.get(beginning, ()))))


@functools.cache
def _country_groups() -> dict[str, tuple[str, ...]]:
    groups: dict[str, tuple[str, ...]] = {}
    for name in every_country():
        groups[_stem(name)[:3]] = (*groups.get(_stem(name)[:3], ()), name)
    return groups


@functools.lru_cache(maxsize=8192)
def _stem(name: str) -> str:
    """Give what of a name stays in every case: an ending vowel of Cyrillic names falls, and that of Ukraine before *-ian*."""
    inflected = len(name) > 4 and (unicodedata.name(name[-1]) in _ENDINGS or name.endswith("ine"))
    return name[:-1] if inflected else name


def texts_of(index: Index, cites: Iterable[str]) -> str:
    """Give all that the cited entries say, and the sources and sites that they speak of, folded."""
    found: list[str] = []
    for name in cites:
        entry = index.entry(name) if len(name) == 64 else None
        if entry is not None and entry.body is not None:
            found += [_text(entry), *(_text(other) for other in _around(index, entry))]
    return folded(" \n".join(found))


def _text(entry: Entry) -> str:
    body = entry.body
    countries = " ".join(countries_of(body.countries)) if isinstance(body, Site) else ""
    return f"{words_of(body) if body else ''} {(entry.body_json or b'').decode()} {countries}"


def _around(index: Index, entry: Entry) -> Iterator[Entry]:
    from_body = entry.body.links() if entry.body else ()
    for thing in dict.fromkeys(filter(None, from_body)):
        other = index.current(thing)
        if other is not None and other.body is not None:
            yield other
