"""Dates as tables write them, as ISO 8601.

Read: ISO with or without a time, year first with slashes or dots, ``21.05.2021`` (day first, as everywhere dots are used), ``21-May-21``,
the serial days of spreadsheets, a year or a month alone. ``21/05/2021`` is day first in most of the world and month first in some: it is
read by the order that the user states, and refused without one. Years of the Hijri and Persian calendars are recognised and refused.
"""

import datetime as dt
import re
import unicodedata

EARLIEST, LATEST = 1800, 2100
ORDERS = ("dmy", "mdy")
_ISO = re.compile(
    r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:\s*(?:Z|[-+]\d{2}:?\d{2}))?)?"
)
_YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})")
_DOTS = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})\.?")
_SLASHES = re.compile(r"(\d{1,2})[/-](\d{1,2})[/-](\d{2}|\d{4})(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_NAMED = re.compile(r"(\d{1,2})[-\s]([A-Za-z]{3,9})\.?[-\s,]+(\d{2}|\d{4})")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_SERIALS = range(20_000, 75_000)
_SERIAL_EPOCH = dt.date(1899, 12, 30)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def read_date(text: str, order: str | None = None) -> str:
    """Give a date as ISO 8601; ``order`` (dmy or mdy) says how ``01/02/2021`` is meant. Raises ValueError with what is wrong."""
    clean = "".join(str(unicodedata.digit(mark)) if mark.isdecimal() else mark for mark in text.strip())
    iso = _ISO.fullmatch(clean)
    if iso:
        return _partial(text, iso[1], iso[2], iso[3])
    serial = _SERIAL.fullmatch(clean)
    if serial and int(serial[1]) in _SERIALS:
        return (_SERIAL_EPOCH + dt.timedelta(days=int(serial[1]))).isoformat()
    year, month, day = _parts(text, clean, order)
    return _partial(text, year, month, day)


def _parts(text: str, clean: str, order: str | None) -> tuple[str, str, str]:
    if match := _YEAR_FIRST.fullmatch(clean):
        return match[1], match[2], match[3]
    if match := _DOTS.fullmatch(clean):
        return match[3], match[2], match[1]
    if match := _NAMED.fullmatch(clean):
        short = match[2][:3].lower()
        if short in _MONTHS:
            return match[3], str(_MONTHS.index(short) + 1), match[1]
    if match := _SLASHES.fullmatch(clean):
        if order not in ORDERS:
            raise ValueError(f"{text}: day or month first? say it with --dates dmy or --dates mdy")
        day, month = (match[1], match[2]) if order == "dmy" else (match[2], match[1])
        return match[3], month, day
    raise ValueError(f"{text[:60]} (expected a form such as 2021-05-21)")


def _partial(text: str, year: str, month: str | None, day: str | None) -> str:
    full = int(year) + (2000 if int(year) < 70 else 1900) if len(year) == 2 else int(year)
    if not EARLIEST <= full <= LATEST:
        other = f": perhaps the Hijri or Persian year {full}" if 1200 <= full < 1500 else ""
        raise ValueError(
            f"{text} lies outside {EARLIEST} to {LATEST} of the Gregorian calendar{other}; convert it first"
        )
    if month is None:
        return f"{full:04}"
    try:
        date = dt.date(full, int(month), int(day or 1))
    except ValueError as error:
        raise ValueError(f"{text}: {error}") from error
    return date.isoformat() if day else f"{date:%Y-%m}"
