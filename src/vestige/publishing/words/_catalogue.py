"""The words of the pages in each language: gettext catalogues, read where they lie.

Messages are the English text itself; terms of the vocabularies are messages under the context of their list. Catalogues are PO files that any
translator's tool opens; Babel parses them, plural rules included. A message that a catalogue lacks is shown in English: a
test sees to it that none is lacking.
"""

import functools
import gettext
import importlib.resources
import io
from collections.abc import Callable, Iterable, Mapping

import msgspec
from babel import Locale
from babel.messages.pofile import read_po

from vestige.errors import InputError

LANGUAGES = ("en", "fr", "az", "hy", "ar", "ru", "uk")
"""Languages that have a catalogue, in the order in which a reader is offered them."""


def require_languages(codes: Iterable[str]) -> None:
    """Raise InputError when a record is to be published in a language that has no catalogue."""
    unknown = [code for code in codes if code not in LANGUAGES]
    if unknown:
        raise InputError(
            f"expected languages among {', '.join(LANGUAGES)}, got {', '.join(unknown)}",
            where="languages",
            hint="pages can be published in these; name each on its own: --languages en --languages fr",
        )


class Catalogue(msgspec.Struct, frozen=True):
    """The messages of one language and its plural rule."""

    code: str
    messages: Mapping[tuple[str | None, str], str]
    plurals: Mapping[str, tuple[str, ...]]
    plural_rule: str

    def text(self, message: str) -> str:
        """Give a message in this language."""
        return self.messages.get((None, message), message)

    def term(self, vocabulary: str, term: str) -> str:
        """Give a term of a vocabulary in this language."""
        return self.messages.get((vocabulary, term), term)

    def plural(self, singular: str, plural: str, number: int) -> str:
        """Give the form of a message that goes with a number."""
        forms = self.plurals.get(singular)
        if forms is None:
            return singular if number == 1 else plural
        return forms[_rule(self.plural_rule)(number)]


@functools.cache
def _rule(expression: str) -> Callable[[int], int]:
    rule: Callable[[int], int] = gettext.c2py(expression)
    return rule


def _resource(*parts: str) -> bytes:
    return importlib.resources.files("vestige.publishing").joinpath("catalogues", *parts).read_bytes()


@functools.cache
def catalogue(code: str) -> Catalogue:
    """Read the catalogue of a language; that of English holds labels of terms only, since the messages are English."""
    parsed = read_po(io.BytesIO(_resource(f"{code}.po")), locale=code)
    messages: dict[tuple[str | None, str], str] = {}
    plurals: dict[str, tuple[str, ...]] = {}
    for message in parsed:
        if not message.id or not message.string:
            continue
        if isinstance(message.id, str):
            messages[message.context, message.id] = str(message.string)
        else:
            plurals[message.id[0]] = tuple(message.string)
    return Catalogue(code=code, messages=messages, plurals=plurals, plural_rule=parsed.plural_expr)


def words_for_terms() -> Mapping[str, Mapping[str, str]]:
    """Give, by vocabulary, the words of all catalogues for its terms: each word as a catalogue has it, and the term that it stands for.

    A word that catalogues have for several terms of one vocabulary is left out: nobody could say which is meant.
    """
    found: dict[str, dict[str, set[str]]] = {}
    for code in LANGUAGES:
        for (vocabulary, term), word in catalogue(code).messages.items():
            if vocabulary is not None:
                found.setdefault(vocabulary, {}).setdefault(word, set()).add(term)
    return {
        name: {word: next(iter(terms)) for word, terms in words.items() if len(terms) == 1}
        for name, words in found.items()
    }


@functools.cache
def locale(code: str) -> Locale:
    """Give the CLDR locale of a language; English is that of the world, which puts the day before the month."""
    return Locale.parse("en_001" if code == "en" else code)
