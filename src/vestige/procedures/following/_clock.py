"""Clocks: from the day on which something happened to the day by which a rule asks for something, and why."""

import calendar
import datetime as dt

from vestige.procedures._deadline import Deadline
from vestige.procedures.forms import Clock, Form


def due(clock: Clock, start: dt.date) -> dt.date:
    """Give the last day of a clock that starts on a day, which is not counted.

    A month ends on the day of the same number, or on its last. Working days are Monday to Friday; holidays are not known.
    """
    if clock.unit == "days":
        return start + dt.timedelta(days=clock.length)
    if clock.unit == "working-days":
        day = start
        for _ in range(clock.length):
            day += dt.timedelta(days=1)
            while day.weekday() > 4:
                day += dt.timedelta(days=1)
        return day
    months = clock.length * (12 if clock.unit == "years" else 1) + start.month - 1
    year, month = start.year + months // 12, months % 12 + 1
    return dt.date(year, month, min(start.day, calendar.monthrange(year, month)[1]))


def deadline(form: Form, clock: Clock, start: dt.date | None, extended: dt.date | None = None) -> Deadline:
    """Explain a clock: the rule, the day that it starts from, its length, where that stands; an extension beside the day that it moved."""
    source = form.sources[clock.source]
    counted = f"{clock.says}; {clock.length} {clock.unit.replace('-', ' ')} from the day it was {clock.after}"
    day = due(clock, start) if start else None
    rule = f"{counted}, {start}: {day}" if start else f"{counted}, which is not known yet"
    if extended and day and extended > day:
        rule, day = f"{rule}; extended to {extended}", extended
    return Deadline(
        day=day.isoformat() if day else None,
        what=clock.what,
        rule=rule,
        source=f"{source.title}, {source.address}",
        mark=clock.mark,
    )
