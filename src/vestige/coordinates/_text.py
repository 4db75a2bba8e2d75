"""Where a text tells a place by coordinates: decimal degrees, degrees with minutes and seconds, UTM, geohash, plus code, links to maps.

What a reader could take for a coordinate is taken for one, in either order and with either sign: who asks compares it with places that must not
be told, and there a false alarm is next to impossible, since the earth is large.
"""

import itertools
import re
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import unquote

from vestige.coordinates._codes import from_geohash, from_plus_code
from vestige.coordinates._utm import from_utm

_DECIMAL = r"\d{1,3}[.,\u066b]\d{1,15}"
_NUMBER = re.compile(
    rf"""(?<![\d!])(?:
    (?P<degrees>\d{{1,3}})\s*(?:[°º˚]|deg\.?|d(?=\s*\d))\s*
      (?:(?P<minutes>\d{{1,2}}(?:[.,\u066b]\d+)?)\s*(?:['\u2032\u2019\u2018\u00b4m]|min\.?)?\s*
      (?:(?P<seconds>\d{{1,2}}(?:[.,\u066b]\d+)?)\s*(?:["\u2033\u201d\u201cs]|''|\u2032\u2032)?)?)?
    |(?P<d>\d{{1,3}})[ :](?P<m>\d{{1,2}})[ :](?P<s>\d{{1,2}}(?:[.,\u066b]\d+)?)(?=\s*[NSEW\u041e\u0412\u0421\u0417\u042eO])
    |(?P<decimal>{_DECIMAL})
    )""",
    re.VERBOSE,
)
_DIGIT = re.compile(r"\d")
_UTM = re.compile(
    r"(?<!\d)(?P<zone>\d{1,2})\s*(?P<band>[C-HJ-NP-Xc-hj-np-x])\b[\s,:;]*(?:E[a-z]*[\s:=]*)?(?P<east>\d{6}(?:[.,]\d+)?)\s*(?:m?\s*E)?[\s,;/]*"
    r"(?:N[a-z]*[\s:=]*)?(?P<north>\d{6,7}(?:[.,]\d+)?)"
)
_GEOHASH = re.compile(r"(?<![A-Za-z0-9])[0-9b-hj-km-np-zB-HJ-KM-NP-Z]{5,12}(?![A-Za-z0-9])")
_CODE = re.compile(r"(?<![A-Za-z0-9])[23456789CFGHJMPQRVWXcfghjmpqrvwx]{4,8}\+[23456789CFGHJMPQRVWXcfghjmpqrvwx]{2,7}")
_FULL = 8
_APART = 60
"""How many characters may lie between the two numbers of a pair."""
_SIGNS = tuple(itertools.product((1, -1), (1, -1)))


class Told(NamedTuple):
    """A place that a text tells: the words, latitude and longitude in degrees (WGS 84), and how far off they may be meant."""

    words: str
    latitude: float
    longitude: float
    precision: float


def told_by(text: str) -> Iterator[Told]:
    """Give every place that a text could tell, each way that a pair of numbers can be read."""
    for form in dict.fromkeys((text, unquote(text)) if "%" in text else (text,)):
        if _DIGIT.search(form):
            yield from _pairs(form)
            yield from _metres(form)
        for match in _GEOHASH.finditer(form):
            yield Told(match[0], *from_geohash(match[0]))
        for code in codes_in(form):
            if code.index("+") == _FULL:
                yield Told(code, *from_plus_code(code))


def codes_in(text: str) -> Iterator[str]:
    """Give the plus codes of a text, full and short."""
    if "+" in text:
        yield from (match[0] for match in _CODE.finditer(text) if match[0].index("+") % 2 == 0)


def _pairs(text: str) -> Iterator[Told]:
    found = list(_NUMBER.finditer(text))
    for first, second in itertools.pairwise(found):
        if second.start() - first.end() > _APART:
            continue
        (a, fine), (b, finer) = _degrees(first), _degrees(second)
        words, precision = text[first.start() : second.end()], max(fine, finer)
        for one, other in ((a, b), (b, a)):
            if one <= 90 and other <= 180:
                yield from (Told(words, north * one, east * other, precision) for north, east in _SIGNS)


def _degrees(match: re.Match[str]) -> tuple[float, float]:
    """Give the degrees that a number means, without sign, and how far off they may be meant."""
    if match["decimal"]:
        plain = _plain(match["decimal"])
        return float(plain), 10.0 ** -len(plain.partition(".")[2])
    parts = [match["degrees"] or match["d"], match["minutes"] or match["m"], match["seconds"] or match["s"]]
    given = [_plain(part) for part in parts if part]
    digits = len(given[-1].partition(".")[2])
    value = sum(float(part) / 60**order for order, part in enumerate(given))
    return value, 10.0**-digits / 60 ** (len(given) - 1)


def _metres(text: str) -> Iterator[Told]:
    for match in _UTM.finditer(text):
        zone, band = int(match["zone"]), match["band"].upper()
        east, north = float(_plain(match["east"])), float(_plain(match["north"]))
        if 1 <= zone <= 60:
            for south in {band < "N", band == "S"}:  # S may be a band of the north or say south
                yield Told(match[0], *from_utm(zone, east, north, south=south), 1e-4)


def _plain(number: str) -> str:
    return number.replace(",", ".").replace("\u066b", ".")
