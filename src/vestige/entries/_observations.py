"""What was measured: tested change at a site, with the acquisitions that it rests on."""

from typing import Annotated

import msgspec
from msgspec import Meta

from vestige.entries._common import DateWindow, Hash, Line, ThingId, Timestamp, Value


class ByteRange(Value, frozen=True, kw_only=True):
    """Bytes of a file that were read: first and last, both inclusive, as in HTTP."""

    first: Annotated[int, Meta(ge=0)]
    last: Annotated[int, Meta(ge=0)]


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
    decibels: float


class Observation(Value, frozen=True, kw_only=True):
    """A tested change, or its absence, or why it could not be known, at one site. Never damage: only an assessment says that.

    Either ``p_value`` or ``abstained`` is given. ``last_unchanged`` and ``first_changed`` bracket the change.
    """

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
    acquisitions_before: Annotated[int, Meta(ge=0)] = 0
    acquisitions_after: Annotated[int, Meta(ge=0)] = 0
    scenes: tuple[Scene, ...] = ()
    parameters: dict[str, str] = msgspec.field(default_factory=dict)
    figures: tuple[Hash, ...] = ()
    findings: tuple[Line, ...] = ()

    def __post_init__(self) -> None:
        if (self.p_value is None) == (self.abstained is None):
            raise ValueError("expected either p_value or the reason in abstained, got both or neither")
