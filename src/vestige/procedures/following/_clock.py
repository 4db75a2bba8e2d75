"""Clocks: from the day on which something happened to the day by which a rule asks for something, and why."""

import calendar
import datetime as dt

from vestige.procedures._deadline import Deadline
from vestige.procedures.forms import Clock, Form


def due(clock: Clock, start: dt.date) -> dt.date | None:
    """Give the last day of a clock that starts on a day, which is not counted; None where the rule gives no length.

    A month ends on the day of the same number, or on its last. Working days are Monday to Friday; holidays are not known.
    """
    if clock.length is None:
        return None
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
    """Explain a clock: the rule, the day that it starts from, its length, where that stands; an extension beside the day that it moved.

    A rule that gives a rough time, or none, makes no day. An extension names one.
    """
    source = form.sources[clock.source]
    day = due(clock, start) if start else None
    rule = f"{clock.says}; {counted(clock)}, {_reckoned(clock, start, day)}"
    day = None if clock.about else day
    moved = extended if extended and (day is None or extended > day) else None
    if moved:
        rule, day = f"{rule}; extended to {moved}", moved
    return Deadline(
        day=day.isoformat() if day else None,
        what=clock.what,
        rule=rule,
        source=f"{source.title}, {source.address}",
        mark=clock.mark,
        says=clock.says,
        after=clock.after,
        length=clock.length,
        unit=clock.unit,
        about=clock.about,
        start=start.isoformat() if start else None,
        extended=moved.isoformat() if moved else None,
    )


def counted(clock: Clock) -> str:
    """Say from when a clock counts and how long."""
    if clock.length is None:
        return f"the rule gives no length of time from the day it was {clock.after}"
    about = "about " if clock.about else ""
    return f"{about}{clock.length} {clock.unit.replace('-', ' ')} from the day it was {clock.after}"


def _reckoned(clock: Clock, start: dt.date | None, day: dt.date | None) -> str:
    if start is None:
        return "which is not known yet"
    if day is None:
        return f"{start}: no day follows from it"
    return f"{start}: about {day:%Y-%m}, which is no day" if clock.about else f"{start}: {day}"
