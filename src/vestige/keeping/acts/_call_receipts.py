"""Whether what a receipt tells of is counted: a signature in the sheets, or an endorsement in the ledger."""

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

import msgspec
import numpy as np

from vestige.calling import SheetError, SignatureReceipt, Step, ends_of, read_sheet, read_signature_receipt
from vestige.entries.acts import Endorsement
from vestige.errors import InputError, an
from vestige.keeping.acts._handed_files import read_handed
from vestige.publishing import PublishedEntry
from vestige.record import check_receipt, is_receipt

_LARGEST = 1 << 20

Read = Callable[[str], bytes | None]


class Looked(msgspec.Struct, frozen=True):
    """What became of what a receipt tells of. ``counted`` is False where it ought to be counted and is not."""

    receipt: str
    counted: bool
    what: str


def look_for(
    files: Sequence[Path], entries: Iterable[PublishedEntry], steps: dict[str, list[Step]], read: Read
) -> tuple[Looked, ...]:
    """Look for each receipt; ``steps`` are the tallies of each call. Raises InputError when a file is no receipt."""
    held = {entry.hash: entry for entry in entries}
    replaced = {entry.replaces: entry for entry in held.values() if entry.replaces}
    found = []
    for file in files:
        data = read_handed(file, _LARGEST)
        if is_receipt(data):
            found.append(_endorsement(file, data, held, replaced))
        else:
            receipt = read_signature_receipt(data, str(file))
            found.append(_signature(file, receipt, steps.get(receipt.signature.call), read))
    return tuple(found)


def _endorsement(
    file: Path, data: bytes, held: dict[str, PublishedEntry], replaced: dict[str, PublishedEntry]
) -> Looked:
    report = check_receipt(data, str(file))
    if report.kind != "endorsement":
        raise InputError(f"expected the receipt of an endorsement, got one of {an(report.kind)}", where=str(file))
    if report.findings:
        return Looked(str(file), counted=False, what="; ".join(report.findings.values()))
    entry = held.get(report.entry)
    if entry is None:
        return Looked(str(file), counted=False, what="this record does not show it: dropped, withheld, or withdrawn")
    while (newer := replaced.get(entry.hash)) is not None:
        entry = newer
    status = entry.body.status if isinstance(entry.body, Endorsement) else "candidate"
    return Looked(str(file), counted=status != "candidate", what=f"the endorsement stands as {status}")


def _signature(file: Path, receipt: SignatureReceipt, steps: list[Step] | None, read: Read) -> Looked:
    name = str(file)
    if steps is None:
        return Looked(name, counted=False, what=f"this record holds no call {receipt.signature.call}")
    leaf = np.frombuffer(receipt.leaf(), np.uint8).reshape(1, 32)
    where = [step.tally.number for step in steps if _holds(step.tally.sheet, leaf, read)]
    ended = [ending.why for step in steps for ending in step.tally.endings if _holds(ending.file, leaf, read)]
    if not where:
        return Looked(name, counted=False, what="in no sheet: dropped, or of a day whose sheet is not published yet")
    said = f"in sheet {where[0]}"
    return Looked(name, counted=True, what=f"{said}, and ended: {ended[0]}" if ended else said)


def _holds(sheet: str | None, leaf: "np.ndarray[tuple[int, int], np.dtype[np.uint8]]", read: Read) -> bool:
    data = read(sheet) if sheet else None
    if data is None:
        return False
    try:
        return bool(ends_of([read_sheet(data, sheet or "")], leaf)[0] >= 0)
    except SheetError:
        return False
