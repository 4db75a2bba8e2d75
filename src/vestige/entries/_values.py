"""The small values that bodies are made of: hashes, ids, names, places, dates.

Every type here is frozen and refuses unknown fields, so that a misspelt field is an error and never silence.
"""

import calendar
import datetime as dt
import re
from typing import Annotated

import msgspec
from msgspec import Meta

Hash = Annotated[str, Meta(pattern=r"^[0-9a-f]{64}\Z", description="SHA-256 in lower-case hexadecimal")]
ThingId = Annotated[str, Meta(pattern=r"^[a-z]{1,20}:[a-z2-7]{16}\Z", description="<kind>:<base32 of 80 bits>")]
LONGEST_TEXT = 100_000
"""Characters of the longest text of a body, some forty printed pages: what is longer is a source, and kept as a file."""
MOST_NAMES = 400
"""Names, identifiers or designations of one thing: there are about as many Wikipedias as this."""
LARGEST_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON reads alike (RFC 7493)."""

Text = Annotated[str, Meta(min_length=1, max_length=LONGEST_TEXT)]
Line = Annotated[str, Meta(min_length=1, max_length=2_000)]
LanguageTag = Annotated[str, Meta(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z", description="BCP 47")]
CountryCode = Annotated[str, Meta(pattern=r"^[A-Z]{2}\Z", description="ISO 3166-1 alpha-2")]
PartialDate = Annotated[
    str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?\Z", description="ISO 8601: YYYY, YYYY-MM or YYYY-MM-DD")
]
Timestamp = Annotated[
    str,
    Meta(
        pattern=r"^[1-9][0-9]{3}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]Z\Z",
        description="RFC 3339, UTC, whole seconds",
    ),
]
Amount = Annotated[int, Meta(ge=0, le=LARGEST_NUMBER)]
Handle = Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9._-]{0,39}\Z", description="a name that is nobody's real one")]
Origin = Annotated[
    str, Meta(pattern=r"^[a-z0-9.-]+(/[A-Za-z0-9._-]+)*\Z", max_length=100, description="the name of a log")
]
Latitude = Annotated[float, Meta(ge=-90, le=90, description="degrees, WGS 84")]
Longitude = Annotated[float, Meta(ge=-180, le=180, description="degrees, WGS 84")]


class Value(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True, kw_only=True, gc=False):
    """Base of every value in a body. No value can hold itself, so the garbage collector need not look at any."""


class Name(Value, frozen=True, kw_only=True):
    """One name of a thing, as written in one language. All names are kept; none is *the* name."""

    text: Line
    language: LanguageTag | None = None

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("expected a name, got only white space")


class Translation(Value, frozen=True, kw_only=True):
    """A field of a body said again in another language: what its keeper gives, never words of a source."""

    language: LanguageTag
    field: Annotated[str, Meta(pattern=r"^[a-z_]{1,40}\Z")]
    text: Text

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise ValueError("expected a text, got only white space")


class Identifier(Value, frozen=True, kw_only=True):
    """What another register calls the same thing."""

    scheme: Line
    value: Line


class Location(Value, frozen=True, kw_only=True):
    """A point in WGS 84 degrees. ``cell_degrees`` is the width of the grid cell that it was snapped to, if it was."""

    latitude: Latitude
    longitude: Longitude
    cell_degrees: Annotated[float, Meta(gt=0, le=10)] | None = None


class DateWindow(Value, frozen=True, kw_only=True):
    """When something was so: ``on`` a date, ``between`` two, or ``before`` one. Dates may be partial.

    ``on`` and ``between`` need ``start``; ``between`` needs ``end`` too; ``before`` needs only ``end``.
    """

    when: Annotated[str, Meta(pattern=r"^(on|between|before)\Z")]
    start: PartialDate | None = None
    end: PartialDate | None = None

    def __post_init__(self) -> None:
        needed = {"on": (True, False), "between": (True, True), "before": (False, True)}[self.when]
        if (self.start is not None, self.end is not None) != needed:
            fields = " and ".join(name for name, need in zip(("start", "end"), needed, strict=True) if need)
            raise ValueError(
                f"expected a window '{self.when}' with exactly {fields}, got start={self.start} end={self.end}"
            )
        earliest, latest = self.bounds()
        if earliest is not None and earliest > latest:
            raise ValueError(f"expected a window that starts before it ends, got {self.start} to {self.end}")

    def bounds(self) -> tuple[dt.date | None, dt.date]:
        """Give the first and last day that the window can mean; the first is None for ``before``."""
        last = self.end if self.end is not None else self.start
        assert last is not None  # noqa: S101 - __post_init__ has seen to it
        return (None if self.start is None else first_day(self.start)), last_day(last)


Names = Annotated[tuple[Name, ...], Meta(min_length=1, max_length=MOST_NAMES)]
Identifiers = Annotated[tuple[Identifier, ...], Meta(max_length=MOST_NAMES)]
Translations = Annotated[tuple[Translation, ...], Meta(max_length=MOST_NAMES)]


def first_day(date: str) -> dt.date:
    """Give the first day that a partial date can mean; raises ValueError when there is no such date."""
    year, *rest = _parts(date)
    return dt.date(year, *([*rest, 1, 1])[:2])


def last_day(date: str) -> dt.date:
    """Give the last day that a partial date can mean; raises ValueError when there is no such date."""
    year, *rest = _parts(date)
    month = rest[0] if rest else 12
    if not 1 <= month <= 12:
        raise ValueError(f"expected a month from 01 to 12, got {date}")
    return dt.date(year, month, rest[1] if len(rest) > 1 else calendar.monthrange(year, month)[1])


_DATE = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


def _parts(date: str) -> list[int]:
    match = _DATE.fullmatch(date)
    if match is None:
        raise ValueError(f"expected a date such as 2020, 2020-09 or 2020-09-30, got {date}")
    return [int(part) for part in match.groups() if part]


_HASH = re.compile(r"[0-9a-f]{64}")


def is_hash(text: str) -> bool:
    """Whether a text is a SHA-256 in lower-case hexadecimal."""
    return _HASH.fullmatch(text) is not None
