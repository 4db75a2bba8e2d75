"""The k-step rule: a published number moves by nothing or by at least k, so that no two tables single out fewer than k people.

A plain threshold ("hide cells below 20") leaks: the difference of two days' tables tells of one person. Here every number that was ever
published for a cell differs from every other by nothing or by at least k, and so do the rest that no cell shows and the sum of all. A cell
is 0 or at least k; the rest is 0 or at least k. Where today's numbers allow no such table, the last one stays.
"""

import itertools
from collections.abc import Mapping, Sequence

import msgspec


class Table(msgspec.Struct, frozen=True, gc=False):
    """A one-way table: the cells that are shown, and the rest that none shows."""

    cells: Mapping[str, int]
    rest: int = 0

    @property
    def total(self) -> int:
        """The sum of all."""
        return sum(self.cells.values()) + self.rest


EMPTY = Table({})


def next_table(published: Sequence[Table], numbers: Mapping[str, int], k: int, unnamed: int = 0) -> Table:
    """Give the table to publish after those that were, for the true numbers of today: a new one, or the last again.

    Cells that may move take their true number (0 where that is below k). Where rest or sum would tell too much, the moves that matter
    least are held back, one after the other. ``unnamed`` are those that no cell can hold; they are of the rest.
    """
    last = published[-1] if published else EMPTY
    history = [EMPTY, *published]
    moves = {
        name: new
        for name in {*numbers, *last.cells}
        if (new := _moved(name, numbers.get(name, 0), history, k)) is not None
    }
    total = sum(numbers.values()) + unnamed
    order = sorted(moves, key=lambda name: (abs(moves[name] - last.cells.get(name, 0)), name))
    for held_back in range(len(order) + 1):
        taken = {name: moves[name] for name in order[held_back:]}
        cells = {name: number for name, number in sorted({**last.cells, **taken}.items()) if number}
        table = Table(cells, total - sum(cells.values()))
        if (
            table.rest >= 0
            and _apart([one.rest for one in history], table.rest, k)
            and _apart([one.total for one in history], total, k)
        ):
            return table
    return last


def _moved(name: str, number: int, history: Sequence[Table], k: int) -> int | None:
    """Give what a cell may take, or None where it has to stay."""
    number = number if number >= k else 0
    return number if _apart([table.cells.get(name, 0) for table in history], number, k) else None


def _apart(before: Sequence[int], number: int, k: int) -> bool:
    return all(number == one or abs(number - one) >= k for one in before)


def breaches(published: Sequence[Table], k: int) -> list[str]:
    """Give the names of the numbers by which any two published tables single out fewer than k: cells, ``rest``, ``total``."""
    history = [EMPTY, *published]
    names = {name for table in published for name in table.cells}
    series = {name: {table.cells.get(name, 0) for table in history} for name in sorted(names)}
    series |= {"rest": {table.rest for table in history}, "total": {table.total for table in history}}
    return [name for name, values in series.items() if _least_gap(values) < k]


def _least_gap(values: set[int]) -> float:
    ordered = sorted(values)
    return min((b - a for a, b in itertools.pairwise(ordered)), default=float("inf"))
