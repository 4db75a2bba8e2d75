"""``vestige observe --recheck``: an observation of a record is done again from its evidence, and compared with what was entered."""

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from vestige.cli._observe_record import AFTER, AROUND, BEFORE, EVIDENCE, SIGN_IN, stamp
from vestige.errors import InputError

if TYPE_CHECKING:
    from vestige.entries import Observation
    from vestige.observing import Change
    from vestige.observing.scenes import Dossier
    from vestige.record import Record

_CLOSE = 1e-9
"""Relative difference that another machine's arithmetic may make."""


class Rechecked(NamedTuple):
    """What doing an observation again gave."""

    files: int
    p_value: float | None
    differences: tuple[str, ...]


def recheck_observation(record: "Record", text: str, *, allow_private: bool, connections: int) -> Rechecked:
    """Read the evidence of an observation again from its archive, test again, and compare.

    Nothing comes from a cache. A q-value rests on the other sites of its list and is not compared. Raises `InputError`
    where the entry is no observation or has no evidence.
    """
    from vestige.cli._lookup import find_entry
    from vestige.entries import Observation
    from vestige.observing.scenes import Reader, ReaderSettings, recheck, unpack_dossier

    entry = find_entry(record, text)
    body = entry.body
    if not isinstance(body, Observation):
        raise InputError(f"expected an observation, got a {entry.kind}", where=text)
    if "series" in body.parameters:
        from vestige.cli._observe_series import recheck_series

        return recheck_series(record, body)
    if EVIDENCE not in body.parameters:
        raise InputError("the observation has no evidence to read again", where=text)
    dossier = unpack_dossier(record.files.read(body.parameters[EVIDENCE]))
    signer = body.parameters.get(SIGN_IN, "none")
    settings = ReaderSettings(
        signer=signer, connections=connections, allow_private=allow_private, allow_local=allow_private
    )
    again = recheck(dossier, Reader(settings))
    change = _tested_again(dossier, again.chips, body)
    return Rechecked(
        len(dossier.exhibits), change.p_value if change else None, (*again.differences, *differences(body, change))
    )


def _tested_again(dossier: "Dossier", chips: Any, body: "Observation") -> "Change | None":
    from vestige.observing import survey
    from vestige.observing.scenes import stack, surroundings

    windows = [window_of(body.parameters.get(name, "")) for name in (AFTER, BEFORE)]
    series = stack(chips, bands=dossier.bands, pixels=dossier.pixels)
    if not series or windows[0] is None:
        return None
    around = int(body.parameters.get(AROUND, "0"))
    wide = stack(chips, bands=dossier.bands, pixels=around) if around else ()
    controls = [[surroundings(one, dossier.pixels)] for one in wide] if around else None
    return survey(series, windows[0], windows[1], controls=controls)[0].change


def window_of(text: str) -> tuple[np.datetime64, np.datetime64] | None:
    """Read a window as `stamp` wrote its ends; None where there is none."""
    start, slash, end = text.replace("Z", "").partition("/")
    return (np.datetime64(start, "s"), np.datetime64(end, "s")) if slash else None


def differences(body: "Observation", change: "Change | None") -> list[str]:
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
