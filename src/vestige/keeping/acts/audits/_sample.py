"""Drawing the sample: the auditor's number becomes known, once the last tally stands, and gives the positions together with that tally."""

from pathlib import Path

import msgspec

from vestige.calling import Sheet, read_sheet, sample_positions, sample_seed, standing_at
from vestige.entries import is_hash
from vestige.entries.acts import Draw, nonce_commitment
from vestige.errors import NOT_JSON, InputError
from vestige.keeping.acts._handed_files import read_handed
from vestige.keeping.acts._held_calls import HeldCalls, held_calls
from vestige.keeping.acts.audits._auditor import auditor_keys, own_draw, write_own

SAMPLE = "sample.json"
_LARGEST = 1 << 20


class Sample(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What the auditor asks the keeper for: the number, now open, with the entries that it gives positions with, and the key to seal to.

    ``draw`` and ``tally`` are hashes of entries, ``population`` is how many commitments stood.
    """

    call: str
    draw: str
    tally: str
    nonce: str
    key: str
    population: int
    positions: tuple[int, ...]


def draw_sample(folder: Path, place: str) -> Sample:
    """Draw the sample of an auditor's folder from a record, and write it beside the keys for the keeper.

    The record is a published one, or one on disk. Raises InputError when the closing tally is not there, or the draw is not opened, or
    was entered after that tally: the number stays secret then.
    """
    draw, number = own_draw(folder)
    keys = auditor_keys(folder)
    with held_calls(place) as held:
        held.calls(draw.call)
        entry, tally = _in_time(held, draw)
        population = _population(held, draw.call)
    positions = sample_positions(sample_seed(tally, number), draw.size, population)
    sample = Sample(
        call=draw.call,
        draw=entry,
        tally=tally,
        nonce=number,
        key=keys.sealed_to(),
        population=population,
        positions=tuple(positions),
    )
    write_own(folder / SAMPLE, msgspec.json.encode(sample) + b"\n", anew=True)
    return sample


def read_sample(file: Path) -> Sample:
    """Read a sample as `draw_sample` wrote it; raises InputError in one line when it is none."""
    try:
        sample = msgspec.json.decode(read_handed(file, _LARGEST), type=Sample)
    except NOT_JSON as error:
        raise InputError(
            "expected the sample that vestige call sample wrote, got another file", where=str(file)
        ) from error
    if not all(map(is_hash, (sample.nonce, sample.tally, sample.draw))):
        raise InputError("expected hashes of a draw and a tally and a number of 64 hexadecimal digits", where=str(file))
    return sample


def require_sample(held: HeldCalls, sample: Sample, where: str) -> list[bytes]:
    """Give the commitments of a sample, after drawing it again from the record; raises InputError when it is not the sample of its draw."""
    drawn = held.draw(sample.draw)
    draw = drawn.body if drawn else None
    if not isinstance(draw, Draw) or draw.call != sample.call:
        raise InputError("expected the sample of an opened draw of this call, got another", where=where)
    if nonce_commitment(sample.nonce) != draw.committed:
        raise InputError("its number is not the one that its draw committed to", where=where)
    entry, tally = _in_time(held, draw)
    population = _population(held, sample.call)
    expected = tuple(sample_positions(sample_seed(tally, sample.nonce), draw.size, population))
    if (entry, tally, expected) != (sample.draw, sample.tally, sample.positions):
        raise InputError("its positions are not those that its draw and the last tally give", where=where)
    return leaves_at(held, sample.call, expected)


def leaves_at(held: HeldCalls, call: str, positions: tuple[int, ...]) -> list[bytes]:
    """Give the commitments at positions among those that stand; raises InputError when a sheet is not there or is none."""
    steps = held.steps(call)
    sheets = [_rows(held, step.tally.sheet) for step in steps if step.tally.sheet]
    endings = [_rows(held, ending.file) for step in steps for ending in step.tally.endings]
    return standing_at(sheets, endings, positions)


def _rows(held: HeldCalls, name: str) -> Sheet:
    data = held.file(name)
    if data is None:
        raise InputError("the file is not there", where=name, hint="vestige call count says what is wrong")
    return read_sheet(data, name)


def _in_time(held: HeldCalls, draw: Draw) -> tuple[str, str]:
    """Give the entries of a draw and of the closing tally, where the first came before the second."""
    steps = held.steps(draw.call)
    if not steps or not steps[-1].tally.closing:
        raise InputError("expected the closing tally of this call, got none yet", where=draw.call)
    last = steps[-1]
    entries = [entry for entry in held.entries if entry.body == draw]
    if not entries:
        raise InputError(
            "expected this draw among the record's opened entries, got none",
            where=draw.call,
            hint="its keeper runs: vestige open DRAW",
        )
    if entries[0].at > last.at:
        raise InputError("the draw was entered after the closing tally: nothing follows from it", where=entries[0].hash)
    return entries[0].hash, last.entry


def _population(held: HeldCalls, call: str) -> int:
    last = held.steps(call)[-1].tally
    return last.total - last.ended
