"""Figures: matplotlib to SVG, the same bytes each time, with a title and a text that a screen reader reads.

Colour never carries meaning alone, and every figure comes with its data as a table.
"""

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from html import escape
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

from vestige.studying._study import Figure

INK, ACCENT, SOFT = "#1c2b3a", "#a23b2a", "#7c8b99"
_STYLE: dict[Any, Any] = {
    "svg.hashsalt": "vestige",
    "svg.fonttype": "path",
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.edgecolor": SOFT,
    "axes.labelcolor": INK,
    "text.color": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.axisbelow": True,
}


@contextmanager
def _canvas(width: float, height: float, columns: int = 1) -> Iterator[tuple[Canvas, Any]]:
    with mpl.rc_context(_STYLE):
        canvas = Canvas(figsize=(width, height), layout="constrained")
        yield canvas, canvas.subplots(1, columns)


def _finish(canvas: Canvas, name: str, title: str, alt: str, data: pd.DataFrame) -> Figure:
    buffer = io.StringIO()
    canvas.savefig(buffer, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None})
    svg = buffer.getvalue()
    head, _, body = svg[svg.index("<svg") :].partition(">")
    label = f"{name}-title {name}-text"
    described = (
        f'{head} role="img" aria-labelledby="{label}"><title id="{name}-title">{escape(title)}</title>'
        f'<desc id="{name}-text">{escape(alt)}</desc>{body}'
    )
    return Figure(name=name, title=title, alt=alt, svg=_own_ids(described, name), data=data)


def _own_ids(svg: str, name: str) -> str:
    """Prefix the ids that matplotlib numbers, so that two figures can stand on one page."""
    for mark in ('id="', 'href="#', "url(#"):
        svg = svg.replace(mark, f"{mark}{name}.")
    return svg.replace(f'id="{name}.{name}-', f'id="{name}-')


def rate_figure(name: str, title: str, alt: str, panels: Sequence[tuple[str, pd.DataFrame]]) -> Figure:
    """Draw rates with intervals side by side; each panel is (axis label, table of ``class rate low high events years``)."""
    with _canvas(7.0, 2.6, len(panels)) as (canvas, axes):
        for axis, (label, table) in zip(np.atleast_1d(axes), panels, strict=True):
            _rates(axis, label, table)
        data = pd.concat([table.assign(measure=label) for label, table in panels], ignore_index=True)
        return _finish(canvas, name, title, alt, data)


def _rates(axis: Any, label: str, table: pd.DataFrame) -> None:
    place = np.arange(len(table))
    axis.vlines(place, table["low"], table["high"], color=SOFT, linewidth=3)
    axis.plot(place, table["rate"], "o", color=ACCENT, markersize=7)
    for spot, (rate, events, years) in enumerate(zip(table["rate"], table["events"], table["years"], strict=True)):
        if np.isfinite(rate):
            axis.annotate(
                f"{rate:.2f}\n{events}/{years:,}",
                (spot, rate),
                xytext=(7, -3),
                textcoords="offset points",
                va="bottom",
                fontsize=7,
            )
    axis.set_xticks(place, table["class"])
    axis.set_xlim(-0.4, len(table) - 0.2)
    axis.set_ylim(bottom=0)
    axis.set_xlabel("deaths a year in organized violence")
    axis.set_title(label, fontsize=9, loc="left")


def interval_figure(
    name: str, title: str, alt: str, table: pd.DataFrame, axis_label: str, *, log: bool, null: float
) -> Figure:
    """Draw estimates as a forest: ``label estimate low high``, with a line at the value that means no association."""
    shown = table[np.isfinite(table["estimate"])].reset_index(drop=True)
    with _canvas(7.0, 0.7 + 0.24 * len(shown)) as (canvas, axis):
        place = np.arange(len(shown))[::-1]
        low, high = shown["low"].fillna(shown["estimate"]), shown["high"].fillna(shown["estimate"])
        axis.hlines(place, low, high, color=SOFT, linewidth=3)
        axis.plot(shown["estimate"], place, "o", color=ACCENT)
        axis.axvline(null, color=INK, linewidth=0.8, linestyle="--")
        axis.set_yticks(place, shown["label"])
        if log:
            axis.set_xscale("log")
            axis.xaxis.set_major_formatter(lambda value, _: f"{value:g}")
            axis.xaxis.set_minor_formatter("")
        axis.set_xlabel(axis_label)
        return _finish(canvas, name, title, alt, table)


def survival_figure(name: str, title: str, alt: str, curves: pd.DataFrame, axis_label: str) -> Figure:
    """Draw Kaplan-Meier curves: ``group years share low high at_risk``; ``share`` is the part not yet recovered."""
    with _canvas(7.0, 2.8) as (canvas, axis):
        for number, (group, curve) in enumerate(curves.groupby("group", sort=False)):
            colour = (ACCENT, INK, SOFT)[number % 3]
            style = ("-", "--", ":")[number % 3]
            axis.step(curve["years"], curve["share"], where="post", color=colour, linestyle=style, label=group)
            axis.fill_between(
                curve["years"], curve["low"], curve["high"], step="post", color=colour, alpha=0.12, linewidth=0
            )
        axis.set_ylim(0, 1.02)
        axis.set_xlim(left=0)
        axis.set_xlabel(axis_label)
        axis.set_ylabel("share not yet")
        axis.legend(frameon=False, fontsize=8)
        return _finish(canvas, name, title, alt, curves)


def line_figure(name: str, title: str, alt: str, table: pd.DataFrame, axis_label: str) -> Figure:
    """Draw counts by year, one line a series: ``series year value``."""
    with _canvas(7.0, 2.6) as (canvas, axis):
        for number, (series, rows) in enumerate(table.groupby("series", sort=False)):
            style = (("-", "o"), ("--", "s"), (":", "^"), ("-.", "D"), ("-", "v"))[number % 5]
            colour = (ACCENT, INK, SOFT, "#b8862b")[number % 4]
            axis.plot(
                rows["year"], rows["value"], style[0], marker=style[1], markersize=4, color=colour, label=str(series)
            )
        axis.xaxis.get_major_locator().set_params(integer=True)
        axis.set_ylim(bottom=0)
        axis.set_ylabel(axis_label)
        axis.legend(frameon=False, fontsize=8)
        return _finish(canvas, name, title, alt, table)
