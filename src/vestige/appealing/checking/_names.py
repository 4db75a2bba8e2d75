"""What people wrote, held against the entries that they cite: charged words, dates and figures, and who is named."""

import functools
import re
import unicodedata
from collections.abc import Iterable, Iterator

from vestige.appealing.sentences import words
from vestige.entries import Actor, Site, words_of
from vestige.publishing.words import language
from vestige.record import Entry, Index

_QUOTED = re.compile(r"“[^”]*”|«[^»]*»|„[^“”]*[“”]|\"[^\"]*\"")
_FIGURE = re.compile(r"\d+(?:[.,:/-]\d+)*")


def unquoted(text: str) -> str:
    """Give a text without what stands in quotation marks."""
    return _QUOTED.sub(" ", text)


def folded(text: str) -> str:
    """Give a text as it is compared: compatibility forms, case and marks aside."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return " ".join("".join(sign for sign in decomposed if not unicodedata.combining(sign)).split())


def charged_in(text: str, tag: str) -> Iterator[str]:
    """Give the charged words that stand outside quotations, by the lists of the text's language and of English."""
    plain = folded(unquoted(text))
    for code in dict.fromkeys((tag.split("-", maxsplit=1)[0].casefold(), "en")):
        for beginning in words(code).charged.words:
            found = re.search(rf"(?<!\w)(?:ال|و|ب|ل)*{re.escape(folded(beginning))}\w*", plain)
            if found:
                yield found.group()


def figures_in(text: str) -> Iterator[str]:
    """Give the dates and figures of a text, in digits of any script."""
    digits = "".join(
        str(unicodedata.digit(sign)) if sign.isdigit() and unicodedata.decimal(sign, None) is not None else sign
        for sign in text
    )
    yield from dict.fromkeys(_FIGURE.findall(digits))


def known_names(index: Index) -> dict[str, frozenset[str]]:
    """Give every name of an actor of the record, folded, with all names of that actor."""
    found: dict[str, frozenset[str]] = {}
    for entry in index.entries("actor", current=True):
        if isinstance(entry.body, Actor):
            every = frozenset(folded(name.text) for name in entry.body.names)
            found.update(dict.fromkeys(every, every))
    return found


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
    """Give those names that a text holds as whole words; an ending may follow where the language inflects."""
    plain = folded(text)
    for name in names:
        if len(name) > 2 and name in plain and re.search(rf"(?<!\w){re.escape(name)}", plain):
            yield name


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
