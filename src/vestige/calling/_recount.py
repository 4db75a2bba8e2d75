"""A stranger's recount of a call's crowd: every sheet, number, ending, table and audit again from the files, trusting none of them.

Findings name the file and the number. What the recount cannot show: that a commitment is a person. Only evidence a signature, the audit's
bounds and the table of domains bear on that.
"""

import hashlib
from collections.abc import Iterable, Sequence

import msgspec
import numpy as np

from vestige.calling._findings import Audited, Finding, Reader, Step
from vestige.calling._recount_audit import audit_findings
from vestige.calling._sheets import Sheet, SheetError, doubled_across, ends_of, prefixes, read_sheet
from vestige.calling._steps import Table, breaches
from vestige.entries.acts import Call, Tally


class Recount(msgspec.Struct, frozen=True):
    """What was counted again: sheets, commitments, those that ended, those that stand; and everything that is wrong."""

    sheets: int
    counted: int
    ended: int
    findings: tuple[Finding, ...]

    @property
    def standing(self) -> int:
        """How many commitments were counted and did not end."""
        return self.counted - self.ended


def recount(call: Call, steps: Sequence[Step], read: Reader, audits: Iterable[Audited] = ()) -> Recount:
    """Count a call's crowd again from its tallies and the files that they name."""
    found: list[Finding] = []
    sheets = [_sheet_of(step, read, found) for step in steps]
    heads = [prefixes(sheet) for sheet in sheets]
    for first, row, second, again in doubled_across(heads, lambda sheet, at: sheets[sheet][at].tobytes()):
        names = (steps[first].tally.sheet or "", steps[second].tally.sheet or "")
        found.append(
            Finding(
                names[1], again + 1, "doubled-across", f"the commitment stands in {names[0][:16]}… at row {row + 1} too"
            )
        )
    ended = _endings(steps, sheets, read, found)
    _numbers(call, steps, [len(sheet) for sheet in sheets], found)
    _tables(call, steps, found)
    counted = sum(map(len, sheets))
    for audited in audits:
        found.extend(audit_findings(audited, steps, counted - ended, read))
    return Recount(sum(map(bool, map(len, sheets))), counted, ended, tuple(found))


def _read_file(name: str, read: Reader, found: list[Finding]) -> Sheet:
    """Read a sheet by its hash; what is missing, altered or no sheet is found, and counts as empty."""
    nothing = np.empty((0, 32), np.uint8)
    data = read(name)
    if data is None:
        found.append(Finding(name, 0, "missing", "the file is not there"))
        return nothing
    actual = hashlib.sha256(data).hexdigest()
    if actual != name:
        found.append(
            Finding(
                name, len(data) // 32, "altered", f"not the file that was committed to: its SHA-256 is {actual[:16]}…"
            )
        )
    try:
        return read_sheet(data, name)
    except SheetError as error:
        found.append(Finding(name, error.row, error.rule, error.message))
        return nothing


def _sheet_of(step: Step, read: Reader, found: list[Finding]) -> Sheet:
    tally = step.tally
    if tally.sheet is None:
        return np.empty((0, 32), np.uint8)
    before = len(found)
    sheet = _read_file(tally.sheet, read, found)
    if len(sheet) != tally.count and len(found) == before:
        found.append(
            Finding(
                tally.sheet,
                len(sheet),
                "sheet-count",
                f"tally {tally.number} counts {tally.count}, the sheet holds {len(sheet)}",
            )
        )
    return sheet


def _endings(steps: Sequence[Step], sheets: Sequence[Sheet], read: Reader, found: list[Finding]) -> int:
    """Check every ending against the sheets so far, and give how many commitments ended."""
    gone: set[bytes] = set()
    for index, step in enumerate(steps):
        for ending in step.tally.endings:
            rows = _read_file(ending.file, read, found)
            if len(rows) != ending.count:
                found.append(
                    Finding(
                        ending.file,
                        len(rows),
                        "ending-count",
                        f"expected {ending.count} endings, the file holds {len(rows)}",
                    )
                )
            for row, sheet in enumerate(ends_of(sheets[: index + 1], rows)):
                leaf = rows[row].tobytes()
                if sheet < 0:
                    found.append(
                        Finding(
                            ending.file, row + 1, "ending-unknown", "ends a commitment that stands in no sheet so far"
                        )
                    )
                elif leaf in gone:
                    found.append(Finding(ending.file, row + 1, "ending-twice", "ends a commitment that ended before"))
                else:
                    gone.add(leaf)
        if len(gone) != step.tally.ended:
            found.append(
                Finding(
                    step.entry,
                    len(gone),
                    "ended",
                    f"tally {step.tally.number} says {step.tally.ended} ended, {len(gone)} did",
                )
            )
    return len(gone)


def _numbers(call: Call, steps: Sequence[Step], counts: Sequence[int], found: list[Finding]) -> None:
    """Check order, wording, totals, and that no sheet or batch of endings is smaller than k before the closing one."""
    total, last = 0, len(steps)
    for number, (step, count) in enumerate(zip(steps, counts, strict=True), 1):
        tally, total = step.tally, total + count
        if tally.number != number:
            found.append(Finding(step.entry, tally.number, "order", f"expected tally {number}"))
        if tally.wording != call.wording():
            found.append(Finding(step.entry, number, "wording", f"counts for another wording: {tally.wording[:16]}…"))
        if tally.total != total:
            found.append(
                Finding(
                    step.entry,
                    total,
                    "total",
                    f"tally {tally.number} says {tally.total} in all, the sheets hold {total}",
                )
            )
        if tally.closing and number != last:
            found.append(Finding(step.entry, number, "closed", "a tally follows the closing one"))
        small = [n for n in (tally.count, *(ending.count for ending in tally.endings)) if 0 < n < call.least]
        if small and not tally.closing:
            found.append(Finding(step.entry, small[0], "small", f"fewer than {call.least} in a sheet or an ending"))


def _tables(call: Call, steps: Sequence[Step], found: list[Finding]) -> None:
    """Check that no two tables single out fewer than k, and that no table tells of more than stand."""
    for what in ("countries", "domains"):
        tables = [_table(step.tally, what) for step in steps]
        said = f"two tables of {what} single out fewer than {call.least}"
        found.extend(
            Finding(steps[-1].entry, call.least, "step", f"{said}: {name}") for name in breaches(tables, call.least)
        )
        most = 0
        for step, table in zip(steps, tables, strict=True):
            most = max(most, step.tally.total - step.tally.ended)
            if table.total > most:
                found.append(
                    Finding(
                        step.entry, table.total, "table", f"the table of {what} tells of more than ever stood: {most}"
                    )
                )


def _table(tally: Tally, what: str) -> Table:
    if what == "countries":
        return Table({cell.name: cell.number for cell in tally.countries}, tally.elsewhere)
    return Table({cell.name: cell.number for cell in tally.domains}, tally.other)
