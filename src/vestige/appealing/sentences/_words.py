"""The words of appeals in one language, from ``sentences/LANGUAGE.toml``, and templates filled with runs.

Names and terms stand in the nominative behind a colon or in brackets, so that no template needs a case, a number or a gender of what fills
it, and swapping two names in the input swaps them in the output and changes nothing else.
"""

import functools
import importlib.resources
import string
import tomllib
from collections.abc import Iterable, Mapping

import msgspec

from vestige.appealing._composed import Composing, Run, direction_of
from vestige.appealing._errors import DraftError

LANGUAGES = ("en", "fr", "az", "hy", "ar", "ru", "uk")
"""Languages in which an appeal can be composed."""

Runs = tuple[Run, ...]
Filling = Mapping[str, Runs | str]


class Charged(Composing, frozen=True, kw_only=True):
    """Beginnings of words that stand in quotations only."""

    words: tuple[str, ...]


class Words(Composing, frozen=True, kw_only=True):
    """Every template of one language by its group and name."""

    fact: dict[str, str]
    mark: dict[str, str]
    print: dict[str, str]
    annex: dict[str, str]
    update: dict[str, str]
    heading: dict[str, str]
    charged: Charged
    language: str = "en"

    def run(self, text: str, *cites: str) -> Run:
        """Give a stretch of text in this language."""
        return Run(text=text, language=self.language, direction=direction_of(self.language), cites=cites)


@functools.cache
def words(language: str) -> Words:
    """Give the words of a language. Raises DraftError where there is none."""
    code = language.split("-", maxsplit=1)[0].casefold()
    if code not in LANGUAGES:
        raise DraftError(f"expected a language among {', '.join(LANGUAGES)}, got {language!r}", where="language")
    file = importlib.resources.files("vestige.appealing.sentences").joinpath(f"{code}.toml")
    return msgspec.convert(tomllib.loads(file.read_text("utf-8")) | {"language": code}, Words)


def fill(words: Words, template: str, filling: Filling, *cites: str) -> Runs:
    """Fill a template; what fills a hole keeps its language and its citations, the template's own text takes ``cites`` at its end."""
    runs: list[Run] = []
    for literal, hole, _, _ in string.Formatter().parse(template):
        if literal:
            runs.append(words.run(literal))
        if hole is not None:
            value = filling[hole]
            runs += [words.run(value)] if isinstance(value, str) else value
    return merged((*runs, words.run("", *cites)) if cites else runs)


def merged(runs: Iterable[Run]) -> Runs:
    """Join runs that follow one another in one language, unless a citation or a quotation parts them."""
    found: list[Run] = []
    for run in runs:
        last = found[-1] if found else None
        alike = last is not None and (last.language, last.quotation) == (run.language, run.quotation)
        if last is not None and not last.cites and alike and not run.quotation:
            found[-1] = msgspec.structs.replace(run, text=last.text + run.text)
        elif last is not None and not run.text and not run.quotation:
            found[-1] = msgspec.structs.replace(last, cites=tuple(dict.fromkeys((*last.cites, *run.cites))))
        else:
            found.append(run)
    return tuple(found)


def joined(words: Words, parts: Iterable[Runs | str], mark: str = "comma") -> Runs:
    """Join parts by a mark of the language."""
    runs: list[Run] = []
    for part in parts:
        if runs:
            runs.append(words.run(words.mark[mark]))
        runs += [words.run(part)] if isinstance(part, str) else part
    return merged(runs)


def plain(runs: Iterable[Run]) -> str:
    """Give the text of runs as it stands."""
    return "".join(run.text for run in runs)
