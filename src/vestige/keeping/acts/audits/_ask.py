"""Whom the auditor asks: the openings of the sample, each compared with its commitment, as a list in which answers are written."""

import base64
import csv
import io
from pathlib import Path

from vestige.calling import unsealed
from vestige.errors import InputError
from vestige.keeping.acts._held_calls import held_calls
from vestige.keeping.acts.audits._auditor import auditor_keys, write_own
from vestige.keeping.acts.audits._hand_over import Handed, read_openings
from vestige.keeping.acts.audits._sample import SAMPLE, Sample, read_sample, require_sample
from vestige.printable import as_cell

ASK = "ask.csv"
HEAD = ("position", "answer", "mailbox", "confirmed", "country")
ANSWERS = ("yes", "no", "silent", "bounced")


def whom_to_ask(folder: Path, place: str, openings: Path) -> tuple[Path, int]:
    """Write the list of those to be asked into the auditor's folder; give it, and how many of the sample have ended since.

    Every opening is unsealed and compared with the commitment at its position in the record. Raises InputError that names the first position
    whose opening fits no commitment, is not there though it was handed over, or is another call's.
    """
    keys, sample, handed = auditor_keys(folder), read_sample(folder / SAMPLE), read_openings(openings)
    with held_calls(place) as held:
        leaves = require_sample(held, sample, str(folder / SAMPLE))
    _require_all(sample, handed.openings, str(openings))
    rows: list[tuple[str, ...]] = []
    for leaf, one in zip(leaves, handed.openings, strict=True):
        if one.sealed is None:
            rows.append((str(one.position), "silent", "", "", ""))
            continue
        opening = unsealed(_bytes(one, str(openings)), sample.call, keys.sealing, leaf)
        signed = opening.signature
        rows.append((str(one.position), "", opening.mailbox, signed.confirmed, signed.country or ""))
    return write_own(folder / ASK, _table(rows)), sum(one.sealed is None for one in handed.openings)


def _require_all(sample: Sample, handed: tuple[Handed, ...], where: str) -> None:
    got = tuple(one.position for one in handed)
    if got != sample.positions:
        missing = next((one for one in sample.positions if one not in got), None)
        said = f"none for position {missing}" if missing is not None else "others"
        raise InputError(
            f"expected the openings of the {len(sample.positions)} positions of the sample, got {said}", where=where
        )


def _bytes(one: Handed, where: str) -> bytes:
    try:
        return base64.b64decode(one.sealed or "", validate=True)
    except ValueError as error:
        raise InputError(f"expected base64 at position {one.position}", where=where) from error


def _table(rows: list[tuple[str, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text, lineterminator="\r\n").writerows([HEAD, *([as_cell(cell) for cell in row] for row in rows)])
    return text.getvalue().encode("utf-8-sig")
