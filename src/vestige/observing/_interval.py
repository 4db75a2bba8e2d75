"""Date windows as people write them: ``2020-10/2020-12`` is October to December, both whole."""

import re
from typing import Literal

import numpy as np

from vestige.observing._errors import SeriesError
from vestige.observing._window import Span

_PARTS = re.compile(r"\d{4}(-\d{2}(-\d{2}(T\d{2}:\d{2}(:\d{2})?Z?)?)?)?")
_UNITS: dict[int, Literal["Y", "M", "D"]] = {4: "Y", 7: "M", 10: "D"}


def parse_window(text: str, what: str = "window") -> Span:
    """Read an ISO 8601 interval ``from/to``, or one date that stands for its whole year, month or day.

    Each end may be a year, a month, a day or a time in UTC. The end is included: ``2020-12`` runs to the last second of
    December. Gives the start, and the first instant that no longer belongs. Raises `SeriesError` on anything else.
    """
    parts = [part.strip() for part in text.split("/")]
    if len(parts) > 2 or not all(_PARTS.fullmatch(part) for part in parts):
        raise SeriesError(f"expected a window such as 2020-10/2020-12, got {text!r}", where=what)
    try:
        start, end = _instant(parts[0], 0), _instant(parts[-1], 1)
    except ValueError as error:
        raise SeriesError(f"there is no such date: {text!r}", where=what) from error
    if start >= end:
        raise SeriesError(f"expected a start before an end, got {text!r}", where=what)
    return start, end


def _instant(text: str, after: int) -> np.datetime64:
    unit: Literal["Y", "M", "D", "s"] = _UNITS.get(len(text), "s")
    instant = np.array(text.removesuffix("Z"), f"datetime64[{unit}]") + np.array(after, f"timedelta64[{unit}]")
    return np.datetime64(instant.astype("datetime64[s]").item(), "s")
