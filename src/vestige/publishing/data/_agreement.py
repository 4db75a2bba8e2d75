"""How far assessors agree: Krippendorff's alpha over the condition scale, with an interval that draws sites again. Pure.

After K. Krippendorff, *Computing Krippendorff's Alpha-Reliability* (2011), whose data and figures are the tests.
"""

from collections.abc import Iterable, Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from vestige.publishing.kinds._site_judged import GRADES

Matrix = NDArray[np.float64]
LEAST_WINDOWS = 20
"""Windows judged by two persons or more, below which no figure is given: at 20 the interval is already about .5 wide."""
LEAST_SITES = 10
"""Sites below which no interval is given: drawn again, few sites are all alike and the interval would look narrow."""
DRAWS = 1000
_SEED = 20
TITLE = "Agreement of assessors"


class Measured(msgspec.Struct, frozen=True):
    """A figure with its 95 % interval, None where there is none; rounded to three decimals."""

    value: float
    low: float | None = None
    high: float | None = None


class Agreement(msgspec.Struct, frozen=True, kw_only=True):
    """How far assessors agree: over how many windows of how many sites, and the figures, None where they are not enough or never vary.

    ``same`` and ``near`` are the shares of pairs of judgements that give the same condition, and conditions at most one step apart.
    """

    windows: int
    sites: int
    least: int = LEAST_WINDOWS
    ordinal: Measured | None = None
    nominal: Measured | None = None
    same: Measured | None = None
    near: Measured | None = None


def coincidences(windows: Iterable[Iterable[int]], grades: int) -> Matrix:
    """Give how often two grades meet in a window, ``grades`` by ``grades``; a window of one judgement adds nothing."""
    total = np.zeros((grades, grades))
    for window in windows:
        counts = np.bincount(list(window), minlength=grades).astype(np.float64)
        if counts.sum() > 1:
            total += (np.outer(counts, counts) - np.diag(counts)) / (counts.sum() - 1)
    return total


def alpha(matrix: Matrix, metric: str = "ordinal") -> float | None:
    """Give Krippendorff's alpha of a table of coincidences; None where only one grade was given, which tells nothing of agreement."""
    counts = matrix.sum(axis=0)
    distance = _distance(counts, metric)
    expected = float((np.outer(counts, counts) * distance).sum())
    return None if expected == 0 else 1 - float((counts.sum() - 1) * (matrix * distance).sum()) / expected


def _distance(counts: Matrix, metric: str) -> Matrix:
    """Give the squared distances of grades; on an ordinal scale those of their mean ranks."""
    if metric == "nominal":
        return 1 - np.eye(len(counts))
    places = np.cumsum(counts) - counts / 2 if metric == "ordinal" else np.arange(len(counts), dtype=np.float64)
    return np.subtract.outer(places, places) ** 2


def _within(matrix: Matrix, steps: int) -> float | None:
    """Give the share of pairs at most so many steps apart."""
    grades = np.arange(len(matrix))
    near = np.abs(np.subtract.outer(grades, grades)) <= steps
    return float(matrix[near].sum() / matrix.sum()) if matrix.any() else None


def agreement(sites: Mapping[str, int]) -> Agreement:
    """Measure agreement from what is remembered of sites: how many have each text of `judged_together`."""
    known = sorted((text, count) for text, count in sites.items() if text)
    number = sum(count for _, count in known)
    windows = sum(len(text.split()) * count for text, count in known)
    if windows < LEAST_WINDOWS:
        return Agreement(windows=windows, sites=number)
    tables = [coincidences((map(int, window) for window in text.split()), GRADES) for text, _ in known]
    counts = np.array([count for _, count in known])
    stack = np.array(tables)
    drawn = _draws(stack, counts) if number >= LEAST_SITES else []
    whole = np.tensordot(counts.astype(np.float64), stack, axes=1)
    return Agreement(
        windows=windows,
        sites=number,
        ordinal=_measured(alpha(whole), [alpha(one) for one in drawn]),
        nominal=_measured(alpha(whole, "nominal"), [alpha(one, "nominal") for one in drawn]),
        same=_measured(_within(whole, 0), [_within(one, 0) for one in drawn]),
        near=_measured(_within(whole, 1), [_within(one, 1) for one in drawn]),
    )


def _draws(tables: Matrix, counts: NDArray[np.int64]) -> list[Matrix]:
    """Draw as many sites again as there are, with replacement; the same record gives the same draws."""
    random = np.random.default_rng(_SEED)
    share = counts / counts.sum()
    return [
        np.tensordot(random.multinomial(counts.sum(), share).astype(np.float64), tables, axes=1) for _ in range(DRAWS)
    ]


def _measured(value: float | None, drawn: Iterable[float | None]) -> Measured | None:
    """Round a figure with its interval; there is no interval where a draw in twenty gave no figure."""
    if value is None:
        return None
    known = [one for one in drawn if one is not None]
    if len(known) < 0.95 * DRAWS:
        return Measured(round(value, 3))
    low, high = np.quantile(known, (0.025, 0.975))
    return Measured(round(value, 3), round(float(low), 3), round(float(high), 3))


NAMES = {
    "ordinal": "Krippendorff's alpha, ordinal",
    "nominal": "Krippendorff's alpha, nominal",
    "same": "Pairs that give the same condition",
    "near": "Pairs at most one step apart",
}


def figures(found: Agreement) -> list[tuple[str, Measured]]:
    """Give the figures that there are, each with its name."""
    return [(name, figure) for field, name in NAMES.items() if (figure := getattr(found, field)) is not None]
