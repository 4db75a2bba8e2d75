"""The small values that several acts are made of: days, evidence, who paid, and what no act may tell."""

import re
from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Hash, Line, ThingId, Timestamp, Value, first_day

Day = Annotated[str, Meta(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", description="ISO 8601, a whole day")]
Count = Annotated[int, Meta(ge=0, le=10_000_000_000)]
Stated = Annotated[str, Meta(pattern=r"^(yes|no|not stated)\Z")]


class Evidence(Value, frozen=True, kw_only=True):
    """What shows an act from the side of the one who acted; ``heard`` shows nothing but that somebody said so.

    ``page``, ``mail`` and ``letter`` name the preserved source or file, ``dns`` the record as it was answered (in ``detail``), ``key``
    the signature inside the body, ``eid`` the preserved container of a legal signature.
    """

    what: Annotated[str, Meta(pattern=r"^(page|dns|mail|letter|key|eid|heard)\Z")]
    observed: Timestamp
    source: ThingId | None = None
    file: Hash | None = None
    detail: Line | None = None

    def __post_init__(self) -> None:
        if self.what in {"page", "mail", "letter", "eid"} and self.source is None and self.file is None:
            raise ValueError(f"expected the preserved source or file of evidence {self.what!r}, got neither")
        if self.what == "dns" and not self.detail:
            raise ValueError("expected the domain record as it was answered in 'detail', got nothing")


class Funding(Value, frozen=True, kw_only=True):
    """Who paid for what, and which source says so. ``not disclosed`` is a payer too, and is shown."""

    by: Line
    covers: Annotated[str, Meta(pattern=r"^(travel|lodging|fee|printing|advertising|other)\Z")] = "other"
    actor: ThingId | None = None
    said_by: ThingId | None = None


def own_side(evidence: Iterable[Evidence]) -> bool:
    """Whether any of the evidence comes from the side of the one who acted."""
    return any(one.what != "heard" for one in evidence)


def require_days(first: str | None, last: str | None, what: str) -> None:
    """Raise ValueError when a day does not exist or the last comes before the first."""
    days = [first_day(day) for day in (first, last) if day is not None]
    if len(days) == 2 and days[0] > days[1]:
        raise ValueError(f"expected {what} that starts before it ends, got {first} to {last}")


def require_once(values: Iterable[str], what: str) -> None:
    """Raise ValueError when a value comes twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise ValueError(f"expected each {what} once, got {value!r} twice")
        seen.add(value)


MOVEMENTS = (
    ("a time of day", r"\b(?:[01]?\d|2[0-3]):[0-5]\d\b|\b\d{1,2}\s?[ap]\.?m\b\.?"),
    (
        "a lodging",
        (
            r"\b(?:hotel|hostel|guest ?house|lodging at|otel|mehmanxana|hôtel|auberge)\b|"
            r"отел[ьеяю]|гостиниц|готел|հյուրանոց|فندق"
        ),
    ),
    (
        "a vehicle or flight",
        (
            r"\b(?:mini-?bus|convoy|motorcade|licen[cs]e plate|number plate|helicopter|flight (?:no\.? ?)?[A-Z0-9]{2}\s?\d+|"
            r"vertolyot|helikopter|autocar|cortège|karvan)\b|автобус|вертол[её]т|кортеж|гелікоптер|ուղղաթիռ|مروحية|حافلة"
        ),
    ),
    ("a route", r"\b(?:route|itinerary|checkpoint|marşrut|itinéraire)\b|маршрут|երթուղի|مسار الرحلة"),
    ("a place by coordinates", r"\b\d{1,2}\.\d{3,}\s*°?\s*[NS]?\s*[,;]?\s+\d{1,3}\.\d{3,}|\d{1,3}°\s*\d{1,2}['′]"),
)
_TELLS = [(what, re.compile(pattern, re.IGNORECASE)) for what, pattern in MOVEMENTS]


def movement_in(text: str) -> tuple[str, str] | None:
    """Give what a text would tell of where somebody sleeps, drives or stands, and the words that tell it; nothing where it tells none.

    A net of patterns in the record's languages, not a proof: the fields of a visit have no room for these to begin with.
    """
    for what, pattern in _TELLS:
        if match := pattern.search(text):
            return what, match[0]
    return None


def require_no_movement(texts: Iterable[str | None], where: str) -> None:
    """Raise ValueError when a text would tell a route, lodging, vehicle, time or exact place."""
    for text in filter(None, texts):
        if found := movement_in(text):
            raise ValueError(
                f"expected no route, lodging, vehicle, time of day or exact place in {where}, got {found[0]}: {found[1]!r}"
            )
