"""A site's time line as one instrument saw it: what every test of change takes."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from vestige.observing._errors import SeriesError

SAME_PASS = np.timedelta64(600, "s")
"""Images closer in time are slices of one pass: the same acquisition twice."""
Times: TypeAlias = NDArray[np.datetime64]
Values: TypeAlias = NDArray[np.floating[Any]]


@dataclass(frozen=True, eq=False)
class Series:
    """The pixels of one site through time, seen from one relative orbit.

    ``times`` is datetime64 of shape (T,), strictly ascending, UTC. ``values`` is linear power (Sentinel-1 gamma nought) or
    reflectance of shape (T, band, y, x), NaN where absent; a value that is not positive and finite counts as absent.
    ``bands`` names the second axis. ``orbit`` names the viewing geometry (relative orbit or burst): series of different
    orbits are never joined, only their p-values are. ``platform`` and ``processor`` are one name for all dates, one name a
    date, or None where unknown. ``site`` and ``scenes`` (one id a date) carry over into the result. ``cloud`` is, for optical
    images, the share of the site that cloud, shadow or snow hides, one number a date.

    Raises `SeriesError` where shapes disagree or times are missing, unsorted or doubled, two slices of one pass included.
    """

    times: Times
    values: Values
    bands: tuple[str, ...]
    orbit: str
    platform: str | Sequence[str] | None = None
    processor: str | Sequence[str] | None = None
    site: str | None = None
    scenes: Sequence[str] = field(default=(), repr=False)
    cloud: Sequence[float] = field(default=(), repr=False)
    water: bool | None = None
    """Whether the images themselves say that the site is open water; None where they do not say."""
    negative: bool = field(default=False, init=False)
    """Whether most values were given below zero, as decibels are."""

    def __post_init__(self) -> None:
        times = np.array(self.times, dtype="datetime64[s]")
        values = _as_floats(self.values)
        _check(times, values, tuple(self.bands), self.orbit)
        finite = values[np.isfinite(values)]
        object.__setattr__(self, "negative", bool(finite.size and np.median(finite) < 0))
        values = np.where(np.isfinite(values) & (values > 0), values, np.nan)
        times.flags.writeable = values.flags.writeable = False
        changes: dict[str, Any] = {"times": times, "values": values, "bands": tuple(self.bands)}
        for name in ("platform", "processor"):
            changes[name] = _per_date(getattr(self, name), len(times), f"{self.orbit}: {name}")
        changes["scenes"] = _per_date(tuple(self.scenes) or None, len(times), f"{self.orbit}: scenes") or ()
        if len(self.cloud) not in {0, len(times)}:
            raise SeriesError(f"expected a share of cloud a date or none, got {len(self.cloud)}", where=self.orbit)
        for name, value in changes.items():
            object.__setattr__(self, name, value)

    def __len__(self) -> int:
        return len(self.times)


def _as_floats(values: Any) -> Values:
    array = np.array(values)
    if array.dtype.kind not in "fiu":
        raise SeriesError(f"expected numbers, got values of type {array.dtype}", where="values")
    return array if array.dtype.kind == "f" else array.astype("float64")


def _check(times: Times, values: Values, bands: tuple[str, ...], orbit: str) -> None:
    where = f"series {orbit}"
    if times.ndim != 1 or values.ndim != 4:
        raise SeriesError(
            f"expected times (T,) and values (T, band, y, x), got shapes {times.shape} and {values.shape}", where=where
        )
    if values.shape[:2] != (len(times), len(bands)):
        raise SeriesError(
            f"expected {len(times)} dates and {len(bands)} bands, got values of shape {values.shape}", where=where
        )
    if not bands or len(set(bands)) != len(bands):
        raise SeriesError(f"expected at least one band, each with its own name, got {bands}", where=where)
    if np.isnat(times).any():
        raise SeriesError("a date is missing (NaT)", where=where)
    if (np.diff(times) <= np.timedelta64(0, "s")).any():
        first = int(np.argmax(np.diff(times) <= np.timedelta64(0, "s")))
        raise SeriesError(
            f"times must ascend, but {times[first + 1]} follows {times[first]}",
            where=where,
            hint="sort the dates and merge those that are doubled",
        )
    if (np.diff(times) < SAME_PASS).any():
        first = int(np.argmax(np.diff(times) < SAME_PASS))
        raise SeriesError(
            f"two images of one pass: {times[first]} and {times[first + 1]}",
            where=where,
            hint="merge them, or leave one out",
        )


def _per_date(names: str | Sequence[str] | None, dates: int, what: str) -> tuple[str, ...] | None:
    if names is None:
        return None
    spread = (names,) * dates if isinstance(names, str) else tuple(map(str, names))
    if len(spread) != dates:
        raise SeriesError(f"expected one name or {dates}, got {len(spread)}", where=what)
    return spread
