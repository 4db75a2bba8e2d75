"""Where a text tells a place by a code (geohash, plus code, short link of OpenStreetMap), or by a short link that only its host can follow."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from vestige.coordinates._codes import from_geohash, from_osm_short, from_plus_code

_GEOHASH = re.compile(r"(?<![A-Za-z0-9])[0-9b-hj-km-np-zB-HJ-KM-NP-Z]{5,12}(?![A-Za-z0-9])")
_CODE = re.compile(r"(?<![A-Za-z0-9])[23456789CFGHJMPQRVWXcfghjmpqrvwx]{4,8}\+[23456789CFGHJMPQRVWXcfghjmpqrvwx]{2,7}")
_OSM_SHORT = re.compile(r"(?:osm|openstreetmap)\.org/go/([A-Za-z0-9_~@]{3,14})-{0,2}", re.IGNORECASE)
_UNREAD = re.compile(
    r"(?:goo\.gl/maps|maps\.app\.goo\.gl|g\.co/maps|maps\.apple/p|yandex\.(?:com|ru|az|com\.am|ua|kz)/maps/-|2gis\.(?:com|ru|az|am)/go|go\.2gis\.com)"
    r"/[A-Za-z0-9_~-]{3,40}",
    re.IGNORECASE,
)
_FULL = 8


class Told(NamedTuple):
    """A place that a text tells: the words, latitude and longitude in degrees (WGS 84), and how far off they may be meant."""

    words: str
    latitude: float
    longitude: float
    precision: float


def told_by_codes(text: str) -> Iterator[Told]:
    """Give every place that a text could tell by a geohash or a full plus code."""
    for match in _GEOHASH.finditer(text):
        yield Told(match[0], *from_geohash(match[0]))
    if "/go/" in text:
        for match in _OSM_SHORT.finditer(text):
            yield Told(match[0], *from_osm_short(match[1]))
    for code in codes_in(text):
        if code.index("+") == _FULL:
            yield Told(code, *from_plus_code(code))


def unread_links(text: str) -> Iterator[str]:
    """Give the short links to maps in a text of which only their host knows where they lead."""
    if "/" in text:
        yield from (match[0] for match in _UNREAD.finditer(text))


def codes_in(text: str) -> Iterator[str]:
    """Give the plus codes of a text, full and short."""
    if "+" in text:
        yield from (match[0] for match in _CODE.finditer(text) if match[0].index("+") % 2 == 0)
