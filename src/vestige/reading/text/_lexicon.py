"""Word lists, read once from the package's own data files: closed classes, titles, and the verbs that report speech.

Every list was written by hand; none was learned from a corpus.
"""

import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

VOWELS = frozenset("aeiou")


class Form(NamedTuple):
    """One inflected form of a reporting verb."""

    lemma: str
    shape: str
    """``base``, ``s`` (says), ``past`` (said, gave), ``participle`` (given), ``both`` (past and participle), ``ing``."""


class Cues(NamedTuple):
    """The reporting verbs of English by what may follow them, see ``lexicon/cues_en.toml``."""

    forms: dict[str, Form]
    groups: dict[str, frozenset[str]]
    """Group name to lemmas: clause, told, quote_only, belief, infinitive …"""
    phrases: dict[str, tuple[tuple[tuple[str, ...], str], ...]]
    """Verb to the words that must follow it, longest first, and the group: preposition, light or topic."""
    nouns: frozenset[str]
    signs: frozenset[str]
    """Every word that may report speech: the forms, the nouns, and "according"."""


@cache
def load(name: str) -> dict[str, Any]:
    """Read one data file of ``vestige.reading.lexicon``."""
    return tomllib.loads((files("vestige.reading") / "lexicon" / name).read_text(encoding="utf8"))


@cache
def words(kind: str) -> frozenset[str]:
    """Give one list of ``words_en.toml``."""
    return frozenset(load("words_en.toml")[kind].split())


def past_form(verb: str) -> str:
    """Give the regular past form of a verb."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ied"
    return verb + "ed"


def ing_form(verb: str) -> str:
    """Give the regular present participle of a verb."""
    if verb.endswith("e") and not verb.endswith(("ee", "ye", "oe")):
        return verb[:-1] + "ing"
    return verb + "ing"


def s_form(verb: str) -> str:
    """Give the third person singular of a verb."""
    if verb.endswith("y") and verb[-2] not in VOWELS:
        return verb[:-1] + "ies"
    return verb + ("es" if verb.endswith(("s", "x", "ch", "sh", "z", "o")) else "s")


def inflect(verb: str, irregular: str | None) -> Iterator[tuple[str, Form]]:
    """Give all forms of a verb; ``irregular`` holds its past and its participles, separated by spaces."""
    yield verb, Form(verb, "base")
    yield s_form(verb), Form(verb, "s")
    past, *participles = (irregular or f"{past_form(verb)} {past_form(verb)}").split()
    doubled = past.endswith(verb[-1] + "ed") and past == verb + verb[-1] + "ed"
    yield (verb + verb[-1] + "ing" if doubled or verb in DOUBLING else ing_form(verb)), Form(verb, "ing")
    yield past, Form(verb, "both" if past in participles else "past")
    for participle in participles:
        if participle != past:
            yield participle, Form(verb, "both" if participle.endswith(("ed", "t")) else "participle")


DOUBLING = frozenset(["begin", "put", "set", "hit", "forget", "bet", "cut"])


def phrases(data: dict[str, Any]) -> Iterator[tuple[str, tuple[str, ...], str]]:
    """Give every multi-word cue as verb, following words and group."""
    for group in ("preposition", "topic"):
        for phrase in data[group].replace("\n", " ").split(";"):
            verb, *rest = phrase.split()
            yield verb, tuple(rest), group
    for verb, objects in data["light"].items():
        for word in objects.split():
            yield verb, (word,), "light"


@cache
def cues() -> Cues:
    """Give the reporting verbs with all their forms."""
    data = load("cues_en.toml")
    irregular = data["irregular"]
    single = ("clause", "told", "quote_only", "belief", "infinitive", "object_infinitive", "object", "object_predicate")
    groups = {name: frozenset(data[name].split()) for name in (*single, "document")}
    by_verb: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for verb, rest, group in phrases(data):
        by_verb.setdefault(verb, []).append((rest, group))
    lemmas = set().union(*groups.values()) | set(by_verb)
    forms: dict[str, Form] = {}
    for verb in sorted(lemmas):
        for form, what in inflect(verb, irregular.get(verb)):
            forms.setdefault(form, what)
    ordered = {verb: tuple(sorted(rest, key=lambda item: -len(item[0]))) for verb, rest in by_verb.items()}
    nouns = frozenset(data["noun"].split())
    return Cues(
        forms,
        groups,
        ordered,
        nouns,
        nouns
        | forms.keys()
        | words("stated")
        | words("assured")
        | words("viewpoint")
        | words("promised")
        | {"according"},
    )
