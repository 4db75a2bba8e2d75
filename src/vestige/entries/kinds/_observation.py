"""What was measured: tested change at a site, with the acquisitions that it rests on."""

from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from vestige.entries._values import LONGEST_TEXT, Amount, DateWindow, Hash, Line, Name, ThingId, Timestamp, Value
from vestige.entries.kinds._body import Body


class ByteRange(Value, frozen=True, kw_only=True):
    """Bytes of a file that were read: first and last, both inclusive, as in HTTP."""

    first: Amount
    last: Amount


class Scene(Value, frozen=True, kw_only=True):
    """One satellite acquisition that an observation rests on."""

    id: Line
    acquired: Timestamp | None = None
    href: Line | None = None
    platform: Line | None = None
    processor: Line | None = None
    ranges: tuple[ByteRange, ...] = ()
    sha256: Hash | None = None


class BandChange(Value, frozen=True, kw_only=True):
    """The size of a change in one band, in decibels of backscatter or reflectance ratio."""

    band: Line
    decibels: Annotated[float, Meta(ge=-1000, le=1000)]


class Observation(Body, frozen=True, kw_only=True):
    """A tested change, or its absence, or why it could not be known, at one site. Never damage: only an assessment says that.

    Either ``p_value`` or ``abstained`` is given. ``last_unchanged`` and ``first_changed`` bracket the change.
    """

    KIND = "observation"
    site: ThingId
    method: Line
    software: Line
    before: DateWindow
    after: DateWindow
    orbit: Line | None = None
    p_value: Annotated[float, Meta(ge=0, le=1)] | None = None
    q_value: Annotated[float, Meta(ge=0, le=1)] | None = None
    abstained: Line | None = None
    changes: tuple[BandChange, ...] = ()
    last_unchanged: Timestamp | None = None
    first_changed: Timestamp | None = None
    acquisitions_before: Amount = 0
    acquisitions_after: Amount = 0
    scenes: tuple[Scene, ...] = ()
    parameters: dict[Line, Annotated[str, Meta(max_length=LONGEST_TEXT)]] = msgspec.field(default_factory=dict)
    figures: tuple[Hash, ...] = ()
    findings: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        if (self.p_value is None) == (self.abstained is None):
            raise ValueError("expected either p_value or the reason in abstained, got both or neither")

    def named(self) -> tuple[Name, ...]:
        """Give nothing: it has no name of its own."""
        return ()

    def words(self) -> Iterable[str | None]:
        """Give nothing: it is not searched for."""
        return ()

    def links(self) -> Iterable[str | None]:
        """Give its site."""
        return (self.site,)

    def held(self) -> Iterable[str | None]:
        """Give its figures and evidence."""
        return self.figures

    def exposes(self) -> Iterable[str]:
        """Give its site: the pixels that were read say where it lies."""
        return (self.site,)
