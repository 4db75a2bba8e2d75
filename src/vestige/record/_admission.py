"""What is asked of every draft at the door of a record, whoever brings it: nothing of the future, and nothing unconfirmed in public."""

import datetime as dt
from collections.abc import Callable

import msgspec

from vestige.entries import Assessment, Body, Draft, acts, first_day
from vestige.entries.acts import Draw, withheld_why
from vestige.record._errors import RecordError

_ACTS = frozenset(acts.ALL)
UNCONFIRMED = frozenset({"candidate", "rejected"})
"""The statuses that no person stands behind."""
_FARTHEST_EAST = dt.timezone(dt.timedelta(hours=14))


def _now() -> dt.datetime:
    return dt.datetime.now(_FARTHEST_EAST)


def admitted(draft: Draft, clock: Callable[[], dt.datetime] = _now) -> Draft:
    """Give a draft as it may enter: what nobody has confirmed, and an act that may not be public yet, is withheld, whatever was asked.

    Raises RecordError when an assessment speaks of a time that has not begun anywhere on Earth.
    """
    if isinstance(draft.body, Assessment):
        _require_past(draft.body, clock().date())
    if draft.visibility == "public" and (
        is_unconfirmed(draft.body)
        or (type(draft.body) in _ACTS and withheld_why(draft.body, clock().astimezone(dt.UTC).date()))
    ):
        return msgspec.structs.replace(draft, visibility="withheld")
    return draft


def require_openable(body: Body, where: str, clock: Callable[[], dt.datetime] = _now) -> None:
    """Require that a withheld act may become public; raises RecordError for a visit under embargo, an invitation, and what nobody has confirmed.

    A draw may: it is withheld so that it can be opened.
    """
    why = None if isinstance(body, Draw) else withheld_why(body, clock().astimezone(dt.UTC).date())
    if why:
        raise RecordError(f"it may not be opened: {why}", where=where)


def is_unconfirmed(body: object) -> bool:
    """Whether a body is what a machine or person proposed and nobody confirmed, or somebody rejected."""
    return getattr(body, "status", None) in UNCONFIRMED


def _require_past(body: Assessment, today: dt.date) -> None:
    windows = [body.window, *(one.window for one in body.disturbances if one.window)]
    for date in (date for window in windows for date in (window.start, window.end) if date):
        if first_day(date) > today:
            raise RecordError(
                f"expected a window that is not in the future, got {date}",
                where="assessment.window",
                hint="judge what was so until today",
            )
