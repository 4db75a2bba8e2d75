"""Sheets: files of 32-byte commitments in ascending order, so that neither order nor minute tells anything of a signature.

A sheet of n signatures has 32 n bytes. Ascending means strictly: the same commitment twice is no sheet. The checks look at eight bytes of
each commitment at once and at the rest only where those are equal, so that a million take a fraction of a second.
"""

import itertools
from collections.abc import Callable, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from vestige.errors import InputError

LEAF = 32
"""Bytes of one commitment."""

Sheet = NDArray[np.uint8]
"""Commitments as an array of shape (n, 32)."""


class SheetError(InputError):
    """A file is not a sheet: cut short, not ascending, or with a commitment twice. ``row`` is the first that breaks it, from 1, ``rule`` what it breaks."""

    def __init__(self, message: str, where: str, row: int, rule: str) -> None:
        super().__init__(message, where=where, hint="ask its keeper for the file as it was entered")
        self.row, self.rule = row, rule


def as_sheet(leaves: Iterable[bytes]) -> bytes:
    """Give the sheet of some commitments of 32 bytes each; raises SheetError when one comes twice."""
    rows = sorted(leaves)
    for number, (one, other) in enumerate(itertools.pairwise(rows), 2):
        if one == other:
            raise SheetError(f"expected each commitment once, got {one.hex()[:16]}… twice", "sheet", number, "doubled")
    return b"".join(rows)


def read_sheet(data: bytes, where: str) -> Sheet:
    """Read a sheet; raises SheetError that names the file and the first row at fault."""
    if len(data) % LEAF:
        rows = len(data) // LEAF
        raise SheetError(
            f"expected whole commitments of {LEAF} bytes, got {len(data)} bytes: cut short",
            where,
            rows + 1,
            "cut-short",
        )
    sheet = np.frombuffer(data, np.uint8).reshape(-1, LEAF)
    heads = prefixes(sheet)
    suspects = np.flatnonzero(heads[1:] <= heads[:-1])
    for row in suspects:
        before, here = sheet[row].tobytes(), sheet[row + 1].tobytes()
        if here == before:
            said = f"row {row + 2} repeats the commitment before it: {here.hex()[:16]}…"
            raise SheetError(said, where, int(row) + 2, "doubled")
        if here < before:
            said = f"row {row + 2} is not above the one before it: the sheet is not ascending"
            raise SheetError(said, where, int(row) + 2, "unsorted")
    return sheet


def prefixes(sheet: Sheet) -> NDArray[np.uint64]:
    """Give the first eight bytes of each commitment as a number, big-endian, so that numbers order as commitments do."""
    return np.ascontiguousarray(sheet[:, :8]).view(">u8").ravel().astype(np.uint64)


def doubled_across(
    heads: Sequence[NDArray[np.uint64]], leaf: Callable[[int, int], bytes]
) -> list[tuple[int, int, int, int]]:
    """Give each commitment that stands in two sheets, as (sheet, row, sheet, row), all from 0.

    ``heads`` are the `prefixes` of each sheet; ``leaf`` gives the whole commitment at a sheet and row, asked for only where heads are equal.
    """
    if not heads:
        return []
    everything = np.sort(np.concatenate(heads))
    if not (everything[1:] == everything[:-1]).any():
        return []
    everything = np.concatenate(heads)
    starts = np.cumsum([0, *(len(one) for one in heads)])
    order = np.argsort(everything, kind="stable")
    ordered = everything[order]
    found = []
    equal = np.flatnonzero(ordered[1:] == ordered[:-1])
    for run in np.split(equal, np.flatnonzero(np.diff(equal) > 1) + 1):
        first: dict[bytes, tuple[int, int]] = {}
        for at in range(int(run[0]), int(run[-1]) + 2) if len(run) else ():
            place = _place(int(order[at]), starts)
            before = first.setdefault(leaf(*place), place)
            if before[0] != place[0]:
                found.append((*before, *place))
    return found


def _place(position: int, starts: NDArray[np.int64]) -> tuple[int, int]:
    sheet = int(np.searchsorted(starts, position, side="right")) - 1
    return sheet, position - int(starts[sheet])


def ends_of(sheets: Sequence[Sheet], ending: Sheet) -> NDArray[np.int64]:
    """Give for each commitment of an ending the sheet that holds it, from 0, or -1 where none does."""
    where = np.full(len(ending), -1, np.int64)
    sought = prefixes(ending)
    for number, sheet in enumerate(sheets):
        heads = prefixes(sheet)
        first, last = np.searchsorted(heads, sought, "left"), np.searchsorted(heads, sought, "right")
        for row in np.flatnonzero(first < last):
            if any(sheet[at].tobytes() == ending[row].tobytes() for at in range(first[row], last[row])):
                where[row] = number
    return where


def standing_at(sheets: Sequence[Sheet], endings: Iterable[Sheet], positions: Iterable[int]) -> list[bytes]:
    """Give the commitments at ascending positions, from 0, among those that stand: in the order of sheets and rows, without those that ended."""
    gone = {row.tobytes() for ending in endings for row in ending}
    heads = np.array(sorted({int.from_bytes(leaf[:8], "big") for leaf in gone}), np.uint64)
    found: list[bytes] = []
    wanted, before = list(positions), 0
    for sheet in sheets:
        stands = np.ones(len(sheet), bool)
        for row in np.flatnonzero(np.isin(prefixes(sheet), heads)):
            stands[row] = sheet[row].tobytes() not in gone
        rows = np.flatnonzero(stands)
        here = [one - before for one in wanted[len(found) :] if one - before < len(rows)]
        found.extend(sheet[rows[at]].tobytes() for at in here)
        before += len(rows)
    return found
