"""The words that documents add of their own, in each language of the project: a file a language in ``words/``."""

import datetime as dt
import functools
import importlib.resources
import tomllib

from babel import Locale
from babel.dates import format_date

LANGUAGES = ("en", "az", "hy", "ru", "uk", "ar", "fr")


@functools.cache
def words(language: str) -> dict[str, str]:
    """Give the words of a language by its BCP 47 tag, or those of English where there are none."""
    code = spoken(language)
    file = importlib.resources.files("vestige.appealing.documents") / "words" / f"{code}.toml"
    return tomllib.loads(file.read_text("utf-8"))


def spoken(language: str) -> str:
    """Give the language of the project that a tag names, or English."""
    code = language.split("-", maxsplit=1)[0].casefold()
    return code if code in LANGUAGES else "en"


def written_day(day: str, language: str) -> str:
    """Write a day (ISO 8601) as the language does."""
    code = spoken(language)
    locale = Locale.parse("en_001" if code == "en" else code)
    return str(format_date(dt.date.fromisoformat(day), "long", locale=locale))
