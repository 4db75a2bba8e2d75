"""In what a test done again differs from what was entered."""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vestige.entries import Observation
from vestige.keeping.observations._enter import stamp

if TYPE_CHECKING:
    from vestige.observing import Change

_CLOSE = 1e-9
"""Relative difference that another machine's arithmetic may make."""


class Rechecked(NamedTuple):
    """What doing an observation again gave."""

    files: int
    p_value: float | None
    differences: tuple[str, ...]


def window_of(text: str) -> tuple[np.datetime64, np.datetime64] | None:
    """Read a window as `stamp` wrote its ends; None where there is none."""
    start, slash, end = text.replace("Z", "").partition("/")
    return (np.datetime64(start, "s"), np.datetime64(end, "s")) if slash else None


def differences(body: Observation, change: "Change | None") -> list[str]:
    """Say in what a test done again differs from what was entered."""
    if change is None:
        return ["the test could not be done again"]
    seen = change.first_seen
    pairs: list[tuple[str, Any, Any]] = [
        ("p", body.p_value, change.p_value),
        ("abstained", body.abstained, change.abstained and str(change.abstained)),
        ("dates before", body.acquisitions_before, change.n_before),
        ("dates in the window", body.acquisitions_after, change.n_after),
        ("last unchanged", body.last_unchanged, stamp(seen[0]) if seen else None),
        ("first changed", body.first_changed, stamp(seen[1]) if seen else None),
        *((f"{one.band} in dB", one.decibels, change.change_db.get(one.band)) for one in body.changes),
    ]
    return [f"{what}: was {was}, now {now}" for what, was, now in pairs if not _equal(was, now)]


def _equal(was: Any, now: Any) -> bool:
    if isinstance(was, float) and isinstance(now, float):
        return math.isclose(was, now, rel_tol=_CLOSE, abs_tol=_CLOSE)
    return bool(was == now)
