"""One month of a published record's readers, as its keeper counted them from server logs. Views, never people."""

from collections.abc import Iterable
from typing import Annotated

from msgspec import Meta

from vestige.entries._values import Hash, Line, Name, Text, Value
from vestige.entries.acts._tally import Cell
from vestige.entries.acts._values import Count, require_once
from vestige.entries.kinds import Body


class Logs(Value, frozen=True, kw_only=True):
    """What was read: the format, how many whole days of the month it covers, how many lines, and how many could not be read."""

    format: Annotated[str, Meta(pattern=r"^(combined|vhost-combined|caddy|cloudfront|bunny)\Z")]
    days: Annotated[int, Meta(ge=0, le=31)]
    lines: Count
    unreadable: Count = 0


class RobotList(Value, frozen=True, kw_only=True):
    """A list of patterns by which robots were told apart: its name, version and SHA-256."""

    name: Line
    version: Line
    hash: Hash


class Geography(Value, frozen=True, kw_only=True):
    """The file that gave countries: its name, the date it was built, and its licence as the keeper gave it."""

    name: Line
    built: Line
    licence: Line


class LeftOut(Value, frozen=True, kw_only=True):
    """Everything that was not counted as a view, by the first reason that fits, in this order."""

    other_month: Count = 0
    errors: Count = 0
    methods: Count = 0
    assets: Count = 0
    other_site: Count = 0
    robots_by_name: Count = 0
    robots_by_conduct: Count = 0
    repeats: Count = 0


class Reach(Body, frozen=True, kw_only=True):
    """The keeper's count of one month. A stranger cannot count it again, since the logs must die.

    ``views`` follow the COUNTER rules; ``views_low`` is of those visitors alone who also fetched a style, script or picture in that
    hour, as browsers do. Tables are one-way; their cells hold at least ``least`` views, and what is left over stands in ``…_other``.
    """

    KIND = "reach"
    month: Annotated[str, Meta(pattern=r"^[0-9]{4}-(0[1-9]|1[0-2])\Z")]
    logs: Annotated[tuple[Logs, ...], Meta(min_length=1)]
    method: Line
    lists: tuple[RobotList, ...]
    left_out: LeftOut
    views: Count
    views_low: Count
    least: Annotated[int, Meta(ge=10, le=1000)]
    counted: Hash | None = None
    database: Geography | None = None
    languages: tuple[Cell, ...] = ()
    languages_other: Count = 0
    pages: tuple[Cell, ...] = ()
    pages_other: Count = 0
    downloads: tuple[Cell, ...] = ()
    downloads_other: Count = 0
    referrers: tuple[Cell, ...] = ()
    referrers_other: Count = 0
    countries: tuple[Cell, ...] = ()
    countries_other: Count = 0
    machines: tuple[Cell, ...] = ()
    missing: Text | None = None

    def __post_init__(self) -> None:
        if self.views_low > self.views:
            raise ValueError(f"expected views_low within the {self.views} views, got {self.views_low}")
        if self.countries and self.database is None:
            raise ValueError("expected the name, date and licence of the file that gave countries, got none")
        for what in ("languages", "pages", "downloads", "referrers", "countries"):
            self._require_table(what)

    def _require_table(self, what: str) -> None:
        cells: tuple[Cell, ...] = getattr(self, what)
        other: int = getattr(self, f"{what}_other")
        require_once((cell.name for cell in cells), what)
        small = [cell.number for cell in cells if cell.number < self.least]
        if small or (0 < other < self.least and cells):
            raise ValueError(
                f"expected cells and the rest of {what} of 0 or at least {self.least}, got {small or other}"
            )

    def named(self) -> tuple[Name, ...]:
        """Give its month."""
        return (Name(text=self.month),)

    def words(self) -> Iterable[str | None]:
        """Give what is missing from it."""
        return (self.missing,)

    def links(self) -> Iterable[str | None]:
        """Give nothing: it is about no other thing."""
        return ()

    def held(self) -> Iterable[str | None]:
        """Give nothing: no file of it is kept."""
        return ()

    def exposes(self) -> Iterable[str]:
        """Give nothing: it tells no place."""
        return ()
