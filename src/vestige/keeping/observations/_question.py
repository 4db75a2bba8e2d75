"""The two windows that an observation asks about, and the times to search for them."""

from datetime import UTC, datetime
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np

    from vestige.observing.scenes import Interval

HISTORY_YEARS = 3


class Question(NamedTuple):
    """The two windows: from, up to but not including."""

    after: "tuple[np.datetime64, np.datetime64]"
    before: "tuple[np.datetime64, np.datetime64] | None"


def intervals_of(question: Question) -> "list[Interval]":
    """Give the times to search: the quiet past (three years where none is named) and the window."""
    from vestige.observing.scenes import Interval  # here, since scenes take seconds to load

    start, end = (_utc(edge) for edge in question.after)
    if question.before is None:
        return [Interval(start.replace(year=start.year - HISTORY_YEARS, day=min(start.day, 28)), end)]
    return [Interval(*(_utc(edge) for edge in question.before)), Interval(start, end)]


def _utc(time: "np.datetime64") -> datetime:
    moment: datetime = time.astype("datetime64[s]").item()
    return moment.replace(tzinfo=UTC)
