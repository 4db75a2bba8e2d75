"""Live pages: blocks under a line with a time of day. What stands in a block was posted then, as the page prints it."""

import re
from bisect import bisect_right
from collections.abc import Sequence

from vestige.reading._model import Span

FEWEST_BLOCKS = 2
_CLOCK = r"(?:(?:[01]?\d|2[0-3])(?:[:.h])[0-5]\d(?:[:.][0-5]\d)?(?: ?[AaPp]\.?[Mm]\.?)?|1?\d ?[AaPp]\.?[Mm]\.?)"
_ZONE = r"(?: ?\(?(?:[A-Z]{1,5}(?:[+-]\d{1,2}(?::?\d\d)?)?|[A-Z][a-z]+ time|local time)\)?)?"
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Sept|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATE = rf"(?:(?:[A-Z][a-z]{{2,8}},? )?(?:\d{{1,2}} {_MONTH}|{_MONTH} \d{{1,2}})(?:,? \d{{4}})?|\d{{4}}-\d\d-\d\d|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}|[A-Z][a-z]{{2,8}}day)"
_WHEN = rf"(?:{_DATE}(?:,| at| -| –| —|T)? ?)?{_CLOCK}{_ZONE}(?:,? (?:on )?{_DATE})?"
_AGO = r"(?:\d{1,2} ?(?:h|hr|hrs|hours?|m|min|mins|minutes?) ago,? ?)"
_POSTED = r"(?:(?:Posted|Published|Updated|Last updated)(?: at| on)?:? )"
_BLOCK = re.compile(
    rf"^[ \t]*(?:[\[(]{_POSTED}?(?P<bracketed>{_WHEN})[\])](?:[ \t]*$|[ \t]*(?:[–—:|]|-)?[ \t]+(?=\S))"
    rf"|{_POSTED}?{_AGO}?(?P<bare>{_WHEN})(?:[ \t]*{_AGO})?(?:[ \t]*$|[ \t]*(?:[–—:|]|-)[ \t]+(?=\S)))",
    re.MULTILINE,
)
_BEFORE = 300
"""The first time may stand so many characters above what was told to be the article."""


def block_times(text: str, body: Sequence[Span]) -> tuple[Span, ...]:
    """Give where the times of the blocks stand; none where a text has fewer than two."""
    if not body:
        return ()
    start = text.rfind("\n", 0, max(0, body[0].start - _BEFORE)) + 1
    found = [
        Span(*match.span("bare" if match["bare"] else "bracketed"))
        for match in _BLOCK.finditer(text, start, body[-1].end)
    ]
    return tuple(found) if len(found) >= FEWEST_BLOCKS else ()


def block_of(times: Sequence[Span], at: int) -> Span | None:
    """Give the time of the block in which a character stands."""
    index = bisect_right(times, (at, at)) - 1
    return times[index] if index >= 0 else None
