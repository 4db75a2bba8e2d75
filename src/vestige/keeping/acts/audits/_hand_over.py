"""What the keeper hands over for a sample: the sealed openings of the commitments that were drawn, which the auditor alone can open."""

import base64
from pathlib import Path

import msgspec

from vestige.entries.acts import Call
from vestige.errors import NOT_JSON, InputError
from vestige.keeping.acts._handed_files import read_handed
from vestige.keeping.acts._held_calls import held_calls
from vestige.keeping.acts.audits._auditor import write_own
from vestige.keeping.acts.audits._sample import read_sample, require_sample
from vestige.keeping.acts.crowd import Collector
from vestige.record import Record

_LARGEST = 1 << 28


class Handed(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """One commitment of a sample: its position and, in base64, its sealed opening, or None where it has ended since."""

    position: int
    sealed: str | None = None


class Openings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """The sealed openings of a sample, in the order of its positions."""

    call: str
    tally: str
    openings: tuple[Handed, ...]


class HandedOver(msgspec.Struct, frozen=True):
    """What was handed over: the file, how many were drawn, and how many of those the collection no longer holds."""

    file: str
    drawn: int
    gone: int


def hand_over(record: Record, collector: Collector, sample: Path, out: Path) -> HandedOver:
    """Write the sealed openings of a sample for its auditor.

    The sample is drawn again first, so that the keeper gives only what draw and tally ask for. Raises InputError when it is another,
    or sealed to a key that the call does not name.
    """
    wanted = read_sample(sample)
    with held_calls(str(record.path)) as held:
        ((_, call),) = held.calls(wanted.call)
        leaves = require_sample(held, wanted, str(sample))
    holder = _holder(call, wanted.key, str(sample))
    openings = [
        Handed(position=position, sealed=base64.b64encode(data).decode() if data else None)
        for position, data in zip(wanted.positions, (_sealed(collector, leaf, holder) for leaf in leaves), strict=True)
    ]
    made = Openings(call=wanted.call, tally=wanted.tally, openings=tuple(openings))
    write_own(out, msgspec.json.encode(made) + b"\n")
    return HandedOver(str(out), len(openings), sum(one.sealed is None for one in openings))


def read_openings(file: Path) -> Openings:
    """Read what `hand_over` wrote; raises InputError in one line when it is something else."""
    try:
        return msgspec.json.decode(read_handed(file, _LARGEST), type=Openings)
    except NOT_JSON as error:
        raise InputError("expected the file that vestige call openings wrote, got another", where=str(file)) from error


def _holder(call: Call, key: str, where: str) -> str:
    for one in call.sealed_to:
        if one.key == key:
            return one.name
    raise InputError("expected a key that the call names in 'sealed_to', got another", where=where)


def _sealed(collector: Collector, leaf: bytes, holder: str) -> bytes | None:
    return next((data for name, data in collector.sealed(leaf) if name == holder), None)
