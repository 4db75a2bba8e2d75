"""The condition of a site through time, as SVG made here: windows, not points; recovery as well as damage.

One row a condition, best on top, so that damage goes down and recovery goes up. Each assessment is a bar over the days that its window can mean; a
window "before" has an open start. Tested changes and statements have rows of their own, since neither is a condition. Places are in per
cent, so that the drawing follows the width of the page while its text keeps its size.
"""

import datetime as dt
from collections.abc import Sequence

import msgspec
from markupsafe import Markup, escape

from vestige.entries import DateWindow
from vestige.publishing.views._marks import CONDITIONS, condition_path, slug
from vestige.publishing.views._views import SiteView
from vestige.publishing.words._language import Language

_ROW = 42
_TOP = 8
_AXIS = 26
_LEFT, _RIGHT = 2.0, 98.0
_SHORT = 730
"""Days up to which the axis marks months: a time of less than two years may hold a single first of January, or none."""


class Bar(msgspec.Struct, frozen=True):
    """A window on one row: what it shows, and the days that it spans; ``start`` None is an open start."""

    row: str
    kind: str
    start: dt.date | None
    end: dt.date
    label: str


class Scale(msgspec.Struct, frozen=True):
    """From days to per cent of the width."""

    first: dt.date
    days: int

    @property
    def last(self) -> dt.date:
        """The last day."""
        return dt.date.fromordinal(self.first.toordinal() + self.days)

    def at(self, day: dt.date) -> float:
        """Give the place of a day."""
        return _LEFT + (_RIGHT - _LEFT) * max(0, (day - self.first).days) / self.days


def bars_of(view: SiteView, words: Language) -> list[Bar]:
    """Give what the time line of a site shows, in the order of its rows."""
    bars = [
        Bar(
            card.body.condition,
            slug(card.body.condition),
            *card.body.window.bounds(),
            f"{words.term(card.body.condition, 'condition')}, {words.window(card.body.window)}, {card.body.assessor.name}",
        )
        for card in view.assessments
    ]
    tested = [card.body for card in view.observations if card.answer == "change"]
    bars += [_change(body.last_unchanged, body.first_changed, body.after, words) for body in tested]
    for item in view.statements:
        if item.body.said:
            speaker = item.body.speaker.name or item.body.speaker.organisation or item.body.speaker.role or ""
            label = f"{words.text('Statement')}, {words.window(item.body.said)}, {speaker}"
            bars.append(Bar("statement", "statement", *item.body.said.bounds(), label))
    return bars


def _change(before: str | None, after: str | None, window: DateWindow, words: Language) -> Bar:
    label = f"{words.text('Change observed')}, {words.window(window)}"
    if before and after:
        return Bar("change", "change", dt.date.fromisoformat(before[:10]), dt.date.fromisoformat(after[:10]), label)
    return Bar("change", "change", *window.bounds(), label)


def draw_timeline(view: SiteView, words: Language) -> Markup:
    """Draw the time line of a site; the empty text when there is nothing to show."""
    bars = bars_of(view, words)
    if not view.assessments and not any(bar.row == "change" for bar in bars):
        return Markup("")
    rows = _rows(bars)
    scale = _scale(bars)
    height = _TOP + _ROW * len(rows) + _AXIS
    bars_named = words.text("; ").join(bar.label for bar in bars[:40])
    label = f"{words.text('Condition through time')}{words.text(': ')}{bars_named}"
    parts = [f'<svg width="100%" height="{height}" role="img" aria-label="{escape(label)}">']
    parts += _grid(rows, words)
    parts += _axis(scale, height, words)
    parts += [_bar(bar, rows.index(bar.row), scale) for bar in bars]
    return Markup("".join([*parts, "</svg>"]))  # noqa: S704 - every text in it was escaped


