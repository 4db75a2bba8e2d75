"""An observation of a record is done again from its evidence, and compared with what was entered."""

from typing import TYPE_CHECKING, Any

from vestige.entries import Observation
from vestige.errors import InputError, an
from vestige.keeping.finding import find_entry
from vestige.keeping.observations._differences import Rechecked, differences, window_of
from vestige.keeping.observations._enter import AFTER, AROUND, BEFORE, EVIDENCE, SIGN_IN
from vestige.keeping.observations._series import recheck_series
from vestige.record import Record

if TYPE_CHECKING:
    from vestige.observing import Change
    from vestige.observing.scenes import Dossier


def recheck_observation(record: Record, text: str, *, allow_private: bool, connections: int) -> Rechecked:
    """Read the evidence of an observation again from its archive, test again, and compare.

    Nothing comes from a cache. A q-value rests on the other sites of its list and is not compared. Raises `InputError`
    where the entry is no observation or has no evidence.
    """
    from vestige.observing.scenes import Reader, ReaderSettings, recheck, unpack_dossier

    entry = find_entry(record, text)
    body = entry.body
    if not isinstance(body, Observation):
        raise InputError(f"expected an observation, got {an(entry.kind)}", where=text)
    if "series" in body.parameters:
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


def _tested_again(dossier: "Dossier", chips: Any, body: Observation) -> "Change | None":
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
