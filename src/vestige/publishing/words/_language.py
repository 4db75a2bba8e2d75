"""One reader's language: words, names, dates and numbers as that reader writes them."""

import datetime as dt
import functools
import math
import string
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel.dates import format_date, format_datetime, format_skeleton
from babel.numbers import format_decimal, format_percent
from markupsafe import Markup, escape

from vestige.entries import Body, DateWindow, Name, said_in
from vestige.publishing.words._catalogue import Catalogue, catalogue, locale
from vestige.publishing.words._types import known_type

_OWN_NAMES = {"az": "Azərbaycanca"}
"""Own names of languages where that of CLDR is the name of the country as well."""
_DAYS = {"hy": "d MMMM, y թ."}
"""Whole dates where those of CLDR count days with a zero in front."""
_MONTHS = {"hy": "y թ. MMMM"}
_SHORT_MONTHS = {"hy": "y թ. MMM"}
_MOMENTS = {"hy": "d MMM y թ."}
_MONTHS_WITHIN = {"ru": "MMMM y 'г.'", "uk": "MMMM y 'р.'"}
"""A month after a preposition: in the genitive, which a month that stands alone is not."""
_PUNCTUATION = {ord(sign): None for sign in string.punctuation}


class Language:
    """Everything that differs between two readers of the same page. Made once a language; holds no record."""

    def __init__(self, code: str) -> None:
        self.code = code
        self.locale = locale(code)
        self.direction = "rtl" if self.locale.character_order == "right-to-left" else "ltr"
        self.catalogue: Catalogue = catalogue(code)

    @property
    def own_name(self) -> str:
        """Give the name of the language in itself."""
        name = _OWN_NAMES.get(self.code) or str(self.locale.languages[self.code])
        return name[:1].upper() + name[1:]

    def text(self, message: str) -> str:
        """Give a fixed message."""
        return self.catalogue.text(message)

    def fill(self, message: str, **values: Any) -> Markup:
        """Give a message with its place-holders filled; values are escaped, the message is ours and holds no markup."""
        return filled(self.catalogue.text(message), values)

    def plain(self, message: str, **values: Any) -> str:
        """Give a message with its place-holders filled, without escapes: for a title, which is escaped where it is put."""
        return str(self.fill(message, **values).unescape())

    def count(self, singular: str, plural: str, number: int, **values: Any) -> Markup:
        """Give the form of a message that goes with a number, which it may show as ``{n}``."""
        return filled(self.catalogue.plural(singular, plural, number), {"n": self.number(number), **values})

    def term(self, term: str | None, vocabulary: str) -> str:
        """Give a term of a vocabulary; the empty text for none."""
        return self.catalogue.term(vocabulary, term) if term else ""

    def number(self, value: float) -> str:
        """Write a number as the language groups and points it."""
        if type(value) is int and value >= 0:  # most of them are places in the ledger, each written once or twice
            return f"{value:,}".replace(",", _between_groups(self.code))
        return _number(self.code, value)

    def share(self, part: int, whole: int) -> str:
        """Write a part of a whole as whole per cent; a half goes up, as whoever recomputes it would do."""
        return _percent(self.code, math.floor(100 * part / whole + 0.5) / 100) if whole else "–"

    def date(self, partial: str) -> str:
        """Write a date that may lack its day or its month."""
        return _date(self.code, partial)

    def day(self, date: dt.date) -> str:
        """Write a whole date."""
        return _date(self.code, date.isoformat())

    def month(self, date: dt.date) -> str:
        """Write the month of a date with its year, shortly, as a drawing has room for."""
        pattern = _SHORT_MONTHS.get(self.code)
        return _pattern(self.code, date, pattern) if pattern else str(format_skeleton("yMMM", date, locale=self.locale))

    def moment(self, timestamp: str) -> str:
        """Write a moment in UTC, to the minute."""
        return _moment(self.code, timestamp)

    def window(self, window: DateWindow) -> str:
        """Write a date window: a date, two dates, or "before" one."""
        if window.when == "on" and window.start:
            return self.date(window.start)
        end = window.end or ""
        if window.when != "before":
            return f"{self.date(window.start or '')} – {self.date(end)}"
        if end.count("-") == 2:
            return str(self.fill("before {day}", day=self.date(end)))
        return str(self.fill("before {date}", date=_within(self.code, end)))

    def country(self, code: str) -> str:
        """Give the CLDR name of a country or territory; the code itself where CLDR has none."""
        return str(self.locale.territories.get(code, code))

    def countries(self, codes: Iterable[str]) -> str:
        """Give the names of several countries as one text."""
        return self.text(", ").join(map(self.country, codes))

    def tongue(self, tag: str | None) -> str:
        """Give the name of a language by its BCP 47 tag."""
        if not tag:
            return ""
        name = str(self.locale.languages.get(tag.split("-")[0].lower(), tag))
        # CLDR's Azerbaijani names of languages are adjectives: "alman" alone is a German.
        return f"{name} dili" if self.code == "az" and name != tag and not name.endswith(("ca", "cə")) else name

    def name(self, names: Sequence[Name]) -> Name:
        """Choose the name that this reader sees first: own language, else English, else the first that was entered."""
        for wanted in (self.code, "en"):
            for name in names:
                if name.language and name.language.split("-")[0].lower() == wanted:
                    return name
        return names[0]

    def said(self, body: Body, field: str) -> Name | None:
        """Give a text of a body in this reader's language, else as it stands; None where it is empty."""
        said = said_in(body, field, self.code)
        return self.type_of_site(said.text, said.language) if said and field == "type" else said

    def type_of_site(self, text: str, language: str | None = None) -> Name:
        """Give the type of a site in this reader's language where the pages have a word for it, else as it stands."""
        known = known_type(text)
        if known is None or (language and language.split("-")[0].lower() == self.code):
            return Name(text=text, language=language)
        return Name(text=text if self.code == "en" else self.term(known, "type"), language=self.code)

    def foreign(self, said: Name) -> bool:
        """Whether a text stands in a language that is known and is not this reader's."""
        return said.language is not None and said.language.split("-")[0].lower() != self.code

    def sort_key(self, text: str) -> str:
        """Give a key that orders texts without regard to case and accents, with the dotted and dotless i of Azerbaijani apart."""
        if self.code == "az":
            text = text.replace("İ", "i").replace("I", "ı")
        if text.isascii():
            return text.lower().translate(_PUNCTUATION).strip() or text
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        return "".join(sign for sign in decomposed if sign.isalnum() or sign == " ").strip() or text