def _rows(bars: Sequence[Bar]) -> list[str]:
    """Give the rows: all conditions from the best to the worst that occur, then changes and statements if there are any."""
    used = {bar.row for bar in bars}
    ranks = [i for i, condition in enumerate(CONDITIONS[:5]) if condition in used]
    conditions = list(CONDITIONS[min(ranks[0], 0) : ranks[-1] + 1]) if ranks else []
    return conditions + [row for row in ("Unknown", "change", "statement") if row in used]


def _scale(bars: Sequence[Bar]) -> Scale:
    first = min(bar.start or bar.end for bar in bars)
    last = max(bar.end for bar in bars)
    margin = max(60, (last - first).days // 12)
    if any(bar.start is None for bar in bars):
        margin *= 2
    first = dt.date.fromordinal(max(1, first.toordinal() - margin))
    return Scale(first, (last - first).days + max(60, margin // 2))


def _grid(rows: Sequence[str], words: Language) -> list[str]:
    names = {"change": words.text("Change observed"), "statement": words.text("Statement")}
    parts = []
    anchor = "100%" if words.direction == "rtl" else "0"
    for number, row in enumerate(rows):
        y = _TOP + _ROW * number
        label = escape(names.get(row) or words.term(row, "condition"))
        parts.append(f'<line class="grid" x1="0" x2="100%" y1="{y + _ROW}" y2="{y + _ROW}"/>')
        parts.append(f'<text class="row" x="{anchor}" y="{y + 12}">{label}</text>')
    return parts


def _axis(scale: Scale, height: int, words: Language) -> list[str]:
    """Mark years, at most eight of them, at their first of January; over a short time months, at most four of them, every second of which a narrow window spares."""
    parts = []
    short = scale.days <= _SHORT
    for number, (day, label) in enumerate(_months(scale, words) if short else _years(scale)):
        x = scale.at(day)
        spare = " spare" if short and number % 2 else ""
        parts.append(f'<line class="tick" x1="{x:.2f}%" x2="{x:.2f}%" y1="{_TOP}" y2="{height - _AXIS}"/>')
        parts.append(f'<text class="year{spare}" x="{x:.2f}%" y="{height - 8}">{escape(label)}</text>')
    return parts


def _years(scale: Scale) -> list[tuple[dt.date, str]]:
    years = range(scale.first.year + 1, scale.last.year + 1)
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 500, 10_000) if len(years) / step <= 8)
    return [(dt.date(year, 1, 1), str(year)) for year in years if year % step == 0]


def _months(scale: Scale, words: Language) -> list[tuple[dt.date, str]]:
    """Give the firsts of months that leave room for their names at either edge."""
    first, last = (12 * day.year + day.month - 1 for day in (scale.first, scale.last))
    days = [dt.date(month // 12, month % 12 + 1, 1) for month in range(first + 1, last + 1)]
    inner = [day for day in days if 12 <= scale.at(day) <= 88]
    step = -(-len(inner) // 4)
    return [(day, words.month(day)) for day in inner[::step]]


def _bar(bar: Bar, row: int, scale: Scale) -> str:
    y = _TOP + _ROW * row + 24
    end = scale.at(bar.end)
    start = 0.0 if bar.start is None else scale.at(bar.start)
    width = max(end - start, 0.35)
    opening = ' class="open"' if bar.start is None else ""
    body = f'<rect class="span t-{bar.kind}" x="{start:.2f}%" y="{y}" width="{width:.2f}%" height="12" rx="2"/>'
    edge = f'<rect class="edge" x="{start:.2f}%" y="{y}" width="1.5%" height="12"/>' if bar.start is None else ""
    mark = ""
    if bar.row in CONDITIONS:
        mark = (
            f'<svg x="{end:.2f}%" y="{y - 2}" width="16" height="16" viewBox="0 0 16 16" overflow="visible">'
            f'<path class="c-{bar.kind}" d="{condition_path(bar.row)}"/></svg>'
        )
    return f"<g{opening}><title>{escape(bar.label)}</title>{body}{edge}{mark}</g>"
