"""What the reading knows of each language: one value a language, from one file a language.

``lexicon/languages/CODE.toml`` holds the words of a language, its marks and what it can do; a new language is such a file, its code in
``CODES``, and its rule of detection in ``_language``. Files are read strictly: an unknown field or list of words is an error.
"""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

import msgspec

CODES = (
    "en",
    "fr",
    "az",
    "ru",
    "uk",
    "hy",
    "ar",
    "es",
    "pt",
    "it",
    "ca",
    "ro",
    "de",
    "nl",
    "pl",
    "tr",
    "fa",
    "he",
    "ka",
    "zh",
    "ja",
)
"""The languages that are known, by ISO 639-1."""
UNSPACED = frozenset(("zh", "ja"))
"""Those that are written without blanks between words."""

WORDS = {
    "function": "words of grammar, by which a text's language is told",
    "speech": "forms of verbs that report speech",
    "that": "what opens a reported clause",
    "filler": "what stands between what was said, the verb and the speaker without being part of any",
    "place": "before where something was said or written, which is no part of who said it",
    "and": "between what somebody said and a further verb of the same speaker: …, и добавил, что …",
    "as": "before a verb whose sentence is what was said: Как сообщает агентство, …",
    "relative": "what begins a clause about the speaker: по словам директора, который был на месте, …",
    "pronoun": "personal pronouns of the third person",
    "possessive": "the same before a noun: onun sözlərinə görə, by their words",
    "according": "according to, before the speaker; where a word may stand within (по её словам) the two parts",
    "source_before": "according to, after the speaker",
    "occasion": "where something was said, after in: говорится в заявлении министра",
    "group": "people without a name: شاهد عيان, an eyewitness",
    "addressing": "before whom somebody spoke to: a expliqué à l'AFP le directeur",
    "article": "what begins the speaker after that",
    "day": "days, which may stand before a speaker: В среду министр заявил",
    "territory": "beginnings of names of countries and organisations of states: alone after a role they are part of it",
    "citing": "before whom an agency cites: сообщает ТАСС со ссылкой на министерство",
    "institution": "beginnings of the words that name an institution where they stand last",
    "passing_on": "a verb that passes on: نقلت … عن … قوله",
    "from": "before whom it was passed on from",
    "saying": "before what was passed on",
    "title": "people and institutions that speak, where no capital tells",
    "office": "nouns that belong to a role together with the word after them: وزير خارجية فرنسا",
    "section": "lines that head a section after an article, when they stand alone",
    "button": "lines that are buttons, when they stand alone",
    "closing": "lines at the foot of a page, or that open its comments",
}
"""The lists of words that a language may have, and what each is."""
PHRASES = frozenset(("according", "source_before", "citing", "section", "button", "closing"))
"""Lists whose items may have blanks, and are separated by ``|``."""


class Language(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is known of one language."""

    name: str
    """In English."""
    script: Literal["latin", "cyrillic", "armenian", "arabic", "hebrew", "georgian", "han", "kana"]
    reads: Literal["named", "statements"]
    """Whether it is only told from others, and what looks like a statement listed, or statements are read in it."""
    designations: Literal["english", "plain", "arabic"] | None = None
    """By which rules names are told from roles."""
    dash_before_tag: bool = False
    """A dash stands before the tag of speech that a dash opened: "— Мы остались, — сказала она."."""
    tags_sentences: bool = False
    """A verb before its subject tags a plain sentence: "Le pont, a déclaré la ministre, sera reconstruit."."""
    full_stop_as_colon: bool = False
    """A full stop stands where others put a colon: "Նա ասաց. «…»"."""
    that_is_no_content: bool = False
    """The word for "that" is no part of what was said."""
    clause_as_noun: bool = False
    """Reported clauses are made nouns before their verb: "X damın dağıldığını bildirib"."""
    words: dict[str, str] = msgspec.field(default_factory=dict)
    """Its lists, by the names in ``WORDS``."""

    def __post_init__(self) -> None:
        if unknown := self.words.keys() - WORDS.keys():
            raise ValueError(f"expected lists of words among {', '.join(WORDS)}, got {', '.join(sorted(unknown))}")


@cache
def language_of(code: str) -> Language:
    """Read what is known of a language of ``CODES``."""
    text = (files("vestige.reading") / "lexicon" / "languages" / f"{code}.toml").read_text(encoding="utf8")
    return msgspec.convert(tomllib.loads(text), Language)


@cache
def reading(code: str) -> Language | None:
    """Give a language in which statements are read; None for any other code."""
    known = language_of(code) if code in CODES else None
    return known if known is not None and known.reads == "statements" else None


def unread(code: str) -> str | None:
    """Say what is not read in the language of a text, and what to do; None where statements are read in it."""
    known = language_of(code) if code in CODES else None
    if known is None:
        return "the language was not told: it is not read for statements; enter them with vestige state"
    if known.reads == "named":
        return f"{known.name}: not read for statements, but for quotations with who said them; what else looks like one is listed; enter them with vestige state"
    return None


@cache
def known(**wanted: str) -> tuple[str, ...]:
    """Give the codes of the languages whose fields have these values, in the order of ``CODES``."""
    return tuple(
        code for code in CODES if all(getattr(language_of(code), field) == value for field, value in wanted.items())
    )


@cache
def words_of(code: str, kind: str = "function") -> frozenset[str]:
    """Give a list of words of a language, by default its function words; empty where it has none."""
    listed = language_of(code).words.get(kind, "") if code in CODES else ""
    if kind in PHRASES:
        return frozenset(filter(None, (part.strip() for part in listed.replace("\n", "").split("|"))))
    return frozenset(listed.split())


@cache
def words_of_all(kind: str, *codes: str) -> frozenset[str]:
    """Give a list of words of several languages as one, of all of them where none is named."""
    return frozenset().union(*(words_of(code, kind) for code in codes or CODES))
