"""Countries by the names that registers print, as ISO 3166-1 codes."""

import functools
import re
from collections.abc import Iterator
from importlib.resources import files

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


def country_rows() -> Iterator[list[str]]:
    """Give code, English name and degrees with towns of every country, as ``data/countries.tsv`` holds them."""
    table = files("vestige.capture.registers").joinpath("data", "countries.tsv").read_text("utf-8")
    return (line.split("\t") for line in table.splitlines())


@functools.cache
def _by_name() -> dict[str, str]:
    return {name.casefold(): code for code, name, _ in country_rows()} | _UN_NAMES
