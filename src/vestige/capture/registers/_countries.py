"""Countries by the names that registers print, as ISO 3166-1 codes."""

import functools
import re
from collections.abc import Iterator
from importlib.resources import files

from vestige.entries import country_names

_UN_NAMES = {
    "syrian arab republic": "SY",
    "libyan arab jamahiriya": "LY",
    "state of palestine": "PS",
    "palestine": "PS",
    "russian federation": "RU",
    "viet nam": "VN",
    "republic of korea": "KR",
    "lao people's democratic republic": "LA",
    "republic of moldova": "MD",
    "united republic of tanzania": "TZ",
    "united kingdom of great britain and northern ireland": "GB",
    "united states of america": "US",
    "brunei darussalam": "BN",
    "cabo verde": "CV",
    "czechia": "CZ",
    "türkiye": "TR",
    "turkey": "TR",
}
_CODE = re.compile(r"[A-Za-z]{2}")
_ASIDE = re.compile(r"\([^()]*+\)")


def country_codes(text: str) -> tuple[str, ...]:
    """Read ISO codes, or names of countries in English or a language of the pages, separated by commas or semicolons; what is unknown is left out."""
    parts = (part.strip() for part in re.split(r"[,;،؛]", text))
    codes = (part.upper() if _CODE.fullmatch(part) else _named(part) for part in parts)
    return tuple(dict.fromkeys(code for code in codes if code))


def _named(text: str) -> str | None:
    name = " ".join(_ASIDE.sub(" ", text).split()).casefold()
    return _by_name().get(name) or (_by_translated_name().get(name) if name else None)


def country_rows() -> Iterator[list[str]]:
    """Give code, English name and degrees with towns of every country, as ``data/countries.tsv`` holds them."""
    table = files("vestige.capture.registers").joinpath("data", "countries.tsv").read_text("utf-8")
    return (line.split("\t") for line in table.splitlines())


@functools.cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, name, _ in country_rows()} | _UN_NAMES


@functools.cache
def _by_translated_name() -> dict[str, str]:
    return {name.casefold(): code for code, _, _ in country_rows() for name in country_names(code)}
