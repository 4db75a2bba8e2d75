"""A tally: one day's sheet of salted commitments to signatures, and the numbers that may be told of all sheets so far."""

import re
from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import LARGEST_NUMBER, Hash, Line, Name, ThingId, Value
from vestige.entries.acts._values import Count, Day, require_days, require_once
from vestige.entries.kinds import Body


class Ending(Value, frozen=True, kw_only=True):
    """Commitments that no longer count, in a file like a sheet, with the one reason for all of them."""

    file: Hash
    why: Annotated[str, Meta(pattern=r"^(asked|not theirs|bounced|duplicate|forged|robot)\Z")]
    count: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]


class Cell(Value, frozen=True, kw_only=True):
    """One published cell of a one-way table."""

    name: Line
    number: Count


class Refused(Value, frozen=True, kw_only=True):
    """What was not counted, by reason: numbers of messages, since the first tally."""

    unconfirmed: Count = 0
    late: Count = 0
    duplicate: Count = 0
    disposable: Count = 0
    bounced: Count = 0
    unsigned_mail: Count = 0


class Tally(Body, frozen=True, kw_only=True):
    """One sheet of a call: a preserved file of ascending 32-byte commitments, in the order of the numbers 1, 2, 3 and so on.

    ``count`` is of this sheet, ``total`` and ``ended`` of all so far. ``countries`` and ``domains`` are one-way tables of those that stand,
    by the k-step rule, with ``elsewhere`` and ``other`` for what no cell may show. ``closing`` marks the last, which may hold fewer than k.
    """

    KIND = "tally"
    call: ThingId
    wording: Hash
    number: Annotated[int, Meta(ge=1, le=LARGEST_NUMBER)]
    count: Count
    total: Count
    closed: Day
    method: Line
    sheet: Hash | None = None
    ended: Count = 0
    endings: tuple[Ending, ...] = ()
    refused: Refused = Refused()
    countries: tuple[Cell, ...] = ()
    elsewhere: Count = 0
    domains: tuple[Cell, ...] = ()
    other: Count = 0
    closing: bool = False

    def __post_init__(self) -> None:
        require_days(self.closed, None, "a tally")
        if (self.sheet is None) != (self.count == 0):
            raise ValueError(f"expected a sheet exactly where commitments are counted, got count={self.count}")
        if self.ended > self.total or self.count > self.total:
            raise ValueError(
                f"expected count and ended within the total {self.total}, got {self.count} and {self.ended}"
            )
        require_once((cell.name for cell in self.countries), "country")
        require_once((cell.name for cell in self.domains), "domain")
        for cell in self.countries:
            if not re.fullmatch("[A-Z]{2}", cell.name):
                raise ValueError(f"expected a country as ISO 3166-1 alpha-2, got {cell.name!r}")

    def named(self) -> tuple[Name, ...]:
        """Give nothing: it goes by its call and number."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give nothing: it is not searched for."""
        return ()

    def links(self) -> Iterable[str | None]:
        """Give its call."""
        return (self.call,)

    def held(self) -> Iterable[str | None]:
        """Give the sheet and the files of endings."""
        return (self.sheet, *(ending.file for ending in self.endings))

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
