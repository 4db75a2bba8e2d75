"""The audit from its answers: both bounds, the file of positions, and the auditor's signature, for the keeper to enter."""

import csv
import datetime as dt
import io
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import msgspec

from vestige.calling import bounds_of, positions_file
from vestige.entries import canonical_json, decode_body, sign_inner
from vestige.entries.acts import Audit, Funding
from vestige.errors import InputError, an
from vestige.keeping.acts._handed_files import read_handed
from vestige.keeping.acts.audits._ask import ANSWERS, ASK
from vestige.keeping.acts.audits._auditor import auditor_keys, own_draw, write_own
from vestige.keeping.acts.audits._sample import SAMPLE, Sample, read_sample

AUDIT, DRAWN = "audit.json", "drawn.txt"
_LARGEST = 1 << 26


class Answers(msgspec.Struct, frozen=True, kw_only=True):
    """An audit as its auditor signed it, and the file for the keeper."""

    file: str
    audit: Audit


def finish_audit(
    folder: Path,
    *,
    method: str,
    paid_by: Sequence[str] = (),
    duplicates: int = 0,
    destroyed: dt.date | None = None,
) -> Answers:
    """Count the answers of an auditor's list and write the signed audit, with the file of positions beside it.

    An empty answer counts as silent. Raises InputError that names the row when an answer is none of yes, no, silent, bounced, or when the list
    is not that of the sample.
    """
    draw, number = own_draw(folder)
    sample = read_sample(folder / SAMPLE)
    said = _answers(folder / ASK, sample)
    drawn = positions_file(sample.positions)
    fields = {
        "call": draw.call,
        "tally": sample.tally,
        "draw": sample.draw,
        "nonce": number,
        "auditor": msgspec.to_builtins(draw.auditor),
        "asked": len(sample.positions),
        **{name: said[name] for name in ANSWERS},
        "duplicates": duplicates,
        "method": method,
        "paid_by": [msgspec.to_builtins(Funding(by=payer)) for payer in paid_by],
        "destroyed": destroyed.isoformat() if destroyed else None,
    }
    audit = _signed(folder, fields, drawn)
    write_own(folder / DRAWN, drawn, anew=True)
    file = write_own(
        folder / AUDIT, canonical_json({**msgspec.to_builtins(audit), "drawn": f"path:{DRAWN}"}) + b"\n", anew=True
    )
    return Answers(file=str(file), audit=audit)


def _signed(folder: Path, fields: dict[str, object], drawn: bytes) -> Audit:
    import hashlib

    given = {**fields, "drawn": hashlib.sha256(drawn).hexdigest()}
    bare = decode_body("audit", canonical_json({**given, "bad_at_most": 1.0, "bad_at_worst": 1.0}))
    if not isinstance(bare, Audit):
        raise TypeError(f"expected an audit, got {an(bare.KIND)}")
    bounds = {name: round(bound, 6) for name, bound in bounds_of(bare)}
    signed: Audit = sign_inner(msgspec.structs.replace(bare, **bounds), auditor_keys(folder).signing)
    return signed


def _answers(file: Path, sample: Sample) -> Counter[str]:
    """Count answers by what they say; a list that Excel has written anew (another separator, another encoding) reads the same."""
    text = read_handed(file, _LARGEST).decode("utf-8-sig", "replace")
    separator = next((sign for sign in (";", "\t") if sign in text.partition("\n")[0]), ",")
    said: dict[int, str] = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text), delimiter=separator), 2):
        position, answer = (row.get("position") or "").strip(), (row.get("answer") or "").strip().casefold() or "silent"
        if not position.isdecimal() or int(position) in said:
            raise InputError(
                f"row {number}: expected each position of the sample once, got {position[:20]!r}", where=str(file)
            )
        if answer not in ANSWERS:
            raise InputError(f"row {number}: expected yes, no, silent or bounced, got {answer[:20]!r}", where=str(file))
        said[int(position)] = answer
    if sorted(said) != list(sample.positions):
        raise InputError(
            f"expected the {len(sample.positions)} positions of the sample, got {len(said)} rows of others",
            where=str(file),
        )
    return Counter(said.values())