def filled(message: str, values: Mapping[str, Any]) -> Markup:
    """Fill the place-holders of a message, which stand for whole values; values and message are escaped."""
    parts = [text if name is None else escape(values[name]) for text, name in _cut(message)]
    return Markup("".join(parts))  # noqa: S704 - every part is escaped


@functools.lru_cache(maxsize=4096)
def _cut(message: str) -> tuple[tuple[str, str | None], ...]:
    """Cut a message into texts, escaped, and the names of place-holders."""
    parts: list[tuple[str, str | None]] = []
    for text, name, _, _ in string.Formatter().parse(message):
        parts += [(str(escape(text)), None)] if text else []
        parts += [("", name)] if name is not None else []
    return tuple(parts)


@functools.cache
def language(code: str) -> Language:
    """Give the language of a code; it is made once a process."""
    return Language(code)


@functools.cache
def _between_groups(code: str) -> str:
    """Give what stands between the thousands of a number."""
    return _number(code, 1_000_000).split("000")[1]


@functools.lru_cache(maxsize=20_000)
def _number(code: str, value: float) -> str:
    return str(format_decimal(value, locale=locale(code)))


@functools.lru_cache(maxsize=2_000)
def _percent(code: str, share: float) -> str:
    return str(format_percent(share, locale=locale(code)))


@functools.lru_cache(maxsize=50_000)
def _date(code: str, partial: str) -> str:
    parts = _parts(partial)
    if len(parts) == 1:
        return partial
    date = dt.date(*([*parts, 1])[:3])
    if len(parts) == 2:
        month = _MONTHS.get(code)
        return _pattern(code, date, month) if month else str(format_skeleton("yMMMM", date, locale=locale(code)))
    return _ordinal(code, _pattern(code, date, _DAYS.get(code, "long")))


def _within(code: str, partial: str) -> str:
    """Write a month or a year as it stands after a preposition."""
    pattern = _MONTHS_WITHIN.get(code)
    if pattern is None or "-" not in partial:
        return _date(code, partial)
    year, month = _parts(partial)
    return _pattern(code, dt.date(year, month, 1), pattern)


def _parts(partial: str) -> list[int]:
    return [int(part) for part in partial.split("-")]


def _pattern(code: str, date: dt.date, pattern: str) -> str:
    return str(format_date(date, pattern, locale=locale(code)))


def _ordinal(code: str, text: str) -> str:
    """French says the first of a month, and then counts."""
    return f"1er{text[1:]}" if code == "fr" and text.startswith("1\N{SPACE}") else text


@functools.lru_cache(maxsize=50_000)
def _moment(code: str, timestamp: str) -> str:
    moment = dt.datetime.fromisoformat(timestamp)
    pattern = f"{_MOMENTS.get(code, 'd MMM y')}'{catalogue(code).text(', ')}'HH:mm"
    return _ordinal(code, str(format_datetime(moment, pattern, tzinfo=dt.UTC, locale=locale(code)))) + " UTC"
