"""Today's sheet of a crowd, its endings and tables, entered as one tally. What would single out fewer than k waits."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from vestige.archive import ArchiveError
from vestige.calling import Table, as_sheet, next_table, read_sheet
from vestige.entries import Draft
from vestige.entries.acts import Call, Cell, Ending, Refused, Tally
from vestige.errors import InputError
from vestige.keeping.acts.crowd._collect import counted_call
from vestige.keeping.acts.crowd._collector import Collector
from vestige.record import Entry, Receipt, Record

METHOD = "mails signed by their senders' domains (DKIM), one a mailbox; sorted sheets; tables by the k-step rule"


class Told(msgspec.Struct, frozen=True):
    """What was entered, or None where nothing may be yet, and what still waits: signatures and endings."""

    receipt: Receipt | None
    tally: Tally | None
    waiting: int
    endings_waiting: int


def tally(
    record: Record, call: str, collector: Collector, *, closing: bool = False, today: dt.date | None = None
) -> Told:
    """Enter what was taken in since the last tally, where that is at least k; the closing tally may hold fewer.

    Raises InputError when the closing tally was entered before, or one on this day: one a day, so that no minute tells of anybody.
    """
    entry, body = counted_call(record, call)
    steps = _steps(record, entry.about)
    day = (today or dt.datetime.now(dt.UTC).date()).isoformat()
    _require_open(steps, day, entry.about)
    _reconcile(record, steps, collector)
    leaves = collector.waiting()
    sheet = leaves if closing or len(leaves) >= body.least else []
    untold = collector.untold()
    endings = {why: gone for why, gone in untold.items() if closing or len(gone) >= body.least}
    waiting = len(leaves) - len(sheet)
    endings_waiting = sum(map(len, untold.values())) - sum(map(len, endings.values()))
    if not sheet and not endings and not closing:
        return Told(None, None, waiting, endings_waiting)
    with collector.all_or_none():
        number = len(steps) + 1
        collector.in_sheet(sheet, number)
        collector.told(leaf for gone in endings.values() for leaf in gone)
        made = _made(record, entry, body, steps, collector, sheet, endings, day=day, closing=closing)
        cites = (entry.hash, *(one.hash for one in steps[-1:]))
        (receipt,) = record.append(Draft(made, cites=cites))
    return Told(receipt, made, waiting, endings_waiting)


def _steps(record: Record, call: str) -> list[Entry]:
    found = [one for one in record.index.linked(call, "tally") if isinstance(one.body, Tally) and one.body.call == call]
    return sorted(found, key=_number)


def _number(entry: Entry) -> int:
    return entry.body.number if isinstance(entry.body, Tally) else 0


def _require_open(steps: list[Entry], day: str, call: str) -> None:
    last = steps[-1].body if steps else None
    if not isinstance(last, Tally):
        return
    if last.closing:
        raise InputError("the closing tally of this call was entered before", where=call)
    if last.closed >= day:
        raise InputError(
            f"expected at most one tally a day, got another of {last.closed}", where=call, hint="Tally tomorrow"
        )


def _reconcile(record: Record, steps: list[Entry], collector: Collector) -> None:
    """Note what the record's sheets and endings hold, in case a tally was entered and the collection did not learn of it."""
    with collector.all_or_none():
        for step in steps:
            body = step.body
            if not isinstance(body, Tally):
                continue
            if body.sheet:
                collector.in_sheet(_rows(record, body.sheet), body.number)
            for ending in body.endings:
                rows = _rows(record, ending.file)
                collector.end(rows, ending.why)
                collector.told(rows)
    last = steps[-1].body if steps else None
    total, known = last.total if isinstance(last, Tally) else 0, collector.in_sheets()
    if total != known:
        raise InputError(
            f"expected the collection that knows the {total} signatures of the tallies so far, got one that knows {known}",
            where=str(collector.folder),
        )


def _rows(record: Record, name: str) -> list[bytes]:
    try:
        with record.files.open(name) as file:
            return [row.tobytes() for row in read_sheet(file.read(), name)]
    except ArchiveError as error:
        raise InputError("the sheet of an earlier tally is not there", where=name) from error


def _made(
    record: Record,
    entry: Entry,
    call: Call,
    steps: list[Entry],
    collector: Collector,
    sheet: list[bytes],
    endings: Mapping[str, list[bytes]],
    *,
    day: str,
    closing: bool,
) -> Tally:
    earlier = [one.body for one in steps if isinstance(one.body, Tally)]
    before = earlier[-1] if earlier else None
    named = collector.standing("country")
    nowhere = named.pop("", 0)
    countries = next_table([_table(one.countries, one.elsewhere) for one in earlier], named, call.least, nowhere)
    domains = next_table([_table(one.domains, one.other) for one in earlier], collector.standing("domain"), call.least)
    return Tally(
        call=entry.about,
        wording=call.wording(),
        number=len(steps) + 1,
        sheet=record.add_file(as_sheet(sheet)) if sheet else None,
        count=len(sheet),
        total=(before.total if before else 0) + len(sheet),
        ended=(before.ended if before else 0) + sum(map(len, endings.values())),
        endings=tuple(
            Ending(file=record.add_file(as_sheet(gone)), why=why, count=len(gone))
            for why, gone in sorted(endings.items())
        ),
        refused=Refused(**collector.refused()),
        countries=_cells(countries),
        elsewhere=countries.rest,
        domains=_cells(domains),
        other=domains.rest,
        closed=day,
        closing=closing,
        method=METHOD,
    )


def _table(cells: tuple[Cell, ...], rest: int) -> Table:
    return Table({cell.name: cell.number for cell in cells}, rest)


def _cells(table: Table) -> tuple[Cell, ...]:
    return tuple(Cell(name=name, number=number) for name, number in table.cells.items())
