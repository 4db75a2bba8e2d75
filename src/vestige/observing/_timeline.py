"""A site's time line as SVG: what was seen, the band that its quiet past led to expect, and the window."""

from collections.abc import Callable
from html import escape

import numpy as np

from vestige.observing._covariance import Floats
from vestige.observing._expectation import Expectation
from vestige.observing._result import Change
from vestige.observing._series import Times

WIDTH, PANEL, LEFT, RIGHT, TOP, GAP, FOOT = 760, 150, 56, 16, 96, 30, 26
QUIET, SEEN, INSIDE, MARK = "#c9d6df", "#3c4f5c", "#b5541c", "#f3e3d3"


def time_line(change: Change, expected: Expectation) -> str:
    """Draw one panel a band, in decibels relative to the site's own past mean; readable without colour."""
    height = TOP + len(expected.bands) * (PANEL + GAP) + FOOT
    start, end = expected.times[0], max(expected.times[-1], expected.window[1])
    panels = "".join(
        _panel(expected, b, TOP + b * (PANEL + GAP), start, end, change) for b in range(len(expected.bands))
    )
    title = f"Site {change.site or 'without a name'}, seen from {change.orbit}"
    heading = _text(LEFT, 20, title, size=14, weight="bold") + "".join(
        _text(LEFT, 38 + 16 * i, line) for i, line in enumerate(_sentences(change))
    )
    heading += _legend(LEFT, 72)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" width="{WIDTH}" height="{height}" '
        f'role="img" font-family="sans-serif"><title>{escape(title)}</title><desc>{escape(" ".join(_sentences(change)))}</desc>'
        f'<rect width="100%" height="100%" fill="#fff"/>{heading}{panels}{_years(start, end, height - FOOT + 4)}</svg>\n'
    )


def _sentences(change: Change) -> list[str]:
    if change.p_value is None:
        return [f"No answer: {change.abstained}."]
    sizes = ", ".join(f"{band} {size:+.1f} dB" for band, size in change.change_db.items())
    window = " to ".join(str(edge)[:10] for edge in change.window)
    lines = [f"Window {window}: p = {change.p_value:.2g}; change {sizes}."]
    if change.first_seen:
        last, first = (str(time)[:16].replace("T", " ") for time in change.first_seen)
        lines.append(f"Last unchanged {last}, first changed {first} UTC.")
    return lines


def _legend(x: float, y: float) -> str:
    return (
        f'<rect x="{x}" y="{y - 9}" width="16" height="10" fill="{QUIET}"/>'
        + _text(x + 21, y, "expected on 95 % of quiet dates", size=11)
        + f'<circle cx="{x + 214}" cy="{y - 4}" r="2.5" fill="{SEEN}"/>'
        + _text(x + 222, y, "seen before", size=11)
        + f'<path d="{_diamond(x + 302, y - 4)}" fill="{INSIDE}"/>'
        + _text(x + 311, y, "seen in the window", size=11)
    )


def _panel(
    expected: Expectation, band: int, top: float, start: np.datetime64, end: np.datetime64, change: Change
) -> str:
    x = _across(expected.times, start, end)
    low, high = expected.expected[:, band] - expected.half[:, band], expected.expected[:, band] + expected.half[:, band]
    seen = expected.seen[:, band]
    bottom, ceiling = min(low.min(), seen.min()) - 0.3, max(high.max(), seen.max()) + 0.3

    def y(value: float) -> float:
        return float(top + PANEL * (ceiling - value) / (ceiling - bottom))

    edge = [f"{a:.1f},{y(v):.1f}" for a, v in zip(x, high, strict=True)]
    edge += [f"{a:.1f},{y(v):.1f}" for a, v in zip(x[::-1], low[::-1], strict=True)]
    left, right = _across(np.array(expected.window), start, end)
    shapes = [
        f'<rect x="{left:.1f}" y="{top}" width="{right - left:.1f}" height="{PANEL}" fill="{MARK}"/>',
        f'<polygon points="{" ".join(edge)}" fill="{QUIET}" fill-opacity="0.85"/>',
        _grid(bottom, ceiling, y),
        _text(LEFT, top - 6, f"{expected.bands[band]}, dB from the past mean", size=11),
    ]
    if change.first_seen:
        edges = _across(np.array(change.first_seen), start, end)
        shapes += [
            f'<line x1="{a:.1f}" x2="{a:.1f}" y1="{top}" y2="{top + PANEL}" stroke="{INSIDE}" stroke-dasharray="3 3"/>'
            for a in edges
        ]
    for a, value, inside in zip(x, seen, expected.inside, strict=True):
        mark = f'path d="{_diamond(a, y(value))}"' if inside else f'circle cx="{a:.1f}" cy="{y(value):.1f}" r="2"'
        shapes.append(f'<{mark} fill="{INSIDE if inside else SEEN}"/>')
    return "".join(shapes)


def _grid(bottom: float, ceiling: float, y: Callable[[float], float]) -> str:
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100) if (ceiling - bottom) / step <= 7)
    lines = []
    for value in np.arange(np.ceil(bottom / step) * step, ceiling, step):
        at = y(float(value))
        colour = "#8a97a0" if value == 0 else "#dde3e7"
        lines.append(
            f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{at:.1f}" y2="{at:.1f}" stroke="{colour}" stroke-width="0.7"/>'
        )
        lines.append(_text(LEFT - 6, at + 4, f"{value:+.0f}" if value else "0", size=11, anchor="end"))
    return "".join(lines)


def _years(start: np.datetime64, end: np.datetime64, y: float) -> str:
    months = np.arange(start.astype("datetime64[M]") + 1, end.astype("datetime64[M]") + 1)
    every = next(every for every in (1, 3, 6, 12, 60) if len(months) / every <= 12)
    kept = months[(months.astype(int) % every) == 0]
    places = _across(kept.astype("datetime64[s]"), start, end)
    room = places <= WIDTH - RIGHT - 8  # a name needs room on both sides
    kept, places = kept[room], places[room]
    return "".join(_text(a, y, str(month), size=11, anchor="middle") for a, month in zip(places, kept, strict=True))


def _across(times: Times, start: np.datetime64, end: np.datetime64) -> Floats:
    share = (times.astype("datetime64[s]") - start) / (end - start)
    return np.asarray(LEFT + (WIDTH - LEFT - RIGHT) * share)


def _diamond(x: float, y: float) -> str:
    return f"M{x:.1f} {y - 4:.1f}l4 4l-4 4l-4 -4z"


def _text(x: float, y: float, text: str, *, size: int = 12, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" fill="#222">'
        f"{escape(text)}</text>"
    )
