"""Names of countries by their codes, in the languages that pages exist in, for finding things by them."""

from functools import lru_cache

LANGUAGES = ("en", "az", "hy", "ru", "uk", "ar", "fr")


@lru_cache(maxsize=512)
def country_names(code: str) -> tuple[str, ...]:
    """Give the names of a country (ISO 3166-1 alpha-2) by CLDR, in English also with *and* for *&*; nothing for a code that it does not know."""
    from babel import Locale  # here, since only what is indexed needs it

    names = (Locale.parse(language).territories.get(code) for language in LANGUAGES)
    given = [name for name in names if name]
    return tuple(dict.fromkeys((*given, *(name.replace("&", "and") for name in given[:1]))))
